"""The buying centre: who plays which part at the customer, and whom of them we have met.

Parts after Webster & Wind (1972), the initiator after Bonoma (1982); sponsor, champion, coach
and anti-sponsor are trade habit. Power and rank do not coincide, so no part is read off a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.claims import Evidence, Input
from assistant.insight.evidence import computed
from assistant.insight.periods import window
from knowledge.records import AccountFile
from knowledge.records.naming import normalised
from knowledge.records.tables import Activity, Competitor, Contact, Opportunity

#: The parts one person or several may play in a purchase.
PARTS = ("initiator", "user", "influencer", "buyer", "decider", "gatekeeper")
#: Whoever plays one of these is a key player; an account needs at least one of each.
KEY_PARTS = ("decider", "sponsor", "champion")
MAPPED = (*PARTS, "sponsor", "champion")

#: Words that fill a field without saying anything, in the languages of the exports.
_BLANKS = (
    " tbd tba tbc todo na none nil null unknown notknown tobeconfirmed tobedefined tobedetermined"
    " x xx xxx unbekannt offen ka keineangabe nochoffen неизвестно нет уточнить "
)

#: “Unknown who votes besides Katrin” is an honest gap, not an answer.
_NOT_KNOWN = ("unknown", "not known", "unclear", "tbd", "unbekannt", "unklar", "неизвестно", "?")


def roles(person: Contact) -> tuple[str, ...]:
    """The parts a person plays, in lower case, each once."""
    return tuple(dict.fromkeys(role.strip().casefold() for role in person.buying_roles or ()))


def is_key(person: Contact) -> bool:
    """Whether a person decides, sponsors or champions."""
    return any(role in KEY_PARTS for role in roles(person))


def present(file: AccountFile) -> tuple[Contact, ...]:
    """Everybody of theirs who has not left, by name."""
    return tuple(sorted((p for p in file.contacts if p.left_on is None), key=_by_name))


def departed(file: AccountFile) -> tuple[Contact, ...]:
    """Everybody of theirs who has left, by name."""
    return tuple(sorted((p for p in file.contacts if p.left_on is not None), key=_by_name))


def touches(file: AccountFile) -> tuple[Activity, ...]:
    """Every touch, oldest first, whatever order the rows came in."""
    return _in_order(file.touches)


def touches_with(file: AccountFile, person: Contact) -> tuple[Activity, ...]:
    """The touches a person took part in, oldest first."""
    joined = {row.activity_id for row in file.participants if row.contact_id == person.id}
    return _in_order(
        touch for touch in file.touches if touch.contact_id == person.id or touch.id in joined
    )


def day(touch: Activity) -> date:
    """The day of a touch."""
    if touch.occurred_at is None:
        raise ValueError(f"{touch.ref} has not happened")
    return touch.occurred_at.date()


def days_since(file: AccountFile, person: Contact) -> Evidence:
    """How many days ago somebody of theirs was last in touch with us; they were before."""
    last = touches_with(file, person)[-1]
    return silence(file, last, f"days_since:{person.id}", person.name)


def silence(file: AccountFile, last: Activity, name: str, whom: str) -> Evidence:
    """Days since the last touch with a person or an account; `name` is its reference's."""
    return computed(
        f"{name}:{file.as_of}",
        title=f"Days since the last touch with {whom}",
        value=(file.as_of - day(last)).days,
        unit="days",
        formula="days(last_touch, as_of)",
        inputs=[
            Input("last_touch", day(last), (f"{last.ref}#occurred_at",)),
            Input("as_of", file.as_of),
        ],
        as_of=file.as_of,
    )


def recent(file: AccountFile, some: tuple[Activity, ...], months: int) -> tuple[Activity, ...]:
    """The touches of the last `months`."""
    span = window(file.as_of, months)
    return tuple(touch for touch in some if day(touch) in span)


def open_deals(file: AccountFile) -> tuple[Opportunity, ...]:
    """Open opportunities by closing date; those without one come last."""
    deals = (deal for deal in file.opportunities if deal.status == "open")
    return tuple(sorted(deals, key=lambda d: (d.closes_on is None, str(d.closes_on), d.name, d.id)))


def closed_lately(file: AccountFile, status: str) -> tuple[Opportunity, ...]:
    """Deals won, or lost, within twelve months, the latest last."""
    year = window(file.as_of, 12)
    deals = (d for d in file.opportunities if d.status == status and d.closes_on in year)
    return tuple(sorted(deals, key=lambda deal: (str(deal.closes_on), deal.id)))


def people_named(file: AccountFile, words: str) -> tuple[Contact, ...]:
    """The contacts whom free text names: by full name, else by a surname only one of them bears."""
    text = f" {normalised(words)} "
    full = [p for p in file.contacts if f" {normalised(p.name)} " in text]
    if full:
        return tuple(sorted(full, key=_by_name))
    surnames: dict[str, list[Contact]] = {}
    for person in file.contacts:
        surnames.setdefault((normalised(person.name).split() or [""])[-1], []).append(person)
    named = [who[0] for name, who in surnames.items() if len(who) == 1 and f" {name} " in text]
    return tuple(sorted(named, key=_by_name))


def rivals_named(file: AccountFile, words: str) -> tuple[Competitor, ...]:
    """The competitors whom free text names, by name."""
    text = f" {normalised(words)} "
    rivals = file.catalogue.competitors.values()
    named = (rival for rival in rivals if f" {normalised(rival.name)} " in text)
    return tuple(sorted(named, key=lambda rival: (rival.name, rival.id)))


def says_something(words: str | None) -> bool:
    """Whether a field holds more than nothing, `?`, `tbd` or the like."""
    text = (words or "").casefold()
    letters = re.sub(r"[\W_]+", "", text)
    if any(text.lstrip().startswith(opening) for opening in _NOT_KNOWN):
        return False
    return bool(letters) and f" {letters} " not in _BLANKS


def our_name(file: AccountFile, user_id: str | None) -> str | None:
    """The name of one of us."""
    one = file.catalogue.users.get(user_id or "")
    return one.name if one else None


def rep(file: AccountFile) -> str | None:
    """Whom of us to ask about this account."""
    return file.owner.name if file.owner else None


def _in_order(some: Iterable[Activity]) -> tuple[Activity, ...]:
    return tuple(sorted(some, key=lambda touch: (str(touch.occurred_at), touch.id)))


def _by_name(person: Contact) -> tuple[str, str]:
    return (person.name, person.id)
