"""The investment stance: how attractive an account is against how strong we are there.

Source: Millman & Wilson (1995), after Fiocca (1982). A reasoned tool; we know of no study showing
that its cells predict results. The weights and scales are defaults of ours with a version
(`StanceWeights`). A missing criterion is left out of the mean and lowers the confidence; it never
scores 0. Payment behaviour is not in the records, so cost to serve stands for it alone.
"""

from __future__ import annotations

from assistant.claims import Evidence, Finding, Gist, Question, Term
from assistant.insight import buying_centre as centre
from assistant.insight.criteria import ATTRACTIVENESS, STRENGTH, Criterion, axis, criteria
from assistant.insight.figures import number
from assistant.thresholds import STANCE_WEIGHTS, Thresholds
from knowledge.records import AccountFile

RULE = "investment_stance"

#: The question that each missing criterion asks.
_ASKED = {
    "growth": "year_before",
    "margin": "margin",
    "potential": "potential",
    "cost_to_serve": "cost_to_serve",
    "stage": "agreement",
    "coverage": "parts",
    "contract": "contract",
    "win_rate": "offers",
    "share_of_wallet": "spend",
}


def investment_stance(file: AccountFile, thresholds: Thresholds) -> Finding:
    """Where the next hour should go.

    Outcome: `invest`, `selective`, `maintain`, `manage_for_cash`, `withdraw`, or `unknown` when
    under `stance_known` % of the weight of an axis is on record. Both scores are 0 to 100;
    confidence is the share of all weight that is known.
    """
    found = criteria(file, thresholds)
    attractive, strong = axis(file, ATTRACTIVENESS, found), axis(file, STRENGTH, found)
    known = [each for each in found if each.score is not None]
    dared = all(
        _known(found, names) * 100 >= thresholds.stance_known
        for names in (ATTRACTIVENESS, STRENGTH)
    )
    outcome = _stance(attractive, strong, thresholds) if dared else "unknown"
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=outcome,
        values={
            "attractiveness": attractive.value if attractive else None,
            "strength": strong.value if strong else None,
            "criteria": found,
            "missing": tuple(each.name for each in found if each.score is None),
            "weights_version": STANCE_WEIGHTS.version,
        },
        evidence=_evidence(attractive, strong, known),
        against=_against(known, attractive, strong) if dared else (),
        confidence=round(_known(found, (*ATTRACTIVENESS, *STRENGTH)), 2),
        would_change=_would_change(file, attractive, strong, thresholds) if dared else None,
        thresholds={
            "stance_high": thresholds.stance_high,
            "stance_low": thresholds.stance_low,
            "stance_known": thresholds.stance_known,
        },
        questions=tuple(_question(file, each) for each in found if each.score is None),
    )


def _known(found: tuple[Criterion, ...], names: tuple[str, ...]) -> float:
    """The share of some criteria's weight that is on record, 0 to 1."""
    weights = {each.name: each.scale.weight for each in found if each.name in names}
    silent = {each.name for each in found if each.score is None}
    return sum(w for name, w in weights.items() if name not in silent) / sum(weights.values())


def _stance(attractive: Evidence | None, strong: Evidence | None, thresholds: Thresholds) -> str:
    """The cell of the grid: three rows of attractiveness by three columns of strength."""
    rows = {
        "high": {"high": "invest", "middle": "selective", "low": "selective"},
        "middle": {"high": "maintain", "middle": "maintain", "low": "manage_for_cash"},
        "low": {"high": "manage_for_cash", "middle": "manage_for_cash", "low": "withdraw"},
    }
    return rows[_level(attractive, thresholds)][_level(strong, thresholds)]


def _level(score: Evidence | None, thresholds: Thresholds) -> str:
    points = number(score) or 0
    if points >= thresholds.stance_high:
        return "high"
    return "low" if points < thresholds.stance_low else "middle"


def _evidence(
    attractive: Evidence | None, strong: Evidence | None, known: list[Criterion]
) -> tuple[Evidence, ...]:
    means = tuple(e for e in (attractive, strong) if e is not None)
    figures = (e for each in known for e in (each.score, each.figure))
    return (*means, *(e for e in figures if e is not None))


def _against(
    known: list[Criterion], attractive: Evidence | None, strong: Evidence | None
) -> tuple[Evidence, ...]:
    """On each axis the criterion that pulls hardest away from the mean's side of the middle."""
    shown = []
    for names, mean in ((ATTRACTIVENESS, attractive), (STRENGTH, strong)):
        above = (number(mean) or 0) >= 50  # noqa: PLR2004 - the middle of the scale
        scored = [each for each in known if each.name in names and each.figure is not None]
        ranked = sorted(scored, key=lambda each: (number(each.score) or 0, each.name))
        pulling = ranked[:1] if above else ranked[-1:]
        shown += [
            each.figure
            for each in pulling
            if each.figure is not None and ((number(each.score) or 0) >= 50) is not above  # noqa: PLR2004
        ]
    return tuple(shown)


def _question(file: AccountFile, missing: Criterion) -> Question:
    asked = Gist(f"question.{_ASKED[missing.name]}", account=file.account.name)
    return Question(missing.name, asked, centre.rep(file))


def _would_change(
    file: AccountFile, attractive: Evidence | None, strong: Evidence | None, thresholds: Thresholds
) -> Gist:
    """The line that is nearest to one of the two scores."""
    lines = (thresholds.stance_high, thresholds.stance_low)
    distances = [
        (abs((number(mean) or 0) - line), name, line)
        for name, mean in (("attractiveness", attractive), ("strength", strong))
        for line in lines
    ]
    _, name, line = min(distances)
    return Gist("would_change.axis", account=file.account.name, axis=Term("axis", name), line=line)
