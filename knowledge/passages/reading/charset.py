"""From bytes to characters, without guessing more than the bytes allow."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WINDOWS = ["cp1251", "cp1252"]
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = rb"[\xa8\xb8\xc0-\xff]"
_HIGH_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])" + _HIGH + rb"{2,}(?![A-Za-z\x80-\xff])")
_MIXED_WORD = re.compile(rb"[A-Za-z]" + _HIGH + rb"|" + _HIGH + rb"[A-Za-z]")
_SLOW = {"punycode", "idna"}  # for host names: for a long text they take for ever
_SAMPLE = 200_000


def decoded(data: bytes, declared: str | None = None) -> str | None:
    """The characters, or None when the bytes are no text in any encoding we can be sure of.

    A byte order mark is believed first, then what the file declares, then UTF-8; UTF-16
    without a mark is recognised by its zero bytes. What is left is Windows-1251 or 1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if (wide := _wide(data)) is not None:
        return _strict(data, wide)
    if b"\0" in data:
        return None
    if declared and (text := _strict(data, declared)) is not None:
        return text
    if (text := _strict(data, "utf-8")) is not None:
        return text
    windows = None if _CONTROLS.search(data) else _windows(data)
    return _strict(data, windows) if windows else None


def _strict(data: bytes, encoding: str) -> str | None:
    if encoding.lower() in _SLOW:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: zeros on one side of nearly every pair, none on the other."""
    sample = data[:2_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) * 0.3
    if len(data) % 2 or len(sample) < 2:  # noqa: PLR2004 - one pair
        return None
    if odd > most and not even:
        return "utf-16-le"
    return "utf-16-be" if even > most and not odd else None


def _windows(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    plausible = {match.encoding for match in from_bytes(sample, cp_isolation=_WINDOWS)}
    plausible &= set(_WINDOWS)
    if len(plausible) <= 1:
        return plausible.pop() if plausible else None
    # Both read well, as in a short note: Cyrillic words are accented all through, Latin ones
    # have a few accented letters among plain ones.
    whole, mixed = len(_HIGH_WORD.findall(sample)), len(_MIXED_WORD.findall(sample))
    return "cp1251" if whole > mixed else "cp1252"
