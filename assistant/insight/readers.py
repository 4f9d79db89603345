"""The reader of a value proposition: one person, or one part of the buying centre.

What fits a reader is judged by what the records say they are measured on, and by the audience a
value driver was written for; never by what such people usually want.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.insight import buying_centre as centre
from knowledge.records import AccountFile
from knowledge.records.naming import normalised
from knowledge.records.tables import Contact, ValueDriver

#: Shorter beginnings than this say too little for two words to be called the same.
_STEM = 5
#: Words that stand in any title or any formula, and so say nothing.
_SMALL = (
    " the and for per with year years our their von der die das und pro je für of in on at to a an"
    " mit im am на по для год cost costs price value saved days share less more longer manager"
    " head director lead leader chief senior group leiter leiterin between mean time tonne tonnes"
    " tonnen hour hours stunden line lines number figure "
)
#: One thing under its names, in the languages of the exports, by beginnings of words.
_CONCEPTS = {
    "energy": ("energ", "kwh", "kilowatt", "энерг"),
    "stops": (
        "stop",
        "standstill",
        "downtime",
        "stillstand",
        "availab",
        "verfugbar",
        "oee",
        "прост",
    ),
    "water": ("water", "hectolit", "hl", "wasser", "вод"),
    "emissions": ("emission", "выброс"),
    "life": ("overhaul", "laufzeit", "standzeit", "межремонт", "ersatzteillaufzeit"),
    "savings": ("saving", "einspar", "reconditioned", "эконом"),
    "documents": ("document", "dokument", "binder", "batch", "validation"),
    "seals": ("seal", "dichtung"),
}


@dataclass(frozen=True)
class Reader:
    """Whom a proposition is for. `contact` is None when only the role is known."""

    role: str
    contact: Contact | None = None

    @property
    def name(self) -> str | None:
        """Their name, where somebody is known."""
        return self.contact.name if self.contact else None

    @property
    def measured_on(self) -> str | None:
        """What they are measured on, where the records say so."""
        return self.contact.measured_on if self.contact else None


def reader_of(file: AccountFile, wanted: str) -> Reader:
    """The reader whom a name, a title, a function or a part of the buying centre means.

    Of several who play a part, whoever was met last. Nobody fits: a reader by that role alone.
    """
    named = [p for p in centre.people_named(file, wanted) if p.left_on is None]
    word = normalised(wanted)
    playing = [p for p in centre.present(file) if word in _answers_to(p)]
    fitting = named or playing
    if not fitting:
        return Reader(wanted.strip().casefold())
    person = max(fitting, key=lambda p: (_last(file, p), p.name, p.id))
    part = centre.roles(person)[0] if centre.roles(person) else (person.title or wanted)
    return Reader(word if playing and not named else part, person)


def fit(driver: ValueDriver, reader: Reader) -> int | None:
    """How well a value driver suits a reader.

    2: it moves what they are measured on. 1: it was written for their role. 0: neither, and
    what they are measured on is known. None: the records cannot tell.
    """
    person = reader.contact
    measured = _words(reader.measured_on or "")
    about = _words(f"{driver.name} {driver.unit or ''} {(driver.formula or '').replace('_', ' ')}")
    if measured and _share_a_stem(measured, about):
        return 2
    role = f"{reader.role} {' '.join(centre.roles(person)) if person else ''}"
    place = f"{person.title or ''} {person.function or ''}" if person else ""
    if driver.audience and _share_a_stem(_words(driver.audience), _words(f"{role} {place}")):
        return 1
    return 0 if measured else None


def _answers_to(person: Contact) -> set[str]:
    parts = [*centre.roles(person), person.title, person.function]
    return {normalised(part) for part in parts if part}


def _last(file: AccountFile, person: Contact) -> str:
    talks = centre.touches_with(file, person)
    return str(centre.day(talks[-1])) if talks else ""


def _words(text: str) -> set[str]:
    words = {w for w in normalised(text).split() if len(w) > 1 and f" {w} " not in _SMALL}
    concepts = {
        concept for concept, stems in _CONCEPTS.items() if any(w.startswith(stems) for w in words)
    }
    return words | concepts


def _share_a_stem(some: set[str], others: set[str]) -> bool:
    """Whether two texts share a word, or a beginning of it: “emission” and “emissions”."""
    return any(
        one == other or (min(len(one), len(other)) >= _STEM and one[:_STEM] == other[:_STEM])
        for one in some
        for other in others
    )
