"""What becomes of a request: put before somebody, decided once, or lapsed; each told once."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from assistant.errors import AlreadyDecided, NotAllowed
from assistant.slack.approving.requests import (
    plain,
    present,
    put_before,
    show_again,
    shown_to_asker,
    tell_asker,
)
from assistant.slack.approving.terms import Wanted
from assistant.slack.reception import Reception
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.slack.wrong import in_words
from assistant.steering import Approvals, Exceeded
from assistant.work import Job
from knowledge.errors import BadInput, NotFound
from knowledge.journal.approvals import ApprovalRequest, request_of, requests_for
from knowledge.records import Viewer

#: Whoever asked is told that a request lapsed if that was not longer ago.
_TOLD_WITHIN = timedelta(days=3)


def ask(reception: Reception, job: Job) -> None:
    """Put a request before the first who may decide it, sees the account and is in Slack."""
    told = job.payload
    viewer, language = reception.asker(told)
    wanted = Wanted.read(told["term"])
    named = {"what": wanted.what}
    try:
        exceeded, named["account"] = _still(reception, viewer, wanted)
        if exceeded is None:
            _tell(reception, job, "settled", **named)
            return
        if exceeded.forbidden:
            limit = exceeded.ceiling if exceeded.ceiling is not None else Decimal(0)
            _tell(reception, job, "forbidden", what=wanted.what, limit=plain(limit))
            return
        approvals = Approvals(reception.desk.office)
        able = approvals.approvers(viewer, wanted.policy_id, wanted.account_id)
    except NotFound:
        _tell(reception, job, "gone")
        return
    found = present(reception, able)
    if found is None:
        who = words(language).names(user.name for user in able)
        _tell(reception, job, "ask_outside" if able else "ask_nobody", who=who, **named)
        return
    user, person = found
    request = approvals.request(
        viewer,
        exceeded,
        why=told["why"],
        sentence=wanted.sentence or None,
        approver=user.id,
        now=job.received,
    )
    put_before(reception, job, request, person)
    day = words(language).day(request.expires_at.date())
    _tell(reception, job, "asked", who=user.name, day=day, **named)


def decide(reception: Reception, job: Job) -> None:
    """Decide a request once; whoever was late, or may not, is told so kindly."""
    told = job.payload
    viewer, language = reception.asker(told)
    try:
        request = _decided(reception, job, viewer)
    except NotFound:
        _tell(reception, job, "gone")
        return
    except NotAllowed:
        _turn_away(reception, job, viewer)
        return
    except AlreadyDecided:
        late = _request(reception, viewer, told["request"])
        _tell(reception, job, "too_late", state=_state(reception, job, viewer, late))
        show_again(reception, job, late)
        return
    except BadInput as wrong:
        _say(reception, job, in_words(wrong, language))
        return
    show_again(reception, job, request)
    tell_asker(reception, job, request)


def expire(reception: Reception, job: Job) -> None:
    """End what waited too long; what was ended lately is told, each in a job of its own, once."""
    now = datetime.fromisoformat(job.payload["due"])
    Approvals(reception.desk.office).expire(now)
    with reception.desk.workspace.database.reading() as session:
        ended = requests_for(session, Viewer.operator(), status="expired")
    for one in ended:
        if one.expires_at > now - _TOLD_WITHIN:
            work_id = f"approval.lapsed:{one.id}"
            reception.work.enqueue(work_id, "approval.lapsed", {"request": one.id})


def tell_of_lapse(reception: Reception, job: Job) -> None:
    """Show that a request lapsed, and tell whoever asked."""
    request = _request(reception, Viewer.operator(), job.payload["request"])
    show_again(reception, job, request)
    tell_asker(reception, job, request)


def _decided(reception: Reception, job: Job, viewer: Viewer) -> ApprovalRequest:
    """The request, decided by this job, now or in an earlier attempt."""
    told = job.payload
    if job.again:
        known = _request(reception, viewer, told["request"])
        if (known.decided_by, known.decided_at) == (viewer.user_id, job.received):
            return known
    value = told["value"]
    return Approvals(reception.desk.office).decide(
        viewer,
        told["request"],
        told["decision"],
        reason=told["reason"],
        value=Decimal(value) if value is not None else None,
        on=reception.desk.day(None),
        now=job.received,
    )


def _turn_away(reception: Reception, job: Job, viewer: Viewer) -> None:
    request = _request(reception, viewer, job.payload["request"])
    if request.asked_by == viewer.user_id:
        _tell(reception, job, "own")
        return
    users = reception.desk.workspace.ledger.catalogue(viewer).users
    approver = users.get(request.approver)
    _tell(reception, job, "not_yours", who=approver.name if approver else request.approver)


def _still(reception: Reception, viewer: Viewer, wanted: Wanted) -> tuple[Exceeded | None, str]:
    """The term as the records have it today, and the account's name; raises `NotFound`."""
    desk = reception.desk
    brief = desk.office.brief(viewer, wanted.account_id, desk.day(None))
    needed = Approvals(desk.office).needed(brief.study["policy"])
    found = next((one for one in needed if wanted.is_(one)), None)
    return found, brief.file.account.name


def _state(reception: Reception, job: Job, viewer: Viewer, request: ApprovalRequest) -> str:
    """A request's outcome in a sentence."""
    language = reception.language(job.payload["user"])
    of = shown_to_asker(reception, viewer, request, language)
    status = "expired" if request.status == "open" else request.status
    day = words(language).day((request.decided_at or request.expires_at).date())
    return words(language).text(f"approval.state_{status}", who=of["who"], day=day)


def _request(reception: Reception, viewer: Viewer, request_id: str) -> ApprovalRequest:
    with reception.desk.workspace.database.reading() as session:
        return request_of(session, viewer, request_id)


def _tell(reception: Reception, job: Job, key: str, **values: object) -> None:
    told = words(reception.language(job.payload["user"]))
    _say(reception, job, told.text(f"approval.{key}", **values))


def _say(reception: Reception, job: Job, words_of_it: str) -> None:
    reception.delivery.direct(job, job.payload["user"], sentence_message(words_of_it), "told")
