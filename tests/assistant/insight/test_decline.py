from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.claims import Finding
from assistant.insight.decline import decline
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import account, deal, file, order, user
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import turned_by

RULES = Thresholds()
#: One day in each half-year before 30 September 2026, latest first.
HALVES = (date(2026, 6, 1), date(2025, 12, 1), date(2025, 6, 1), date(2024, 12, 1))


def bought(*amounts: int) -> Finding:
    """The finding about somebody who bought this much in each half-year, latest first."""
    rows = [order(f"o{age}", HALVES[age], amount) for age, amount in enumerate(amounts) if amount]
    return decline(file(account(owner_id="daniel"), user("daniel"), *rows), RULES)


def test_two_falls_of_a_fifth_are_a_decline() -> None:
    found = bought(3_050_000, 3_950_000, 5_100_000)
    assert found.outcome == "declining"
    changes = [period.change.value for period in found.values["periods"]]
    assert changes == [Decimal("-22.8"), Decimal("-22.5")]
    assert "above €3,160,000 in that period, 80 % of the one before" in (
        turned_by(found).replace("\u00a0", " ")
    )
    assert found.questions[0].whom == "Daniel"
    assert_sound(found)


def test_one_fall_may_be_a_shutdown() -> None:
    found = bought(60, 100, 100)
    assert found.outcome == "one_fall"
    assert found.values["falls"] == 1
    assert_sound(found)


def test_an_old_fall_that_ended_is_steady() -> None:
    assert bought(80, 60, 100).outcome == "steady"


def test_an_account_that_stopped_goes_on_declining() -> None:
    assert bought(0, 0, 100).outcome == "declining"


def test_a_year_that_holds_and_a_deal_won_speak_against_one_fall() -> None:
    rows = [
        order(f"o{i}", day, a)
        for i, (day, a) in enumerate(zip(HALVES, (60, 120, 80, 80), strict=True))
    ]
    won = deal("retrofit", "won", closes_on=date(2026, 8, 1))
    found = decline(file(account(), won, *rows), RULES)
    assert found.outcome == "one_fall"
    assert {e.title for e in found.against} >= {"Opportunity: Retrofit"}
    assert found.values["year_change"] == Decimal("12.5")
    assert_sound(found)


def test_nothing_to_compare_with_is_unknown() -> None:
    found = bought(100)
    assert found.outcome == "unknown"
    assert_sound(found)
    assert_sound(bought())


@given(st.lists(st.integers(0, 10**7), min_size=4, max_size=4))
def test_declining_means_every_period_fell_by_the_limit(amounts: list[int]) -> None:
    found = bought(*amounts)
    if found.outcome == "declining":
        assert amounts[0] * 10 <= amounts[1] * 8
        assert amounts[1] * 10 <= amounts[2] * 8
    assert_sound(found)
