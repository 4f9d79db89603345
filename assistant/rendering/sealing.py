"""Office files whose bytes depend on what they say and on nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The first moment a zip file can name; the day of a draft stands in its properties.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_AUTHOR = "Liaison"


def sealed(package: bytes) -> bytes:
    """The same office file with one fixed time on all its parts."""
    out = BytesIO()
    with ZipFile(BytesIO(package)) as given, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name in given.namelist():
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            kept.writestr(part, given.read(name))
    return out.getvalue()


def describe(properties: Any, *, title: str, subject: str, language: str, day: date) -> None:
    """Fill the core properties of a document; the day it looks from is its only time."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    # The standard allows 255 characters in each of these.
    properties.title, properties.subject = title[:255], subject[:255]
    properties.author = properties.last_modified_by = _AUTHOR
    properties.comments = properties.keywords = properties.category = ""
    properties.language = language
    properties.created = properties.modified = moment
    properties.revision = 1


def without_thumbnail(relations: Any) -> None:
    """Drop the picture of an empty page that a template brings along."""
    for key, relation in list(relations.items()):
        if relation.reltype.endswith("/thumbnail"):
            relations.pop(key)
