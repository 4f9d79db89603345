"""Single threads: whether all talk with a customer runs through one person.

Touches are counted over twelve months, or since a key player left if that is more recent: a
thread to somebody who has gone holds nothing. The share that counts as single is our default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Activity, Contact

YEAR = 12


@dataclass(frozen=True)
class Thread:
    """The person most touches run through. `share` is their % of the touches since `since`."""

    contact_id: str
    name: str
    since: date | None
    share: Decimal
    single: bool
    evidence: Evidence


def strongest_thread(file: AccountFile, thresholds: Thresholds) -> Thread | None:
    """Whom most touches run through; None under `single_thread_touches` touches."""
    since = _last_departure(file)
    lately = tuple(
        touch
        for touch in centre.recent(file, centre.touches(file), YEAR)
        if since is None or centre.day(touch) > since
    )
    talks = [
        (touch, {p.id for p in file.contacts_of(touch) if p.left_on is None}) for touch in lately
    ]
    talks = [(touch, who) for touch, who in talks if who]
    if len(talks) < thresholds.single_thread_touches:
        return None
    shared = {
        person.id: [touch for touch, who in talks if person.id in who]
        for person in centre.present(file)
    }
    person = max(centre.present(file), key=lambda p: (len(shared[p.id]), p.name, p.id))
    evidence = _share(file, person, shared[person.id], [touch for touch, _ in talks], since)
    share = Decimal(str(evidence.value))
    single = share >= thresholds.single_thread_share
    return Thread(person.id, person.name, since, share, single, evidence)


def _last_departure(file: AccountFile) -> date | None:
    """The last day a key player left."""
    days = [p.left_on for p in file.contacts if p.left_on is not None and centre.is_key(p)]
    return max(days, default=None)


def _share(
    file: AccountFile,
    person: Contact,
    through: list[Activity],
    touches: list[Activity],
    since: date | None,
) -> Evidence:
    share = (Decimal(len(through)) / len(touches) * 100).quantize(Decimal("0.1"))
    span = f"since {since}" if since else f"{YEAR} months to {file.as_of}"
    return computed(
        f"thread:{file.account.id}:{person.id}:{file.as_of}",
        title=f"Touches with {person.name}, {span}",
        value=share,
        unit="%",
        formula="round(count(with_person) / count(touch) * 100, 1)",
        inputs=[
            *(Input("with_person", t.subject, (f"{t.ref}#contact_id",)) for t in through),
            *(Input("touch", t.subject, (f"{t.ref}#occurred_at",)) for t in touches),
        ],
        as_of=file.as_of,
    )
