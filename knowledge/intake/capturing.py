"""Capture: what people tell us between two exports, kept as dated records that can be cited.

Everything is found by words as soon as a call returns. A call with the same key keeps the same
thing once; keys of captured records never collide with those of an export, so an import neither
overwrites nor repeats them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.errors import BadInput, NotFound
from knowledge.intake.keeping import (
    amend,
    arrival_of,
    current_ref,
    keep,
    visible_account,
    visible_source,
)
from knowledge.intake.remembering import Captured, Remembering
from knowledge.records import Viewer
from knowledge.records.importing.keys import record_key
from knowledge.records.landing import take_turn
from knowledge.records.tables import Contact, Opportunity

TOUCHES = ("call", "email", "meeting")
ROLES = (
    *("initiator", "user", "influencer", "buyer", "decider", "gatekeeper"),
    *("sponsor", "champion", "coach", "anti-sponsor"),
)
STANCES = ("supporter", "neutral", "opponent")
Promised = Literal["promise", "request", "action", "ask"]
Side = Literal["ours", "theirs", "marketing", "service", "product", "management"]


class Capture(Remembering):
    """Keeps what people say, for whoever may see the account it is about.

    Every method raises `NotFound` for an account, contact or record the viewer may not see.
    Instants are aware; `now` is when the call is made.
    """

    def log_touch(
        self,
        viewer: Viewer,
        account_id: str,
        *,
        type: str,  # noqa: A002 - the record's own word
        at: datetime,
        subject: str,
        contact_id: str | None = None,
        minutes: int | None = None,
        note: str | None = None,
        direction: Literal["in", "out"] | None = None,
        key: str | None = None,
        permalink: str | None = None,
        now: datetime,
    ) -> Captured:
        """Keep a call, mail or meeting the viewer had. `minutes` is our time."""
        if type not in TOUCHES:
            raise BadInput(f"A touch is a {', '.join(TOUCHES)}, not “{type}”.")
        payload = {
            "account_id": account_id,
            "contact_id": contact_id,
            "user_id": viewer.user_id,
            "type": type,
            "subject": subject,
            "body": note,
            "direction": direction,
            "occurred_at": at.isoformat(),
            "duration_minutes": minutes,
            "other": _told(viewer, permalink),
        }
        return self._log("activity", viewer, payload, key, dated=at.date(), now=now)

    def log_note(
        self,
        viewer: Viewer,
        account_id: str,
        text: str,
        *,
        subject: str,
        at: datetime,
        opportunity_id: str | None = None,
        key: str | None = None,
        permalink: str | None = None,
        now: datetime,
    ) -> Captured:
        """Keep a note of the viewer's own, of an account or one of its deals."""
        payload = {
            "account_id": account_id,
            "opportunity_id": opportunity_id,
            "user_id": viewer.user_id,
            "type": "note",
            "subject": subject,
            "body": text,
            "occurred_at": at.isoformat(),
            "other": _told(viewer, permalink),
        }
        return self._log("activity", viewer, payload, key, dated=at.date(), now=now)

    def log_promise(
        self,
        viewer: Viewer,
        account_id: str,
        text: str,
        *,
        side: Side,
        owner: str | None,
        due_on: date | None,
        made_on: date,
        type: Promised = "promise",  # noqa: A002 - the record's own word
        opportunity_id: str | None = None,
        key: str | None = None,
        permalink: str | None = None,
        now: datetime,
    ) -> Captured:
        """Keep a promise of ours, a request of theirs, a mutual action, or an ask among ourselves.

        `side` owes it: ours or theirs, and of an ask the department.
        """
        if not text.strip():
            raise BadInput("A promise needs words: say what was promised.")
        payload = {
            "account_id": account_id,
            "opportunity_id": opportunity_id,
            "type": type,
            "side": side,
            "owner_name": owner,
            "text": " ".join(text.split()),
            "made_on": made_on.isoformat(),
            "due_on": due_on.isoformat() if due_on else None,
            "other": _told(viewer, permalink),
        }
        return self._log("commitment", viewer, payload, key, dated=made_on, now=now)

    def keep_promise(
        self, viewer: Viewer, commitment_id: str, *, done_on: date, now: datetime
    ) -> Captured:
        """A promise, request or action is done, whoever recorded it."""
        fields = {"done_on": done_on.isoformat()}
        return self._amend(
            viewer, f"commitment:{commitment_id}", "done", fields, said_on=done_on, now=now
        )

    def log_role(
        self,
        viewer: Viewer,
        contact_id: str,
        *,
        roles: Sequence[str] | None = None,
        stance: str | None = None,
        on: date,
        now: datetime,
    ) -> Captured:
        """A stakeholder's part and stance as the viewer sees them: set by a person, and dated.

        Raises:
            BadInput: a role or stance that the stakeholder map does not know.
        """
        strange = [role for role in roles or () if role not in ROLES]
        strange += [stance] if stance is not None and stance not in STANCES else []
        if strange:
            known = f"roles are {', '.join(ROLES)}; stances {', '.join(STANCES)}"
            raise BadInput(f"“{strange[0]}” is not known here: {known}.")
        fields: dict[str, Any] = {"assessed_by": viewer.name, "assessed_on": on.isoformat()}
        if roles is not None:
            fields["buying_roles"] = list(roles)
        if stance is not None:
            fields["stance"] = stance
        return self._amend(
            viewer, f"contact:{contact_id}", "assessment", fields, said_on=on, now=now
        )

    def log_reasons(
        self,
        viewer: Viewer,
        opportunity_id: str,
        *,
        reason_buyer: str | None,
        said_by: str | None,
        reason_rep: str | None,
        on: date,
        now: datetime,
    ) -> Captured:
        """Why a deal was won or lost: the buyer's reason with who said it, apart from ours.

        Raises:
            BadInput: a reason of the buyer that nobody is named for, or no reason at all.
        """
        if reason_buyer and not said_by:
            raise BadInput("Say who at the customer gave that reason; else leave it empty.")
        given = {
            "reason_buyer": reason_buyer,
            "reason_buyer_said_by": said_by if reason_buyer else None,
            "reason_rep": reason_rep,
        }
        fields = {name: said for name, said in given.items() if said}
        if not fields:
            raise BadInput("A debrief needs a reason: the buyer's, or yours.")
        source_id = f"opportunity:{opportunity_id}"
        return self._amend(viewer, source_id, "debrief", fields, said_on=on, now=now)

    def _log(
        self,
        kind: str,
        viewer: Viewer,
        payload: dict[str, Any],
        key: str | None,
        *,
        dated: date,
        now: datetime,
    ) -> Captured:
        account_id = payload["account_id"]
        record_id = record_key(key) if key else _content_key(payload)
        with self.database.writing() as session:
            take_turn(session)
            visible_account(session, viewer, account_id)
            _belongs(session, account_id, payload)
            arrival = arrival_of(
                kind,
                record_id,
                payload,
                origin=payload["other"].get("Link", viewer.name),
                dated=dated,
                account_id=account_id,
            )
            keep(session, [arrival], now)
            ref = current_ref(session, arrival.source_id)
            return Captured(arrival.source_id, ref, account_id)

    def _amend(
        self,
        viewer: Viewer,
        source_id: str,
        topic: str,
        fields: Mapping[str, Any],
        *,
        said_on: date,
        now: datetime,
    ) -> Captured:
        with self.database.writing() as session:
            ref = amend(session, viewer, source_id, topic, fields, said_on=said_on, now=now)
            source, _ = visible_source(session, viewer, source_id)
            return Captured(source_id, ref, source.account_id or "")


def _told(viewer: Viewer, permalink: str | None) -> dict[str, str]:
    return {"Logged by": viewer.name} | ({"Link": permalink} if permalink else {})


def _belongs(session: Session, account_id: str, payload: Mapping[str, Any]) -> None:
    """Refuse a contact or deal of another account: it may be none of the viewer's."""
    for kind, table in (("contact", Contact), ("opportunity", Opportunity)):
        named = payload.get(f"{kind}_id")
        if named is not None:
            here = (table.id == named) & (table.account_id == account_id)
            if session.scalar(select(table.id).where(here)) is None:
                raise NotFound(kind, named)


def _content_key(payload: Mapping[str, Any]) -> str:
    """The key of something told without one: the same words of the same day are told once."""
    said = "\n".join(f"{name}={payload[name]}" for name in sorted(payload))
    return f"told-{hashlib.sha256(said.encode()).hexdigest()[:20]}"
