"""Charts: the message in the title, the picture in words, the same bytes each time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from assistant.insight.decline import decline
from assistant.insight.eighty_twenty import Place, Standing
from assistant.insight.revenue import revenue
from assistant.insight.stakeholders import stakeholders
from assistant.insight.study import Study
from assistant.insight.whitespace import whitespace
from assistant.rendering.charts import (
    charts_of,
    pareto_curve,
    revenue_by_quarter,
    stakeholder_map,
    whitespace_grid,
)
from assistant.rendering.charts.quarters import quarters_of
from assistant.rendering.figure import Figure
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records import tables as t
from tests.assistant.insight import builders as b

LIMITS = Thresholds()


def falling(*extra: t.Record, as_of: date = b.TODAY) -> AccountFile:
    """Three years of orders, the last two half-years each far below the one before."""
    amounts = [100, 110, 120, 120, 110, 110, 100, 100, 70, 60, 45, 40]
    orders = []
    for at, amount in enumerate(amounts):
        index = 2023 * 12 + 10 + at * 3
        on = date(index // 12, index % 12 + 1, 10)
        orders.append(b.order(f"o{at}", on, amount * 1000))
    return b.file(*orders, b.touch("one", date(2026, 9, 1)), *extra, as_of=as_of)


def people() -> AccountFile:
    met = date(2026, 9, 10)
    judged = {"assessed_by": "Daniel", "assessed_on": met}
    return b.file(
        b.contact("mette", "champion", name="Mette Kjærgaard", stance="supporter", **judged),
        b.contact("birgit", "decider", name="Birgit Aagaard", title="CFO"),
        b.contact("willem", "buyer", name="Willem de Groot", stance="opponent", **judged),
        b.contact("lars", "sponsor", name="Lars Bendtsen", left_on=date(2025, 8, 29)),
        b.contact("anna", name="Анна Иванова"),
        b.touch("a", met, "mette"),
        b.touch("b", date(2026, 7, 20), "willem"),
        b.touch("c", date(2025, 8, 1), "lars"),
    )


def order(*revenues: int) -> Standing:
    total, reached, places = Decimal(sum(revenues)), Decimal(0), []
    for rank, bought in enumerate(sorted(revenues, reverse=True), start=1):
        core = reached < total * Decimal("0.8") and bought > 0
        reached += bought
        share = bought / total if total else Decimal(0)
        upto = reached / total if total else Decimal(0)
        name = f"Account {rank}"
        places.append(Place(f"a{rank}", name, rank, Decimal(bought), share, upto, core))
    return Standing(b.TODAY, "EUR", total, tuple(places), {})


def chart(file: AccountFile, language: str = "en") -> Figure:
    drawn = revenue_by_quarter(
        file, revenue(file, LIMITS), decline(file, LIMITS), language=language
    )
    assert drawn is not None
    return drawn


def mapped(file: AccountFile, language: str = "en") -> Figure:
    drawn = stakeholder_map(file.account, stakeholders(file, LIMITS), language=language)
    assert drawn is not None
    return drawn


def test_revenue_that_keeps_falling_says_so_and_marks_where() -> None:
    drawn = chart(falling())
    assert drawn.title == "Acme Dairy: revenue fell two half-years running"
    assert "Q3 2026 40" in drawn.alt
    assert "−35 % in the 6 months to 31 March 2026" in drawn.alt
    assert "touches of the same quarters: 0, 0, 0" in drawn.alt


def test_the_falling_stretch_is_drawn_differently() -> None:
    marked = chart(falling())
    plain = revenue_by_quarter(falling(), revenue(falling(), LIMITS))
    assert plain is not None
    assert plain.png != marked.png
    assert plain.title == "Acme Dairy: revenue down 48.8 % on the year before"


def test_the_title_follows_language_and_case() -> None:
    assert chart(falling(), "de").title == "Acme Dairy: Der Umsatz fällt, zwei Halbjahre in Folge"
    assert chart(falling(), "ru").title == "Acme Dairy: выручка падает два полугодия подряд"
    first = b.file(b.order("o", date(2026, 5, 1), 10))
    assert chart(first).title == "Acme Dairy: first revenue in twelve months"
    old = b.file(b.order("o", date(2024, 1, 1), 10))
    assert chart(old).title == "Acme Dairy: no revenue in two years"
    even = b.file(b.order("o", date(2026, 5, 1), 10), b.order("p", date(2025, 5, 1), 10))
    assert chart(even).title == "Acme Dairy: revenue level with the year before"


def test_quarters_tile_the_thirty_six_months() -> None:
    quarters = quarters_of(falling(as_of=date(2026, 8, 15)))
    assert len(quarters) == 12
    assert quarters[0].span.start == date(2023, 8, 16)
    assert quarters[-1].span.end == date(2026, 8, 15)
    assert sum(q.revenue for q in quarters) == sum(
        row.amount for row in falling().revenue if row.on <= date(2026, 8, 15)
    )
    assert "15 Aug 2026" in chart(falling(as_of=date(2026, 8, 15))).alt


def test_nothing_to_draw_is_no_picture() -> None:
    empty = b.file(b.touch("t", date(2026, 9, 1)))
    assert revenue_by_quarter(empty, revenue(empty, LIMITS)) is None
    assert pareto_curve(order(0, 0)) is None
    assert stakeholder_map(empty.account, stakeholders(empty, LIMITS)) is None
    assert stakeholder_map(empty.account, None) is None
    unknown = b.file(b.product("p", "Pumps"))
    assert whitespace_grid(unknown.account, whitespace(unknown, LIMITS)) is None


def test_the_curve_tells_the_true_k_of_n_and_marks_the_account() -> None:
    drawn = pareto_curve(order(50, 20, 15, 10, 5), "a2")
    assert drawn is not None
    assert drawn.title == "3 of 5 customers bring 85 % of revenue; Account 2 is number 2"
    assert "Account 2 is number 2 with 20 %." in drawn.alt
    assert "Account 1" not in drawn.alt
    nobody = pareto_curve(order(50, 20, 15, 10, 5), "elsewhere")
    assert nobody is not None
    assert nobody.title == "3 of 5 customers bring 85 % of revenue"


@pytest.mark.parametrize("count", [1, 2, 79, 500])
def test_a_portfolio_of_any_size_can_be_drawn(count: int) -> None:
    drawn = pareto_curve(order(*range(1, count + 1)), f"a{count}")
    assert drawn is not None
    assert drawn.pixels[0] == 1440


def test_the_map_names_the_gravest_gap() -> None:
    assert mapped(people()).title == "Acme Dairy: we never met Birgit Aagaard"
    nobody = b.file(b.contact("x", name="X"))
    assert mapped(nobody).title.endswith("nobody's part in the decision is on record")


def test_the_map_in_words_says_stance_and_touch_of_everybody() -> None:
    alt = mapped(people()).alt
    assert "Birgit Aagaard (decides), not assessed, never met" in alt
    assert "Mette Kjærgaard (sponsors, champions), supporter, last met 10 September 2026" in alt
    assert "Lars Bendtsen (sponsors, champions), not assessed" in alt
    assert "left 29 August 2025" in alt
    assert "Анна Иванова (no part on record)" in alt


def test_a_crowd_is_counted_where_it_would_not_fit() -> None:
    crowd = [b.contact(f"c{n}", "user", name=f"Person {n:02}") for n in range(200)]
    drawn = mapped(b.file(*crowd))
    assert drawn.height_mm < 160
    assert "Person 199" in drawn.alt


def test_the_grid_says_what_is_ours_what_is_not_and_what_is_left() -> None:
    file = b.file(
        b.product("p", "Pumps"),
        b.product("s", "Seals"),
        b.competitor("hydrax"),
        b.order("o", date(2026, 5, 1), 40_000, product_id="p", business_unit="Leeds"),
        _spend("1", "Leeds", "Pumps", 100_000),
        _spend("2", "Leeds", "Seals", 60_000, competitor_id="hydrax"),
        _spend("3", "York", "Seals", 0),
    )
    drawn = whitespace_grid(file.account, whitespace(file, LIMITS))
    assert drawn is not None
    assert drawn.title == "Acme Dairy: EUR 120 thousand a year to win, most in Pumps, Leeds"
    assert "Pumps, Leeds: Ours, 40 bought, 60 to win" in drawn.alt
    assert "Seals, Leeds: Hydrax, 60 to win" in drawn.alt
    assert "Seals, York: Nothing bought" in drawn.alt
    assert "Pumps, York: Unknown" in drawn.alt


def test_a_grid_too_large_to_read_counts_what_it_leaves_out() -> None:
    rows = [
        _spend(f"{u}-{f}", f"Unit {u:02}", f"F{f}", 1000 * f) for u in range(20) for f in range(9)
    ]
    file = b.file(*rows)
    drawn = whitespace_grid(file.account, whitespace(file, LIMITS))
    assert drawn is not None
    assert f"{20 * 9 - 12 * 6} smaller cells are not shown." in drawn.alt


def test_the_same_data_gives_the_same_bytes_whatever_the_settings() -> None:
    import matplotlib as mpl

    before = mapped(people()).png
    with mpl.rc_context({"font.size": 30, "font.family": "serif", "savefig.dpi": 10}):
        assert mapped(people()).png == before
    assert chart(falling()).png == chart(falling()).png


def test_pictures_are_as_wide_as_twice_a_slack_message() -> None:
    for drawn in (chart(falling()), mapped(people())):
        assert Image.open(BytesIO(drawn.png)).size == drawn.pixels
        assert drawn.pixels[0] == 1440
        assert drawn.width_mm == 160


def test_a_study_gives_every_chart_that_has_something_to_show() -> None:
    file = falling(*people().contacts)
    rules: dict[str, Any] = {
        "revenue": revenue,
        "decline": decline,
        "stakeholders": stakeholders,
        "whitespace": whitespace,
    }
    found = Study(file, LIMITS, {name: rule(file, LIMITS) for name, rule in rules.items()})
    names = [figure.name for figure in charts_of(found, order(50, 20, 15))]
    assert names == ["revenue", "portfolio", "stakeholders"]


@settings(max_examples=15, deadline=None)
@given(name=st.text(st.characters(), max_size=80), title=st.text(st.characters(), max_size=80))
def test_any_name_can_be_drawn(name: str, title: str) -> None:
    file = b.file(b.account(name=name), b.contact("x", "decider", name=name, title=title))
    drawn = mapped(file)
    assert not set(drawn.alt) & {"\n", "\x00"}


def _spend(key: str, unit: str, family: str, most: int, **fields: Any) -> t.SpendEstimate:
    given: dict[str, Any] = {
        "business_unit": unit,
        "product_family": family,
        "low": Decimal(most),
        "high": Decimal(most),
        "currency": "EUR",
    }
    return b.row(t.SpendEstimate, key, **{**given, **fields})
