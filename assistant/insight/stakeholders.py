"""The stakeholder map: which parts of the buying centre have a name, and whom we have met.

Coverage is computed from touches. A stance is only ever what a person set and dated; nothing
here reads an attitude out of text. Source of the parts: Webster & Wind (1972), Bonoma (1982).
That several people decide is well established; the finer labels are trade habit, and what
counts as covered is a default of ours: a key player met within `key_player_days`, others within
twelve months.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Finding, Input
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import counted
from assistant.insight.stakeholder_gaps import Gap, gaps_of, questions_of, would_change
from assistant.insight.threads import YEAR, strongest_thread
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Contact

RULE = "stakeholders"


@dataclass(frozen=True)
class Stakeholder:
    """One of theirs. `touches` are of twelve months; `days` since the last one of all time.

    `last_touch` is the day of that one, with `touched_by` of us; `in_person` whether it was a
    meeting: a call or a mail is contact, and nobody has met.
    `stance` is None unless a person set it and dated it.
    """

    contact_id: str
    name: str
    title: str | None
    roles: tuple[str, ...]
    key: bool
    last_touch: date | None
    touched_by: str | None
    in_person: bool
    days: int | None
    touches: int
    stance: str | None
    assessed_by: str | None
    assessed_on: date | None
    left_on: date | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Part:
    """A part of the buying centre, who plays it, and who of them was met in time."""

    role: str
    names: tuple[str, ...]
    met: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether somebody who plays it was met in time."""
        return bool(self.met)


def stakeholders(file: AccountFile, thresholds: Thresholds) -> Finding:
    """The map of an account's people and its gaps.

    Outcome: `covered`, `gaps`, or `unknown` when nobody of theirs has a part on record.
    """
    people = tuple(stakeholder(file, person) for person in centre.present(file))
    gone = tuple(stakeholder(file, person) for person in centre.departed(file))
    mapped = sum(1 for person in people if person.roles)
    parts = tuple(_part(role, people, thresholds) for role in centre.MAPPED)
    thread = strongest_thread(file, thresholds)
    gaps = gaps_of(file, thresholds, thread)
    coverage = _coverage(file, parts)
    known = bool(mapped or any(person.roles for person in gone))
    holes = _once(e for gap in gaps for e in gap.evidence)
    spread = [thread.evidence] if thread and not thread.single else []
    met = _once([*spread, *(e for person in (*people, *gone) for e in person.evidence)])
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=("gaps" if gaps else "covered") if known else "unknown",
        values={
            "people": people,
            "departed": gone,
            "parts": parts,
            "gaps": gaps,
            "coverage": coverage.value if known else None,
            "single_thread": thread.name if thread and thread.single else None,
            "thread_share": thread.share if thread else None,
        },
        evidence=_once([coverage, *holes]) if gaps else _once([coverage, *met]),
        against=met if gaps else (),
        confidence=round(mapped / len(people), 2) if people else 0.0,
        would_change=would_change(file, gaps),
        thresholds={
            "key_player_days": thresholds.key_player_days,
            "single_thread_share": thresholds.single_thread_share,
            "single_thread_touches": thresholds.single_thread_touches,
        },
        questions=questions_of(file, gaps),
    )


def stakeholder(file: AccountFile, person: Contact) -> Stakeholder:
    """What the records say of one of theirs."""
    talks = centre.touches_with(file, person)
    lately = centre.recent(file, talks, YEAR)
    last = talks[-1] if talks else None
    touched_on = centre.day(last) if last else None
    set_by_person = bool(person.stance and person.assessed_by and person.assessed_on)
    count = counted(
        f"touches:{person.id}:{file.as_of}",
        title=f"Touches with {person.name}, {YEAR} months to {file.as_of}",
        item="touch",
        inputs=[Input("touch", t.subject, (f"{t.ref}#occurred_at",)) for t in lately],
        unit="touches",
        as_of=file.as_of,
    )
    evidence = [count]
    if last:
        ours = file.catalogue.users.get(last.user_id or "")
        evidence += [recorded(last, "occurred_at"), *([recorded(ours, "name")] if ours else [])]
        evidence.append(centre.days_since(file, person))
    if set_by_person:
        evidence += [recorded(person, "stance"), recorded(person, "assessed_on")]
    if person.left_on:
        evidence.append(recorded(person, "left_on"))
    return Stakeholder(
        contact_id=person.id,
        name=person.name,
        title=person.title,
        roles=centre.roles(person),
        key=centre.is_key(person),
        last_touch=touched_on,
        touched_by=centre.our_name(file, last.user_id) if last else None,
        in_person=last is not None and last.type == "meeting",
        days=(file.as_of - touched_on).days if touched_on else None,
        touches=len(lately),
        stance=person.stance if set_by_person else None,
        assessed_by=person.assessed_by if set_by_person else None,
        assessed_on=person.assessed_on if set_by_person else None,
        left_on=person.left_on,
        evidence=tuple(evidence),
    )


def _part(role: str, people: Iterable[Stakeholder], thresholds: Thresholds) -> Part:
    playing = [person for person in people if role in person.roles]
    key = role in centre.KEY_PARTS
    met = [
        person.name
        for person in playing
        if person.days is not None
        and (person.days <= thresholds.key_player_days if key else person.touches > 0)
    ]
    return Part(role, tuple(person.name for person in playing), tuple(met))


def _coverage(file: AccountFile, parts: tuple[Part, ...]) -> Evidence:
    """The % of parts that somebody plays whom we have met in time; no contact can lower it."""
    covered = [part for part in parts if part.covered]
    refs = {person.name: person.ref for person in centre.present(file)}
    share = Decimal(len(covered)) / len(parts) * 100
    return computed(
        f"coverage:{file.account.id}:{file.as_of}",
        title=f"Parts of the buying centre met, {file.account.name}",
        value=share.quantize(Decimal(1)),
        unit="%",
        formula="round(count(met) / count(part) * 100, 0)",
        inputs=[
            *(
                Input("met", p.role, tuple(f"{refs[n]}#buying_roles" for n in p.met))
                for p in covered
            ),
            *(Input("part", part.role) for part in parts),
        ],
        as_of=file.as_of,
    )


def _once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))


__all__ = ["RULE", "Gap", "Part", "Stakeholder", "stakeholder", "stakeholders"]
