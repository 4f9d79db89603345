"""From a file to passages: read it, cut it with exact offsets, find whose account it is about."""

from knowledge.passages.attaching import Attachment, Directory, attach
from knowledge.passages.cutting import Span, cut
from knowledge.passages.language import language_of
from knowledge.passages.reading import Limits, Reading, read

__all__ = [
    "Attachment",
    "Directory",
    "Limits",
    "Reading",
    "Span",
    "attach",
    "cut",
    "language_of",
    "read",
]
