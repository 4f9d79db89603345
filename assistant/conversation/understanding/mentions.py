"""What a question names: accounts, people, deals, products and rivals, typing mistakes forgiven.

Only names on the viewer's roster are known. Two records that fit equally well are a question to
the asker, never a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.conversation.understanding.words import Word, alike, words_in
from knowledge.records.roster import Kind, Named

#: Words of names that are words of the trade as well: alone they name nobody.
_COMMON = frozenset(
    [
        "the",
        "and",
        "of",
        "for",
        "group",
        "company",
        "gmbh",
        "ltd",
        "inc",
        "services",
        "foods",
        "water",
        "energy",
        "mining",
        "pumps",
        "pump",
        "seals",
        "seal",
        "filtration",
        "monitoring",
        "line",
        "audit",
        "supply",
        "service",
        "conversion",
        "agreement",
        "frame",
        "programme",
        "project",
        "process",
        "new",
        "open",
        "kit",
        "set",
        "contract",
        "order",
        "will",
        "mark",
        "grant",
        "may",
        "rose",
        "art",
        "bill",
        "long",
        "short",
        "young",
        "day",
        "best",
        "price",
        "sales",
        "head",
        "chief",
    ]
)
_SCATTERED = 2  # words of a deal's name that name it wherever they stand
_RANK: dict[Kind, int] = {
    "account": 5,
    "contact": 4,
    "colleague": 3,
    "deal": 2,
    "product": 1,
    "rival": 1,
}


@dataclass(frozen=True)
class Mention:
    """Words of a question and the records they may name; more than one is not clear."""

    kind: Kind
    start: int
    end: int
    fits: tuple[Named, ...]
    weight: int

    @property
    def clear(self) -> bool:
        """Whether one record alone is named."""
        return len(self.fits) == 1


@dataclass(frozen=True)
class Mentions:
    """Everything a question names, in its order."""

    found: tuple[Mention, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Mention, ...]:
        """The mentions of some kinds."""
        return tuple(one for one in self.found if one.kind in kinds)

    def masked(self, text: str) -> str:
        """The text with a mark such as `<account>` where something is named."""
        parts, at = [], 0
        for one in self.found:
            parts += [text[at : one.start], f"<{one.kind}>"]
            at = one.end
        return "".join([*parts, text[at:]])

    def without(self, text: str) -> str:
        """The text without the names."""
        return self.masked(text).translate(str.maketrans("<>", "  "))


@dataclass(frozen=True)
class Directory:
    """A roster, ready to be looked up word by word."""

    names: Sequence[Named]
    tokens: dict[Named, tuple[str, ...]] = field(default_factory=dict)
    begins: dict[str, list[tuple[Named, int]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, names: Sequence[Named]) -> Directory:
        """Prepare the look-up."""
        directory = cls(names)
        for one in names:
            tokens = tuple(word.plain for word in words_in(one.name))
            directory.tokens[one] = tokens
            for place, token in enumerate(tokens):
                directory.begins[token[:1]].append((one, place))
        return directory

    def mentions(
        self, text: str, *, ordinary: Collection[str] = (), near: Collection[str] = ()
    ) -> Mentions:
        """What a text names.

        Args:
            text: the question.
            ordinary: plain words that, uncapitalised, are taken for words and not for names.
            near: ids of accounts the talk is about; their people and deals are meant first.
        """
        words = words_in(text)
        spans = [
            (self._read(words, at, one, place), one)
            for at, word in enumerate(words)
            for one, place in self._starting(word, ordinary)
        ]
        best: dict[tuple[int, int, Kind], list[tuple[int, Named]]] = defaultdict(list)
        for (first, last, weight), one in spans:
            if weight:
                best[first, last, one.kind].append((weight, one))
        found = [
            _mention((words[first].start, words[last].end), kind, fits, near)
            for (first, last, kind), fits in best.items()
        ]
        if not any(one.kind == "deal" for one in found):
            found += self._scattered(words)
        return Mentions(_apart(_on_topic(found, near)))

    def _scattered(self, words: Sequence[Word]) -> Iterator[Mention]:
        """A deal most of whose words stand in the question, though not side by side."""
        said = {word.plain: word for word in words if word.plain not in _COMMON}
        names = {word.plain for word in words if word.capital and len(word.plain) > 4}  # noqa: PLR2004
        counts: dict[Named, list[Word]] = {}
        for one, tokens in self.tokens.items():
            shared = [said[token] for token in dict.fromkeys(tokens) if token in said]
            named = any(word.plain in names and self._only(word.plain, one) for word in shared)
            if one.kind == "deal" and (named or len(shared) >= _SCATTERED):
                counts[one] = shared
        most = max(map(len, counts.values()), default=0)
        fits = tuple(one for one, shared in counts.items() if len(shared) == most)
        if len(fits) == 1:
            first = counts[fits[0]][0]
            yield Mention("deal", first.start, first.end, fits, most)

    def _only(self, word: str, one: Named) -> bool:
        """Whether no other name on the roster has a word."""
        return all(word not in tokens for other, tokens in self.tokens.items() if other != one)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every plain word of a name of ours or theirs that is no account's or person's."""
        kinds = {"deal", "product", "rival"}
        found = (tokens for one, tokens in self.tokens.items() if one.kind in kinds)
        return frozenset(token for tokens in found for token in tokens)

    @cached_property
    def wares(self) -> tuple[str, ...]:
        """The plain words by which products are called, without their codes."""
        named = (tokens for one, tokens in self.tokens.items() if one.kind == "product")
        words = {token for tokens in named for token in tokens if token.isalpha()}
        return tuple(sorted(word for word in words if len(word) > 3))  # noqa: PLR2004 - small words

    def _starting(self, word: Word, ordinary: Collection[str]) -> Iterable[tuple[Named, int]]:
        if word.plain in _COMMON or (word.plain in ordinary and not word.capital):
            return
        seen: set[Named] = set()
        for one, place in self.begins.get(word.plain[:1], ()):
            token = self.tokens[one][place]
            if one in seen or not _may_begin(one, place, token):
                continue
            exact = word.plain == token
            if exact or (word.plain not in ordinary and alike(word.plain, token)):
                seen.add(one)
                yield one, place

    def _read(self, words: Sequence[Word], at: int, one: Named, place: int) -> tuple[int, int, int]:
        """First and last word of the mention and how many parts of the name it holds, in tenths.

        A name said in full weighs more than the beginning of a longer one.
        """
        tokens, last, here = self.tokens[one], at, place
        exact = words[at].plain == tokens[place]
        while here + 1 < len(tokens) and last + 1 < len(words):
            if not alike(words[last + 1].plain, tokens[here + 1]):
                break
            here, last = here + 1, last + 1
        read = here - place + 1
        if one.kind == "deal" and read < min(2, len(tokens)):
            return at, last, 0
        whole = read == len(tokens)
        if len(tokens) > 1 and read == 1 and len(words[at].plain) < 3:  # noqa: PLR2004 - initials
            return at, last, 0
        return at, last, read * 10 + 5 * whole + 2 * exact


def _may_begin(one: Named, place: int, token: str) -> bool:
    """Whether a mention may start there: accounts by their first word, people by either name."""
    if token in _COMMON:
        return False
    if one.kind in {"account", "rival", "product"}:
        return place == 0 or (one.kind == "rival" and len(token) > 4)  # noqa: PLR2004
    if one.kind in {"contact", "colleague"}:
        return len(token) > 2  # noqa: PLR2004 - “de”, “van”
    return True


def _mention(
    span: tuple[int, int],
    kind: Kind,
    fits: Sequence[tuple[int, Named]],
    near: Collection[str],
) -> Mention:
    top = max(weight for weight, _ in fits)
    kept = [one for weight, one in fits if weight == top]
    close = [one for one in kept if one.account_id in near]
    names = tuple(dict.fromkeys(close or kept))
    return Mention(kind, *span, names, top + _RANK[kind])


def _on_topic(found: Sequence[Mention], near: Collection[str]) -> list[Mention]:
    """People and deals of the accounts that the question itself names are meant first."""
    named = {one.fits[0].id for one in found if one.kind == "account" and one.clear} or set(near)
    narrowed = []
    for mention in found:
        close = tuple(one for one in mention.fits if one.account_id in named)
        if mention.kind in {"contact", "deal"} and close:
            mention = Mention(  # noqa: PLW2901
                mention.kind, mention.start, mention.end, close, mention.weight
            )
        narrowed.append(mention)
    return narrowed


def _apart(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Of overlapping mentions the weightiest."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (-m.weight, m.start, m.kind)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))
