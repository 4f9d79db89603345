"""The customer portfolio: direct, middle market, major and strategic, and moves between them.

Source: Piercy & Lane (2009), Hooley, Piercy et al. (2017). A well-argued teaching model; research
has not tested these cells, and every line between them is a default of ours. Customers count with
their subsidiaries; the relationship is that of the account itself.
"""

from __future__ import annotations

from assistant.claims import Evidence, Filling, Finding, Gist, Quantity, Question, Term
from assistant.insight import buying_centre as centre
from assistant.insight.placing import Placing, placing, size
from assistant.thresholds import RELATIONSHIP_POINTS, Thresholds
from knowledge.records import AccountFile, Position

RULE = "strategic_portfolio"
MOVE = "portfolio_move"


def strategic_portfolio(
    file: AccountFile, position: Position | None, thresholds: Thresholds
) -> Finding:
    """The cell of an account in the portfolio.

    Outcome: `strategic` or `major` (revenue at or above the `portfolio_high` percentile),
    `direct` (revenue and potential both low), `over_demander`, `developer`, `middle_market`
    (neither), or `unknown` when the figures that would decide are not on record. Money is a
    year in our currency; the score has 0 to 100 points.
    """
    facts = placing(file, position, thresholds)
    if facts is None:
        return _unplaced(file)
    outcome = _cell(facts, thresholds)
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=outcome,
        values={
            "revenue": facts.revenue.value,
            "high_line": facts.high_line.value,
            "low_line": facts.low_line.value,
            "potential": facts.potential.value if facts.potential else None,
            "gap_percent": facts.gap.value if facts.gap else None,
            "cost_share": facts.cost_share.value if facts.cost_share else None,
            "score": facts.score.value,
            "bonds": facts.bonds,
            "unrecorded": tuple(bond.name for bond in facts.unrecorded),
            "points_version": RELATIONSHIP_POINTS.version,
            "as_of": facts.revenue.dated,
        },
        evidence=_evidence(facts),
        against=_against(facts, outcome, thresholds),
        confidence=_confidence(facts),
        would_change=_would_change(file, facts, outcome, thresholds),
        thresholds=_used(thresholds),
        questions=_questions(file, facts, outcome),
    )


def portfolio_move(then: Finding, now: Finding) -> Finding:
    """Whether an account changed its cell between two days, each placed on its own day's records.

    Outcome: `moved`, `stayed`, or `unknown` when either day had no cell. Values: `from`, `to`,
    `since`, `until`.
    """
    known = then.known and now.known
    moved = "moved" if then.outcome != now.outcome else "stayed"
    return Finding(
        rule=MOVE,
        subject=now.subject,
        outcome=moved if known else "unknown",
        values={
            "from": then.outcome,
            "to": now.outcome,
            "since": then.values.get("as_of"),
            "until": now.values.get("as_of"),
        },
        evidence=(*then.evidence, *now.evidence) if known else (),
        against=now.against if known else (),
        confidence=min(then.confidence, now.confidence),
        would_change=now.would_change,
        thresholds=now.thresholds,
        questions=() if known else (*then.questions, *now.questions),
    )


def _cell(facts: Placing, thresholds: Thresholds) -> str:
    if facts.high:
        strategic = size(facts.score) >= thresholds.relationship_strategic
        return "strategic" if strategic else "major"
    if facts.low:
        return "direct"
    if facts.cost_share and size(facts.cost_share) > thresholds.cost_to_serve_limit:
        return "over_demander"
    if facts.gap and size(facts.gap) > thresholds.potential_gap_limit:
        return "developer"
    return "unknown" if facts.gap is None or facts.cost_share is None else "middle_market"


def _evidence(facts: Placing) -> tuple[Evidence, ...]:
    """Everything the values speak of, the deciding figures first."""
    bonds = tuple(bond.earned for bond in facts.bonds)
    figures = (facts.revenue, facts.high_line, facts.low_line, facts.potential, facts.gap)
    return tuple(e for e in (*figures, facts.cost_share, facts.score, *bonds) if e is not None)


def _against(facts: Placing, outcome: str, thresholds: Thresholds) -> tuple[Evidence, ...]:
    """What would have placed the account elsewhere, had another test come first."""
    costly = size(facts.cost_share) > thresholds.cost_to_serve_limit and outcome != "over_demander"
    open_room = size(facts.gap) > thresholds.potential_gap_limit and outcome != "developer"
    bonded = size(facts.score) >= thresholds.relationship_strategic and outcome != "strategic"
    pairs = ((costly, facts.cost_share), (open_room, facts.gap), (bonded, facts.score))
    return tuple(evidence for speaks, evidence in pairs if speaks and evidence is not None)


def _confidence(facts: Placing) -> float:
    """For a large account the share of bonds on record, else of the three figures it needs."""
    if facts.high:
        return round(1 - len(facts.unrecorded) / len(facts.bonds), 2)
    needed = (facts.potential, facts.gap, facts.cost_share)
    return round(sum(1 for each in needed if each is not None) / len(needed), 2)


def _would_change(
    file: AccountFile, facts: Placing, outcome: str, thresholds: Thresholds
) -> Gist | None:
    name, limit = file.account.name, thresholds.relationship_strategic
    score = size(facts.score)
    if outcome == "major":
        reach = score + sum(bond.most for bond in facts.unrecorded)
        if reach >= limit and facts.unrecorded:
            return Gist("would_change.silent", account=name, parts=_silent(facts))
        return Gist("would_change.strategic", account=name, points=limit - score)
    if outcome == "strategic":
        return Gist("would_change.major", account=name, points=score - limit)
    lines: dict[str, dict[str, Filling]] = {
        "direct": {"potential": Quantity(size(facts.low_potential), file.catalogue.currency)},
        "over_demander": {"share": Quantity(thresholds.cost_to_serve_limit, "%")},
        "developer": {"share": Quantity(100 - thresholds.potential_gap_limit, "%")},
        "middle_market": {},
    }
    if outcome not in lines:
        return None
    return Gist(f"would_change.{outcome}", account=name, **lines[outcome])


def _silent(facts: Placing) -> tuple[Term, ...]:
    """The parts of the relationship that somebody could still record."""
    return tuple(Term("bond", bond.name) for bond in facts.unrecorded)


def _used(thresholds: Thresholds) -> dict[str, int]:
    names = (
        "portfolio_high",
        "portfolio_low",
        "relationship_strategic",
        "cost_to_serve_limit",
        "potential_gap_limit",
    )
    return {name: getattr(thresholds, name) for name in names}


def _questions(file: AccountFile, facts: Placing, outcome: str) -> tuple[Question, ...]:
    name, whom = file.account.name, centre.rep(file)
    if facts.high:
        if outcome != "major" or not facts.unrecorded:
            return ()
        record = Gist("question.bonds", account=name, parts=_silent(facts))
        return (Question("relationship", record, whom),)
    asked = []
    if facts.potential is None:
        asked.append(Question("potential", Gist("question.potential", account=name), whom))
    if facts.cost_share is None:
        both = Gist("question.margin_and_cost", account=name)
        asked.append(Question("cost_to_serve", both, whom))
    return tuple(asked)


def _unplaced(file: AccountFile) -> Finding:
    everybody = Gist("question.everybody", account=file.account.name)
    asked = Question("revenue", everybody, centre.rep(file))
    return Finding(RULE, file.account.id, "unknown", confidence=0.0, questions=(asked,))
