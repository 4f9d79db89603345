"""Whether a sentence says the opposite of its evidence: denials, and words with an opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.grounding.faults import Fault
from assistant.grounding.lexicon import Words, lexicon
from assistant.grounding.testimony import Testimony
from assistant.grounding.words import key_of, language_of, sentences_in

_TOKEN = re.compile(r"n['’]t\b|[^\W_]+?(?=n['’]t\b)|[^\W_]+(?:[.,/-][^\W_]+)*|[.,;:!?()–—]")
_CLAUSE_ENDS = frozenset(".,;:!?()–—") | {"but", "aber", "sondern", "но", "and", "und", "и"}
_REACH = 6  # content words after a denial that it still denies
_RUSSIAN_REACH = 2
_NEAR = 3  # words around a side that must have something in common


@dataclass(frozen=True)
class _Word:
    said: str
    lower: str
    key: str
    denied: bool


def polarity_faults(text: str, testimony: Testimony) -> Iterator[Fault]:
    """Where a sentence contradicts what its evidence says."""
    words = _words(text)
    heard = [_words(part) for source in testimony.texts for part in sentences_in(source)]
    yield from _denial_faults(words, heard, testimony)
    for opposite in lexicon().opposites:
        for mine, theirs in ((opposite.one, opposite.other), (opposite.other, opposite.one)):
            fault = _opposite_fault(words, heard, mine, theirs)
            if fault is not None:
                yield fault
    yield from _direction_faults(words, testimony)


def _words(text: str) -> list[_Word]:
    """The words of a text, each with whether a denial reaches it."""
    for idiom in lexicon().idioms:
        text = re.sub(rf"\b{idiom}\b", idiom.split()[-1], text, flags=re.IGNORECASE)
    language = language_of(text)
    tokens = _TOKEN.findall(text)
    denied = _denied(tokens, language)
    return [
        _Word(token, token.lower(), key_of(token, language), index in denied)
        for index, token in enumerate(tokens)
    ]


def _denied(tokens: Sequence[str], language: str) -> set[int]:
    """The places that a denial reaches: forward in its clause, in German backward too."""
    reached: set[int] = set()
    reach = _RUSSIAN_REACH if language == "ru" else _REACH
    for index, token in enumerate(tokens):
        if not _denies(token):
            continue
        left = reach
        for place in range(index + 1, len(tokens)):
            if tokens[place].lower() in _CLAUSE_ENDS or not left:
                break
            reached.add(place)
            left -= tokens[place].lower() not in lexicon().stop
        if language == "de":
            for place in range(index - 1, max(-1, index - _REACH), -1):
                if tokens[place].lower() in _CLAUSE_ENDS:
                    break
                reached.add(place)
    return reached


def _denies(token: str) -> bool:
    return token.lower().replace("’", "'") in lexicon().negation


def _denial_faults(
    words: Sequence[_Word], heard: Sequence[Sequence[_Word]], testimony: Testimony
) -> Iterator[Fault]:
    """A denial nobody made, one that was made and left out, or an empty field told as a fact."""
    source = [word for part in heard for word in part]
    denial = next((word for word in words if _denies(word.said)), None)
    if denial is not None:
        if not (testimony.emptiness or _bears_denial(words, source)):
            yield Fault("polarity", _phrase(words, denial))
        return
    denied = {word.key for word in source if word.denied} - {w.key for w in source if not w.denied}
    for word in words:
        if word.key in denied and _telling(word):
            yield Fault("polarity", word.said, f"not {word.said}")
            return


def _bears_denial(words: Sequence[_Word], source: Sequence[_Word]) -> bool:
    """Whether the evidence denies the same, is silent on it, or says the opposite of it."""
    sure = {word.key for word in source if not word.denied}
    doubted = {word.key for word in source if word.denied}
    mine = {word.key for word in words if word.denied and _telling(word)}
    if mine & doubted:
        return True
    if any(word.lower in lexicon().absence or _denies(word.said) for word in source):
        return not (mine & sure) or bool(mine - sure)
    return any(_turned(word, source) for word in words if word.denied)


def _turned(word: _Word, source: Sequence[_Word]) -> bool:
    for opposite in lexicon().opposites:
        for mine, theirs in ((opposite.one, opposite.other), (opposite.other, opposite.one)):
            if word.lower in mine and any(w.lower in theirs and not w.denied for w in source):
                return True
    return False


def _opposite_fault(
    words: Sequence[_Word], heard: Sequence[Sequence[_Word]], mine: Words, theirs: Words
) -> Fault | None:
    """A side the sentence takes where the evidence takes only the other."""
    here = [index for index, word in enumerate(words) if word.lower in mine and not word.denied]
    if not here:
        return None
    source = [word for part in heard for word in part]
    if any(word.lower in mine and not word.denied for word in source):
        return None
    if any(word.lower in theirs and word.denied for word in source):
        return None
    for index in here:
        for part in heard:
            for place, word in enumerate(part):
                against = (word.lower in theirs and not word.denied) or (
                    word.lower in mine and word.denied
                )
                if against and _same_matter(words, index, part, place):
                    return Fault("polarity", words[index].said, _found(word))
    return None


def _found(word: _Word) -> str:
    return f"not {word.said}" if word.denied else word.said


def _same_matter(words: Sequence[_Word], index: int, part: Sequence[_Word], place: int) -> bool:
    """Whether two sides are said of the same: the same anchor after them, or shared words near."""
    if words[index].lower in lexicon().anchored:
        return bool(_after(words, index) & _after(part, place))
    if len([word for word in part if _telling(word)]) <= _NEAR:
        return True  # a value, such as the status of a deal
    return bool(_around(words, index) & _around(part, place))


def _after(words: Sequence[_Word], index: int) -> set[str]:
    following = [word.key for word in words[index + 1 :] if _telling(word)]
    return set(following[:1])


def _around(words: Sequence[_Word], index: int) -> set[str]:
    left = [word.key for word in words[:index] if _telling(word)]
    right = [word.key for word in words[index + 1 :] if _telling(word)]
    return {*left[-_NEAR:], *right[:_NEAR]}


def _direction_faults(words: Sequence[_Word], testimony: Testimony) -> Iterator[Fault]:
    """Rose where every computed change is a fall, or the other way round."""
    up, down = _directions()
    if len(testimony.directions) != 1:
        return
    (sign,) = testimony.directions
    wrong, right = (down, up) if sign > 0 else (up, down)
    said = [word for word in words if word.lower in wrong and not word.denied]
    if said and not any(word.lower in right for word in words):
        yield Fault("polarity", said[0].said, "a rise" if sign > 0 else "a fall")


@cache
def _directions() -> tuple[Words, Words]:
    """Everything that means up, and everything that means down."""
    rise, more = lexicon().opposites[0], lexicon().opposites[2]
    return _both(rise.one, more.one), _both(rise.other, more.other)


def _both(one: Words, other: Words) -> Words:
    return Words(one.exact | other.exact, one.beginnings + other.beginnings)


def _telling(word: _Word) -> bool:
    """A word that names a matter: no function word, no denial, no punctuation."""
    return (
        word.said[0].isalnum()
        and word.lower not in lexicon().stop
        and not _denies(word.said)
        and word.key not in _light()
    )


@cache
def _light() -> frozenset[str]:
    return frozenset(key_of(word) for word in lexicon().light)


def _phrase(words: Sequence[_Word], denial: _Word) -> str:
    index = words.index(denial)
    return " ".join(word.said for word in _upto(words[index:], 3))


def _upto(words: Iterable[_Word], most: int) -> Iterator[_Word]:
    for count, word in enumerate(words):
        if count >= most or not word.said[0].isalnum():
            return
        yield word
