"""The win/loss loop: a closed deal owes a debrief, debriefs teach lessons, lessons are acted on.

The buyer's reason is kept apart from ours and counts only with a speaker. Under
`lessons_minimum` deals there are counts; from there on a share with its interval.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from assistant.insight.intervals import wilson
from assistant.insight.lessons import Attached, Lesson, attached_to, drawn_from
from assistant.insight.win_loss import closed_deals
from assistant.office import Office
from knowledge.errors import BadInput
from knowledge.intake import Capture, Captured
from knowledge.journal.lessons import LessonUse, last_uses
from knowledge.records import Viewer
from knowledge.records.dealings import Closed, told_deals, without_reasons

#: A debrief is asked for as long as somebody still remembers.
MEMORY = timedelta(days=180)
QUESTIONS = (
    "What reason did the buyer give, in their own words?",
    "Who at the customer said so?",
    "What do you think decided it?",
    "What would we do again, and what would we do otherwise?",
)


@dataclass(frozen=True)
class OwedDebrief:
    """A closed deal nobody has told the whole story of; `missing` says whose reason it lacks."""

    deal_id: str
    deal: str
    account_id: str
    account: str
    status: str
    closed_on: date
    days: int
    owner_id: str | None
    owner: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Debrief:
    """What was learnt of a deal. The buyer's reason needs the name of whoever said it."""

    buyer_reason: str | None
    said_by: str | None
    rep_reason: str | None
    again: str | None


@dataclass(frozen=True)
class Share:
    """A theme the buyers of `k` of `n` deals named; `interval` in per cent, None for few deals."""

    theme: str
    k: int
    n: int
    interval: tuple[Decimal, Decimal] | None


@dataclass(frozen=True)
class LessonLine:
    """A lesson an open deal should hear, and what this account made of it so far.

    `on` says what the deals have in common, `refs` which deals taught it.
    """

    key: str
    deal: str
    deal_ref: str
    status: str
    n: int
    on: tuple[str, ...]
    shares: tuple[Share, ...]
    refs: tuple[str, ...]
    acted: LessonUse | None


class Debriefs:
    """The debriefs and lessons of one company."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._database = office.workspace.database

    def owed(self, viewer: Viewer, day: date) -> list[OwedDebrief]:
        """Closed deals that lack a reason: a rep's own, for a manager the team's; newest first."""
        closed = without_reasons(self._database, viewer, since=day - MEMORY, until=day)
        users = self._office.ledger.catalogue(viewer).users
        mine = [
            one for one in closed if viewer.role != "rep" or one.deal.owner_id == viewer.user_id
        ]
        names = {one.id: one.name for one in users.values()}
        return [_owed(one, day, names) for one in mine]

    def hold(
        self, viewer: Viewer, deal_id: str, debrief: Debrief, *, on: date, now: datetime
    ) -> list[Captured]:
        """Keep a debrief: the reasons with the deal, what we would do again as a note beside it.

        Raises:
            NotFound: no such deal that the viewer may see.
            BadInput: nothing was said, or a buyer's reason without a speaker.
        """
        capture = Capture(self._database)
        kept = [
            capture.log_reasons(
                viewer,
                deal_id,
                reason_buyer=_words(debrief.buyer_reason),
                said_by=_words(debrief.said_by),
                reason_rep=_words(debrief.rep_reason),
                on=on,
                now=now,
            )
        ]
        if again := _words(debrief.again):
            kept.append(
                capture.log_note(
                    viewer,
                    kept[0].account_id,
                    again,
                    subject="Debrief: what we would do again",
                    at=now,
                    opportunity_id=deal_id,
                    key=f"debrief-{deal_id}",
                    now=now,
                )
            )
        return kept

    def lessons(self, viewer: Viewer, account: str, day: date) -> list[LessonLine]:
        """The lessons that open deals of an account should hear, the closest pattern first.

        They are drawn only from deals that the viewer may see.
        """
        ledger = self._office.ledger
        found = ledger.find_account(viewer, account)
        files = told_deals(self._database, viewer, ledger.catalogue(viewer), day)
        drawn = drawn_from(deal for file in files for deal in closed_deals(file))
        attached = attached_to(ledger.account_file(viewer, found.id, day), drawn)
        with self._database.reading() as session:
            uses = last_uses(session, found.id)
        least = self._office.rules.lessons_minimum
        return [_line(one, least, uses) for one in attached]

    def tell(
        self,
        viewer: Viewer,
        account: str,
        lesson: str,
        *,
        acted: bool,
        why: str | None,
        on: date,
    ) -> LessonUse:
        """Whether a lesson was acted on at an account; not acting on it needs a word why.

        Raises:
            NotFound: no such account that the viewer may see.
            BadInput: no lesson of that key attaches to the account, or no reason is given.
        """
        if not acted and not _words(why):
            raise BadInput("Say why the lesson was left aside: the next one will ask.")
        if lesson not in {one.key for one in self.lessons(viewer, account, on)}:
            raise BadInput("No such lesson belongs to an open deal of this account.")
        use = LessonUse(
            lesson=lesson,
            account_id=self._office.ledger.find_account(viewer, account).id,
            acted=acted,
            why=_words(why),
            told_by=viewer.name,
            told_on=on,
        )
        with self._database.writing() as session:
            session.add(use)
        return use


def key_of(lesson: Lesson) -> str:
    """What a lesson is known by: its pattern and its outcome, whichever deals teach it today."""
    pattern = lesson.pattern
    said = "|".join((pattern.family or "", pattern.rival or "", pattern.tier or "", lesson.status))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def shares(lesson: Lesson, least: int) -> tuple[Share, ...]:
    """How many of its deals name each theme, with an interval from `least` deals on."""
    n = len(lesson.deals)
    return tuple(
        Share(theme, k, n, wilson(k, n) if n >= least else None) for theme, k in lesson.themes
    )


def _owed(one: Closed, day: date, names: dict[str, str]) -> OwedDebrief:
    deal = one.deal
    assert deal.closes_on is not None, "deals are asked for by the day they closed"
    told = bool(deal.reason_buyer and deal.reason_buyer_said_by)
    return OwedDebrief(
        deal_id=deal.id,
        deal=deal.name,
        account_id=deal.account_id or "",
        account=one.account,
        status=deal.status,
        closed_on=deal.closes_on,
        days=(day - deal.closes_on).days,
        owner_id=deal.owner_id,
        owner=names.get(deal.owner_id or ""),
        missing=(*(() if told else ("buyer",)), *(() if deal.reason_rep else ("rep",))),
    )


def _line(one: Attached, least: int, uses: dict[str, LessonUse]) -> LessonLine:
    lesson = one.lesson
    key = key_of(lesson)
    return LessonLine(
        key=key,
        deal=one.deal,
        deal_ref=one.deal_ref,
        status=lesson.status,
        n=len(lesson.deals),
        on=one.on,
        shares=shares(lesson, least),
        refs=tuple(deal.ref for deal in lesson.deals),
        acted=uses.get(key),
    )


def _words(said: str | None) -> str | None:
    return " ".join((said or "").split()) or None


def questions(owed: OwedDebrief) -> Sequence[str]:
    """What to ask of a deal, without what is on record already."""
    buyers, speaker, ours, again = QUESTIONS
    asked = [buyers, speaker] if "buyer" in owed.missing else []
    return (*asked, *([ours] if "rep" in owed.missing else []), again)
