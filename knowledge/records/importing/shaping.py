"""From the cells of a row to the payloads of the records it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.records.importing.catalogue import KINDS
from knowledge.records.importing.headers import words
from knowledge.records.importing.keys import is_email, is_salesforce_id, record_key
from knowledge.records.importing.rules import (
    RULES,
    Payload,
    as_contact,
    as_nothing,
    as_opportunity,
    as_person,
    as_sort,
    moment,
)

_NOTE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}):\s*")
_WHAT = {"001": "account_id", "006": "opportunity_id", "003": "contact_id", "00Q": "contact_id"}


@dataclass(slots=True)
class Shaped:
    """One record of a row. `key` is the export's id, if it gave one."""

    kind: str
    payload: Payload
    key: str | None = None


class Incomplete(ValueError):
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
        RULES.get(kind, as_nothing)(values, key)
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


def _lead(values: Payload, key: str | None) -> Shaped:
    """A prospect: the contact, and through its company an account that others only speak of."""
    as_contact(values, key)
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
    as_person(values, key)
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
    as_opportunity(deal, key)
    deal_key = key or contact_key
    touches = [
        _note_of(day, said, shared, contact=contact_key, deal=deal_key)
        for day, said in zip(notes[1::2], notes[2::2], strict=True)
    ]
    return [
        Shaped("contact", contact, contact_key),
        Shaped("opportunity", deal, deal_key),
        *touches,
    ]


def _note_of(
    day: str, said: str, shared: dict[str, str | None], *, contact: str, deal: str
) -> Shaped:
    said = said.strip()
    if moment(day) is None:
        raise Incomplete(f"The note of {day} has no day of the calendar.")
    payload = {
        "account": shared["account"],
        "contact_id": contact,
        "opportunity_id": deal,
        "user": shared["owner"],
        "type": as_sort(said) or "note",
        "subject": said.rstrip(".") or "Note",
        "occurred_at": moment(day),
    }
    return Shaped("activity", payload)
