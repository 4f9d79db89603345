"""Under which key a record is found again: the export's id, else what identifies its kind."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from knowledge.records.naming import normalised

_SALESFORCE = re.compile(r"(?:0[0-9a-zA-Z]{2}|[a-z]0[0-9a-zA-Z])[0-9a-zA-Z]{12}(?:[0-9A-Z]{3})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_LONGEST = 120

#: Kinds that are one thing under one name.
_NAMED = frozenset({"account", "product", "team", "competitor", "article"})


def record_key(exported: str) -> str:
    """An exported id as a record's id.

    Salesforce writes the same id with 15 and with 18 characters: the longer one is kept. An at
    sign would end the id where a source is cited (`kind:id@version`), so it is replaced.
    """
    if len(exported) == 15 and is_salesforce_id(exported):  # noqa: PLR2004 - as above
        exported += _check_characters(exported)
    return exported.replace("@", "~")


def is_salesforce_id(value: str) -> bool:
    """Whether a value has the form of a Salesforce id: a prefix, then letters and digits."""
    return bool(_SALESFORCE.fullmatch(value)) and any(letter.isdigit() for letter in value[3:])


def is_email(value: str) -> bool:
    """Whether a value is an e-mail address (a bare host name counts as a domain)."""
    return bool(_EMAIL.fullmatch(value))


def natural_key(kind: str, payload: dict[str, Any]) -> str | None:
    """The key of a record without an id; None where only its content tells it apart."""
    name = normalised(payload.get("name") or payload.get("title") or "")
    email = payload.get("email") or ""
    if kind in {"contact", "user"} and is_email(email):
        return record_key(email)
    if kind == "user" or kind in _NAMED:
        return _short(name) or None
    account = normalised(_said(payload, "account"))
    if kind == "contact":
        return _short(f"{name} at {account}" if account else name)
    if kind == "opportunity":
        parts = (name, account, payload.get("created_on") or "")
        return _short(" / ".join(part for part in parts if part))
    if kind == "value_driver":
        return _short(" / ".join(p for p in (normalised(_said(payload, "product")), name) if p))
    return None


def content_key(payload: dict[str, Any]) -> str:
    """The key of a record that is nothing but its content."""
    content = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:20]


def _said(payload: dict[str, Any], reference: str) -> str:
    return str(payload.get(reference) or payload.get(f"{reference}_id") or "")


def _short(key: str) -> str:
    if len(key) <= _LONGEST:
        return key
    return f"{key[: _LONGEST - 20]}…{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _check_characters(exported: str) -> str:
    """The three characters that make a Salesforce id safe where case is lost."""
    return "".join(
        _CHECK[sum(1 << place for place, letter in enumerate(part) if letter.isupper())]
        for part in (exported[0:5], exported[5:10], exported[10:15])
    )
