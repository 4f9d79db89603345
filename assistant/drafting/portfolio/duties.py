"""What a team owes: promises, approvals that are missing, and tasks that nobody owns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.claims import Claim, Evidence, Input
from assistant.drafting.brief import Brief
from assistant.drafting.portfolio.team_brief import TeamBrief
from assistant.insight.evidence import computed, excerpt
from assistant.insight.figures import counted
from assistant.insight.policy import Ruling
from assistant.insight.promises import Promise
from knowledge.records.tables import Commitment

_MOST = 6
_TITLES = {"kept": "kept in time", "late": "kept late", "overdue": "overdue today"}
#: Rulings that somebody has to settle.
WAITING = ("forbidden", "expired", "needs_approval")


def owed(brief: Brief) -> tuple[Promise, ...]:
    """Our promises and their requests, the oldest first."""
    values = brief.study["promises"].values
    return (*values["promises"], *values["requests"])


def waiting(brief: Brief) -> tuple[Ruling, ...]:
    """Special terms that no valid approval covers, each once, the worst first."""
    rulings: Iterable[Ruling] = brief.study["policy"].values["rulings"]
    found: dict[tuple[str, str | None], Ruling] = {}
    for ruling in rulings:
        if ruling.status in WAITING:
            found.setdefault((ruling.request.subject, ruling.request.deal_id), ruling)
    return tuple(found.values())


def unowned(brief: Brief) -> tuple[Commitment, ...]:
    """What is ours to do, still open, and has nobody's name on it."""
    rows = (row for row in brief.file.commitments if row.side == "ours" and row.done_on is None)
    return tuple(row for row in rows if not (row.owner_name or "").strip())


def promise_claims(team: TeamBrief) -> Iterator[Claim]:
    """How many promises were kept since the last review, then who owes what is overdue."""
    yield from _kept(team)
    late: dict[str, list[Evidence]] = defaultdict(list)
    for brief in team.briefs:
        for one in owed(brief):
            if one.status == "overdue":
                late[one.owner or brief.rep].append(one.evidence[0])
    for owner, evidence in sorted(late.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        inputs = [Input("promise", e.quote, (e.ref,)) for e in evidence]
        title = f"Overdue promises and requests of {owner}"
        count = _count(f"owed:{owner}:{team.as_of}", title, inputs, team.as_of)
        yield team.pen.fact("team.owes", count, *evidence[:3], owner=owner, count=len(evidence))


def settled(team: TeamBrief) -> dict[str, tuple[tuple[Brief, Promise], ...]]:
    """Promises and requests since the last review: `kept`, `late`, and `overdue` ones.

    Kept and late ones were done since then; overdue ones are open today.
    """
    found: dict[str, list[tuple[Brief, Promise]]] = {"kept": [], "late": [], "overdue": []}
    for brief in team.briefs:
        for one in owed(brief):
            done_since = one.done_on is not None and one.done_on > team.since
            if (one.status in {"kept", "late"} and done_since) or one.status == "overdue":
                found[one.status].append((brief, one))
    return {status: tuple(some) for status, some in found.items()}


def _kept(team: TeamBrief) -> Iterator[Claim]:
    found = settled(team)
    if not any(found.values()):
        return
    counts = {
        status: _count(
            f"team_{status}:{team.as_of}",
            f"Promises and requests since {team.since}: {_TITLES[status]}",
            [Input("promise", one.text, (f"{one.ref}#text",)) for _, one in some],
            team.as_of,
        )
        for status, some in found.items()
    }
    since = computed(
        f"since:{team.as_of}",
        title="Days since the last review of the team",
        value=(team.as_of - team.since).days,
        unit="days",
        formula="days(review, as_of)",
        inputs=[Input("review", team.since), Input("as_of", team.as_of)],
        as_of=team.as_of,
    )
    yield team.pen.fact(
        "team.settled",
        *counts.values(),
        since,
        day=team.since,
        kept=len(found["kept"]),
        late=len(found["late"]),
        overdue=len(found["overdue"]),
    )


def ruling_claims(team: TeamBrief) -> Iterator[Claim]:
    """Offers outside policy, deal by deal."""
    for brief in team.briefs:
        for ruling in waiting(brief)[:2]:
            deal = ruling.request.deal
            named = (excerpt(deal, "name"),) if deal is not None else ()
            key = "team.outside" if deal is not None else "team.outside_terms"
            told = {"deal": deal.name} if deal is not None else {}
            yield team.pen.inference(
                key,
                *ruling.evidence,
                *named,
                excerpt(brief.file.account, "name"),
                account=brief.name,
                value=team.pen.quantity(
                    ruling.request.value, ruling.policy.unit if ruling.policy else None
                ),
                subject=team.pen.term(ruling.request.subject),
                status=team.pen.word(f"team.ruling_{ruling.status}"),
                **told,
            )


def unowned_claims(team: TeamBrief) -> Iterator[Claim]:
    """Tasks of ours without a name."""
    rows = [(brief, row) for brief in team.briefs for row in unowned(brief)]
    for brief, row in rows[:_MOST]:
        yield team.pen.advice(
            "team.unowned",
            excerpt(row, "text"),
            excerpt(brief.file.account, "name"),
            account=brief.name,
            what=team.pen.quoted(row.text),
        )


def _count(name: str, title: str, inputs: list[Input], as_of: date) -> Evidence:
    return counted(name, title=title, item="promise", inputs=inputs, unit="promises", as_of=as_of)
