"""What a thread is about: ids only, so that the next asker's own eyes read the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.conversation.understanding.choosing import Pending
from assistant.conversation.understanding.periods import Period
from assistant.insight.periods import Window


@dataclass(frozen=True)
class Focus:
    """The accounts, person, deal, period and intent of the last question that was answered.

    `asked` is that question's own words: “why?” and “who says so?” go back to them. `pending` is
    a question that waits for a name.
    """

    accounts: tuple[str, ...] = ()
    person: str | None = None
    deal: str | None = None
    period: Period | None = None
    intent: str | None = None
    asked: str | None = None
    language: str | None = None
    pending: Pending | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        period = self.period and {
            "start": self.period.window.start.isoformat(),
            "end": self.period.window.end.isoformat(),
            "whole_year": self.period.whole_year,
        }
        return {
            "accounts": list(self.accounts),
            "person": self.person,
            "deal": self.deal,
            "period": period,
            "intent": self.intent,
            "asked": self.asked,
            "language": self.language,
            "pending": self.pending and self.pending.to_json(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Focus:
        """As it was kept."""
        period, pending = kept.get("period"), kept.get("pending")
        return cls(
            accounts=tuple(kept.get("accounts", ())),
            person=kept.get("person"),
            deal=kept.get("deal"),
            period=period
            and Period(
                Window(date.fromisoformat(period["start"]), date.fromisoformat(period["end"])),
                bool(period["whole_year"]),
            ),
            intent=kept.get("intent"),
            asked=kept.get("asked"),
            language=kept.get("language"),
            pending=Pending.from_json(pending) if pending else None,
        )
