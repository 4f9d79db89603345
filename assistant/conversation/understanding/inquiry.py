"""An inquiry: one question as it was understood."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.understanding import intents
from assistant.conversation.understanding.mentions import Mention
from assistant.conversation.understanding.periods import Period
from knowledge.records.roster import Named


@dataclass(frozen=True)
class Inquiry:
    """One question as it was understood.

    Attributes:
        intent: what it wants; None where no rule knows.
        accounts: whom it is about, as ids the viewer may see.
        stranger: a name in it that nobody on the roster bears.
        unclear: a mention that fits several records.
        everything: whether it asks about all accounts.
        products: the products it names, several where a name fits several.
        points: whether it speaks of somebody named before: “them”, “that deal”.
    """

    text: str
    masked: str
    language: str
    intent: str | None
    accounts: tuple[str, ...] = ()
    person: Named | None = None
    colleague: Named | None = None
    deal: Named | None = None
    products: tuple[Named, ...] = ()
    rival: Named | None = None
    period: Period | None = None
    stranger: str | None = None
    unclear: Mention | None = None
    everything: bool = False
    points: bool = False
    weight: int = 0
    others: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[str, ...]:
        """Words that no rule knows: the question is about something else as well."""
        return intents.unknown_in(self.masked, self.language)

    @property
    def product(self) -> Named | None:
        """The product it names, where that is clear."""
        return self.products[0] if len(self.products) == 1 else None

    @property
    def account(self) -> str | None:
        """The first account it is about."""
        return self.accounts[0] if self.accounts else None
