"""Approvals that wait for somebody: requests made here, and undecided ones on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.matter import Matter
from assistant.insight.evidence import computed, excerpt, recorded
from assistant.insight.limits import may_approve, pending
from knowledge.journal.approvals import ApprovalRequest, requests_for
from knowledge.records import AccountFile
from knowledge.records.tables import Approval, Policy

_MOST = 5


def approvals(matter: Matter) -> Iterator[Claim]:
    """What the asker is asked to decide, then what is undecided on record and theirs to decide."""
    asked = _requests(matter)
    for one in asked[:_MOST]:
        yield _asked(matter, one)
    files = [matter.brief.file] if matter.inquiry.account else matter.files
    rows = [(file, row) for file in files for row in file.approvals]
    undecided = [one for one in rows if _waits(matter, *one)]
    for file, row in undecided[:_MOST]:
        yield _pending(matter, file, row)
    if not asked and not undecided:
        yield matter.voice.unknown("say.no_approvals")


def _requests(matter: Matter) -> list[ApprovalRequest]:
    """Open requests addressed to the asker; the operator sees everybody's."""
    viewer, now = matter.viewer, datetime.now(UTC)
    with matter.office.workspace.database.reading() as session:
        rows = requests_for(session, viewer, status="open")
        mine = [one for one in rows if viewer.user_id in {None, one.approver}]
        about = matter.inquiry.account
        return [r for r in mine if r.expires_at > now and about in {None, r.account_id}]


def _asked(matter: Matter, request: ApprovalRequest) -> Claim:
    """A request made here; the figure is the asker's own and stands in no record."""
    pen, brief = matter.voice, matter.brief_of(request.account_id)
    asker = brief.file.catalogue.users.get(request.asked_by)
    unit = "%" if request.unit == "percent" else request.unit
    figure = computed(
        f"request:{request.id}",
        title=f"{brief.name}: {request.subject}",
        value=request.value,
        unit=unit,
        formula="asked",
        inputs=[Input("asked", request.value, (), unit)],
        as_of=request.asked_at.date(),
    )
    return pen.fact(
        "say.request_waits",
        figure,
        recorded(brief.file.account, "name"),
        *((recorded(asker, "name"),) if asker else ()),
        account=brief.name,
        subject=pen.term(request.subject),
        value=pen.quantity(request.value, request.unit),
        who=asker.name if asker else pen.word("word.team"),
    )


def _waits(matter: Matter, file: AccountFile, row: Approval) -> bool:
    """Whether it is undecided and the asker's to decide: named so, or nobody is and they may."""
    me = matter.viewer.user_id
    if not pending(row) or me is None or row.approver_id == me:
        return pending(row)
    policy = _policy(file, row)
    able = policy is not None and may_approve(file.catalogue.users.get(me), policy)
    return able and row.approver_id is None and row.requested_by_id != me


def _policy(file: AccountFile, row: Approval) -> Policy | None:
    """The line of the policy that an approval goes beyond."""
    return next((one for one in file.catalogue.policies if one.id == row.policy_id), None)


def _pending(matter: Matter, file: AccountFile, row: Approval) -> Claim:
    pen, catalogue = matter.voice, file.catalogue
    policy = _policy(file, row)
    asker = catalogue.users.get(row.requested_by_id or "")
    evidence: list[Evidence] = [
        excerpt(row, "subject", "value", "requested_on", "decision"),
        recorded(file.account, "name"),
    ]
    evidence += [recorded(policy, "unit")] if policy and policy.unit else []
    evidence += [recorded(asker, "name")] if asker else []
    value = pen.quantity(row.value, policy.unit if policy else None) if row.value else ""
    return pen.fact(
        "say.approval_pending",
        *evidence,
        account=file.account.name,
        subject=pen.term(row.subject),
        value=value,
        who=asker.name if asker else pen.word("word.team"),
        day=row.requested_on or "",
    )


OVERALL = {"approvals": approvals}
