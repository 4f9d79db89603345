"""A request before whoever decides it: found, shown, and shown again as it was decided."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

from assistant.insight.evidence import recorded
from assistant.slack.approving.terms import what_of
from assistant.slack.delivery import Place
from assistant.slack.people import Person
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views.approval import Approval, State, Trail, approval_message
from assistant.slack.views.blocks import sections
from assistant.slack.views.message import Message, message
from assistant.slack.words import words
from assistant.steering import Approvals
from assistant.work import Job
from knowledge.journal.approvals import ApprovalRequest
from knowledge.journal.deliveries import Delivery, delivered, keep_delivery
from knowledge.records import Viewer
from knowledge.records.tables import Opportunity, User

_STATES = {"approved", "changed", "refused", "expired"}


def present(reception: Reception, users: list[User]) -> tuple[User, Person] | None:
    """The first of some colleagues who is in Slack."""
    found = ((user, reception.people.with_address(user.email)) for user in users)
    return next(((user, person) for user, person in found if person is not None), None)


def put_before(reception: Reception, job: Job, request: ApprovalRequest, person: Person) -> None:
    """Show a request to whoever decides it, once, and remember where it stands."""
    if where(reception, request) is not None:
        return
    place = reception.delivery.alone_with(person.id)
    viewer = reception.people.viewer_of(person)
    shown = shown_to(reception, viewer, request, reception.language(person.id))
    ts = reception.delivery.post(job, place, shown, "request")
    with reception.desk.workspace.database.writing() as session:
        now = datetime.now(UTC)
        keep_delivery(session, _key(request), channel=place.channel, ts=ts, posted_at=now)


def show_again(reception: Reception, job: Job, request: ApprovalRequest) -> None:
    """Show a request as it stands now, where it was shown before."""
    stands, person = where(reception, request), _member(reception, request.approver)
    if stands is not None and person is not None:
        viewer = reception.people.viewer_of(person)
        shown = shown_to(reception, viewer, request, reception.language(person.id))
        reception.delivery.update(job, Place(stands.channel), stands.ts, shown, "request")


def where(reception: Reception, request: ApprovalRequest) -> Delivery | None:
    """The message in which a request was shown."""
    with reception.desk.workspace.database.reading() as session:
        return delivered(session, _key(request))


def tell_asker(reception: Reception, job: Job, request: ApprovalRequest) -> None:
    """Tell whoever asked what became of their request, in their own conversation with us."""
    person = _member(reception, request.asked_by)
    if person is None:
        return
    language = reception.language(person.id)
    viewer = reception.people.viewer_of(person)
    told, of = words(language), shown_to_asker(reception, viewer, request, language)
    rows = [told.text(f"approval.told_{request.status}", **of)]
    if request.reason:
        rows.append(told.text("approval.told_reason", reason=request.reason))
    text = "\n".join(mrkdwn(line(row)) for row in rows)
    reception.delivery.direct(job, person.id, message(text, sections(text)), "asker")


def shown_to_asker(
    reception: Reception, viewer: Viewer, request: ApprovalRequest, language: str
) -> dict[str, str]:
    """What a sentence about a request names."""
    return _named(reception, viewer, request, language, _deal(reception, viewer, request))


def _named(
    reception: Reception,
    viewer: Viewer,
    request: ApprovalRequest,
    language: str,
    deal: Opportunity | None,
) -> dict[str, str]:
    office = reception.desk.office
    pen, account = office.pen(language), office.ledger.find_account(viewer, request.account_id)
    users = office.ledger.catalogue(viewer).users
    decider = users.get(request.decided_by or "")
    granted = request.granted if request.granted is not None else request.value
    return {
        "who": decider.name if decider else words(language).text("approval.nobody"),
        "what": what_of(
            pen, request.subject, request.value, request.unit, deal.name if deal else None
        ),
        "value": pen.quantity(granted, request.unit),
        "account": account.name,
        "day": words(language).day(request.expires_at.date()),
    }


def shown_to(
    reception: Reception, viewer: Viewer, request: ApprovalRequest, language: str
) -> Message:
    """A request as a message, through the eyes of whoever reads it."""
    office = reception.desk.office
    deal = _deal(reception, viewer, request)
    of = _named(reception, viewer, request, language, deal)
    told, pen = words(language), office.pen(language)
    catalogue = office.ledger.catalogue(viewer)
    policy = next((one for one in catalogue.policies if one.id == request.policy_id), None)
    inside = policy.inside_up_to if policy else None
    ceiling = policy.approval_up_to if policy else None
    facts = (
        ((told.text("approval.ceiling"), pen.quantity(ceiling, request.unit)),)
        if ceiling is not None
        else ()
    )
    asker = catalogue.users.get(request.asked_by)
    approval = Approval(
        id=request.id,
        account=of["account"],
        what=of["what"],
        limit=pen.quantity(inside if inside is not None else Decimal(0), request.unit),
        sentence=request.sentence or "",
        asked_by=asker.name if asker else request.asked_by,
        expires_on=request.expires_at.date(),
        why=request.why,
        facts=facts,
        value=plain(request.value),
        ceiling=plain(ceiling) if ceiling is not None else "",
        url=reception.links.of(recorded(deal, "name")) if deal else None,
        state=cast("State", request.status),
        decided_by=of["who"] if request.decided_by else None,
        decided_on=request.decided_at.date() if request.decided_at else None,
        reason=request.reason or "",
        trail=_trail(reception, viewer, request),
        language=language,
    )
    return approval_message(approval, reception.links)


def plain(value: Decimal) -> str:
    """A figure without zeros that say nothing."""
    return format(value.normalize(), "f")


def _trail(reception: Reception, viewer: Viewer, request: ApprovalRequest) -> tuple[Trail, ...]:
    history = Approvals(reception.desk.office).history(viewer, request.id)
    return tuple(
        Trail(event.at.date(), event.who, event.what, event.detail.get("value") or "")  # type: ignore[arg-type]
        for event in history
        if event.what in _STATES | {"asked"}
    )


def _deal(reception: Reception, viewer: Viewer, request: ApprovalRequest) -> Opportunity | None:
    if request.opportunity_id is None:
        return None
    desk = reception.desk
    file = desk.workspace.ledger.account_file(viewer, request.account_id, desk.day(None))
    return next((deal for deal in file.opportunities if deal.id == request.opportunity_id), None)


def _member(reception: Reception, user_id: str) -> Person | None:
    """One of us, by the records' id, as Slack knows them."""
    user = reception.desk.workspace.ledger.catalogue(Viewer.operator()).users.get(user_id)
    return reception.people.with_address(user.email) if user is not None else None


def _key(request: ApprovalRequest) -> str:
    return f"approval:{request.id}"
