"""Meetings: touches of the last twelve months that name one of ours and somebody of theirs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed
from assistant.insight.figures import TENTH, counted
from knowledge.records import AccountFile
from knowledge.records.tables import Activity, Contact, User

MONTHS = 12


@dataclass(frozen=True)
class Meeting:
    """One touch with both sides of it. `ref` cites it."""

    touch: Activity
    ours: User
    theirs: tuple[Contact, ...]

    @property
    def ref(self) -> str:
        """The citable reference of the touch."""
        return self.touch.ref


@dataclass(frozen=True)
class Bridge:
    """A function of ours that talks to a function of theirs, with the number of touches."""

    ours: str
    theirs: str
    touches: Evidence


@dataclass(frozen=True)
class Thread:
    """The busiest pair: one of ours and one of theirs, and its share of all touches in %."""

    ours: str
    theirs: str
    share: Evidence


def meetings(file: AccountFile) -> tuple[Meeting, ...]:
    """The meetings of the last twelve months, oldest first."""
    found = []
    for touch in centre.recent(file, centre.touches(file), MONTHS):
        ours = file.catalogue.users.get(touch.user_id or "")
        theirs = file.contacts_of(touch)
        if ours is not None and theirs:
            found.append(Meeting(touch, ours, theirs))
    return tuple(found)


def attended(file: AccountFile, met: tuple[Meeting, ...]) -> Evidence:
    """How many meetings there were."""
    return counted(
        f"meetings:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: touches with names on both sides, twelve months",
        inputs=[Input("item", meeting.ref, (meeting.ref,)) for meeting in met],
        unit="touches",
        as_of=file.as_of,
    )


def busiest_thread(file: AccountFile, met: tuple[Meeting, ...]) -> Thread | None:
    """The pair through which most touches run with nobody else of theirs taking part."""
    alone: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for meeting in met:
        if len(meeting.theirs) == 1:
            person = meeting.theirs[0]
            pair = (meeting.ours.name, person.name, meeting.ours.id, person.id)
            alone[pair].append(meeting.ref)
    if not alone:
        return None
    (ours, theirs, *_), refs = max(alone.items(), key=lambda pair: (len(pair[1]), pair[0]))
    share = computed(
        f"single_thread:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: touches in twelve months between {ours} and {theirs} alone",
        value=(Decimal(len(refs)) / len(met) * 100).quantize(TENTH),
        unit="%",
        formula="round(count(pair) / count(touch) * 100, 1)",
        inputs=[
            *(Input("pair", ref, (ref,)) for ref in refs),
            *(Input("touch", meeting.ref, (meeting.ref,)) for meeting in met),
        ],
        as_of=file.as_of,
    )
    return Thread(ours, theirs, share)


def bridges(file: AccountFile, met: tuple[Meeting, ...]) -> tuple[Bridge, ...]:
    """Which function of ours talks to which of theirs, the busiest first."""
    refs: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for meeting in met:
        for person in meeting.theirs:
            if meeting.ours.function and person.function:
                refs[meeting.ours.function, person.function][meeting.ref] = None
    found = [
        Bridge(
            ours,
            theirs,
            counted(
                f"bridge:{ours}:{theirs}:{file.account.id}",
                title=f"{file.account.name}: touches between {ours} and {theirs}, twelve months",
                inputs=[Input("item", ref, (ref,)) for ref in between],
                unit="touches",
                as_of=file.as_of,
            ),
        )
        for (ours, theirs), between in refs.items()
    ]
    return tuple(sorted(found, key=lambda b: (-len(b.touches.inputs), b.ours, b.theirs)))


def functions_met(file: AccountFile, met: tuple[Meeting, ...]) -> Evidence:
    """How many functions of theirs took part in a touch."""
    named: dict[str, list[str]] = defaultdict(list)
    for meeting in met:
        for person in meeting.theirs:
            if person.function:
                named[person.function] += [meeting.ref, f"{person.ref}#function"]
    return _functions(file, named, "theirs")


def functions_of_ours(file: AccountFile, met: tuple[Meeting, ...]) -> Evidence:
    """How many functions of ours took part in a touch."""
    named: dict[str, list[str]] = defaultdict(list)
    for meeting in met:
        if meeting.ours.function:
            named[meeting.ours.function] += [meeting.ref, f"{meeting.ours.ref}#function"]
    return _functions(file, named, "ours")


def nameless(met: tuple[Meeting, ...]) -> tuple[Contact, ...]:
    """People of theirs whom we met and whose function is not on record, by name."""
    people = {p.id: p for meeting in met for p in meeting.theirs if not p.function}
    return tuple(sorted(people.values(), key=lambda person: (person.name, person.id)))


def _functions(file: AccountFile, named: dict[str, list[str]], side: str) -> Evidence:
    whose = file.account.name if side == "theirs" else "us"
    return counted(
        f"functions_{side}:{file.account.id}:{file.as_of}",
        title=f"Functions of {whose} that took part in touches, twelve months to {file.as_of}",
        inputs=[
            Input("item", name, tuple(dict.fromkeys(refs))) for name, refs in sorted(named.items())
        ],
        unit="functions",
        as_of=file.as_of,
    )
