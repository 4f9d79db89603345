"""What the fields of each kind of row mean: its cells become the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from knowledge.records.importing.headers import says
from knowledge.records.importing.values import Habit, NotAValue, parse

_STAMP = re.compile(r"\[(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\]")
_SORTS = ("call", "email", "meeting", "note", "task")

Payload = dict[str, Any]


def moment(said: str) -> str | None:
    """A day or instant written inside a text, as an instant; None if there is no such day."""
    try:
        return str(parse("instant", said, Habit()))
    except NotAValue:
        return None


def as_nothing(_values: Payload, _key: str | None) -> None:
    """Most kinds are what their columns say."""


def as_account(values: Payload, _key: str | None) -> None:
    """An account: its e-mail domain from its website."""
    website = values.get("website") or ""
    host = urlsplit(website if "//" in website else f"//{website}").hostname if website else None
    domain = values.get("email_domain") or (host or "").removeprefix("www.")
    values["email_domain"] = domain.lower().lstrip("@") or None


def as_person(values: Payload, _key: str | None) -> None:
    """Somebody: one name, one address in lower case."""
    first, last = values.pop("first_name", None), values.pop("last_name", None)
    email = values["email"] = (values.get("email") or "").lower() or None
    values["name"] = values.get("name") or " ".join(part for part in (first, last) if part)
    if not values["name"] and email:
        values["name"] = name_of(email)


def name_of(email: str) -> str:
    """A name for somebody of whom only the address is known: `jane.doe@…` is Jane Doe."""
    return " ".join(re.split(r"[._\-+]+", email.partition("@")[0])).title()


def as_opportunity(values: Payload, key: str | None) -> None:
    """A deal: its status from its stage and flags, a name if it has none."""
    stage = values.get("stage") or values.get("status")
    values["stage"] = stage
    values["status"] = _deal_status(values, stage or "")
    subject = values.get("product")
    account = values.get("account")
    if not values.get("name"):
        if subject and account:
            values["name"] = f"{subject} for {account}"
        else:
            values["name"] = subject or account or (key and f"Deal {key}")


def _deal_status(values: Payload, stage: str) -> str:
    won, closed = values.pop("is_won", None), values.pop("is_closed", None)
    if won:
        return "won"
    if closed:
        return "won" if won is None and says("won", stage) else "lost"
    if closed is False or (won is False and not says("lost", stage)):
        return "open"
    return "won" if says("won", stage) else "lost" if says("lost", stage) else "open"


def as_activity(values: Payload, _key: str | None) -> None:
    """A touch or task: what sort it was, in which direction, how long."""
    default = values.pop("sort", None)
    sort = as_sort(values.pop("subtype", None)) or None
    sort = as_sort(values.get("type")) or (sort if sort != "task" else None) or default or "note"
    status = values.get("status") or ""
    done = values.pop("is_closed", None)
    if done is None:
        done = says("done", status) if status else None
    if default == "task" or sort == "task":
        sort = _task(values, sort, done=done)
    values["type"] = sort
    values["direction"] = _direction(values)
    seconds = values.pop("duration_seconds", None)
    if seconds and not values.get("duration_minutes"):
        values["duration_minutes"] = max(1, round(seconds / 60))
    body = values.get("body") or ""
    if sort == "call" and not values.get("occurred_at") and (stamp := _STAMP.match(body)):
        values["occurred_at"] = moment(stamp[1])
    values["subject"] = values.get("subject") or body.strip().partition("\n")[0][:120]


def _task(values: Payload, sort: str, *, done: bool | None) -> str:
    """A task that was done is what was done; one still open is a task, due on its day."""
    if done or (done is None and sort != "task"):
        if done and not values.get("occurred_at") and values.get("due_on"):
            values["occurred_at"] = f"{values['due_on']}T00:00:00+00:00"
        return sort
    occurred = values.pop("occurred_at", None)
    values["due_on"] = values.get("due_on") or (occurred and occurred[:10])
    return "task"


def as_sort(said: str | None) -> str | None:
    """The sort of touch that words speak of, if any."""
    if not said:
        return None
    return next((sort for sort in _SORTS if says(sort, said)), None)


def _direction(values: Payload) -> str | None:
    incoming = values.pop("incoming", None)
    if incoming is not None:
        return "in" if incoming else "out"
    said = values.get("direction") or ""
    return "in" if says("inbound", said) else "out" if says("outbound", said) else None


def as_commitment(values: Payload, _key: str | None) -> None:
    """A promise, request or action, and whose it is."""
    said = values.get("type") or ""
    known = (sort for sort in ("promise", "request", "action") if says(sort, said))
    values["type"] = next(known, "promise")
    values["side"] = "theirs" if says("theirs", values.get("side") or "") else "ours"


def as_case(values: Payload, _key: str | None) -> None:
    """A case: the first line of its description where it has no subject."""
    first = (values.get("description") or "").strip().partition("\n")[0]
    values["subject"] = values.get("subject") or first[:120]


def as_contract(values: Payload, key: str | None) -> None:
    """A contract: a name, if only from its number."""
    values["name"] = values.get("name") or (f"Contract {key}" if key else "Contract")


def as_article(values: Payload, _key: str | None) -> None:
    """An article: its question as title, where it has none."""
    values["title"] = values.get("title") or values.get("question")


def as_user(values: Payload, key: str | None) -> None:
    """One of us. The role is derived when it is linked; the profile decides who administers."""
    as_person(values, key)
    profile = values.get("profile") or values.get("role") or ""
    values["profile"], values["role"] = profile, None


def as_contact(values: Payload, key: str | None) -> None:
    """One of theirs."""
    as_person(values, key)
    values["stance"] = (values.get("stance") or "").lower() or None
    values["buying_roles"] = [role.lower() for role in values.get("buying_roles") or []] or None


RULES: dict[str, Callable[[Payload, str | None], None]] = {
    "account": as_account,
    "contact": as_contact,
    "user": as_user,
    "opportunity": as_opportunity,
    "activity": as_activity,
    "commitment": as_commitment,
    "case": as_case,
    "contract": as_contract,
    "article": as_article,
}
