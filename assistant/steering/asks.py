"""Asks of marketing, service, product and management: made for an account, aged, answered.

Source of the idea: Shapiro on how sales and marketing work together; a plan shows what it asks of
others, and an ask without an answer grows old in sight of everybody who may see the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from assistant.errors import AlreadyDecided, NotAllowed
from assistant.office import Office
from knowledge.errors import BadInput
from knowledge.intake import Capture
from knowledge.journal.asks import Ask, ask_of, asks_for, close_ask
from knowledge.records import Viewer
from knowledge.records.landing import take_turn

Target = Literal["marketing", "service", "product", "management"]
Outcome = Literal["done", "declined"]
TARGETS: tuple[Target, ...] = get_args(Target)


@dataclass(frozen=True)
class AskLine:
    """An ask as a list shows it. `age` and `overdue` are days; `ref` is what a plan cites."""

    id: str
    ref: str
    account_id: str
    account: str
    text: str
    target: str
    owner: str | None
    due_on: date | None
    status: str
    age: int
    overdue: int
    asked_by: str
    answer: str | None


class Asks:
    """The asks of one company."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._database = office.workspace.database

    def make(
        self,
        viewer: Viewer,
        account: str,
        text: str,
        *,
        target: Target,
        owner: str | None = None,
        due_on: date | None = None,
        on: date,
        key: str | None = None,
        now: datetime,
    ) -> AskLine:
        """Ask a department for something; the same key (or the same words) asks once.

        Raises:
            NotFound: no such account that the viewer may see.
            BadInput: no words, or a department nobody knows.
        """
        if target not in TARGETS:
            raise BadInput(f"An ask goes to {', '.join(TARGETS)}, not to “{target}”.")
        found = self._office.ledger.find_account(viewer, account)
        kept = Capture(self._database).log_promise(
            viewer,
            found.id,
            text,
            side=target,
            owner=owner,
            due_on=due_on,
            made_on=on,
            type="ask",
            key=key,
            now=now,
        )
        ask = Ask(
            id=kept.source_id.partition(":")[2],
            account_id=found.id,
            text=" ".join(text.split()),
            target=target,
            owner=owner,
            due_on=due_on,
            status="open",
            asked_by=viewer.name,
            asked_on=on,
        )
        with self._database.writing() as session:
            take_turn(session)
            if session.get(Ask, ask.id) is None:
                session.add(ask)
        return self._one(viewer, ask.id, on)

    def close(
        self,
        viewer: Viewer,
        ask_id: str,
        outcome: Outcome,
        *,
        answer: str | None = None,
        on: date,
        now: datetime,
    ) -> AskLine:
        """Close an ask; one that is declined needs a word why.

        Raises:
            NotFound: no such ask that the viewer may see.
            BadInput: declined without an answer.
            AlreadyDecided: it is closed.
        """
        if outcome == "declined" and not (answer or "").strip():
            raise BadInput("Say why the ask is declined: its account plans without it.")
        if viewer.role == "outsider":
            raise NotAllowed("Only somebody on the account closes its asks.")
        with self._database.writing() as session:
            ask = ask_of(session, viewer, ask_id)
            if not close_ask(
                session, ask_id, status=outcome, by=viewer.name, at=now, answer=answer
            ):
                raise AlreadyDecided(f"This ask was closed by {ask.closed_by}: {ask.status}.")
        Capture(self._database).keep_promise(viewer, ask_id, done_on=on, now=now)
        return self._one(viewer, ask_id, on)

    def lines(self, viewer: Viewer, day: date, *, status: str | None = "open") -> list[AskLine]:
        """The asks of the accounts a viewer may see, the oldest first; of every status for None."""
        names = {one.id: one.name for one in self._office.ledger.accounts(viewer)}
        with self._database.reading() as session:
            asks = asks_for(session, viewer, status=status)
        return [_line(ask, names.get(ask.account_id, ask.account_id), day) for ask in asks]

    def _one(self, viewer: Viewer, ask_id: str, day: date) -> AskLine:
        with self._database.reading() as session:
            ask = ask_of(session, viewer, ask_id)
        return _line(ask, self._office.ledger.find_account(viewer, ask.account_id).name, day)


def _line(ask: Ask, account: str, day: date) -> AskLine:
    late = (day - ask.due_on).days if ask.due_on and ask.status == "open" else 0
    return AskLine(
        id=ask.id,
        ref=f"commitment:{ask.id}@1",
        account_id=ask.account_id,
        account=account,
        text=ask.text,
        target=ask.target,
        owner=ask.owner,
        due_on=ask.due_on,
        status=ask.status,
        age=ask.age(day),
        overdue=max(late, 0),
        asked_by=ask.asked_by,
        answer=ask.answer,
    )
