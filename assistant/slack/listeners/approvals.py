"""Approvals: what is outside the policy goes to whoever may decide it, and never did ask."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial

from assistant.slack.approving.deciding import ask, decide, expire, tell_of_lapse
from assistant.slack.approving.terms import Wanted
from assistant.slack.filled import answers_of, opens
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.approval import approve_form, change_form, refuse_form
from assistant.slack.views.blocks import Block
from assistant.slack.views.policy import ask_approval_form
from assistant.slack.words import words

#: When requests whose time is up are ended.
_QUARTERLY = "*/15 * * * *"
_FORMS = {ids.APPROVE_FORM: "approve", ids.CHANGE_FORM: "change", ids.REFUSE_FORM: "refuse"}


def register(board: Switchboard) -> None:
    """Buttons open their forms at once; what is written in them becomes a job."""
    reception, app = board.reception, board.app
    board.job("approval.ask", ask)
    board.job("approval.decide", decide)
    board.job("approval.expire", expire)
    board.job("approval.lapsed", tell_of_lapse)
    app.action(ids.every(ids.ASK_APPROVAL))(opens(reception, _about(_asking)))
    app.action(ids.APPROVE)(opens(reception, _about(_approving)))
    app.action(ids.CHANGE)(opens(reception, _about(_changing)))
    app.action(ids.REFUSE)(opens(reception, _about(_refusing)))
    board.submission(ids.ASK_APPROVAL_FORM, partial(read_asking, reception))
    for form in _FORMS:
        board.submission(form, read_decision)
    reception.work.every("approval.expire", _QUARTERLY)


def read_asking(reception: Reception, request: Request) -> Order | Rejected:
    """Why something is needed."""
    why = answers_of(request).text(ids.REASON)
    if not why:
        language = reception.spoken(request.user)
        return Rejected({ids.REASON: words(language).text("approval.why_missing")})
    term = request.body["view"]["private_metadata"]
    return Order("approval.ask", {**request.actor, "term": term, "why": why})


def read_decision(request: Request) -> Order | Rejected:
    """What was decided, and why."""
    view, answers = request.body["view"], answers_of(request)
    request_id, language, *more = ids.unpack(view["private_metadata"])
    told, ceiling = words(language), (*more, "")[0]
    decision, reason = _FORMS[view["callback_id"]], answers.text(ids.REASON)
    wrong: dict[str, str] = {}
    value = _figure(answers.text(ids.VALUE)) if decision == "change" else None
    if decision == "change" and (value is None or (ceiling and value > Decimal(ceiling))):
        wrong[ids.VALUE] = told.text("approval.value_wrong", limit=ceiling or "∞")
    if not reason:
        wrong[ids.REASON] = told.text("approval.reason_missing")
    if wrong:
        return Rejected(wrong)
    payload = {
        **request.actor,
        "request": request_id,
        "decision": decision,
        "reason": reason,
        "value": None if value is None else str(value),
    }
    return Order("approval.decide", payload, thread=f"approval:{request_id}")


def _about(form: Callable[[str, str], Block]) -> Callable[[Reception, Request], Block]:
    """A form about what the clicked button carries."""

    def opened(reception: Reception, request: Request) -> Block:
        return form(request.action["value"], reception.spoken(request.user))

    return opened


def _asking(carried: str, language: str) -> Block:
    return ask_approval_form(Wanted.read(carried).what, carried, language)


def _approving(carried: str, language: str) -> Block:
    return approve_form(ids.unpack(carried)[0], language)


def _refusing(carried: str, language: str) -> Block:
    return refuse_form(ids.unpack(carried)[0], language)


def _changing(carried: str, language: str) -> Block:
    request_id, value, ceiling = ids.unpack(carried)
    return change_form(request_id, value, ceiling, language)


def _figure(text: str) -> Decimal | None:
    """A figure as people write it; None if it is none, or below nothing."""
    try:
        value = Decimal(text.replace(" ", "").replace("%", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and value >= 0 else None
