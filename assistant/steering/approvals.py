"""Approvals: what is outside the policy goes to somebody who may decide it, and never did ask.

Source: Shapiro asks for clear limits to what is adapted for one customer and a written approval
process. A request waits, is decided once, lapses, and leaves a trail; what was decided becomes a
record that a plan can cite.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from assistant.claims import Draft, Finding
from assistant.errors import AlreadyDecided, NotAllowed
from assistant.insight.limits import may_approve
from assistant.insight.policy import Ruling
from assistant.office import Office
from knowledge.errors import BadInput
from knowledge.intake.keeping import arrival_of, keep, visible_account
from knowledge.journal.approvals import (
    ApprovalEvent,
    ApprovalRequest,
    overdue,
    request_of,
    requests_for,
    settle,
    trail,
)
from knowledge.records import Catalogue, Viewer
from knowledge.records.landing import Arrival, take_turn
from knowledge.records.references import source_of
from knowledge.records.tables import Policy, User

Decision = Literal["approve", "change", "refuse"]
_STATUS: Mapping[Decision, str] = {
    "approve": "approved",
    "change": "changed",
    "refuse": "refused",
}
_TO_ASK = {"needs_approval", "expired", "forbidden"}
#: How long a request waits for somebody before it lapses.
PATIENCE = timedelta(days=7)


@dataclass(frozen=True)
class Exceeded:
    """Something asked for beyond what a rep decides. `forbidden` means nobody may allow it.

    `inside` is what needs no approval, `ceiling` what an approver may allow at most.
    """

    account_id: str
    subject: str
    value: Decimal
    unit: str | None
    policy_id: str
    approver_role: str | None
    inside: Decimal | None
    ceiling: Decimal | None
    deal_id: str | None
    deal: str | None
    forbidden: bool
    ref: str


class Approvals:
    """The approvals of one company."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._database = office.workspace.database

    def needed(self, finding: Finding, draft: Draft | None = None) -> list[Exceeded]:
        """What of a `policy` finding wants an approval; of a draft, what its sentences speak of."""
        rulings: Sequence[Ruling] = finding.values["rulings"]
        cited = None if draft is None else {source_of(e.ref) for e in draft.sources}
        return [
            _exceeded(finding.subject, ruling, ruling.policy)
            for ruling in rulings
            if ruling.status in _TO_ASK
            and ruling.policy is not None
            and (cited is None or source_of(ruling.request.evidence.ref) in cited)
        ]

    def approvers(
        self, viewer: Viewer, policy_id: str, account_id: str | None = None
    ) -> list[User]:
        """Who may decide a request of the viewer: up their line, then administrators.

        With an account, only those of them who may see it; raises `NotFound` for the viewer.
        """
        catalogue = self._office.ledger.catalogue(viewer)
        able = _approvers(catalogue, _policy(catalogue, policy_id), viewer.user_id)
        if account_id is None:
            return able
        readers = {one.id for one in self._office.ledger.readers(viewer, account_id)}
        return [one for one in able if one.id in readers]

    def request(
        self,
        viewer: Viewer,
        exceeded: Exceeded,
        *,
        why: str,
        sentence: str | None = None,
        approver: str | None = None,
        now: datetime,
    ) -> ApprovalRequest:
        """Ask for an approval; asked again while it is open, it is the same request.

        Args:
            viewer: who asks.
            exceeded: what for.
            why: what speaks for it.
            sentence: as it stands in the draft.
            approver: the id of whom to ask, one of `approvers`; the first of them by default.
            now: when it was asked.

        Raises:
            NotFound: no such account that the viewer may see.
            NotAllowed: nobody may allow it, or the viewer is nobody on record.
            BadInput: no reason is given.
        """
        if viewer.user_id is None:
            raise NotAllowed("Say who asks: a request needs somebody whom the records know.")
        if exceeded.forbidden:
            raise NotAllowed(f"Nobody may allow this: the limit is {exceeded.ceiling}.")
        if not why.strip():
            raise BadInput("Say why: whoever decides sees nothing else of the customer's side.")
        able = self.approvers(viewer, exceeded.policy_id, exceeded.account_id)
        chosen = next((one for one in able if approver in {None, one.id}), None)
        if chosen is None:
            raise NotAllowed("Nobody on record may decide this; an administrator has to be named.")
        with self._database.writing() as session:
            take_turn(session)
            visible_account(session, viewer, exceeded.account_id)
            known = requests_for(session, viewer, status="open")
            same = [one for one in known if _same(one, exceeded, viewer.user_id)]
            if same and same[0].expires_at > now:
                return same[0]
            made = _made(viewer.user_id, exceeded, why.strip(), now)
            if (again := session.get(ApprovalRequest, made.id)) is not None:
                return again
            made.sentence, made.approver = sentence, chosen.id
            session.add(made)
            detail = {"value": str(made.value), "approver": chosen.name, "why": made.why}
            session.add(_event(made.id, now, viewer.name, "asked", detail))
            return made

    def decide(
        self,
        viewer: Viewer,
        request_id: str,
        decision: Decision,
        *,
        reason: str,
        value: Decimal | None = None,
        on: date,
        now: datetime,
    ) -> ApprovalRequest:
        """Approve, change (allow another value) or refuse; exactly one decision counts.

        Raises:
            NotFound: no such request that the viewer may see.
            NotAllowed: it is the viewer's own, or not theirs to decide.
            AlreadyDecided: somebody was faster, or its time was up.
            BadInput: no reason, or a changed value outside the policy.
        """
        if not reason.strip():
            raise BadInput(
                "Give the reason: it is what the next one who asks will read.", "no_reason"
            )
        catalogue = self._office.ledger.catalogue(viewer)
        with self._database.writing() as session:
            take_turn(session)
            asked = request_of(session, viewer, request_id)
            policy = _policy(catalogue, asked.policy_id)
            self._may_decide(viewer, asked, policy, catalogue)
            granted = _granted(asked, policy, decision, value)
            status = _STATUS[decision]
            if asked.expires_at <= now or not settle(
                session,
                request_id,
                status=status,
                granted=granted,
                decided_by=viewer.user_id,
                decided_at=now,
                reason=reason.strip(),
            ):
                raise AlreadyDecided(_too_late(asked, catalogue, now))
            detail = {"value": str(granted) if granted is not None else None, "reason": reason}
            session.add(_event(request_id, now, viewer.name, status, detail))
            session.refresh(asked)
            keep(session, [self._record(asked, on)], now)
            return asked

    def expire(self, now: datetime) -> list[ApprovalRequest]:
        """End the requests whose time is up; those that this call ended."""
        with self._database.writing() as session:
            take_turn(session)
            ended = [
                one for one in overdue(session, now) if settle(session, one.id, status="expired")
            ]
            session.add_all(_event(one.id, now, "the clock", "expired", {}) for one in ended)
            session.flush()
            for one in ended:
                session.refresh(one)
            return ended

    def open_for(self, viewer: Viewer) -> list[ApprovalRequest]:
        """What waits for this viewer's decision, the oldest first."""
        catalogue = self._office.ledger.catalogue(viewer)
        policies = {policy.id: policy for policy in catalogue.policies}
        with self._database.reading() as session:
            waiting = requests_for(session, viewer, status="open")
        return [
            one
            for one in waiting
            if (policy := policies.get(one.policy_id)) is not None
            and viewer.user_id in {user.id for user in _approvers(catalogue, policy, one.asked_by)}
        ]

    def asked_by(self, viewer: Viewer) -> list[ApprovalRequest]:
        """What the viewer has asked for, whatever became of it."""
        with self._database.reading() as session:
            return [r for r in requests_for(session, viewer) if r.asked_by == viewer.user_id]

    def history(self, viewer: Viewer, request_id: str) -> Sequence[ApprovalEvent]:
        """The trail of a request, in order; raises `NotFound`."""
        with self._database.reading() as session:
            return trail(session, request_of(session, viewer, request_id).id)

    def _may_decide(
        self, viewer: Viewer, asked: ApprovalRequest, policy: Policy, catalogue: Catalogue
    ) -> None:
        if viewer.user_id is not None and viewer.user_id == asked.asked_by:
            raise NotAllowed("Nobody decides their own request.")
        able = _approvers(catalogue, policy, asked.asked_by)
        if viewer.user_id is None or viewer.user_id not in {user.id for user in able}:
            names = ", ".join(user.name for user in able) or "nobody on record"
            raise NotAllowed(f"This is for {names} to decide.")

    def _record(self, asked: ApprovalRequest, on: date) -> Arrival:
        life = timedelta(days=self._office.rules.approval_days)
        yes = asked.status != "refused"
        payload = {
            "account_id": asked.account_id,
            "opportunity_id": asked.opportunity_id,
            "policy_id": asked.policy_id,
            "subject": asked.subject,
            "value": str(asked.granted if yes else asked.value),
            "requested_by_id": asked.asked_by,
            "requested_on": asked.asked_at.date().isoformat(),
            "approver_id": asked.decided_by,
            "decision": "approved" if yes else "refused",
            "decided_on": on.isoformat(),
            "expires_on": (on + life).isoformat() if yes else None,
            "reason": asked.reason,
        }
        return arrival_of(
            "approval",
            f"request-{asked.id}",
            payload,
            origin="an approval request",
            dated=on,
            account_id=asked.account_id,
        )


def _exceeded(account_id: str, ruling: Ruling, policy: Policy) -> Exceeded:
    request = ruling.request
    return Exceeded(
        account_id=account_id,
        subject=request.subject,
        value=request.value,
        unit=policy.unit,
        policy_id=policy.id,
        approver_role=policy.approver_role,
        inside=policy.inside_up_to,
        ceiling=policy.approval_up_to,
        deal_id=request.deal_id,
        deal=request.deal.name if request.deal else None,
        forbidden=ruling.status == "forbidden",
        ref=request.evidence.ref,
    )


def _approvers(catalogue: Catalogue, policy: Policy, asker: str | None) -> list[User]:
    users, able = catalogue.users, dict[str, User]()
    seen = set[str]()
    above = users.get(asker or "")
    while above is not None and above.id not in seen:
        seen.add(above.id)
        able |= {above.id: above} if may_approve(above, policy) else {}
        above = users.get(above.manager_id or "")
    admins = sorted((one for one in users.values() if one.role == "admin"), key=lambda u: u.name)
    able |= {one.id: one for one in admins if one.id not in able}
    return [one for one in able.values() if one.id != asker and one.active]


def _policy(catalogue: Catalogue, policy_id: str) -> Policy:
    found = next((one for one in catalogue.policies if one.id == policy_id), None)
    if found is None:
        raise BadInput(
            "The policy this request rests on is no longer on record: ask again.", "policy_gone"
        )
    return found


def _same(one: ApprovalRequest, exceeded: Exceeded, asker: str) -> bool:
    return (one.account_id, one.opportunity_id, one.policy_id, one.subject, one.asked_by) == (
        exceeded.account_id,
        exceeded.deal_id,
        exceeded.policy_id,
        exceeded.subject,
        asker,
    ) and one.value == exceeded.value


def _made(asker: str, exceeded: Exceeded, why: str, now: datetime) -> ApprovalRequest:
    said = (asker, exceeded.account_id, exceeded.deal_id, exceeded.subject, exceeded.value, now)
    return ApprovalRequest(
        id=hashlib.sha256(repr(said).encode()).hexdigest()[:16],
        account_id=exceeded.account_id,
        opportunity_id=exceeded.deal_id,
        policy_id=exceeded.policy_id,
        subject=exceeded.subject,
        value=exceeded.value,
        unit=exceeded.unit,
        why=why,
        asked_by=asker,
        asked_at=now,
        expires_at=now + PATIENCE,
        status="open",
    )


def _granted(
    asked: ApprovalRequest, policy: Policy, decision: Decision, value: Decimal | None
) -> Decimal | None:
    if decision == "refuse":
        return None
    if decision == "approve":
        return asked.value
    ceiling = policy.approval_up_to
    if value is None or value < 0 or (ceiling is not None and value > ceiling):
        raise BadInput(
            f"A changed value lies between 0 and the limit of {ceiling}.",
            "value_outside",
            limit=ceiling,
        )
    return value


def _too_late(asked: ApprovalRequest, catalogue: Catalogue, now: datetime) -> str:
    if asked.status == "open" and asked.expires_at <= now:
        day = asked.expires_at.date().isoformat()
        return f"The request lapsed on {day}: it has to be asked again."
    by = catalogue.users.get(asked.decided_by or "")
    return f"It was {asked.status} already{f' by {by.name}' if by else ''}."


def _event(
    request_id: str, at: datetime, who: str, what: str, detail: Mapping[str, str | None]
) -> ApprovalEvent:
    return ApprovalEvent(request_id=request_id, at=at, who=who, what=what, detail=dict(detail))
