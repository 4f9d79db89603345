"""Customer health shows its parts; what is missing lowers confidence and never scores 0."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.health import health
from assistant.insight.plan_quality import plan_quality
from assistant.thresholds import Thresholds
from knowledge.records.tables import SpendEstimate, ValueInput
from tests.assistant.insight.builders import (
    TODAY,
    account,
    case,
    commitment,
    competitor,
    contact,
    deal,
    file,
    order,
    row,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
STEADY = (order("o1", date(2026, 3, 1), 100), order("o2", date(2025, 3, 1), 100))
TALKS = tuple(touch(f"t{i}", TODAY - timedelta(days=10 * i), "eva") for i in range(12))
EVA = contact("eva", "decider", "champion", "sponsor", "user")


def test_the_score_is_the_weighted_mean_of_its_parts() -> None:
    found = health(file(*STEADY, *TALKS, EVA), RULES)
    scores = {part.name: part.score for part in found.values["parts"] if part.score is not None}
    assert scores == {"revenue": 70, "rhythm": 100, "coverage": 50}
    assert found.values["score"] == 73  # (70 × 25 + 100 × 20 + 50 × 20) / 65.
    assert found.values["missing"] == ("promises", "cases", "mutual_plan")
    assert (found.outcome, found.confidence) == ("good", 0.65)
    assert_sound(found)


def test_a_missing_part_is_left_out_and_not_scored_0() -> None:
    with_plan = (
        commitment("a", "action", made_on=TODAY),
        commitment("b", "action", "theirs", made_on=TODAY),
    )
    few = health(file(*STEADY, *TALKS, EVA), RULES)
    more = health(file(*STEADY, *TALKS, EVA, *with_plan), RULES)
    assert more.values["score"] > few.values["score"]
    assert more.confidence > few.confidence


def test_what_is_too_loud_for_an_average_stands_beside_it() -> None:
    found = health(
        file(
            *STEADY,
            *TALKS,
            EVA,
            commitment("p", due_on=date(2026, 9, 4)),
            commitment("r", "request", due_on=date(2026, 9, 17)),
            case("00417", date(2026, 6, 18), priority="High"),
        ),
        RULES,
    )
    assert found.outcome == "red"
    assert found.values["red"] == ("request_overdue", "promise_overdue", "serious_case")
    scores = {part.name: part.score for part in found.values["parts"]}
    assert (scores["promises"], scores["cases"]) == (40, 60)
    assert_sound(found)


def test_too_little_known_is_unknown_and_asks() -> None:
    found = health(file(account(owner_id="tom"), user("tom")), RULES)
    assert (found.outcome, found.values["score"]) == ("unknown", None)
    assert {question.whom for question in found.questions} == {"Tom"}
    assert_sound(found)


@given(
    st.lists(st.integers(0, 700), max_size=8),
    st.lists(st.integers(1, 10**6), max_size=6),
    st.integers(0, 4),
)
def test_every_score_is_between_0_and_100(ages: list[int], sales: list[int], broken: int) -> None:
    found = health(
        file(
            *(touch(f"t{i}", TODAY - timedelta(days=age), "eva") for i, age in enumerate(ages)),
            *(order(f"o{i}", date(2025, 1 + i, 1), amount) for i, amount in enumerate(sales)),
            *(commitment(f"p{i}", due_on=date(2026, 1, 1)) for i in range(broken)),
            EVA,
        ),
        RULES,
    )
    scores = [part.score for part in found.values["parts"] if part.score is not None]
    assert all(0 <= score <= 100 for score in scores)
    if found.values["score"] is not None:
        assert min(scores) - 1 <= Decimal(found.values["score"]) <= max(scores) + 1
    assert_sound(found)


def test_plan_quality_tells_which_elements_have_substance() -> None:
    empty = plan_quality(file(account(owner_id="tom"), user("tom")), RULES)
    assert (empty.outcome, empty.values["k"]) == ("empty", 0)
    assert len(empty.questions) == empty.values["n"]
    solid = file(
        account(
            goals="121 kWh by 2027",
            charter="Pumps on every measured line",
            potential=Decimal(8),
            next_review_on=date(2026, 10, 15),
        ),
        EVA,
        competitor("hydrax"),
        deal("d", competitor_id="hydrax", next_step="Call", closes_on=date(2026, 12, 1)),
        row(SpendEstimate, "s", product_family="Pumps", high=Decimal(5), source_note="Katrin"),
        row(ValueInput, "v", name="tonnes", value=Decimal(1), confirmed_by="Mette"),
        commitment("a", "action", due_on=TODAY),
        commitment("b", "action", "theirs", due_on=TODAY),
    )
    full = plan_quality(solid, RULES)
    assert full.outcome == "full"
    assert full.values["blank"] == ()
    assert_sound(full)


def test_a_blank_charter_and_a_contested_figure_have_no_substance() -> None:
    contested = row(ValueInput, "v", name="t", value=Decimal(1), confirmed_by="M", contested=True)
    found = plan_quality(file(account(charter="tbd"), contested), RULES)
    assert {"charter", "confirmed_figure"} <= set(found.values["blank"])
    assert found.outcome == "empty"


def test_the_order_of_rows_does_not_matter() -> None:
    some = file(*STEADY, *TALKS, EVA, commitment("p"), commitment("q", due_on=TODAY))
    mixed = replace(some, activities=some.activities[::-1], commitments=some.commitments[::-1])
    assert health(mixed, RULES) == health(some, RULES)
