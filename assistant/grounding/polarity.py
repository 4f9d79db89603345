"""Whether a sentence says the opposite of its evidence: denials, and words with an opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from assistant.grounding.clauses import (
    CLAUSE_ENDS,
    Word,
    around,
    denies,
    is_telling,
    is_value,
    shown,
    words_of,
)
from assistant.grounding.denials import counted_none, denial_faults
from assistant.grounding.faults import Fault
from assistant.grounding.lexicon import Words, lexicon, sides_of, unit_named
from assistant.grounding.testimony import Testimony
from assistant.grounding.words import sentences_in

#: Words that before a figure measure rather than compare: “vor 41 Tagen”, “до 901 500 евро”.
_MEASURES = frozenset({"vor", "nach", "до"})


def polarity_faults(text: str, testimony: Testimony, *, fixed: str = "") -> Iterator[Fault]:
    """Where a sentence contradicts what its evidence says.

    In words of its own a sentence may deny nothing that no source denies, and take no side that
    no source takes; in the words of a fixed phrase it may where the sources are silent.
    """
    words = words_of(text)
    heard = [words_of(part) for source in testimony.texts for part in sentences_in(source)]
    house = frozenset(word.lower for word in words_of(fixed))
    ours = all(word.lower in house for word in words if denies(word.said))
    yield from denial_faults(words, heard, testimony, own=not ours)
    yield from _side_faults(words, heard, testimony, house)
    for index, word in enumerate(words):
        if word.denied and testimony.void and counted_none(word, testimony):
            continue  # the source's word only names what was counted
        for number, first in sorted(sides_of(word.lower)):
            fault = _opposite_fault(words, index, heard, (number, first))
            if fault is not None:
                yield fault
    yield from _direction_faults(words, testimony)


def _side_faults(
    words: Sequence[Word],
    heard: Sequence[Sequence[Word]],
    testimony: Testimony,
    house: frozenset[str],
) -> Iterator[Fault]:
    """A side that no source takes, no computed change bears out and no phrase of ours fixes."""
    said = {word.lower for part in heard for word in part}
    labels = {word for label in testimony.labels for word in label.lower().split()}
    for index, word in enumerate(words):
        if word.lower in house | said | labels or _borne_out(word, testimony):
            continue
        if _bounds_a_figure(words, index) or (word.denied and testimony.emptiness):
            continue
        sides = sides_of(word.lower)
        if sides and not any(sides & sides_of(other) for other in said):
            yield Fault("polarity", word.said)
            return


def _borne_out(word: Word, testimony: Testimony) -> bool:
    """Whether the sign of a computed change, or an empty field, says as much."""
    up, down = directions_said()
    if testimony.emptiness and word.lower in lexicon().absence:
        return True
    return (1 in testimony.directions and word.lower in up) or (
        -1 in testimony.directions and word.lower in down
    )


def _bounds_a_figure(words: Sequence[Word], index: int) -> bool:
    """“over 20”: whether the figure is over is for the figures to say."""
    word, following = words[index].lower, words[index + 1 : index + 3]
    limits = word in lexicon().over or word in lexicon().under or word in _MEASURES
    return limits and any(other.said[0].isdigit() for other in following)


def _opposite_fault(
    words: Sequence[Word],
    index: int,
    heard: Sequence[Sequence[Word]],
    side: tuple[int, bool],
) -> Fault | None:
    """A side that a word takes where the evidence takes only the other.

    A denied side is the other one; an anchored word (“above 12 %”) is compared only with what
    the evidence says of the same anchor.
    """
    against: Word | None = None
    for part in heard:
        for place, other in enumerate(part):
            agrees = _agreement(words[index], other, side)
            if agrees is None or not (agrees or _same_matter(words, index, part, place)):
                continue
            if agrees and _anchors_meet(words, index, part, place):
                return None
            against = other if not agrees else against
    return None if against is None else Fault("polarity", words[index].said, shown(against))


def _agreement(word: Word, other: Word, side: tuple[int, bool]) -> bool | None:
    """Whether two words take the same side, opposite ones, or (None) are of another matter."""
    sides = sides_of(other.lower)
    if side in sides:
        return word.denied == other.denied
    return word.denied != other.denied if (side[0], not side[1]) in sides else None


def _anchors_meet(words: Sequence[Word], index: int, part: Sequence[Word], place: int) -> bool:
    if words[index].lower not in lexicon().anchored:
        return True
    return is_value(part) or bool(_anchor(words, index) & _anchor(part, place))


def _same_matter(words: Sequence[Word], index: int, part: Sequence[Word], place: int) -> bool:
    """Whether two sides are said of the same: the same anchor after them, or shared words near."""
    if is_value(part):
        return True
    if words[index].lower in lexicon().anchored:
        return bool(_anchor(words, index) & _anchor(part, place))
    return bool(around(words, index) & around(part, place))


def _anchor(words: Sequence[Word], index: int) -> set[str]:
    """The next word that tells something in the clause, or else the one before."""
    following = _until_clause_ends(words[index + 1 :])
    if following:
        return {following[0].key}
    before = _until_clause_ends(words[:index][::-1])
    return {before[0].key} if before else set()


def _until_clause_ends(words: Sequence[Word]) -> list[Word]:
    clause: list[Word] = []
    for word in words:
        if word.lower in CLAUSE_ENDS:
            break
        if is_telling(word) and unit_named(word.said) is None:
            clause.append(word)
    return clause


def _direction_faults(words: Sequence[Word], testimony: Testimony) -> Iterator[Fault]:
    """Rose where every computed change is a fall, or the other way round."""
    up, down = directions_said()
    if len(testimony.directions) != 1:
        return
    (sign,) = testimony.directions
    wrong, right = (down, up) if sign > 0 else (up, down)
    told = {word.lower for source in testimony.texts for word in words_of(source)}
    said = [w for w in words if w.lower in wrong and not w.denied and w.lower not in told]
    if said and not any(word.lower in right for word in words):
        yield Fault("polarity", said[0].said, "a rise" if sign > 0 else "a fall")


@cache
def directions_said() -> tuple[Words, Words]:
    """Everything that means up, and everything that means down."""
    rise, more = lexicon().opposites[0], lexicon().opposites[2]
    return _both(rise.one, more.one), _both(rise.other, more.other)


def _both(one: Words, other: Words) -> Words:
    return Words(one.exact | other.exact, one.beginnings + other.beginnings)
