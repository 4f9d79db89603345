"""Denials: what a sentence denies must be denied by its evidence, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from assistant.grounding.clauses import (
    CLAUSE_ENDS,
    Word,
    around,
    denies,
    is_telling,
    is_value,
    shown,
)
from assistant.grounding.faults import Fault
from assistant.grounding.lexicon import lexicon
from assistant.grounding.testimony import Testimony


def denial_faults(
    words: Sequence[Word],
    heard: Sequence[Sequence[Word]],
    testimony: Testimony,
    *,
    own: bool,
) -> Iterator[Fault]:
    """A denial nobody made, one that was made and left out, or an empty field told as a fact."""
    source = [word for part in heard for word in part]
    denials = [word for word in words if denies(word.said)]
    if denials and own and _is_made_up(words, heard, testimony):
        yield Fault("polarity", _phrase(words, denials[0]))
        return
    if denials and not _bears_denial(words, source, testimony, own=own):
        yield Fault("polarity", _phrase(words, denials[0]))
        return
    if _doubled(words) and not any(_doubled(part) for part in heard):
        yield Fault("polarity", _phrase(words, denials[-1]))
        return
    if testimony.void and not denials and not any(_absent(word) for word in words):
        yield Fault("polarity", _sentence_of(words), "nothing")
        return
    yield from _left_out(words, heard)


def _left_out(words: Sequence[Word], heard: Sequence[Sequence[Word]]) -> Iterator[Fault]:
    """A word the evidence only ever denies, told of the same matter without the denial."""
    sure = {word.key for part in heard for word in part if not word.denied}
    for index, word in enumerate(words):
        if word.denied or word.key in sure or not is_telling(word):
            continue
        for part in heard:
            for place, other in enumerate(part):
                same = other.denied and other.key == word.key
                if same and (is_value(part) or around(words, index) & around(part, place)):
                    yield Fault("polarity", word.said, shown(other))
                    return


def _is_made_up(
    words: Sequence[Word], heard: Sequence[Sequence[Word]], testimony: Testimony
) -> bool:
    """Whether no source denies, or calls absent, anything of what is denied."""
    source = [word for part in heard for word in part]
    if testimony.emptiness or _none_since(words, source):
        return False
    for denied in _denied_groups(words):
        keys = {word.key for word in denied}
        opposed = any(_side_taken(word, source, same=False) for word in denied)
        if not opposed and not any(_denies_some(keys, part) for part in heard):
            return True
    return False


def _denied_groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """What each denial of a sentence reaches."""
    for index, word in enumerate(words):
        reached = list(takewhile(lambda other: other.denied, words[index + 1 :]))
        if denies(word.said) and any(is_telling(other) for other in reached):
            yield [other for other in reached if is_telling(other)]


def _denies_some(keys: set[str], part: Sequence[Word]) -> bool:
    """Whether a source denies some of these words, or calls something of theirs absent."""
    absent = any(_absent(word) for word in part)
    return bool(keys & {word.key for word in part if word.denied or absent})


def _bears_denial(
    words: Sequence[Word], source: Sequence[Word], testimony: Testimony, *, own: bool
) -> bool:
    """Whether the evidence denies the same, is silent on it, or says the opposite of it."""
    mine = [word for word in words if word.denied and is_telling(word)]
    if not mine:
        return True  # “… and one did not”: what is denied was said before, and is checked there
    if testimony.emptiness:
        absent = [word for word in mine if word.lower in lexicon().absence]
        return all(counted_none(word, testimony) for word in absent)
    keys = {word.key for word in mine}
    if keys & {word.key for word in source if word.denied}:
        return True
    if any(_side_taken(word, source, same=True) for word in mine):
        return False
    if any(_side_taken(word, source, same=False) for word in mine) or _none_since(words, source):
        return True
    return _is_silent(keys, source, testimony, own=own)


def _is_silent(keys: set[str], source: Sequence[Word], testimony: Testimony, *, own: bool) -> bool:
    """Whether the evidence says something is absent, and nothing of what is denied.

    What a fixed phrase denies, records alone need not speak of.
    """
    if not own and not testimony.passages:
        return True
    absent = any(word.lower in lexicon().absence for word in source)
    return (absent or not own) and not keys & {word.key for word in source if not word.denied}


def counted_none(word: Word, testimony: Testimony) -> bool:
    """Whether what is called absent was counted and there is none: “nothing is overdue”."""
    names = (same for same in lexicon().counted if word.lower in same)
    return any(counted in same for same in names for counted in testimony.none_of)


def _doubled(words: Sequence[Word]) -> bool:
    """Two denials in one clause, which make an assertion (except in Russian, by its grammar)."""
    count = 0
    for word in words:
        count = 0 if word.lower in CLAUSE_ENDS else count + denies(word.said)
        if count > 1 and word.said.isascii():
            return True
    return False


def _side_taken(word: Word, source: Sequence[Word], *, same: bool) -> bool:
    """Whether the evidence takes the word's own side of an opposite, or the other one."""
    for opposite in lexicon().opposites:
        for mine, theirs in ((opposite.one, opposite.other), (opposite.other, opposite.one)):
            side = mine if same else theirs
            if word.lower in mine and any(w.lower in side and not w.denied for w in source):
                return True
    return False


def _none_since(words: Sequence[Word], source: Sequence[Word]) -> bool:
    """“No order since March” follows from the last order's day."""
    return any(word.lower in lexicon().since for word in words) and any(
        word.lower in lexicon().last for word in source
    )


def _absent(word: Word) -> bool:
    return word.lower in lexicon().absence or word.key == "#0"


def _sentence_of(words: Sequence[Word]) -> str:
    return " ".join(word.said for word in _upto(words, 6))


def _phrase(words: Sequence[Word], denial: Word) -> str:
    index = words.index(denial)
    return " ".join(word.said for word in _upto(words[index:], 3))


def _upto(words: Iterable[Word], most: int) -> Iterator[Word]:
    for count, word in enumerate(words):
        if count >= most or not word.said[0].isalnum():
            return
        yield word
