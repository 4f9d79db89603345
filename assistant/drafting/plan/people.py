"""The plan's people: the relationship as a whole, then the persons who carry it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.claims import Claim, Evidence, Finding
from assistant.drafting.brief import Brief
from assistant.drafting.pen import Pen
from assistant.drafting.wording import introduced
from assistant.insight.evidence import excerpt, recorded, ruled
from assistant.insight.revenue import amount
from assistant.insight.stakeholders import Stakeholder

#: People shown one by one; a plan is no contact list.
MOST_PEOPLE = 8
_MOST_EVIDENCE = 4
_MOST_STRAINS = 2
_PROFILE = ("name", "title", "buying_roles")


def relationship_claims(brief: Brief) -> Iterator[Claim]:
    """How long, at what stage, with what speaking against it, and how many talk to how many."""
    account = brief.file.account
    if account.customer_since:
        yield brief.pen.fact(
            "relationship.since",
            recorded(account, "customer_since"),
            account=brief.name,
            day=account.customer_since,
        )
    yield from _stage(brief, brief.study["life_cycle"])
    yield from _structure(brief, brief.study["kam_structure"])
    yield from _rhythm(brief)


def people_claims(brief: Brief) -> Iterator[Claim]:
    """Who decides, who argues for us, who is missing and who left: key players first."""
    found = brief.study["stakeholders"]
    people: Sequence[Stakeholder] = sorted(found.values["people"], key=_importance)
    for person in people[:MOST_PEOPLE]:
        yield _person(brief, person)
    for person in found.values["departed"]:
        if person.roles:
            yield _departed(brief, person)
    for gap in found.values["gaps"]:
        if gap.kind == "missing_part":
            part = brief.pen.word(f"part.{gap.part}")
            yield brief.pen.unknown("people.missing", account=brief.name, part=part)


def _stage(brief: Brief, found: Finding) -> Iterator[Claim]:
    pen = brief.pen
    if not found.known:
        yield pen.unknown("relationship.no_stage")
        return
    yield pen.inference(
        "relationship.stage",
        *found.evidence[:_MOST_EVIDENCE],
        stage=pen.word(f"stage.{found.outcome}"),
    )
    strains = {_plainly(pen, e): e for e in found.against if e.type == "record"}
    shown = list(strains.items())[:_MOST_STRAINS]
    if shown:
        yield pen.inference(
            "relationship.against",
            *(evidence for _, evidence in shown),
            what=pen.wording.names(name for name, _ in shown),
        )


def decline_claims(brief: Brief) -> Iterator[Claim]:
    """That revenue falls, and by how much, where the rule says so."""
    found = brief.study["decline"]
    if found.outcome != "declining":
        return
    fallen = [period for period in found.values["periods"] if period.fell][-2:]
    changes = [period.change for period in fallen if period.change is not None]
    yield brief.pen.inference(
        "relationship.decline",
        *changes,
        ruled("period", brief.study.thresholds.period_months, "months"),
        falls=brief.pen.wording.names(brief.pen.percent(abs(amount(e))) for e in changes),
        months=brief.study.thresholds.period_months,
    )


def _structure(brief: Brief, found: Finding) -> Iterator[Claim]:
    if not found.known:
        return
    pair = found.values["pair"]
    alone = pair and found.values["pair_share"] >= brief.study.thresholds.single_thread_share
    if found.outcome == "basic" and alone:
        yield brief.pen.inference(
            "relationship.one_pair",
            *found.evidence[:_MOST_EVIDENCE],
            ours=pair[0],
            theirs=pair[1],
            share=brief.pen.percent(found.values["pair_share"]),
        )
        return
    yield brief.pen.inference(
        f"relationship.{found.outcome}",
        *found.evidence[:_MOST_EVIDENCE],
        ours=found.values["functions_ours"],
        theirs=found.values["functions_theirs"],
    )


def _rhythm(brief: Brief) -> Iterator[Claim]:
    found = brief.study["rhythm"]
    values = found.values
    if values["last"] is None:
        yield brief.pen.unknown("rhythm.never", account=brief.name)
        return
    about = [e for e in (*found.evidence, *found.against) if "silence" in e.ref or "#occ" in e.ref]
    yield brief.pen.fact(
        "rhythm.stale" if values["stale"] else "rhythm.steady",
        *about,
        last=values["last"],
        days=values["days"],
        limit=values["limit"],
    )
    if values["only_when_selling"]:
        selling = [e for e in (*found.evidence, *found.against) if "selling" in e.ref]
        yield brief.pen.inference(
            "rhythm.only_when_selling",
            *selling,
            share=brief.pen.percent(values["selling_share"]),
        )


def _person(brief: Brief, person: Stakeholder) -> Claim:
    pen = brief.pen
    known = _profile(brief, person)
    values = {"who": introduced(person.name, person.title), "parts": _parts(brief, person)}
    if person.last_touch is None:
        return pen.fact("people.never_met", *known, *person.evidence[:1], **values)
    key = "people.met" if person.in_person else "people.touched"
    if person.touched_by:
        key, values["ours"] = f"{key}_by", person.touched_by
    shown = [e for e in person.evidence if e.ref.endswith(("#occurred_at", "#name"))]
    return pen.fact(key, *known, *shown, day=person.last_touch, **values)


def _departed(brief: Brief, person: Stakeholder) -> Claim:
    left = [e for e in person.evidence if e.ref.endswith("#left_on")]
    return brief.pen.fact(
        "people.left",
        *_profile(brief, person),
        *left,
        who=introduced(person.name, person.title),
        parts=_parts(brief, person),
        day=person.left_on or brief.as_of,
    )


def _profile(brief: Brief, person: Stakeholder) -> tuple[Evidence, ...]:
    """Who they are, as one source."""
    contact = brief.file.contact(person.contact_id)
    fields = ("name", "title", "buying_roles", "stance") if person.stance else _PROFILE
    return (excerpt(contact, *fields),) if contact else ()


def _parts(brief: Brief, person: Stakeholder) -> str:
    if not person.roles:
        return brief.pen.word("part.none")
    known = [brief.pen.phrases.texts.get(f"part.{role}", role) for role in person.roles]
    stance = f"stance.{person.stance}"
    if person.stance and stance in brief.pen.phrases.texts:
        known.append(brief.pen.word(stance))
    return ", ".join(known)


def _importance(person: Stakeholder) -> tuple[bool, bool, int, str]:
    return (not person.key, not person.roles, -person.touches, person.name)


def _plainly(pen: Pen, evidence: Evidence) -> str:
    """A record by its name, without its kind; a computation by its title."""
    kind, _, name = evidence.title.partition(": ")
    return pen.quoted(name) if evidence.type == "record" and name else kind
