"""From the cells of a row to the payloads of the records it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from knowledge.records.importing.catalogue import KINDS
from knowledge.records.importing.headers import says, words
from knowledge.records.importing.keys import is_email, is_salesforce_id, record_key

_NOTE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}):\s*")
_STAMP = re.compile(r"\[(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\]")
_WHAT = {"001": "account_id", "006": "opportunity_id", "003": "contact_id", "00Q": "contact_id"}
_SORTS = ("call", "email", "meeting", "note", "task")

Payload = dict[str, Any]


@dataclass(slots=True)
class Shaped:
    """One record of a row. `key` is the export's id, if it gave one."""

    kind: str
    payload: Payload
    key: str | None = None


class Incomplete(ValueError):  # noqa: N818 - reads as what it says about a row
    """A row that lacks what its kind cannot do without."""


def shape(kind: str, values: Payload) -> list[Shaped]:
    """The records of a row, the main one first.

    Raises:
        Incomplete: a field is missing that the kind needs.
    """
    exported = values.pop("id", None)
    values.pop("modified", None)
    numbered = values.pop("numbered", None)
    if numbered and exported and exported.isdigit():  # a table's own running number
        exported = f"{numbered}-{exported}"
    key = record_key(exported) if exported else None
    if kind == "lead":
        shaped = [_lead(values, key)]
    elif kind == "customer":
        shaped = _customer(values, key)
    else:
        _references(kind, values)
        _RULES.get(kind, _nothing)(values, key)
        shaped = [Shaped(kind, values, key)]
    for one in shaped:
        one.payload = {
            name: value for name, value in one.payload.items() if value not in (None, "")
        }
        _complete(one)
    return shaped


def _complete(one: Shaped) -> None:
    for name in sorted(KINDS[one.kind].required):
        if one.payload.get(name) in (None, "", []):
            article = "An" if one.kind[0] in "aeiou" else "A"
            what = name.replace("_", " ")
            raise Incomplete(f"{article} {KINDS[one.kind].label} needs its {what}, and has none.")


def _references(kind: str, values: Payload) -> None:
    """Ids that stand where a name was expected, and the other way round, to their places."""
    for column in KINDS[kind].references:
        name = column.removesuffix("_id")
        said = values.get(name)
        if said and is_salesforce_id(said):
            values.setdefault(column, None)
            values[column], values[name] = values[column] or said, None
        if values.get(column):
            values[column] = record_key(values[column])
        if said and is_email(said):
            values[name] = said.lower()
    what = values.pop("what_id", None)
    if what:
        target = _WHAT.get(what[:3], "what_id") if is_salesforce_id(what) else "what_id"
        values[target] = values.get(target) or what


def _nothing(_values: Payload, _key: str | None) -> None:
    """Most kinds are what their columns say."""


def _account(values: Payload, _key: str | None) -> None:
    website = values.get("website") or ""
    host = urlsplit(website if "//" in website else f"//{website}").hostname if website else None
    domain = values.get("email_domain") or (host or "").removeprefix("www.")
    values["email_domain"] = domain.lower().lstrip("@") or None


def _person(values: Payload, _key: str | None) -> None:
    first, last = values.pop("first_name", None), values.pop("last_name", None)
    email = values["email"] = (values.get("email") or "").lower() or None
    values["name"] = values.get("name") or " ".join(part for part in (first, last) if part)
    if not values["name"] and email:
        values["name"] = name_of(email)


def name_of(email: str) -> str:
    """A name for somebody of whom only the address is known: `jane.doe@…` is Jane Doe."""
    return " ".join(re.split(r"[._\-+]+", email.partition("@")[0])).title()


def _opportunity(values: Payload, key: str | None) -> None:
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
    if closed is False or won is False and not says("lost", stage):
        return "open"
    return "won" if says("won", stage) else "lost" if says("lost", stage) else "open"


def _activity(values: Payload, _key: str | None) -> None:
    default = values.pop("sort", None)
    sort = _sort(values.pop("subtype", None)) or None
    sort = _sort(values.get("type")) or (sort if sort != "task" else None) or default or "note"
    status = values.get("status") or ""
    done = values.pop("is_closed", None)
    if done is None:
        done = says("done", status) if status else None
    if default == "task" or sort == "task":
        sort = _task(values, sort, done)
    values["type"] = sort
    values["direction"] = _direction(values)
    seconds = values.pop("duration_seconds", None)
    if seconds and not values.get("duration_minutes"):
        values["duration_minutes"] = max(1, round(seconds / 60))
    body = values.get("body") or ""
    if sort == "call" and not values.get("occurred_at") and (stamp := _STAMP.match(body)):
        values["occurred_at"] = f"{stamp[1]}+00:00"
    values["subject"] = values.get("subject") or body.strip().partition("\n")[0][:120]


def _task(values: Payload, sort: str, done: bool | None) -> str:
    """A task that was done is what was done; one still open is a task, due on its day."""
    if done or (done is None and sort != "task"):
        if done and not values.get("occurred_at") and values.get("due_on"):
            values["occurred_at"] = f"{values['due_on']}T00:00:00+00:00"
        return sort
    occurred = values.pop("occurred_at", None)
    values["due_on"] = values.get("due_on") or (occurred and occurred[:10])
    return "task"


def _sort(said: str | None) -> str | None:
    if not said:
        return None
    return next((sort for sort in _SORTS if says(sort, said)), None)


def _direction(values: Payload) -> str | None:
    incoming = values.pop("incoming", None)
    if incoming is not None:
        return "in" if incoming else "out"
    said = values.get("direction") or ""
    return "in" if says("inbound", said) else "out" if says("outbound", said) else None


def _commitment(values: Payload, _key: str | None) -> None:
    said = values.get("type") or ""
    known = (sort for sort in ("promise", "request", "action") if says(sort, said))
    values["type"] = next(known, "promise")
    values["side"] = "theirs" if says("theirs", values.get("side") or "") else "ours"


def _case(values: Payload, _key: str | None) -> None:
    first = (values.get("description") or "").strip().partition("\n")[0]
    values["subject"] = values.get("subject") or first[:120]


def _contract(values: Payload, key: str | None) -> None:
    values["name"] = values.get("name") or (f"Contract {key}" if key else "Contract")


def _article(values: Payload, _key: str | None) -> None:
    values["title"] = values.get("title") or values.get("question")


def _user(values: Payload, key: str | None) -> None:
    _person(values, key)
    profile = values.get("profile") or values.get("role") or ""
    values["profile"], values["role"] = profile, None  # the role is derived when it is linked


def _contact(values: Payload, key: str | None) -> None:
    _person(values, key)
    values["stance"] = (values.get("stance") or "").lower() or None
    values["buying_roles"] = [role.lower() for role in values.get("buying_roles") or []] or None


def _lead(values: Payload, key: str | None) -> Shaped:
    """A prospect: the contact, and through its company an account that others only speak of."""
    _contact(values, key)
    status, described = values.pop("status", None), values.pop("description", None)
    values["account"] = values.pop("company", None) or by_domain(values.get("email"))
    values["prospect"] = True
    other = {"Lead status": status, "Description": described} | (values.pop("other", None) or {})
    values["other"] = {name: value for name, value in other.items() if value}
    _references("contact", values)
    return Shaped("contact", values, key)


def by_domain(email: str | None) -> str | None:
    """The reference to an account by an address's domain; None for a mail provider's."""
    domain = (email or "").partition("@")[2].lower()
    return f"@{domain}" if domain and domain not in words("free_mail") else None


def _customer(values: Payload, key: str | None) -> list[Shaped]:
    """A CRM's one-row-a-customer: the person, the deal with its status, and what was noted."""
    _person(values, key)
    account = values.get("company") or by_domain(values.get("email"))
    shared = {"account": account, "owner": (values.get("owner") or "").lower() or None}
    other = {"Last contact": values.get("last_contact_on")} | (values.get("other") or {})
    notes = _NOTE.split(values.get("notes") or "")
    other["Notes"] = notes[0].strip()
    contact = {name: values.get(name) for name in ("name", "email", "phone")} | shared
    contact["other"] = {name: value for name, value in other.items() if value}
    contact_key = key or record_key(values.get("email") or values["name"])
    follow_up = values.get("follow_up_on")
    deal = shared | {
        "name": " for ".join(p for p in (values.get("product"), values["name"]) if p),
        "contact": values["name"],
        "next_step": f"Follow up by {follow_up}" if follow_up else None,
        **{name: values.get(name) for name in ("product", "status", "amount", "currency")},
    }
    _opportunity(deal, key)
    deal_key = key or contact_key
    touches = [
        _note_of(day, said, account, shared["owner"], contact_key, deal_key)
        for day, said in zip(notes[1::2], notes[2::2], strict=True)
    ]
    return [
        Shaped("contact", contact, contact_key),
        Shaped("opportunity", deal, deal_key),
        *touches,
    ]


def _note_of(
    day: str, said: str, account: str | None, owner: str | None, contact: str, deal: str
) -> Shaped:
    said = said.strip()
    payload = {
        "account": account,
        "contact_id": contact,
        "opportunity_id": deal,
        "user": owner,
        "type": _sort(said) or "note",
        "subject": said.rstrip(".") or "Note",
        "occurred_at": f"{day}T00:00:00+00:00",
    }
    return Shaped("activity", payload)


_RULES: dict[str, Callable[[Payload, str | None], None]] = {
    "account": _account,
    "contact": _contact,
    "user": _user,
    "opportunity": _opportunity,
    "activity": _activity,
    "commitment": _commitment,
    "case": _case,
    "contract": _contract,
    "article": _article,
}
