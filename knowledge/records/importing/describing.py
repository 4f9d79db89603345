"""What a record says, in lines for people: the text that quotes and passages point into."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from knowledge.records.importing.catalogue import KINDS, Kind
from knowledge.records.importing.keys import is_salesforce_id

#: Decimal fields that are not money.
_COUNTS = frozenset({"quantity", "discount_percent", "value", "inside_up_to", "approval_up_to"})
_LABELS = {
    "occurred_at": "When",
    "closes_on": "Close date",
    "created_on": "Created",
    "ordered_on": "Ordered",
    "owner": "Owner",
    "user": "By",
    "party": "With",
    "list_price": "List price",
    "reason_buyer": "Reason given by the buyer",
    "reason_rep": "Reason given by our rep",
}
#: Fields that stand in the first line, or only decide something.
_SILENT = frozenset({"name", "title", "subject", "currency", "id", "modified", "role", "text"})


def headline(kind: str, payload: dict[str, Any]) -> str:
    """A short name for a record: the title of its source."""
    named = payload.get("name") or payload.get("title") or payload.get("subject")
    if named:
        return str(named)
    if payload.get("text"):
        return str(payload["text"]).partition("\n")[0][:120]
    about = [payload.get(n) for n in ("opportunity", "account", "product", "contact", "user")]
    about += [payload.get(n) for n in ("product_family", "ordered_on", "business_unit")]
    said = ", ".join(_said(str(one)) for one in about if one)
    label = KINDS[kind].label.capitalize()
    return f"{label}: {said}" if said else label


def describe(kind: str, payload: dict[str, Any]) -> str:
    """The record in prose lines: a first line that names it, then `Label: value`.

    Ids are left out; free text stands verbatim, after its label or, for what was said and
    written, as the last lines.
    """
    shape = KINDS[kind]
    lines = [_first_line(shape, payload)]
    ending = "body" if kind in {"activity", "article"} else None
    for name, form in shape.fields.items():
        value = payload.get(name)
        if value in (None, "", []) or name in _SILENT or name == ending or name.endswith("_id"):
            continue
        if (kind == "activity" and name in {"type", "occurred_at"}) or _is_id(value):
            continue
        lines.append(f"{_label(name)}: {_shown(name, form, value, payload)}")
    if kind in {"account_team_member", "opportunity_contact"} and payload.get("role"):
        lines.append(f"Role: {payload['role']}")
    for label, value in (payload.get("other") or {}).items():
        if not _is_id(value) and not label.lower().endswith(("id", "id__c")):
            lines.append(f"{label}: {value}")
    if ending and payload.get(ending):
        lines.append(str(payload[ending]))
    return "\n".join(lines)


def _first_line(shape: Kind, payload: dict[str, Any]) -> str:
    title = headline(shape.name, payload)
    if shape.name == "activity":
        when = payload.get("occurred_at")
        on = f" on {_instant(when)}" if when else ""
        return f"{str(payload['type']).capitalize()}{on}: {title}"
    if shape.name == "commitment":
        return f"{str(payload['type']).capitalize()}: {payload['text']}"
    if shape.name == "article":
        return title
    label = shape.label.capitalize()
    return title if title.startswith(label) else f"{label}: {title}"


def _label(name: str) -> str:
    if name.startswith("meddpicc_"):
        return f"MEDDPICC {name.removeprefix('meddpicc_').replace('_', ' ')}"
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def _shown(name: str, form: str, value: Any, payload: dict[str, Any]) -> str:
    if form == "money":
        if name in _COUNTS:
            return str(value)
        places = len(str(value).partition(".")[2])
        shown = f"{Decimal(value):,.{places if places != 1 else 2}f}"
        return f"{shown} {payload['currency']}" if payload.get("currency") else shown
    if form == "instant":
        return _instant(str(value))
    if form == "flag":
        return "yes" if value else "no"
    if form == "list":
        return ", ".join(value)
    return _said(str(value))


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and is_salesforce_id(value)


def _said(value: str) -> str:
    """A reference as people say it: a domain without its mark."""
    return value.removeprefix("@")


def _instant(value: str) -> str:
    """An ISO instant for reading: the day, and the time in UTC where there is one."""
    day, _, clock = value.partition("T")
    return day if clock.startswith("00:00:00") else f"{day} {clock[:5]} UTC"
