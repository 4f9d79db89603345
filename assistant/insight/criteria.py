"""The criteria of the investment stance: figures in per cent, scored 0 to 100 on a scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight import buying_centre as centre
from assistant.insight import relationship as between
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import TENTH, cited, gap_percent, in_ours, number, percent
from assistant.insight.life_cycle import life_cycle
from assistant.insight.periods import window
from assistant.insight.revenue import percent_change, total
from assistant.insight.whitespace import whitespace
from assistant.thresholds import STANCE_WEIGHTS, Scale, Thresholds
from knowledge.records import AccountFile

ATTRACTIVENESS = ("growth", "margin", "potential", "cost_to_serve")
STRENGTH = ("stage", "coverage", "contract", "win_rate", "share_of_wallet")

#: What a stage says of our strength, in per cent. Habit is strong, if less so than a living bond.
_STAGES = {"pre_relationship": 10, "early": 30, "development": 65, "long_term": 100, "final": 80}
_MATTER = frozenset({"decider", "buyer", "sponsor", "champion", "influencer", "gatekeeper"})


@dataclass(frozen=True)
class Criterion:
    """One criterion: its figure, its score, and the scale and weight it is scored on."""

    name: str
    scale: Scale
    figure: Evidence | None
    score: Evidence | None


def criteria(file: AccountFile, thresholds: Thresholds) -> tuple[Criterion, ...]:
    """Every criterion of both axes; a figure is None where the records do not give it."""
    figures: dict[str, Evidence | None] = {
        "growth": _growth(file),
        "margin": _margin(file),
        "potential": _potential(file),
        "cost_to_serve": _cost_to_serve(file),
        "stage": _stage(file, thresholds),
        "coverage": _coverage(file),
        "contract": _contract(file),
        "win_rate": _win_rate(file, thresholds),
        "share_of_wallet": _share_of_wallet(file, thresholds),
    }
    return tuple(_scored(file, name, figure) for name, figure in figures.items())


def axis(
    file: AccountFile, names: tuple[str, ...], found: tuple[Criterion, ...]
) -> Evidence | None:
    """The weighted mean of the known criteria of an axis, 0 to 100; None if none is known."""
    known = [each for each in found if each.name in names and each.score is not None]
    if not known:
        return None
    weights = sum(each.scale.weight for each in known)
    points = sum(
        ((number(each.score) or Decimal(0)) * each.scale.weight for each in known), Decimal(0)
    )
    label = "attractiveness" if names == ATTRACTIVENESS else "strength"
    inputs = [cited(each.name, each.score) for each in known if each.score is not None]
    inputs += [Input(f"{each.name}_weight", each.scale.weight) for each in known]
    terms = " + ".join(f"{each.name} * {each.name}_weight" for each in known)
    weighed = " + ".join(f"{each.name}_weight" for each in known)
    return computed(
        f"{label}:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: {label}, weights {STANCE_WEIGHTS.version}",
        value=(points / weights).quantize(TENTH),
        unit="points",
        formula=f"round(({terms}) / ({weighed}), 1)",
        inputs=inputs,
        as_of=file.as_of,
    )


def _scored(file: AccountFile, name: str, figure: Evidence | None) -> Criterion:
    scale: Scale = getattr(STANCE_WEIGHTS, name)
    value = number(figure)
    if figure is None or value is None:
        return Criterion(name, scale, None, None)
    raw = (value - scale.worst) / (Decimal(scale.best) - scale.worst) * 100
    score = computed(
        f"score:{name}:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: score for {name.replace('_', ' ')}",
        value=min(Decimal(100), max(Decimal(0), raw)).quantize(TENTH),
        unit="points",
        formula="round(min(100, max(0, (figure - worst) / (best - worst) * 100)), 1)",
        inputs=[
            cited("figure", figure),
            Input("worst", scale.worst, (), figure.unit),
            Input("best", scale.best, (), figure.unit),
        ],
        as_of=file.as_of,
    )
    return Criterion(name, scale, figure, score)


def _year(file: AccountFile, back: int = 0) -> Evidence:
    return total(file, window(file.as_of, 12, back=back), "revenue")


def _growth(file: AccountFile) -> Evidence | None:
    before = _year(file, 12)
    return percent_change(_year(file), before) if number(before) else None


def _margin(file: AccountFile) -> Evidence | None:
    margin, revenue = in_ours(file.account, "gross_margin", file.catalogue), _year(file)
    if margin is None or not number(revenue):
        return None
    title = f"{file.account.name}: gross margin in revenue"
    name = f"margin:{file.account.id}:{file.as_of}"
    return percent(name, title=title, part=margin, whole=revenue, as_of=file.as_of)


def _potential(file: AccountFile) -> Evidence | None:
    most = in_ours(file.account, "potential", file.catalogue)
    if most is None or (number(most) or 0) <= 0:
        return None
    return gap_percent(
        f"potential_left:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: potential still to win",
        have=_year(file),
        most=most,
        as_of=file.as_of,
    )


def _cost_to_serve(file: AccountFile) -> Evidence | None:
    cost = in_ours(file.account, "cost_to_serve", file.catalogue)
    margin = in_ours(file.account, "gross_margin", file.catalogue)
    if cost is None or margin is None or (number(margin) or 0) <= 0:
        return None
    title = f"{file.account.name}: cost to serve in gross margin"
    name = f"cost_share:{file.account.id}:{file.as_of}"
    return percent(name, title=title, part=cost, whole=margin, as_of=file.as_of)


def _stage(file: AccountFile, thresholds: Thresholds) -> Evidence | None:
    stage = life_cycle(file, thresholds)
    if not stage.known:
        return None
    refs = tuple(dict.fromkeys(ref for each in stage.evidence for ref in each.refs))
    return computed(
        f"stage:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: stage {stage.outcome.replace('_', ' ')}, as strength",
        value=_STAGES[stage.outcome],
        unit="%",
        formula="stage",
        inputs=[Input("stage", _STAGES[stage.outcome], refs, "%")],
        as_of=file.as_of,
    )


def _coverage(file: AccountFile) -> Evidence | None:
    """How many of those who matter took part in a touch within twelve months, in per cent."""
    people = [p for p in centre.present(file) if _MATTER & set(centre.roles(p))]
    if not people:
        return None
    met = [int(bool(centre.recent(file, centre.touches_with(file, p), 12))) for p in people]
    return computed(
        f"covered:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: people who matter met within twelve months",
        value=(Decimal(sum(met)) / len(met) * 100).quantize(TENTH),
        unit="%",
        formula="round(mean(met) * 100, 1)",
        inputs=[
            Input("met", answer, (person.ref,)) for person, answer in zip(people, met, strict=True)
        ],
        as_of=file.as_of,
    )


def _contract(file: AccountFile) -> Evidence | None:
    """All or nothing: a contract that runs or was renewed, among those on record."""
    if not file.contracts:
        return None
    lasting = between.agreements(file)
    shown = lasting or tuple(recorded(row, "starts_on") for row in file.contracts)
    return computed(
        f"contract:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: a lasting contract",
        value=100 if lasting else 0,
        unit="%",
        formula="min(1, lasting) * 100",
        inputs=[Input("lasting", len(lasting), tuple(ref for e in shown for ref in e.refs))],
        as_of=file.as_of,
    )


def _win_rate(file: AccountFile, thresholds: Thresholds) -> Evidence | None:
    """Deals won among those closed; fewer than `lessons_minimum` give no percentage."""
    closed = [deal for deal in file.opportunities if deal.status in {"won", "lost"}]
    closed.sort(key=lambda deal: (str(deal.closes_on), deal.id))
    if len(closed) < thresholds.lessons_minimum:
        return None
    won = [int(deal.status == "won") for deal in closed]
    return computed(
        f"win_rate:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: deals won of {len(closed)} closed",
        value=(Decimal(sum(won)) / len(won) * 100).quantize(TENTH),
        unit="%",
        formula="round(mean(won) * 100, 1)",
        inputs=[
            Input("won", answer, (f"{deal.ref}#status",))
            for deal, answer in zip(closed, won, strict=True)
        ],
        as_of=file.as_of,
    )


def _share_of_wallet(file: AccountFile, thresholds: Thresholds) -> Evidence | None:
    """The cautious end of our share of what they spend."""
    found = whitespace(file, thresholds)
    low = f"computed:share_of_wallet:high:{file.account.id}:{file.as_of}"
    return next((e for e in found.evidence if e.ref == low), None)
