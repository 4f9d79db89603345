"""Whom of theirs to turn to: the highest who knows us, or who has the post of somebody who left."""

from __future__ import annotations

from assistant.insight import buying_centre as centre
from knowledge.records import AccountFile
from knowledge.records.naming import normalised
from knowledge.records.tables import Contact


def highest(file: AccountFile) -> Contact | None:
    """Who of theirs to ask: whoever decides, else sponsors, else champions.

    Somebody we have been in touch with comes before anybody who was never met: a hard question
    is no introduction.
    """
    people = centre.present(file)
    ranked = [p for part in centre.KEY_PARTS for p in people if part in centre.roles(p)]
    known = (person for person in ranked if centre.touches_with(file, person))
    return next(known, next(iter(ranked), None))


def successor(file: AccountFile, name: str | None) -> Contact | None:
    """Whoever holds the same title as somebody who left, and was never met."""
    gone = next((person for person in centre.departed(file) if person.name == name), None)
    heirs = _same_title(file, gone)
    return next((heir for heir in heirs if not centre.touches_with(file, heir)), None)


def replaced(file: AccountFile, name: str | None) -> bool:
    """Whether somebody with their title is already being met."""
    gone = next((person for person in centre.departed(file) if person.name == name), None)
    return any(centre.touches_with(file, heir) for heir in _same_title(file, gone))


def _same_title(file: AccountFile, gone: Contact | None) -> list[Contact]:
    """Same words but for the likes of “Group”: the post, not the person."""
    if gone is None or not gone.title:
        return []
    post = set(normalised(gone.title).split())
    return [
        person
        for person in centre.present(file)
        if person.title and post <= set(normalised(person.title).split())
    ]
