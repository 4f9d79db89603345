"""Room to grow, rivals, contracts, complaints, adaptations, and what we are worth to them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim, Evidence
from assistant.conversation.matter import Matter
from assistant.drafting.pen import Told
from assistant.drafting.plan.invest import room_claims
from assistant.drafting.plan.market import competition_claims
from assistant.drafting.value import value_claims
from assistant.insight.alternatives import alternatives
from assistant.insight.evidence import excerpt, recorded
from assistant.insight.figures import number

_MOST = 5


def wallet(matter: Matter) -> Iterator[Claim]:
    """What could still be sold in a year, share of wallet as a range, then the largest cells."""
    brief, pen = matter.brief, matter.voice
    found = brief.study["whitespace"]
    left = next((e for e in found.evidence if e.ref.startswith("computed:left:")), None)
    if left is not None and (much := number(left)) is not None:
        yield pen.inference("say.room_left", left, account=brief.name, left=pen.money(much))
    yield from room_claims(brief)


def competitors(matter: Matter) -> Iterator[Claim]:
    """The next-best alternative, its strengths and weaknesses, and the other rivals."""
    yield from competition_claims(matter.brief)


def rival(matter: Matter) -> Iterator[Claim]:
    """A rival: what it is known for, where it falls short, and at which accounts it is named."""
    pen, asked = matter.voice, matter.inquiry.rival
    catalogue = matter.office.ledger.catalogue(matter.viewer)
    row = catalogue.competitors.get(asked.id) if asked else None
    if row is None:
        return
    name = recorded(row, "name")
    profile = []
    for field in ("strengths", "weaknesses"):
        words = getattr(row, field)
        if words:
            what = " ".join(words.split()).rstrip(".")
            evidence = (name, recorded(row, field))
            profile.append(pen.fact(f"competition.{field}", *evidence, rival=row.name, what=what))
    where = [
        (file, other)
        for file in matter.files
        for other in alternatives(file)
        if other.competitor_id == row.id
    ]
    met: list[Claim] = []
    if where:
        evidence_: list[Evidence] = [e for _, other in where[:8] for e in other.named[:1]]
        evidence_ += [recorded(file.account, "name") for file, _ in where[:8]]
        names = pen.wording.names(file.account.name for file, _ in where[:8])
        met = [pen.inference("say.rival_at", name, *evidence_, rival=row.name, names=names)]
    asks_where = "which" in matter.inquiry.masked or "where" in matter.inquiry.masked
    yield from (*met, *profile) if asks_where else (*profile, *met)


def contracts(matter: Matter) -> Iterator[Claim]:
    """Each agreement with its end, the next to end first."""
    brief, pen = matter.brief, matter.voice
    rows = sorted(brief.file.contracts, key=lambda row: (str(row.ends_on or "9"), row.id))
    running = [row for row in rows if row.ends_on is None or row.ends_on >= brief.as_of]
    if not rows:
        yield pen.unknown("say.no_contract", account=brief.name)
        return
    for row in [*running, *(r for r in reversed(rows) if r not in running)][:_MOST]:
        if row.ends_on is None:
            yield pen.fact("say.contract_open", excerpt(row, "name"), contract=row.name)
            continue
        key = "say.contract" if row in running else "say.contract_over"
        fields = ["name", "ends_on"]
        yield pen.fact(
            key,
            excerpt(row, *fields),
            recorded(brief.file.account, "name"),
            account=brief.name,
            contract=row.name,
            day=row.ends_on,
        )
        if row.renewals and row in running:
            count = recorded(row, "renewals")
            yield pen.fact(
                "say.renewals", excerpt(row, "name"), count, contract=row.name, count=row.renewals
            )
        value = (
            brief.file.catalogue.ours(row.yearly_value, row.currency) if row.yearly_value else None
        )
        if value is not None and row in running:
            yield pen.fact(
                "say.contract_value",
                excerpt(row, "name"),
                recorded(row, "yearly_value"),
                contract=row.name,
                value=pen.money(value),
            )


def cases(matter: Matter) -> Iterator[Claim]:
    """Open complaints with their age; how many there were in twelve months."""
    brief, pen = matter.brief, matter.voice
    found = brief.study["cases"]
    open_ = found.values["open"]
    if not found.known:
        yield pen.unknown("say.no_cases", account=brief.name)
        return
    if open_:
        yield pen.fact(
            "say.cases", found.evidence[0], account=brief.name, count=found.values["open_count"]
        )
    else:
        yield pen.inference("say.cases_closed", found.evidence[0], account=brief.name)
    for one in open_[:_MOST]:
        yield pen.fact("risk.case", *one.evidence, what=one.subject, days=one.age or 0)
    yield pen.fact(
        "say.cases_year",
        found.evidence[2],
        account=brief.name,
        count=found.values["year_count"],
    )


def adaptations(matter: Matter) -> Iterator[Claim]:
    """What one side changed for the other."""
    brief, pen = matter.brief, matter.voice
    rows = sorted(brief.file.adaptations, key=lambda row: str(row.made_on), reverse=True)
    if not rows:
        yield pen.unknown("say.no_adaptations", account=brief.name)
        return
    for row in rows[:_MOST]:
        side = "theirs" if row.side == "theirs" else "ours"
        words = " ".join(row.description.split()).rstrip(".")
        if row.made_on is None:
            yield pen.fact(f"say.adapted_{side}", excerpt(row, "description"), what=words)
        else:
            shown = excerpt(row, "description", "made_on")
            yield pen.fact(f"say.adapted_{side}_on", shown, what=words, day=row.made_on)


def worth(matter: Matter) -> Iterator[Claim]:
    """What they confirmed, what they contest, and what follows from it."""
    brief, pen = matter.brief, matter.voice
    told = list(value_claims(brief))
    rows = sorted(brief.file.value_inputs, key=lambda row: (not row.contested, row.name))
    figures = []
    for row in rows:
        said: dict[str, Told] = {
            "name": row.name.replace("_", " "),
            "value": row.value,
            "unit": row.unit or "",
            "account": brief.name,
        }
        fields = ["name", "value", "unit", "confirmed_by", "confirmed_on"]
        if row.contested:
            figures.append(pen.fact("say.contested", excerpt(row, *fields, "contested"), **said))
        elif row.confirmed_by and row.confirmed_on:
            figures.append(
                pen.fact(
                    "value.figure_confirmed",
                    excerpt(row, *fields),
                    recorded(row, "value"),
                    who=row.confirmed_by,
                    day=row.confirmed_on,
                    **said,
                )
            )
        else:
            figures.append(
                pen.fact("value.figure", excerpt(row, *fields), recorded(row, "value"), **said)
            )
    worths = [c for c in told if c.kind == "inference"]
    yield from (*worths, *figures, *(c for c in told if c.kind != "inference"))
    if not told and not figures:
        yield pen.unknown("say.no_worth", account=brief.name, owner=brief.rep)


WRITERS = {
    "wallet": wallet,
    "competitors": competitors,
    "contracts": contracts,
    "cases": cases,
    "adaptations": adaptations,
    "worth": worth,
}
OVERALL = {"rival": rival}
