"""Who decides, blocks, argues for us, is missing or has left; who of ours; one person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from assistant.claims import Claim, Evidence
from assistant.conversation.matter import Matter
from assistant.drafting import Brief
from assistant.drafting.plan.market import customer_claims
from assistant.drafting.plan.people import people_claims, relationship_claims
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt, recorded
from knowledge.records.references import source_of
from knowledge.records.tables import Contact

_MOST = 4
#: Words that ask where somebody stands rather than who they are.
_THINKS = (
    r"think|stance|stand\b|opinion|view|for us|against us|denk|halt\w* von|haltung|meinung"
    r"|думает|мнени|относится"
)
_ROLES = {
    "decider": ("decider",),
    "champion": ("champion", "sponsor", "coach"),
    "blocker": ("anti-sponsor", "gatekeeper"),
}


def with_part(matter: Matter, kind: str) -> Iterator[Claim]:
    """Whoever plays a part, by name in the first sentence; then each with the last touch."""
    brief, pen = matter.brief, matter.voice
    parts = _ROLES[kind]
    found = [p for p in centre.present(brief.file) if set(parts) & set(centre.roles(p))]
    if kind == "blocker":
        against = [p for p in centre.present(brief.file) if _stance(p) == "opponent"]
        found = [*against, *(p for p in found if p not in against)]
    if kind == "champion":
        found += [
            p for p in centre.present(brief.file) if _stance(p) == "supporter" and p not in found
        ]
    if found:
        yield pen.fact(
            f"say.{kind}s",
            *(excerpt(p, "name", "title", "buying_roles", "stance") for p in found),
            account=brief.name,
            names=pen.wording.names(p.name for p in found),
        )
    else:
        yield pen.unknown(f"say.no_{kind}", account=brief.name, owner=brief.rep)
    yield from _each(brief, found)
    if kind == "champion":
        yield from _gone(brief)
        yield from (c for c in people_claims(brief) if c.kind == "unknown")


def people(matter: Matter) -> Iterator[Claim]:
    """The map: key players first."""
    brief, pen = matter.brief, matter.voice
    here = centre.present(brief.file)
    if not here:
        yield pen.unknown("say.no_contacts", account=brief.name, owner=brief.rep)
        return
    shown = sorted(here, key=lambda p: (not centre.is_key(p), not centre.roles(p), p.name))[:8]
    yield pen.fact(
        "say.people",
        *(excerpt(p, "name", "title", "buying_roles") for p in shown),
        account=brief.name,
        names=pen.wording.names(p.name for p in shown),
    )
    yield from _each(brief, shown)


def missing(matter: Matter) -> Iterator[Claim]:
    """The gaps of the map: parts nobody plays, key players not met."""
    brief, pen = matter.brief, matter.voice
    gaps = brief.study["stakeholders"].values["gaps"]
    never = [g for g in gaps if g.kind == "never_met" and g.who]
    lately = [g for g in gaps if g.kind == "not_met_lately" and g.who]
    met = {g.who for g in (*never, *lately)}
    others = [
        person
        for person in centre.present(brief.file)
        if person.name not in met and not centre.touches_with(brief.file, person)
    ]
    if others:
        yield pen.fact(
            "say.others_never_met",
            *(excerpt(person, "name", "title", "buying_roles") for person in others),
            *(e for e in _met(brief, others)),
            account=brief.name,
            names=pen.wording.names(person.name for person in others),
        )
    for key, some in (("say.never_met", never), ("say.not_met_lately", lately)):
        if some:
            yield pen.fact(
                key,
                *(e for g in some for e in g.evidence),
                *(e for g in some for e in brief.named_in(g.who or "")),
                account=brief.name,
                names=pen.wording.names(g.who or "" for g in some),
            )
    yield from (c for c in people_claims(brief) if c.kind == "unknown")
    named = {g.who for g in (*never, *lately)}
    yield from _each(brief, [p for p in centre.present(brief.file) if p.name in named])
    if not gaps:
        coverage = brief.study["stakeholders"].evidence[:1]
        yield pen.inference("say.no_gaps", *coverage, account=brief.name)


def left(matter: Matter) -> Iterator[Claim]:
    """Who has left, and what rested on them."""
    brief, pen = matter.brief, matter.voice
    person = matter.inquiry.person
    gone = [p for p in centre.departed(brief.file) if person is None or p.id == person.id]
    if person is not None and not gone:
        yield from about(matter)
        return
    if not gone:
        yield pen.unknown("say.nobody_left", account=brief.name)
        return
    for one in gone[:_MOST]:
        yield _left(brief, one)
    yield from (c for c in people_claims(brief) if c.kind == "unknown")


def owner(matter: Matter) -> Iterator[Claim]:
    """Who of ours answers for the account, and who else is on it."""
    brief, pen = matter.brief, matter.voice
    user = brief.file.owner
    if user is None:
        yield pen.unknown("say.no_owner", account=brief.name)
        return
    evidence = (recorded(brief.file.account, "owner_id"), excerpt(user, "name", "title", "email"))
    yield pen.fact("say.owner", *evidence, account=brief.name, who=user.name)
    users = brief.file.catalogue.users
    rest = [row for row in brief.file.team if row.user_id in users and row.user_id != user.id]
    if rest:
        yield pen.fact(
            "say.team",
            *(recorded(row, "user_id") for row in rest),
            *(excerpt(users[row.user_id or ""], "name") for row in rest),
            account=brief.name,
            names=pen.wording.names(users[row.user_id or ""].name for row in rest),
        )


def colleague(matter: Matter) -> Iterator[Claim]:
    """One of ours: title, and the accounts they look after, of those the asker sees."""
    pen, asked = matter.voice, matter.inquiry.colleague
    user = matter.office.ledger.catalogue(matter.viewer).users.get(asked.id) if asked else None
    if user is None:
        return
    shown = excerpt(user, "name", "title")
    yield pen.fact("say.colleague", shown, who=user.name, title=user.title or user.role)
    own = [one.account for one in matter.portfolio.holdings if one.account.owner_id == user.id]
    if own:
        yield pen.fact(
            "say.colleague_accounts",
            recorded(user, "name"),
            *(excerpt(account, "name", "owner_id") for account in own),
            who=user.name,
            names=pen.wording.names(account.name for account in own),
        )


def about(matter: Matter) -> Iterator[Claim]:
    """One person of theirs: part, stance, last touch, what they are measured on."""
    brief, pen, asked = matter.brief, matter.voice, matter.inquiry.person
    person = brief.file.contact(asked.id) if asked else None
    if person is None:
        yield from people(matter)
        return
    stance = list(_assessed(matter, person))
    thought = re.search(_THINKS, matter.inquiry.masked) is not None
    yield from stance if thought else ()
    if person.left_on is not None:
        yield _left(brief, person)
    else:
        yield from _each(brief, [person])
    if person.measured_on:
        said = excerpt(person, "name", "measured_on")
        yield pen.fact("customer.measured", said, who=person.name, what=person.measured_on)
    yield from () if thought else stance
    boss = brief.file.contact(person.reports_to_id)
    if boss is not None:
        evidence = (recorded(person, "reports_to_id"), excerpt(boss, "name"))
        yield pen.fact("say.reports_to", *evidence, who=person.name, boss=boss.name)
    if talks := centre.touches_with(brief.file, person):
        last = talks[-1]
        yield pen.fact(
            "say.last_subject", excerpt(last, "subject", "occurred_at"), subject=last.subject,
            day=centre.day(last),
        )  # fmt: skip


def _assessed(matter: Matter, person: Contact) -> Iterator[Claim]:
    """Where the person stands, as somebody of ours has judged."""
    pen = matter.voice
    if person.stance and person.assessed_by and person.assessed_on:
        yield pen.fact(
            "say.stance",
            excerpt(person, "name", "stance", "assessed_by", "assessed_on"),
            who=person.name,
            stance=pen.phrases.texts.get(f"stance.{person.stance}", person.stance),
            by=person.assessed_by,
            day=person.assessed_on,
        )


def measured(matter: Matter) -> Iterator[Claim]:
    """What they want, in their own words, and what people are measured on."""
    person = matter.inquiry.person
    claims = list(customer_claims(matter.brief))
    if person is not None:
        claims.sort(key=lambda claim: person.name not in claim.text)
    yield from claims


def structure(matter: Matter) -> Iterator[Claim]:
    """How many talk to how many."""
    claims = list(relationship_claims(matter.brief))
    rules = {e.ref for e in matter.brief.study["kam_structure"].evidence}
    own = [c for c in claims if any(e.ref in rules for e in c.evidence)]
    yield from own or claims


def _each(brief: Brief, people: Iterable[Contact]) -> Iterator[Claim]:
    """A sentence a person: part, stance, the last touch and with whom."""
    wanted = {source_of(person.ref): person for person in people}
    told: dict[str, Claim] = {}
    for claim in people_claims(_only(brief, set(wanted))):
        for evidence in claim.evidence:
            told.setdefault(source_of(evidence.ref), claim)
    yield from dict.fromkeys(told[key] for key in wanted if key in told)


def _only(brief: Brief, refs: set[str]) -> Brief:
    """The brief with some people only, so that no limit cuts them off."""
    found = brief.study["stakeholders"]
    kept = [
        p
        for p in found.values["people"]
        if (row := brief.file.contact(p.contact_id)) and source_of(row.ref) in refs
    ]
    values = {**found.values, "people": kept, "gaps": (), "departed": ()}
    findings = {**brief.study.findings, "stakeholders": replace(found, values=values)}
    return replace(brief, study=replace(brief.study, findings=findings))


def _met(brief: Brief, people: Iterable[Contact]) -> Iterator[Evidence]:
    """The counts of touches with some people."""
    ids = {person.id for person in people}
    for one in brief.study["stakeholders"].values["people"]:
        if one.contact_id in ids:
            yield one.evidence[0]


def _gone(brief: Brief) -> Iterator[Claim]:
    for person in centre.departed(brief.file):
        if {"champion", "sponsor"} & set(centre.roles(person)):
            yield _left(brief, person)


def _left(brief: Brief, person: Contact) -> Claim:
    pen = brief.pen
    parts = [pen.phrases.texts.get(f"part.{role}", role) for role in centre.roles(person)]
    return pen.fact(
        "people.left",
        excerpt(person, "name", "title", "buying_roles"),
        recorded(person, "left_on"),
        who=f"{person.name}, {person.title}" if person.title else person.name,
        parts=", ".join(parts) or pen.word("part.none"),
        day=person.left_on or brief.as_of,
    )


def _stance(person: Contact) -> str | None:
    return person.stance if person.assessed_by and person.assessed_on else None


WRITERS: dict[str, Callable[[Matter], Iterable[Claim]]] = {
    **{kind: partial(with_part, kind=kind) for kind in _ROLES},
    "people": people,
    "missing": missing,
    "left": left,
    "owner": owner,
    "person": about,
    "measured": measured,
    "structure": structure,
}
OVERALL = {"colleague": colleague}
