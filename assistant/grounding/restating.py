"""Whether a sentence says the same as sentences that have been checked already.

A language model restates what the rules concluded. Its sentence is held against the checked ones:
every figure, day, quotation and name in it must be one of theirs and in its place, what they deny
it denies, and its words must be theirs or their sources'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.grounding.clauses import Word, denies, words_of
from assistant.grounding.faults import Fault
from assistant.grounding.lexicon import lexicon, sides_of
from assistant.grounding.names import Mentions, names_in
from assistant.grounding.particulars import QUOTED
from assistant.grounding.polarity import directions_said, polarity_faults
from assistant.grounding.saying import take_apart
from assistant.grounding.testimony import Testimony
from assistant.grounding.words import content_of, key_of, language_of, words_in

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[,;:.!?()–—]")
_DIGITS = re.compile(r"\d[\w.,/-]*")
_ENDS = frozenset(",;:.!?()–—")
#: Words that tell nothing of what stands beside them.
_EVERYWHERE = frozenset(
    {
        *("a", "an", "and", "is", "of", "the", "was", "were"),
        *("der", "die", "das", "ein", "eine", "und", "ist", "war"),
        "и",
    }
)
_NEAR = 4  # words on either side that tell what a figure is of
#: By so much another place must fit better before a figure alone counts as out of its place.
_DOUBT = 2
#: Letters from which on two words may be forms of one.
_STEM = 4
#: Words that relate times and clauses, and take a side only beside a figure.
_RELATIONS = ("over", "über", "most", "meist", "due", "fällig", "after", "nach", "last", "outside")
#: A form that stemming keeps apart from its verb.
_KNOWN = re.compile(r"\bknown\b")
#: Denials that only say that something is not there.
_LACKING = frozenset({"without", "ohne", "без"})
#: Words that make another figure of one they stand beside.
_SCALES = frozenset(
    {
        *("hundred", "thousand", "million", "billion", "half", "double", "twice"),
        *("hundert", "tausend", "millionen", "milliarde", "milliarden", "doppelt", "halb"),
        *("сто", "тысяча", "тысячи", "тысяч", "миллион", "миллиона", "миллионов", "вдвое"),
    }
)
#: The least share of a sentence's words that the checked sentences or their sources hold.
_LEAST_HELD = 0.5
#: So many words of its own make a sentence say something else.
_FEW = 3


@dataclass(frozen=True)
class Particular:
    """A figure, a day, a quotation or a name as it stands in a checked sentence.

    `sort` keeps apart what cannot be confused: `n` figures, `d` days, `q` quotations, `p` names.
    """

    said: str
    sort: str


@dataclass(frozen=True)
class Statement:
    """A checked sentence with its particulars in their order."""

    text: str
    particulars: tuple[Particular, ...] = ()


@dataclass(frozen=True)
class _Place:
    """A particular where it stands, with the words around it."""

    said: str
    sort: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def restating_faults(
    text: str,
    statements: Sequence[Statement],
    sources: Sequence[str] = (),
    names: Collection[str] = (),
) -> Iterator[Fault]:
    """What a sentence says otherwise than the checked ones it restates.

    Args:
        text: the sentence.
        statements: the checked sentences it rests on.
        sources: what their sources say; lends words and names, but no figures.
        names: whole names that may stand in any sentence.
    """
    known = {one.said: one for statement in statements for one in statement.particulars}
    bare, mine = _read(text, known)
    allowed = Counter(one.said for statement in statements for one in statement.particulars)
    for place, times in Counter(place.said for place in mine).items():
        if times > allowed[place]:
            yield Fault("number", place)
    unplaced = QUOTED.sub(" ", bare)
    read = [_read(one.text, known) for one in statements]
    stated = [own for own, _ in read]
    yield from _written_out(unplaced, [one.text for one in statements], stated)
    yield from _displaced(mine, [place for _, places in read for place in places])
    heard = [*(one.text for one in statements), *sources, *names]
    kept = {place.said for place in mine}
    dropped = any(one.sort == "p" and one.said not in kept for one in known.values())
    yield from _named(unplaced, heard, dropped=dropped)
    yield from _turned(unplaced, stated)
    yield from _foreign(unplaced, [*(one.text for one in statements), *sources])


def _read(text: str, known: Mapping[str, Particular]) -> tuple[str, list[_Place]]:
    """The text without its particulars, and each of them with what stands around it."""
    if not known:
        return text, []
    longest = sorted(known, key=lambda said: (-len(said), said))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    language, last = language_of(text), 0
    tokens: list[str | Particular] = []
    for match in pattern.finditer(text):
        tokens += [*_words(text[last : match.start()], language), known[match[0]]]
        last = match.end()
    tokens += _words(text[last:], language)
    places = [
        _Place(one.said, one.sort, _beside(tokens[:at][::-1], one), _beside(tokens[at + 1 :], one))
        for at, one in enumerate(tokens)
        if isinstance(one, Particular)
    ]
    return pattern.sub(" … ", text), places


def _words(text: str, language: str) -> list[str]:
    words = [word for word in _WORD.findall(text) if word.lower() not in _EVERYWHERE]
    return [word if word in _ENDS else key_of(word, language) for word in words]


def _beside(tokens: Sequence[str | Particular], place: Particular) -> tuple[str, ...]:
    """The next words and particulars, to the end of the clause or to one of the same sort."""
    found: list[str] = []
    for one in tokens:
        if isinstance(one, Particular):
            found.append(f"<{one.sort}>" if one.sort == place.sort else one.said)
            if one.sort == place.sort:
                break
        elif one not in _ENDS:
            found.append(one)
        elif found or one != ",":
            break
        if len(found) == _NEAR:
            break
    return tuple(found)


def _displaced(mine: Sequence[_Place], theirs: Sequence[_Place]) -> Iterator[Fault]:
    """A particular in the place of another of its sort, or two in each other's."""
    for at, place in enumerate(mine):
        for other in {one.said for one in theirs if one.sort == place.sort} - {place.said}:
            own, wrong = _fit(place, place.said, theirs), _fit(place, other, theirs)
            beside = [one for one in mine[at + 1 :] if one.said == other]
            if beside:
                own += _fit(beside[0], other, theirs)
                wrong += _fit(beside[0], place.said, theirs)
            present = any(one.said == other for one in mine)
            turned = bool(beside) and own == wrong and _order(theirs, other, place.said)
            misplaced = wrong > own + (0 if present else _DOUBT) and (beside or not present)
            if misplaced or turned:
                yield Fault("name" if place.sort == "p" else "number", place.said, other)
                return


def _order(theirs: Sequence[_Place], one: str, other: str) -> bool:
    """Whether the checked sentences always name one before the other."""
    said = [place.said for place in theirs]
    return (
        one in said and other in said and len(said) - said[::-1].index(one) - 1 < said.index(other)
    )


def _fit(place: _Place, said: str, theirs: Sequence[_Place]) -> int:
    """How alike the words around a place and around where the checked sentences say something."""
    return max((_alike(place, other) for other in theirs if other.said == said), default=0)


def _alike(one: _Place, other: _Place) -> int:
    """Shared words count, more so on the same side, most of all right beside the place."""
    near = len({*one.left, *one.right} & {*other.left, *other.right})
    sides = len({*one.left} & {*other.left}) + len({*one.right} & {*other.right})
    beside = (one.left[:1] == other.left[:1] != ()) + (one.right[:1] == other.right[:1] != ())
    return near + 2 * sides + 3 * beside


def _written_out(text: str, whole: Sequence[str], stated: Sequence[str]) -> Iterator[Fault]:
    """Figures that the writer put into the sentence itself, in digits or in words."""
    if written := _DIGITS.search(text):
        yield Fault("number", written[0].rstrip(".,"))
    scales = _SCALES & {word.lower() for word in words_in(text)}
    if more := scales - {word.lower() for own in stated for word in words_in(own)}:
        yield Fault("unit", min(more))
    heard = {word.lower() for own in whole for word in words_in(own)}
    for quantity in take_apart(text).quantities:
        if not heard >= {word.lower() for word in words_in(quantity.said)}:
            yield Fault("number", quantity.said)


def _named(text: str, heard: Sequence[str], *, dropped: bool) -> Iterator[Fault]:
    """Names that stand neither in the checked sentences nor in their sources.

    Where one of theirs was `dropped`, a capitalised word that nobody said may be in its place;
    else the first word of a sentence is no name.
    """
    mentions = Mentions(heard)
    for name in names_in(text):
        begins = not dropped and len(name.words) == 1 and text.lstrip().startswith(name.said)
        if mentions.lacking(name) is not None and not begins:
            yield Fault("name", name.said)
    if dropped:
        known = {word.lower() for one in heard for word in words_in(one)}
        fresh = [w for w in words_in(text) if w[0].isupper() and w.lower() not in known]
        if fresh and fresh[0].lower() not in lexicon().stop:
            yield Fault("name", fresh[0])


def _turned(text: str, stated: Sequence[str]) -> Iterator[Fault]:
    """Denials and sides that the checked sentences do not take, or not as often."""
    text, stated = _KNOWN.sub("know", text), [_KNOWN.sub("know", own) for own in stated]
    said, heard = words_of(text), [word for own in stated for word in words_of(own)]
    denials = [word for word in said if _denies(word)]
    denied = sum(_denies(word) for word in heard)
    absences = [w for w in heard if w.lower in lexicon().absence and w.lower not in _LACKING]
    if len(denials) > (denied or bool(absences)):
        yield Fault("polarity", denials[-1].said)
    taken = {side for word in heard for side in sides_of(word.lower)}
    times, known = (Counter(word.lower for word in words) for words in (said, heard))
    for word in said:
        for number, first in sides_of(word.lower):
            opposed = (number, not first) in taken
            if opposed and (
                (number, first) not in taken or 0 < known[word.lower] < times[word.lower]
            ):
                yield Fault("polarity", word.said)
    begun = {word.lower[:_STEM] for word in heard if len(word.lower) >= _STEM}
    alike = [word.said for word in said if word.lower[:_STEM] in begun]
    if text.rstrip().endswith("?") and any("?" in own for own in stated):
        return  # what is asked is not asserted
    way = _direction(heard)
    told = [*alike, *_RELATIONS, *(word.said for word in said if _goes(word, way))]
    testimony = Testimony(
        texts=tuple(stated),
        labels=(),
        passages=(),
        moments=(),
        codes=frozenset(),
        quantities=(),
        emptiness=False,
        void=False,
        directions=frozenset({way} if way else ()),
        counts={},
        none_of=frozenset(),
    )
    yield from polarity_faults(text, testimony, fixed=" ".join(told))


def _denies(word: Word) -> bool:
    """Whether a word denies what is said, and not merely that something is there."""
    return denies(word.said) and word.lower not in _LACKING


def _direction(heard: Sequence[Word]) -> int:
    """The one way in which the checked sentences say that something goes: 1, -1, or 0."""
    ways = {way for word in heard for way in (1, -1) if _goes(word, way)}
    return ways.pop() if len(ways) == 1 else 0


def _goes(word: Word, way: int) -> bool:
    """Whether a word says up (1) or down (-1)."""
    return bool(way) and not word.denied and word.lower in directions_said()[way < 0]


def _foreign(text: str, held: Sequence[str]) -> Iterator[Fault]:
    """Words that neither the checked sentences nor their sources know."""
    language = language_of(held[0]) if held else language_of(text)
    known = {key for one in held for _, key in content_of(one, language)}
    words = [(word, key) for word, key in content_of(text, language)
             if word.lower() not in lexicon().light]  # fmt: skip
    lacking = [word for word, key in words if key not in known]
    if len(lacking) >= _FEW and 1 - len(lacking) / len(words) < _LEAST_HELD:
        yield Fault("support", " ".join(lacking))
