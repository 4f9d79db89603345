"""E-mail: single messages and mailboxes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from knowledge.errors import Unreadable
from knowledge.passages.reading import charset, web
from knowledge.passages.reading.base import Original, Reading, clean, line, stored

_BOUNDARY = re.compile(
    rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE
)
_RULE = re.compile(rb"^--(.{1,200}?)(?:--)?[ \t]*\r?$", re.MULTILINE)
_HEADERS = re.compile(rb"[!-9;-~]+[ \t]*:")
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{0,200}\d:\d\d[^\n]{0,200}\n")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_SLOW = re.compile(r"=\?(?:punycode|idna)", re.IGNORECASE)  # decoding takes for ever
_LONGEST_KEY = 500
_LONGEST_HEADER = 100_000  # characters; thousands of recipients
# The library's parser of headers fails on hostile ones with whatever it stumbles over.
_HEADER_ERRORS = (HeaderParseError, ValueError, LookupError, TypeError, AttributeError)


def eml(original: Original) -> list[Reading]:
    """One message."""
    if not _HEADERS.match(original.data.lstrip()):
        raise original.refusal(
            "is not an e-mail message; save the message again as .eml", "file_damaged"
        )
    return [_message(original)]


def mbox(original: Original) -> list[Reading]:
    """Every message of a mailbox.

    A message that cannot be read does not cost the others: it is named in the warnings of the
    first one that can.
    """
    readings: dict[str, Reading] = {}
    lost: list[str] = []
    for number, data in enumerate(_letters(original), 1):
        name = f"{original.name}#{number}"
        try:
            one = Original(name, data, original.limits)
            reading = stored(_message(one), one)
        except Unreadable as error:
            lost.append(str(error))
            continue
        if reading.key == name:  # without a Message-ID, its place would change with the mailbox
            reading = replace(reading, key=f"{original.name}#{_digest(data)}")
        known = readings.get(reading.key)
        if known and known.text != reading.text:  # the copy a mailing list sent back
            reading = replace(reading, key=f"{reading.key}#{_digest(data)}")
        readings.setdefault(reading.key, reading)
    if not readings:
        raise original.refusal(
            f"holds no message that can be read; {' '.join(lost) or 'export it again'}",
            "file_empty",
        )
    first, *others = readings.values()
    return [replace(first, warnings=(*first.warnings, *lost)), *others]


def _letters(original: Original) -> Iterator[bytes]:
    starts = list(_SEPARATOR.finditer(original.data))
    if not starts or original.data[: starts[0].start()].strip():
        raise original.refusal(
            "is not a mailbox; export it again in the mbox format", "file_damaged"
        )
    if len(starts) > original.limits.messages:
        raise original.refusal(
            f"holds more than {original.limits.messages:,} messages; split it", "file_long"
        )
    ends = [start.start() for start in starts[1:]] + [len(original.data)]
    for start, end in zip(starts, ends, strict=True):
        yield _ESCAPED.sub(rb"\1", original.data[start.end() : end])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _message(original: Original) -> Reading:
    _bounded(original)
    message = message_from_bytes(original.data, policy=policy.default)
    if _depth(message) > original.limits.mime_depth:
        raise original.refusal(
            "nests attachments too deeply; save its inner message alone", "file_long"
        )
    headers = {name: _header(message, name) for name in ("From", "To", "Cc", "Subject", "Date")}
    people = {name: _people(message, name) for name in ("From", "To", "Cc")}
    sent = _sent(headers["Date"])
    shown = headers | {"Date": f"{sent:%Y-%m-%d %H:%M}" if sent else headers["Date"]}
    order = ("From", "To", "Cc", "Date", "Subject")
    head = "\n".join(f"{name}: {shown[name]}" for name in order if shown[name])
    body, warnings = _body(message, original)
    names = ", ".join(_attachments(message))
    parts = [head, body, f"Attachments: {names}" if names else ""]
    everyone = [address for pairs in people.values() for _, address in pairs]
    return Reading(
        key=_header(message, "Message-ID").strip("<> ")[:_LONGEST_KEY] or original.name,
        title=headers["Subject"] or original.stem,
        text="\n\n".join(part for part in parts if part),
        media="message/rfc822",
        dated=sent.date() if sent else original.dated,
        author=next((name or address for name, address in people["From"]), None),
        participants=tuple(dict.fromkeys(everyone)),
        language_hint=_header(message, "Content-Language") or None,
        warnings=warnings,
    )


def _bounded(original: Original) -> None:
    """Count the parts before parsing: a few megabytes can hold millions of empty ones."""
    named = {match[1] or match[2] for match in _BOUNDARY.finditer(original.data)}
    most = original.limits.mime_parts
    rules = sum(match[1] in named for match in _RULE.finditer(original.data)) if named else 0
    if len(named) > most or rules > most:
        raise original.refusal(
            f"has more than {most:,} parts; save the message without them", "file_long"
        )


def _depth(message: EmailMessage) -> int:
    """How deep parts are nested."""
    deepest, pending = 0, [(message, 1)]
    while pending:
        part, depth = pending.pop()
        deepest = max(deepest, depth)
        inner = part.get_payload()
        if isinstance(inner, list):
            pending.extend((child, depth + 1) for child in inner if isinstance(child, EmailMessage))
    return deepest


def _raw(message: EmailMessage, name: str) -> list[str]:
    """The undecoded values of a header, unfolded.

    The default policy's parser takes seconds for long hostile headers; nothing here needs it.
    """
    values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [re.sub(r"[\r\n]+[ \t]*", " ", str(value))[:_LONGEST_HEADER] for value in values]


def _header(message: EmailMessage, name: str) -> str:
    values = ", ".join(_raw(message, name)) if name in {"To", "Cc"} else _first(message, name)
    return " ".join(clean(_unfolded(values)).split())


def _first(message: EmailMessage, name: str) -> str:
    return next(iter(_raw(message, name)), "")


def _unfolded(value: str) -> str:
    """The words behind `=?utf-8?q?…?=`, or behind bare bytes."""
    try:
        plain = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return value
    if not plain.isascii():
        return charset.decoded(plain) or plain.decode("utf-8", "replace")
    if _SLOW.search(value):
        return value
    try:
        return str(make_header(decode_header(value)))
    except _HEADER_ERRORS:
        return value


def _people(message: EmailMessage, name: str) -> list[tuple[str, str]]:
    """The (name, address) pairs of a header, addresses in lower case."""
    try:
        # Addresses first, words after: a decoded name may hold a comma.
        pairs = getaddresses(_raw(message, name))
    except (*_HEADER_ERRORS, RecursionError):
        return []
    return [
        (line(_unfolded(person)), address)
        for person, found in pairs
        if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", address := line(found).lower())
    ]


def _sent(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except (*_HEADER_ERRORS, OverflowError):
        return None


def _body(message: EmailMessage, original: Original) -> tuple[str, tuple[str, ...]]:
    """What was written: the plain text, else the HTML, else nothing."""
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        if part is None:
            continue
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        text = charset.decoded(data, part.get_content_charset())
        if text is None:
            return data.decode("utf-8", "replace"), ("Some characters could not be decoded.",)
        body = clean(text if kind == "plain" else web.visible(text, original))
        if body:
            return body, ()
    return "", ()


def _attachments(message: EmailMessage) -> Iterator[str]:
    """The attachments' names; their contents are other files."""
    for part in message.iter_attachments():
        name = line(_unfolded(part.get_filename() or ""))
        inner = part.get_payload()
        if not name and isinstance(inner, list) and inner:  # a message forwarded as it was
            name = _header(inner[0], "Subject") if isinstance(inner[0], EmailMessage) else ""
        yield name or part.get_content_type()
