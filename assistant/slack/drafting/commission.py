"""What somebody wants drafted: said with a command, a form or a button."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

Kind = Literal["plan", "canvas", "value", "follow_up", "review", "meeting", "team"]
_READER = re.compile(
    r"(?P<account>.+?)\s+(?:for|für|для)\s+(?:(?:the|den|die|das)\s+)?(?P<reader>.+)", re.IGNORECASE
)
_SINCE = re.compile(
    r"(?P<account>.+?)\s+(?:since|seit|с)\s+(?P<since>\d{4}-\d{2}-\d{2})", re.IGNORECASE
)
#: A name in quotation marks may end in any word.
_CANVAS = re.compile(
    r"(?:(?P<account>.+?)\s+)?(?:(?:as|als|как)\s+)?(?:an?\s+|einen?\s+)?(?:canvas|канвас)",
    re.IGNORECASE,
)
_QUOTES = "\"'“”„«»‘’ "


@dataclass(frozen=True)
class Commission:
    """A draft that is asked for.

    Attributes:
        kind: a `canvas` is a plan that is written into one.
        account: an id, or a name as somebody typed it; empty for the review of a `team`.
        reader: whom a value proposition is for: a name or a role.
        meeting: the touch a follow-up follows; the latest one if None.
        since: the day a review looks back to; the last saved review if None.
        language: None for the asker's, or the customer's in a message to them.
    """

    kind: Kind
    account: str = ""
    reader: str = ""
    meeting: str | None = None
    since: date | None = None
    language: str | None = None

    @property
    def whole(self) -> bool:
        """Whether it says all that a draft needs."""
        if self.kind == "team":
            return True
        return bool(self.account) and (self.kind != "value" or bool(self.reader))

    def to_json(self) -> dict[str, Any]:
        """For the payload of a job."""
        return {
            "kind": self.kind,
            "account": self.account,
            "reader": self.reader,
            "meeting": self.meeting,
            "since": self.since.isoformat() if self.since else None,
            "language": self.language,
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Commission:
        """Out of a job's payload."""
        since = told.get("since")
        return cls(
            kind=kind_of(told["kind"]),
            account=told.get("account", ""),
            reader=told.get("reader", ""),
            meeting=told.get("meeting"),
            since=date.fromisoformat(since) if since else None,
            language=told.get("language"),
        )


def kind_of(word: str) -> Kind:
    """A kind by its word; raises `ValueError` for any other word."""
    if word not in get_args(Kind):
        raise ValueError(f"nothing of the kind “{word}” is drafted")
    return cast("Kind", word)


def read_command(kind: Kind, text: str) -> Commission:
    """What was typed after a command: an account, its reader after “for”, a day after “since”.

    “canvas” after the account of a plan asks for it as one.
    """
    typed = html.unescape(" ".join(text.split()))
    said = typed.strip(_QUOTES)
    if kind == "plan" and (match := _CANVAS.fullmatch(typed)):
        return Commission("canvas", (match["account"] or "").strip(_QUOTES))
    if kind == "review" and said.lower() in {"", "team", "portfolio"}:
        return Commission("team")
    if kind == "value" and (match := _READER.fullmatch(said)):
        return Commission(kind, match["account"].strip(_QUOTES), match["reader"].strip(_QUOTES))
    if kind == "review" and (match := _SINCE.fullmatch(said)):
        try:
            since = date.fromisoformat(match["since"])
        except ValueError:
            return Commission(kind, said)
        return Commission(kind, match["account"].strip(_QUOTES), since=since)
    return Commission(kind, said)
