"""What can go wrong with what is known.

    Sayable                 can be said in another language (the root of `assistant.errors` as well)
    └── KnowledgeError
        ├── BadInput            the caller or a file asks for something impossible
        │   ├── Unreadable      a file cannot be turned into text or rows
        │   ├── BadMapping      a mapping file names what does not exist
        │   └── Ambiguous       a name fits several records
        ├── NotFound            nothing there, or nothing this viewer may see: the same words
        └── Unavailable         something outside the records does not answer
            ├── IndexHeld       another process owns the embedded index
            └── IndexDead       the index cannot be opened and must be rebuilt

Every message is one clear sentence in English: what, where, what to do. Where people of other
languages read it, the error says by a key and its values what the sentence is about, and whoever
shows it has the words.
"""

from collections.abc import Sequence


class Sayable(Exception):
    """An error that can be said in another language than its message.

    Attributes:
        key: what went wrong, by a name; empty where only the message says it.
        values: what the sentence of that name tells besides, such as a file's name.
    """

    def __init__(self, message: str = "", key: str = "", **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(message)


class KnowledgeError(Sayable):
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
        listed = ", ".join(self.choices)
        super().__init__(
            f"“{name}” fits several: {listed}. Say which one.", "several", name=name, choices=listed
        )


class NotFound(KnowledgeError):
    """Nothing there, or nothing this viewer may see: deliberately the same words.

    Its key is what was looked for, such as `no_account`.
    """

    def __init__(self, what: str, name: str) -> None:
        key = f"no_{what.replace(' ', '_')}"
        super().__init__(f"No {what} “{name}” that you may see.", key, name=name)


class Unavailable(KnowledgeError):
    """Something outside the records does not answer; what still works goes on."""


class IndexHeld(Unavailable):
    """Another process owns the embedded index; words still answer."""


class IndexDead(Unavailable):
    """The vector index cannot be opened; it is rebuilt from the records."""
