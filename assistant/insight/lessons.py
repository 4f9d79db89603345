"""Lessons of a portfolio's wins and losses, and the plans they belong to.

Deals with the same pattern (product family, competitor, tier of the account) and the same
outcome teach one lesson: what the buyers said. It attaches to every open deal with the pattern,
so that it arrives before the next mistake. Practice of ours; no study of it is known to us.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.claims import Evidence, Finding
from assistant.insight import buying_centre as centre
from assistant.insight import win_loss
from assistant.insight.win_loss import ClosedDeal
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "lessons"


@dataclass(frozen=True)
class Pattern:
    """What deals have in common. None stands for not recorded, and matches nothing."""

    family: str | None
    rival: str | None
    tier: str | None


@dataclass(frozen=True)
class Lesson:
    """What the buyers of some deals said. `themes` by how many deals name them, most first."""

    pattern: Pattern
    status: str
    deals: tuple[ClosedDeal, ...]
    themes: tuple[tuple[str, int], ...]
    rep_themes: tuple[tuple[str, int], ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The reasons it was drawn from."""
        return tuple(e for deal in self.deals for e in deal.evidence)


@dataclass(frozen=True)
class Attached:
    """A lesson that an open deal should hear; `on` says what they have in common."""

    lesson: Lesson
    deal_ref: str
    deal: str
    on: tuple[str, ...]


def lessons(files: Iterable[AccountFile], thresholds: Thresholds) -> Finding:
    """Wins and losses of several accounts; outcomes as of `win_loss`, subject `portfolio`."""
    deals = tuple(deal for file in _ordered(files) for deal in win_loss.closed_deals(file))
    found = win_loss.summary("portfolio", deals, thresholds, None)
    return Finding(
        rule=RULE,
        subject="portfolio",
        outcome=found.outcome,
        values={**found.values, "lessons": drawn_from(deals)},
        evidence=found.evidence,
        against=found.against,
        confidence=found.confidence,
        would_change=found.would_change,
        thresholds=found.thresholds,
        questions=found.questions,
    )


def drawn_from(deals: Iterable[ClosedDeal]) -> tuple[Lesson, ...]:
    """One lesson a pattern, the most deals first; deals without a word of the buyer teach none."""
    groups: dict[tuple[Pattern, str], list[ClosedDeal]] = {}
    for deal in deals:
        if deal.buyer_reason is not None and (deal.family or deal.rival):
            pattern = Pattern(deal.family, deal.rival, deal.tier)
            groups.setdefault((pattern, deal.status), []).append(deal)
    drawn = [
        Lesson(
            pattern,
            status,
            tuple(some),
            _most(theme for deal in some for theme in deal.buyer_themes),
            _most(theme for deal in some for theme in deal.rep_themes),
        )
        for (pattern, status), some in groups.items()
    ]
    return tuple(sorted(drawn, key=_weight))


def attached_to(file: AccountFile, drawn: Iterable[Lesson]) -> tuple[Attached, ...]:
    """The lessons that this account's open deals should hear.

    They fit when product family and competitor are the same, or when one of them is and the
    tier of the account as well. Losses come before wins of the same likeness.
    """
    found = []
    drawn = tuple(drawn)
    for deal in centre.open_deals(file):
        rival = file.catalogue.competitors.get(deal.competitor_id or "")
        here = Pattern(
            win_loss.family_of(file, deal), rival.name if rival else None, file.account.tier
        )
        for lesson in drawn:
            on = _common(here, lesson.pattern)
            if len(on) > 1:
                found.append(Attached(lesson, deal.ref, deal.name, on))
    return tuple(sorted(found, key=_nearness))


def _nearness(one: Attached) -> tuple[int, bool, tuple[int, str, str, str, str], str]:
    """The closest pattern first; a loss is heard before a win."""
    return (-len(one.on), one.lesson.status != "lost", _weight(one.lesson), one.deal_ref)


def _common(one: Pattern, other: Pattern) -> tuple[str, ...]:
    return tuple(
        name
        for name in ("family", "rival", "tier")
        if getattr(one, name) is not None and getattr(one, name) == getattr(other, name)
    )


def _most(themes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(themes).items(), key=lambda pair: (-pair[1], pair[0])))


def _weight(lesson: Lesson) -> tuple[int, str, str, str, str]:
    pattern = lesson.pattern
    parts = (pattern.family or "", pattern.rival or "", pattern.tier or "")
    return (-len(lesson.deals), lesson.status, *parts)


def _ordered(files: Iterable[AccountFile]) -> list[AccountFile]:
    return sorted(files, key=lambda file: (file.account.name, file.account.id))
