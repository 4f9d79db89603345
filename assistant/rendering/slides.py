"""Drafts as slides for a manager's review: the decision first, charts next, the rest as backup.

Every sentence of the drafts is in the deck once, and its sources are in the notes of its slide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.claims import Claim, ClaimKind, Draft
from assistant.errors import NothingToDraft
from assistant.rendering.captions import Captions, captions
from assistant.rendering.deck import BELOW, BESIDE, FULL, Deck
from assistant.rendering.figure import Figure, placed
from assistant.rendering.paging import Item, pages
from assistant.rendering.plain import legal
from assistant.rendering.word import checked

#: The section a plan begins with: it says where things stand.
_SUMMARY = "summary"
#: A team's review is projected: its charts are large, and what they say in words comes after.
_TEAM = "portfolio_review"
_ATTENTION = "attention"
_IMAGINED = "what_if"


def slides(title: str, drafts: Sequence[Draft], figures: Sequence[Figure] = ()) -> bytes:
    """A deck as .pptx; the same drafts and figures give the same bytes.

    A figure belongs to the draft about its account, or to the first draft where it names none.

    Raises:
        NothingToDraft: there is no draft to make a deck of.
    """
    if not drafts:
        raise NothingToDraft("There is no draft to make slides of: name at least one account.")
    first = drafts[0]
    said = captions(first.language)
    names = said.names(dict.fromkeys(legal(draft.account_name) for draft in drafts))
    footer = said.text("document.footer", account=names, day=said.day(first.as_of))
    kind = _TeamShow if first.kind == _TEAM and len(drafts) == 1 else _Show
    show = kind(drafts, figures, Deck(said, footer), said)
    show.cover(title, names)
    show.decisions()
    show.charts()
    show.questions()
    show.backup()
    show.withheld()
    return show.deck.bytes(title=title, subject=names, day=first.as_of)


class _Show:
    """The order in which a manager hears it."""

    def __init__(
        self, drafts: Sequence[Draft], figures: Sequence[Figure], deck: Deck, said: Captions
    ) -> None:
        self.drafts = drafts
        self.deck = deck
        self.captions = said
        self.figures = [
            placed(draft, [figure for figure in figures if _owner(figure, drafts) is draft])
            for draft in drafts
        ]

    def cover(self, title: str, names: str) -> None:
        """What it is, of which day, and how far it was checked."""
        said, first = self.captions, self.drafts[0]
        told = [said.day(first.as_of)]
        if len(self.drafts) == 1:
            told.append(checked(first, said))
        told.append(said.text("deck.accounts", names=names))
        items = [Item(said.text("document.draft"), "heading")]
        items += [Item(text, "note") for text in told]
        self.deck.cover(title, pages(items, BELOW)[0])

    def decisions(self) -> None:
        """The state in the words of the summaries, then every recommendation."""
        items = [
            item
            for draft in self.drafts
            for item in (*self._head(draft), *_summary(draft), *_some(draft, "recommendation"))
        ]
        decided = any(item.kind == "recommendation" for item in items)
        key = "decide" if decided else "undecided"
        nothing = [Item(self.captions.text("document.nothing"), "note")]
        self._text(self.captions.text(f"deck.{key}"), items or nothing)

    def charts(self) -> None:
        """Each figure with what its section says; what has no room beside it follows."""
        for draft, places in zip(self.drafts, self.figures, strict=True):
            for section in draft.sections:
                figures = places.get(section.id, [])
                told = [Item.of(claim) for claim in section.claims if _plain(claim)]
                told = [] if section.id == _SUMMARY else told
                for figure in figures:
                    held = pages(told, BESIDE, FULL)
                    self.deck.chart(figure, held[0] if held else None)
                    for page in held[1:]:
                        self.deck.text(self._continued(section.title), page)
                    told = []  # a second figure of a section does not repeat it
            for figure in places.get(None, []):
                self.deck.chart(figure)

    def questions(self) -> None:
        """Everything nobody knows."""
        items = [
            item
            for draft in self.drafts
            if (asked := _some(draft, "unknown"))
            for item in (*self._head(draft), *asked)
        ]
        if items:
            self._text(self.captions.text("deck.unknown"), items)

    def backup(self) -> None:
        """The sections that no figure stands for."""
        for draft, places in zip(self.drafts, self.figures, strict=True):
            for section in draft.sections:
                items = [Item.of(claim) for claim in section.claims if _plain(claim)]
                if items and section.id not in {*places, _SUMMARY}:
                    name = f"{self.captions.text('deck.backup')}: {section.title}"
                    self._text(name, [*self._head(draft), *items])

    def withheld(self) -> None:
        """What failed the check."""
        said = self.captions
        items = [
            Item(f"{legal(item.text)} – {legal(item.reason)}", "withheld")
            for draft in self.drafts
            for item in draft.withheld
        ]
        if items:
            intro = Item(said.text("document.withheld_intro"), "note")
            self._text(said.text("document.withheld"), [intro, *items])

    def _head(self, draft: Draft) -> Iterable[Item]:
        if len(self.drafts) > 1:
            yield Item(legal(draft.account_name), "heading")

    def _text(self, title: str, items: Sequence[Item]) -> None:
        for at, page in enumerate(pages(items, FULL)):
            self.deck.text(self._continued(title) if at else title, page)

    def _continued(self, title: str) -> str:
        return self.captions.text("document.continued", title=title)


class _TeamShow(_Show):
    """A team's review: what to decide, a chart a slide, what-ifs, then everything in words."""

    def cover(self, title: str, names: str) -> None:  # noqa: ARG002 - the title names the team
        """What it is, of which day, and how far it was checked."""
        said, draft = self.captions, self.drafts[0]
        told = [said.day(draft.as_of), checked(draft, said)]
        items = [Item(said.text("document.draft"), "heading")]
        items += [Item(text, "note") for text in told]
        self.deck.cover(title, pages(items, BELOW)[0])

    def decisions(self) -> None:
        """Who needs attention, each with what for."""
        items = _some(self.drafts[0], "recommendation")
        nothing = [Item(self.captions.text("document.nothing"), "note")]
        first = self.drafts[0].section(_ATTENTION)
        key = "deck.attention" if first else "deck.undecided"
        self._text(self.captions.text(key), items or nothing)

    def charts(self) -> None:
        """Each figure as large as the slide; its section's sources stand in the notes."""
        draft, places = self.drafts[0], self.figures[0]
        for name, figures in places.items():
            section = draft.section(name or "")
            claims = section.claims if section else ()
            sources = tuple(dict.fromkeys(e for claim in claims for e in claim.evidence))
            for figure in figures:
                self.deck.chart(figure, sources=sources)
        for section in draft.sections:
            if section.id.startswith(_IMAGINED):
                self._text(section.title, [Item.of(claim) for claim in section.claims])

    def backup(self) -> None:
        """Every other sentence, under the heading of its section."""
        items = [
            item
            for section in self.drafts[0].sections
            if not section.id.startswith(_IMAGINED)
            and (told := [Item.of(claim) for claim in section.claims if _plain(claim)])
            for item in (Item(legal(section.title), "heading"), *told)
        ]
        if items:
            self._text(self.captions.text("deck.words"), items)


def _summary(draft: Draft) -> list[Item]:
    """The state of an account in a few sentences, where its draft begins with them."""
    section = draft.section(_SUMMARY)
    return [Item.of(claim) for claim in section.claims if _plain(claim)] if section else []


def _some(draft: Draft, kind: ClaimKind) -> list[Item]:
    """Every sentence of a kind, each once."""
    return [Item.of(claim) for claim in dict.fromkeys(draft.claims()) if claim.kind == kind]


def _plain(claim: Claim) -> bool:
    return claim.kind in {"fact", "inference"}


def _owner(figure: Figure, drafts: Sequence[Draft]) -> Draft:
    fitting = (draft for draft in drafts if draft.account_id == figure.about)
    return next(fitting, drafts[0])
