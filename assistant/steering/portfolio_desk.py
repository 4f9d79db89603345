"""Steering: what a manager does with a team's accounts, and how an account review is held.

Everything is seen through the eyes of the team's lead, and only by whoever oversees them. What
is decided in a review lands as a promise on record, so that it can be cited, and be late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from assistant.claims import Draft
from assistant.drafting import (
    TeamBrief,
    portfolio_review,
    review_meeting,
    what_if_review,
)
from assistant.insight.changes import difference, snapshot
from assistant.insight.eighty_twenty import standing
from assistant.insight.staleness import next_review, review_days
from assistant.office import Office
from assistant.steering.attention import Worklist, largest, worklist
from assistant.steering.remembering import Remembered
from assistant.steering.supposing import suppose
from assistant.steering.team import TeamView, team_view
from knowledge.errors import Ambiguous, NotFound
from knowledge.intake.capturing import Capture
from knowledge.journal.meetings import Meeting, Meetings
from knowledge.journal.plans import Plans
from knowledge.records import AccountFile, Viewer
from knowledge.records.reviews import last_review, save_review
from knowledge.records.tables import Commitment

if TYPE_CHECKING:
    from assistant.rendering import Figure

#: Roles that see the accounts of others and steer them.
LEADS = frozenset({"manager", "admin"})


@dataclass(frozen=True)
class Decision:
    """Something decided in a review: who does what by when, and where it can be cited."""

    ref: str
    account_id: str
    text: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class Closed:
    """A review that is over: its snapshot, what was decided, and when the next one is due."""

    snapshot_id: str
    decisions: int
    next_on: date


class Steering:
    """The portfolio desk of an office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        database = office.workspace.database
        self.meetings = Meetings(database)
        self.plans = Plans(database)
        self.capture = Capture(database)
        self._remembered = Remembered(database)

    def worklist(self, viewer: Viewer, day: date) -> Worklist:
        """The accounts that the viewer may see, by the attention they need.

        Of somebody who leads nobody only the largest are looked through.
        """
        if viewer.role in LEADS:
            return self._desk(viewer, day)[1]
        return self._remembered.get(("worklist", viewer, day), lambda: self._largest(viewer, day))

    def team(self, viewer: Viewer, who: str, day: date) -> TeamView:
        """The accounts of a manager or rep as a list.

        Raises:
            NotFound: nobody of that name, or somebody the viewer does not oversee.
        """
        return self._desk(self.office.ledger.overseen(viewer, who), day)[0]

    def review_team(
        self,
        viewer: Viewer,
        who: str,
        day: date,
        what_ifs: Sequence[str] = (),
        language: str | None = None,
    ) -> Draft:
        """The review of a team; its what-ifs, if any, stand in sections of their own at the end.

        Raises:
            NotFound: nobody of that name, or somebody the viewer does not oversee.
            BadInput: a what-if that no rule reads.
        """
        lead, team = self._team(viewer, who, day, language)
        draft = self.office.checked(lead, team, portfolio_review(team))
        for sentence in what_ifs:
            imagined = self._imagined(lead, team, sentence)
            draft = _joined(draft, imagined)
        return draft

    def what_if(
        self, viewer: Viewer, who: str, sentence: str, day: date, language: str | None = None
    ) -> Draft:
        """A what-if about a team, every figure computed anew by the rules.

        Raises:
            NotFound: nobody of that name whom the viewer oversees, or no such account of theirs.
            BadInput: no rule reads the sentence.
        """
        lead, team = self._team(viewer, who, day, language)
        return self._imagined(lead, team, sentence)

    def close_team(self, viewer: Viewer, who: str, day: date) -> None:
        """Keep that a team was reviewed: the next review tells what moved since."""
        lead = self.office.ledger.overseen(viewer, who)
        self.meetings.close_team(lead, day, datetime.now(UTC))

    def figures(self, viewer: Viewer, draft: Draft) -> Sequence[Figure]:
        """The charts of a team's review."""
        from assistant.rendering.charts.team import team_charts

        lead, team = self._team(viewer, draft.account_name, draft.as_of, draft.language)
        return team_charts(team, self.office.standing(lead, draft.as_of))

    def keep_plan(self, viewer: Viewer, draft: Draft) -> None:
        """Keep that somebody took a plan away to work from, with the versions it cites."""
        refs = [ref for evidence in draft.sources for ref in evidence.refs]
        self.plans.keep(
            viewer,
            draft.account_id,
            refs,
            kind=draft.kind,
            as_of=draft.as_of,
            now=datetime.now(UTC),
        )

    def prepare(
        self, viewer: Viewer, account: str, day: date, language: str | None = None
    ) -> Draft:
        """What a review of an account is held from: last decisions, changes, questions.

        Raises:
            NotFound: no account of that name that the viewer may see.
        """
        brief = self.office.brief(viewer, account, day, language)
        file = brief.file
        held = self.meetings.last(viewer, file.account.id, day)
        saved = last_review(self.office.workspace.database, viewer, file.account.id, day)
        since = saved.as_of if saved else day - timedelta(days=review_days(file, self.office.rules))
        earlier = saved.content if saved else self.office.snapshot(viewer, file.account.id, since)
        changes = difference(earlier, snapshot(file, brief.study.findings.values()))
        draft = review_meeting(brief, changes, since, _decided(file, held))
        return self.office.checked(viewer, brief, draft)

    def decide(
        self,
        viewer: Viewer,
        account: str,
        day: date,
        *,
        text: str,
        owner: str,
        due_on: date | None,
        permalink: str | None = None,
    ) -> Decision:
        """Keep a decision of today's review as a promise with an owner and a date.

        The same words for the same owner on the same day are one decision.

        Raises:
            NotFound: no account of that name that the viewer may see.
            BadInput: a decision without words.
        """
        found, now = self.office.ledger.find_account(viewer, account), datetime.now(UTC)
        said = " ".join(text.split())
        key = sha256(f"{found.id}\n{day}\n{owner}\n{said}".encode()).hexdigest()
        kept = self.capture.log_promise(
            viewer,
            found.id,
            said,
            side="ours",
            owner=owner,
            due_on=due_on,
            made_on=day,
            key=f"decision-{key[:20]}",
            permalink=permalink,
            now=now,
        )
        self.meetings.decide(viewer, found.id, day, kept.source_id, now)
        return Decision(kept.ref, found.id, said, owner, due_on)

    def close(self, viewer: Viewer, account: str, day: date) -> Closed:
        """Close today's review: its snapshot, its draft's sources, and the next one's day.

        Raises:
            NotFound: no account of that name that the viewer may see.
        """
        brief, now = self.office.brief(viewer, account, day), datetime.now(UTC)
        file, here = brief.file, brief.file.account.id
        snapshot_id = save_review(
            self.office.workspace.database,
            viewer,
            here,
            snapshot(file, brief.study.findings.values()),
            as_of=day,
            now=now,
        )
        next_on = next_review(file, day, self.office.rules)
        self.meetings.close(viewer, here, day, snapshot_id=snapshot_id, next_on=next_on, now=now)
        held = self.meetings.of_day(viewer, here, day)
        return Closed(snapshot_id, len(held.decisions) if held else 0, next_on)

    def _desk(self, lead: Viewer, day: date) -> tuple[TeamView, Worklist]:
        """A team's accounts as both lists, from one reading of them."""
        return self._remembered.get(("desk", lead, day), lambda: self._read(lead, day))

    def _read(self, lead: Viewer, day: date) -> tuple[TeamView, Worklist]:
        team, due = self.office.team(lead, day), self.meetings.next_days(lead, day)
        return team_view(team, due), worklist(self.office, lead, team.briefs, day, next_days=due)

    def _largest(self, viewer: Viewer, day: date) -> Worklist:
        briefs, unread = largest(self.office, viewer, day)
        due = self.meetings.next_days(viewer, day)
        return worklist(self.office, viewer, briefs, day, next_days=due, unread=unread)

    def _team(
        self, viewer: Viewer, who: str, day: date, language: str | None
    ) -> tuple[Viewer, TeamBrief]:
        lead = self.office.ledger.overseen(viewer, who)
        return lead, self.office.team(lead, day, language)

    def _imagined(self, lead: Viewer, team: TeamBrief, sentence: str) -> Draft:
        supposed = suppose(sentence, lambda name: self._customer(lead, team, name))
        draft = what_if_review(
            team,
            supposed.changes,
            asked=supposed.asked,
            days=supposed.days,
            receivers=supposed.receivers,
        )
        return self.office.checked(lead, team, draft)

    def _customer(self, lead: Viewer, team: TeamBrief, name: str) -> tuple[str, str]:
        """The account meant by a name; of several that count as one customer, the topmost."""
        names = {brief.file.account.id: brief.name for brief in team.briefs}
        try:
            found = self.office.ledger.find_account(lead, name).id
        except Ambiguous as unclear:
            customer_of = standing(team.portfolio, team.thresholds).members
            meant = {customer_of[one] for one, said in names.items() if said in unclear.choices}
            if len(meant) != 1:
                raise
            found = meant.pop()
        if found not in names:
            raise NotFound("account", name)
        return found, names[found]


def _joined(draft: Draft, imagined: Draft) -> Draft:
    """A review with a what-if behind it, in one section that says what it is."""
    first = imagined.sections[0]
    claims = tuple(imagined.claims())
    at = sum(section.id.startswith("what_if") for section in draft.sections)
    section = replace(first, id=f"what_if_{at + 1}" if at else "what_if", claims=claims)
    return replace(
        draft,
        sections=(*draft.sections, section),
        withheld=(*draft.withheld, *imagined.withheld),
    )


def _decided(file: AccountFile, held: Meeting | None) -> list[Commitment]:
    """The promises the last meeting ended with, as they stand in the file."""
    rows = {row.source_id: row for row in file.commitments}
    return [rows[source] for source in (held.decisions if held else ()) if source in rows]
