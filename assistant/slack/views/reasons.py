"""Why an account needs attention, told to whoever has it: short, and without their own name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.drafting import Pen
from assistant.insight.priorities import Priority
from assistant.slack.views.home import Reason, ReasonKind
from assistant.slack.words import words

_KINDS: dict[str, ReasonKind] = {
    "ask_finance": "terms",
    "ask_decline": "people",
    "answer_request": "request",
    "keep_promise": "promise",
    "do_action": "promise",
    "settle_terms": "terms",
    "ask_approval": "terms",
    "close_case": "complaint",
    "break_silence": "stale",
    "call_without_offer": "stale",
    "prepare_renewal": "renewal",
    "decide_renewal": "renewal",
    "date_slipped": "deal",
    "revive_plan": "review",
    "review_due": "review",
    "review_overdue": "review",
    "hold_debrief": "deal",
}
#: What should have happened already.
_LATE = frozenset({"answer_request", "keep_promise", "do_action", "date_slipped", "review_overdue"})
_DURATIONS = frozenset({"days", "limit"})


def reason_of(priority: Priority, pen: Pen) -> Reason:
    """The reason behind a priority, with the day it asks for, in the pen's language."""
    told = words(pen.language)
    values = {
        name: _told(name, value, priority, pen)
        for name, value in priority.values.items()
        if value is not None
    }
    text = told.text(f"reason.{priority.kind}", **values)
    dated = told.text("reason.by", text=text, by=told.short_day(priority.by))
    return Reason(_KINDS.get(priority.kind, "people"), dated, late=priority.kind in _LATE)


def _told(name: str, value: object, priority: Priority, pen: Pen) -> str:
    """A value as the language writes it."""
    if name == "part":
        return pen.phrases.text(f"part.{value}")
    if name == "subject":
        return pen.term(str(value))
    if isinstance(value, date):
        return pen.wording.day(value)
    if isinstance(value, (int, Decimal)):
        return _figure(name, Decimal(value), priority, pen)
    return str(value)


def _figure(name: str, value: Decimal, priority: Priority, pen: Pen) -> str:
    if name in _DURATIONS:
        return pen.wording.days(value)
    if name == "share":
        return pen.percent(value)
    if name == "value":
        return pen.quantity(value, priority.values.get("unit"))
    return pen.wording.number(value)
