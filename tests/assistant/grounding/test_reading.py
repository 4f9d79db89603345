"""Numbers and dates are read in every format that people write them in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims import Claim, Input
from assistant.grounding import check
from assistant.grounding.dates import Moment, moments_in
from assistant.grounding.quantities import Quantity, agrees, quantities_in
from assistant.grounding.saying import take_apart
from tests.assistant.grounding.workspace import Shelf, computed

Writing = Callable[[Decimal], str]

AMOUNTS = st.integers(min_value=10_000, max_value=99_999_999_999).map(lambda n: Decimal(n) / 100)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


def english(n: Decimal, places: int) -> str:
    return f"{n:,.{places}f}"


def german(n: Decimal, places: int) -> str:
    return english(n, places).translate(str.maketrans(",.", ".,"))


def russian(n: Decimal, places: int) -> str:
    return english(n, places).translate(str.maketrans(",.", "\u00a0,"))


def swiss(n: Decimal, places: int) -> str:
    return english(n, places).replace(",", "’")


WRITTEN: list[tuple[int, Writing]] = [
    (1, lambda n: f"EUR {english(n, 2)}"),
    (1, lambda n: f"{german(n, 2)} Euro"),
    (1, lambda n: f"{russian(n, 2)} евро"),
    (1, lambda n: f"{swiss(n, 2)} EUR"),
    (1_000, lambda n: f"EUR {english(n, 1)}k"),
    (1_000, lambda n: f"{german(n, 1)} Tsd. EUR"),
    (1_000_000, lambda n: f"EUR {english(n, 3)} million"),
    (1_000_000, lambda n: f"{german(n, 3)} Mio. €"),
    (1_000_000, lambda n: f"{russian(n, 3)} млн евро"),
]


@given(AMOUNTS, st.sampled_from(WRITTEN))
def test_an_amount_is_recognised_in_every_format_and_rounding(
    amount: Decimal, written: tuple[int, Writing]
) -> None:
    scale, write = written
    text = f"The total was {write(amount / scale)} in all."
    (said,) = quantities_in(text)
    assert said.unit == "EUR"
    tiny = amount < scale > 1  # rounds to little more than nothing
    assert tiny or agrees(said, Quantity.exactly(amount, "EUR"))


@given(AMOUNTS, st.sampled_from(WRITTEN), st.data())
def test_another_digit_is_caught(
    amount: Decimal, written: tuple[int, Writing], data: st.DataObject
) -> None:
    scale, write = written
    text = write(amount / scale)
    place = data.draw(st.sampled_from([i for i, c in enumerate(text) if c.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    wrong = text[:place] + digit + text[place + 1 :]
    found = quantities_in(f"The total was {wrong} in all.")
    assert not any(agrees(said, Quantity.exactly(amount, "EUR")) for said in found)


@given(AMOUNTS)
def test_a_true_amount_passes_the_whole_check_and_a_wrong_one_does_not(amount: Decimal) -> None:
    row = [Input("amount", amount, (), "EUR")]
    total = computed("total", "Orders", amount, "EUR", "sum(amount)", row)
    texts = [f"Orders came to EUR {english(n, 2)}." for n in (amount, amount + 1)]
    right, wrong = check([Claim(text, "fact", (total,)) for text in texts], Shelf())
    assert (right.verdict, wrong.verdict) == ("supported", "unsupported")


MONTHS_EN = "January February March April May June July August September October November December"
MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"


@given(DAYS)
def test_a_day_is_recognised_in_every_format(day: date) -> None:
    en, de, ru = (line.split()[day.month - 1] for line in (MONTHS_EN, MONTHS_DE, MONTHS_RU))
    for text in (
        day.isoformat(),
        f"{day.day} {en} {day.year}",
        f"{en} {day.day}, {day.year}",
        f"{day.day} {en[:3]} {day.year}",
        f"{day.day}. {de} {day.year}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {ru} {day.year} г.",
    ):
        moments, rest = moments_in(f"on {text} at last")
        assert [(m.year, m.month, m.day) for m in moments] == [(day.year, day.month, day.day)], text
        assert not quantities_in(rest)


@given(DAYS, DAYS)
def test_only_the_same_day_follows_from_a_day(one: date, other: date) -> None:
    assert Moment.of(one).follows_from(Moment.of(other)) == (one == other)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Q3 2025", "Q3"),
        ("the third quarter of 2025", "Q3"),
        ("im 3. Quartal 2025", "Q3"),
        ("в III квартале 2025 года", "Q3"),
        ("H1 2025", "H1"),
    ],
)
def test_a_quarter_is_a_quarter_in_every_language(text: str, part: str) -> None:
    (moment,), _ = moments_in(text)
    assert (moment.year, moment.part) == (2025, part)
    inside = Moment.of(date(2025, 8 if part == "Q3" else 2, 9))
    assert moment.follows_from(inside)
    assert not moment.follows_from(Moment.of(date(2024, 8, 9)))


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("twelve months", 12, "months"),
        ("vierundzwanzig Monate", 24, "months"),
        ("двадцать четыре месяца", 24, "months"),
        ("a 24-month term", 24, "months"),
        ("23 %", 23, "%"),
        ("23 per cent", 23, "%"),
        ("15kWh", 15, "kWh"),
        ("US$ 4.5m", 4_500_000, "USD"),
        ("1 234,5 млн руб.", 1_234_500_000, "RUB"),
        ("five points", 5, "points"),
        ("seven orders", 7, "orders"),
    ],
)
def test_words_and_units_of_three_languages(said: str, value: int, unit: str) -> None:
    (found,) = quantities_in(said)
    assert found.value == value
    assert found.unit == unit


def test_one_duration_follows_from_another() -> None:
    def found(said: str, number: int, unit: str) -> bool:
        return agrees(quantities_in(said)[0], Quantity.exactly(Decimal(number), unit))

    assert found("three weeks", 21, "days")
    assert found("24 months", 2, "years")
    assert found("about four months", 122, "days")
    assert not found("three months", 21, "days")
    assert not found("EUR 21", 21, "days")
    assert not found("21 %", 21, "days")


def test_a_bound_holds_a_little_way() -> None:
    nearly, over = quantities_in("almost 20 %")[0], quantities_in("more than 20 %")[0]
    for value, below, above in ((19, True, False), (22, False, True), (40, False, False)):
        found = Quantity.exactly(Decimal(value), "%")
        assert (agrees(nearly, found), agrees(over, found)) == (below, above)


def test_codes_are_no_numbers() -> None:
    saying = take_apart("Contract VX-2023-118, case 00417, 6 VX-200 and a 24-month term in Q3 2025")
    assert saying.codes == ("VX-2023-118", "00417", "VX-200")
    assert [q.value for q in saying.quantities] == [6, 24]
