"""Drafts as slides for a manager's review: the decision first, charts next, the rest as backup.

Every sentence of the drafts is in the deck once, and its sources are in the notes of its slide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.claims import Claim, ClaimKind, Draft
from assistant.errors import NothingToDraft
from assistant.rendering.captions import Captions, captions
from assistant.rendering.deck import BESIDE, FULL, Deck
from assistant.rendering.figure import Figure, placed
from assistant.rendering.paging import Item, pages
from assistant.rendering.plain import legal
from assistant.rendering.word import checked


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
    show = _Show(drafts, figures, Deck(said, footer), said)
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
        told = [said.text("deck.accounts", names=names), said.day(first.as_of)]
        if len(self.drafts) == 1:
            told.append(checked(first, said))
        items = [Item(text, "note") for text in told]
        items.append(Item(said.text("document.draft"), "heading"))
        self.deck.cover(title, next(pages(items, FULL)))

    def decisions(self) -> None:
        """Every recommendation."""
        items = list(self._of({"recommendation"}))
        key = "decide" if items else "undecided"
        nothing = [Item(self.captions.text("document.nothing"), "note")]
        self._text(self.captions.text(f"deck.{key}"), items or nothing)

    def charts(self) -> None:
        """Each figure with what its section says; what has no room beside it follows."""
        for draft, places in zip(self.drafts, self.figures, strict=True):
            for section in draft.sections:
                figures = places.get(section.id, [])
                told = [Item.of(claim) for claim in section.claims if _plain(claim)]
                for figure in figures:
                    beside, *rest = [*pages(told, BESIDE, FULL)] or [[]]
                    self.deck.chart(figure, beside)
                    for page in rest:
                        self.deck.text(self._continued(section.title), page)
                    told = []  # a second figure of a section does not repeat it
            for figure in places.get(None, []):
                self.deck.chart(figure, [])

    def questions(self) -> None:
        """Everything nobody knows."""
        items = list(self._of({"unknown"}))
        if items:
            self._text(self.captions.text("deck.unknown"), items)

    def backup(self) -> None:
        """The sections that no figure stands for."""
        for draft, places in zip(self.drafts, self.figures, strict=True):
            for section in draft.sections:
                items = [Item.of(claim) for claim in section.claims if _plain(claim)]
                if items and section.id not in places:
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

    def _of(self, kinds: set[ClaimKind]) -> Iterable[Item]:
        """The sentences of some kinds, under their account where there are several."""
        for draft in self.drafts:
            claims = dict.fromkeys(claim for claim in draft.claims() if claim.kind in kinds)
            if claims:
                yield from self._head(draft)
                yield from map(Item.of, claims)

    def _head(self, draft: Draft) -> Iterable[Item]:
        if len(self.drafts) > 1:
            yield Item(legal(draft.account_name), "heading")

    def _text(self, title: str, items: Sequence[Item]) -> None:
        for at, page in enumerate(pages(items, FULL)):
            self.deck.text(self._continued(title) if at else title, page)

    def _continued(self, title: str) -> str:
        return self.captions.text("document.continued", title=title)


def _plain(claim: Claim) -> bool:
    return claim.kind in {"fact", "inference"}


def _owner(figure: Figure, drafts: Sequence[Draft]) -> Draft:
    fitting = (draft for draft in drafts if draft.account_id == figure.about)
    return next(fitting, drafts[0])
