"""Whether a sentence says the opposite of its evidence: denials, and words with an opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.grounding.faults import Fault
from assistant.grounding.lexicon import Words, lexicon, unit_named
from assistant.grounding.testimony import Testimony
from assistant.grounding.words import key_of, language_of, sentences_in

_TOKEN = re.compile(r"n['’]t\b|[^\W_]+?(?=n['’]t\b)|[^\W_]+(?:[.,/-][^\W_]+)*|[.,;:!?()–—]")
_CLAUSE_ENDS = frozenset(".,;:!?()–—") | {
    *("but", "if", "when", "because", "while", "unless", "and", "until", "what", "that", "than"),
    *("aber", "sondern", "wenn", "weil", "falls", "und", "bis", "dass"),
    *("но", "и", "если", "когда", "что"),
}
_REACH = 6  # content words after a denial that it still denies
_RUSSIAN_REACH = 2
_NEAR = 3  # words around a side that must have something in common
_VALUE = 2  # telling words of a value or a label at most


@dataclass(frozen=True)
class _Word:
    said: str
    lower: str
    key: str
    denied: bool


def polarity_faults(text: str, testimony: Testimony, *, strict: bool = True) -> Iterator[Fault]:
    """Where a sentence contradicts what its evidence says.

    A strict reading (of a fact) also wants every denial made by a source; an inference may
    deny what no source speaks of.
    """
    words = _words(text)
    heard = [_words(part) for source in testimony.texts for part in sentences_in(source)]
    yield from _denial_faults(words, heard, testimony, strict=strict)
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
    words: Sequence[_Word],
    heard: Sequence[Sequence[_Word]],
    testimony: Testimony,
    *,
    strict: bool,
) -> Iterator[Fault]:
    """A denial nobody made, one that was made and left out, or an empty field told as a fact."""
    source = [word for part in heard for word in part]
    denials = [word for word in words if _denies(word.said)]
    if denials and not _bears_denial(words, source, testimony, strict=strict):
        yield Fault("polarity", _phrase(words, denials[0]))
        return
    if len(denials) > max([1, *(sum(_denies(w.said) for w in part) for part in heard)]):
        if language_of(" ".join(word.said for word in words)) != "ru":  # doubled there by grammar
            yield Fault("polarity", _phrase(words, denials[-1]))
        return
    if testimony.void and not denials and not any(_absent(word) for word in words):
        yield Fault("polarity", _sentence_of(words), "nothing")
        return
    yield from _left_out(words, heard)


def _left_out(words: Sequence[_Word], heard: Sequence[Sequence[_Word]]) -> Iterator[Fault]:
    """A word the evidence only ever denies, told of the same matter without the denial."""
    sure = {word.key for part in heard for word in part if not word.denied}
    for index, word in enumerate(words):
        if word.denied or word.key in sure or not _telling(word):
            continue
        for part in heard:
            for place, other in enumerate(part):
                same = other.denied and other.key == word.key
                if same and (_is_value(part) or _around(words, index) & _around(part, place)):
                    yield Fault("polarity", word.said, _found(other))
                    return


def _bears_denial(words: Sequence[_Word], source: Sequence[_Word], testimony: Testimony) -> bool:
    """Whether the evidence denies the same, is silent on it, or says the opposite of it."""
    mine = [word for word in words if word.denied and _telling(word)]
    if not mine:
        return True  # “… and one did not”: what is denied was said before, and is checked there
    if testimony.emptiness:
        return not any(word.lower in lexicon().absence for word in mine)
    keys = {word.key for word in mine}
    if keys & {word.key for word in source if word.denied}:
        return True
    if any(_side_taken(word, source, same=True) for word in mine):
        return False
    if any(_side_taken(word, source, same=False) for word in mine):
        return True
    if _none_since(words, source):
        return True
    silent = not strict or any(
        word.lower in lexicon().absence or _denies(word.said) for word in source
    )
    return silent and not keys & {word.key for word in source if not word.denied}


def _side_taken(word: _Word, source: Sequence[_Word], *, same: bool) -> bool:
    """Whether the evidence takes the word's own side of an opposite, or the other one."""
    for opposite in lexicon().opposites:
        for mine, theirs in ((opposite.one, opposite.other), (opposite.other, opposite.one)):
            side = mine if same else theirs
            if word.lower in mine and any(w.lower in side and not w.denied for w in source):
                return True
    return False


def _none_since(words: Sequence[_Word], source: Sequence[_Word]) -> bool:
    """“No order since March” follows from the last order's day."""
    return any(word.lower in lexicon().since for word in words) and any(
        word.lower in lexicon().last for word in source
    )


def _absent(word: _Word) -> bool:
    return word.lower in lexicon().absence or word.key == "#0"


def _opposite_fault(
    words: Sequence[_Word], heard: Sequence[Sequence[_Word]], mine: Words, theirs: Words
) -> Fault | None:
    """A side the sentence takes where the evidence takes only the other.

    A denied side is the other one; an anchored word (“above 12 %”) is compared only with what
    the evidence says of the same anchor.
    """
    for index, word in enumerate(words):
        if word.lower not in mine:
            continue
        against: _Word | None = None
        for part in heard:
            for place, other in enumerate(part):
                agrees = _agreement(word, other, mine, theirs)
                if agrees is None or not (agrees or _same_matter(words, index, part, place)):
                    continue
                if agrees and _anchors_meet(words, index, part, place):
                    return None
                against = other if not agrees else against
        if against is not None:
            return Fault("polarity", word.said, _found(against))
    return None


def _agreement(word: _Word, other: _Word, mine: Words, theirs: Words) -> bool | None:
    """Whether two words take the same side, opposite ones, or (None) are of another matter."""
    if other.lower in mine:
        return word.denied == other.denied
    return word.denied != other.denied if other.lower in theirs else None


def _found(word: _Word) -> str:
    return f"not {word.said}" if word.denied else word.said


def _anchors_meet(words: Sequence[_Word], index: int, part: Sequence[_Word], place: int) -> bool:
    if words[index].lower not in lexicon().anchored:
        return True
    return _is_value(part) or bool(_anchor(words, index) & _anchor(part, place))


def _same_matter(words: Sequence[_Word], index: int, part: Sequence[_Word], place: int) -> bool:
    """Whether two sides are said of the same: the same anchor after them, or shared words near."""
    if _is_value(part):
        return True
    if words[index].lower in lexicon().anchored:
        return bool(_anchor(words, index) & _anchor(part, place))
    return bool(_around(words, index) & _around(part, place))


def _is_value(part: Sequence[_Word]) -> bool:
    """A value or a label, such as the status of a deal, rather than a sentence."""
    return len([word for word in part if _telling(word)]) <= _VALUE


def _anchor(words: Sequence[_Word], index: int) -> set[str]:
    """The next word that tells something in the clause, or else the one before."""
    following = _until_clause_ends(words[index + 1 :])
    if following:
        return {following[0].key}
    before = _until_clause_ends(words[:index][::-1])
    return {before[0].key} if before else set()


def _until_clause_ends(words: Sequence[_Word]) -> list[_Word]:
    clause: list[_Word] = []
    for word in words:
        if word.lower in _CLAUSE_ENDS:
            break
        if _telling(word) and unit_named(word.said) is None:
            clause.append(word)
    return clause


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
    return word.said[0].isalnum() and word.lower not in lexicon().stop and not _denies(word.said)


def _sentence_of(words: Sequence[_Word]) -> str:
    return " ".join(word.said for word in _upto(words, 6))


def _phrase(words: Sequence[_Word], denial: _Word) -> str:
    index = words.index(denial)
    return " ".join(word.said for word in _upto(words[index:], 3))


def _upto(words: Iterable[_Word], most: int) -> Iterator[_Word]:
    for count, word in enumerate(words):
        if count >= most or not word.said[0].isalnum():
            return
        yield word
