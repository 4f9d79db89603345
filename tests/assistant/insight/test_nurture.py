from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.nurture import nurture
from assistant.thresholds import Thresholds
from knowledge.records import Holding
from tests.assistant.insight.builders import holding, portfolio, user
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
GIANTS = (holding("giant", 7000, 7000), holding("second", 1500, 1500))


def some(amount: int) -> Decimal:
    return Decimal(amount)


def test_a_neglected_customer_with_room_is_projected_into_the_core() -> None:
    quiet = holding("meridian", 600, 600, potential=some(3400), owner_id="priya")
    found = nurture(portfolio(*GIANTS, quiet, users=(user("priya"),)), RULES)
    assert found.outcome == "listed"
    (listed,) = found.values["listed"]
    assert (listed.name, listed.owner, listed.witness) == ("Meridian", "Priya", "potential")
    assert listed.projected == Decimal("2000.00")
    assert found.values["line"] == 1500
    assert listed.trend in found.against, "a level trend speaks against the bet"
    assert_sound(found)


def test_a_trend_counts_only_as_far_as_the_potential_reaches() -> None:
    small = holding("cement", 900, 100, potential=some(1000))
    found = nurture(portfolio(*GIANTS, small), RULES)
    (candidate,) = found.values["candidates"]
    assert candidate.trend is not None
    assert candidate.trend.value == 1700
    assert candidate.projected == 1000
    assert found.outcome == "empty"
    assert_sound(found)


def test_without_a_potential_the_trend_stands_alone_and_is_asked_about() -> None:
    rising = holding("rising", 900, 100, owner_id="tom")
    found = nurture(portfolio(*GIANTS, rising, users=(user("tom"),)), RULES)
    assert [each.witness for each in found.values["listed"]] == ["trend"]
    assert found.confidence == 0.0
    assert found.questions[0].whom == "Tom"
    assert_sound(found)


def test_a_line_needs_two_points() -> None:
    newcomer = holding("newcomer", 900)
    found = nurture(portfolio(*GIANTS, newcomer), RULES)
    assert found.values["candidates"][0].trend is None
    assert found.outcome == "empty"


def test_the_potential_of_subsidiaries_counts_with_their_parent() -> None:
    parent = holding("parent", 300, 300, potential=some(2000))
    child = holding("child", 300, 300, potential=some(1400), parent_id="parent")
    found = nurture(portfolio(*GIANTS, parent, child), RULES)
    (listed,) = found.values["listed"]
    assert (listed.revenue, listed.projected) == (600, 2000)
    assert_sound(found)


def test_a_prospect_is_not_nurtured_and_an_empty_book_says_nothing() -> None:
    prospect = holding("prospect", 0, potential=some(9000))
    found = nurture(portfolio(*GIANTS, prospect), RULES)
    assert "Prospect" not in {each.name for each in found.values["candidates"]}
    empty = nurture(portfolio(prospect), RULES)
    assert empty.outcome == "unknown"
    assert_sound(empty)


BOOKS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.none() | st.integers(1, 10**7)),
    min_size=1,
    max_size=8,
)


@given(book=BOOKS, data=st.data())
def test_every_listed_customer_is_outside_the_core_and_projected_into_it(
    book: list[tuple[int, int, int | None]], data: st.DataObject
) -> None:
    holdings: list[Holding] = [
        holding(f"a{i}", latest, before, potential=None if most is None else some(most))
        for i, (latest, before, most) in enumerate(book)
    ]
    whole = portfolio(*holdings)
    found = nurture(whole, RULES)
    for each in found.values.get("listed", ()):
        assert 0 < each.revenue <= each.line <= each.projected
        assert each.potential is None or each.projected <= each.potential.value
    shuffled = replace(whole, holdings=tuple(data.draw(st.permutations(whole.holdings))))
    names = [each.name for each in nurture(shuffled, RULES).values.get("listed", ())]
    assert names == [each.name for each in found.values.get("listed", ())]
    assert_sound(found)
