"""What can go wrong with what is known.

    KnowledgeError
    ├── BadInput            the caller or a file asks for something impossible
    │   ├── Unreadable      a file cannot be turned into text or rows
    │   ├── BadMapping      a mapping file names what does not exist
    │   └── Ambiguous       a name fits several records
    ├── NotFound            nothing there, or nothing this viewer may see (the same words for both)
    └── Unavailable         something outside the records does not answer
        ├── IndexHeld       another process owns the embedded index
        └── IndexDead       the index cannot be opened and must be rebuilt

Every message is one clear sentence: what, where, what to do.
"""

from collections.abc import Sequence


class KnowledgeError(Exception):
    """The root: everything this package raises on purpose."""


class BadInput(KnowledgeError):
    """The request or the file cannot be understood as it stands."""


class Unreadable(BadInput):
    """A file cannot be turned into text or rows; the message says why."""


class BadMapping(BadInput):
    """A mapping file names a kind, field or column that does not exist."""


class Ambiguous(BadInput):
    """A name fits several records; `choices` holds their names."""

    def __init__(self, name: str, choices: Sequence[str]) -> None:
        self.choices = tuple(choices)
        super().__init__(f"“{name}” fits several: {', '.join(self.choices)}. Say which one.")


class NotFound(KnowledgeError):
    """Nothing there, or nothing this viewer may see: deliberately the same words."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"No {what} “{name}” that you may see.")


class Unavailable(KnowledgeError):
    """Something outside the records does not answer; what still works goes on."""


class IndexHeld(Unavailable):
    """Another process owns the embedded index; words still answer."""


class IndexDead(Unavailable):
    """The vector index cannot be opened; it is rebuilt from the records."""
