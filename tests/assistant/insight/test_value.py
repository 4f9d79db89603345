"""The value proposition: a named alternative, few points, and only confirmed figures as claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.insight.readers import reader_of
from assistant.insight.value import value
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Contact, Record, SpendEstimate, ValueDriver, ValueInput
from tests.assistant.insight.builders import (
    account,
    competitor,
    contact,
    deal,
    file,
    order,
    product,
    row,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import asked

RULES = Thresholds()
DAY = date(2026, 6, 12)


def driver(key: str, name: str, formula: str | None, **fields: Any) -> ValueDriver:
    given = {"product_id": "vx", "point": "difference", "unit": "EUR a year", "name": name}
    return row(ValueDriver, key, **{**given, "formula": formula, **fields})


def figure(name: str, amount: str, by: str | None = "Mette", **fields: Any) -> ValueInput:
    given = {"name": name, "value": Decimal(amount), "value_driver_id": "energy"}
    confirmed = {"confirmed_by": by, "confirmed_on": DAY if by else None, "account_id": "acme"}
    return row(
        ValueInput, f"{name}-{fields.get('value_driver_id')}", **{**given, **confirmed, **fields}
    )


ENERGY = driver(
    "energy",
    "Less energy per tonne",
    "kwh_saved_per_tonne * tonnes_per_year * price_per_kwh",
    alternative="Hydrax hygienic pump",
    audience="Energy Manager, COO",
)
HYGIENE = driver("hygiene", "EHEDG and 3-A hygiene", None, point="parity", audience="Quality")
FIGURES = (
    figure("tonnes per year", "118000"),
    figure("price_per_kwh", "0.11", "Søren"),
)
SAVED = figure("kwh_saved_per_tonne", "6.7")
PEOPLE = (
    contact("henrik", "decider", name="Henrik Dalgaard", measured_on="energy per tonne of milk"),
    contact("katrin", "buyer", name="Katrin Vestergaard", measured_on="savings by category"),
    contact("birgit", "decider", name="Birgit Aagaard", title="CFO"),
    touch("t", date(2025, 11, 18), "henrik"),
)


def borealis(*rows: Record, rivals: bool = True) -> AccountFile:
    hydrax = (competitor("hydrax"), competitor("sealwright")) if rivals else ()
    retrofit = deal("retrofit", product_id="vx", competitor_id="hydrax" if rivals else None)
    daniel = user("daniel", name="Daniel Reyes")
    mine = account(name="Borealis", owner_id="daniel")
    return file(mine, daniel, *hydrax, retrofit, product("vx", "Pumps"), *PEOPLE, ENERGY, *rows)


def test_confirmed_figures_make_a_difference_with_its_sum() -> None:
    found = value(borealis(*FIGURES, SAVED, HYGIENE), RULES, "Henrik Dalgaard")
    (point,) = found.values["differences"]
    assert found.outcome == "ready"
    assert found.values["alternative"].name == "Hydrax"
    assert point.worth == Decimal("86966.00")  # 6.7 kWh/t on 118,000 t at 0.11 EUR.
    assert {figure.confirmed_by for figure in point.figures} == {"Mette", "Søren"}
    assert found.values["parity"].name == "EHEDG and 3-A hygiene"
    assert found.confidence == 1
    assert_sound(found)


def test_a_contested_figure_becomes_data_to_gather_and_no_claim() -> None:
    contested = figure("kwh_saved_per_tonne", "6.7", contested=True)
    found = value(borealis(*FIGURES, contested), RULES, "Henrik Dalgaard")
    (gathering,) = found.values["to_gather"]
    assert found.outcome == "to_gather"
    assert found.values["differences"] == ()
    assert (gathering.figure.name, gathering.figure.standing) == (
        "kwh_saved_per_tonne",
        "contested",
    )
    assert gathering.whom == "Mette"
    assert any(e.ref.endswith("#contested") for e in found.against)
    assert_sound(found)


def test_an_unconfirmed_figure_is_shown_as_such_and_asked_about() -> None:
    found = value(borealis(*FIGURES, figure("kwh_saved_per_tonne", "6.7", None)), RULES, "decider")
    assert found.outcome == "unconfirmed"
    assert [one.figure.standing for one in found.values["to_gather"]] == ["unconfirmed"]
    assert any("confirm “kwh_saved_per_tonne”" in question for question in asked(found))


def test_a_missing_figure_is_asked_of_whoever_confirmed_another() -> None:
    found = value(borealis(*FIGURES), RULES, "Henrik Dalgaard")
    assert found.outcome == "to_gather"
    assert found.values["to_gather"][0].whom in {"Mette", "Søren"}


def test_without_an_alternative_there_is_no_proposition() -> None:
    found = value(borealis(*FIGURES, SAVED, rivals=False), RULES, "Henrik Dalgaard")
    assert found.outcome == "unknown"
    assert asked(found)[0] == "What would Borealis do if we did not exist?"
    assert found.questions[0].whom == "Henrik Dalgaard"


def test_what_a_reader_is_not_measured_on_is_crossed_off() -> None:
    found = value(borealis(*FIGURES, SAVED), RULES, "Katrin Vestergaard")
    assert found.values["differences"] == ()
    assert [one.why for one in found.values["left_out"]] == ["not_measured"]


def test_a_point_against_another_rival_is_no_difference_here() -> None:
    other = driver(
        "milk",
        "Energy of cleaning",
        "price_per_kwh * 2",
        alternative="Sealwright copy",
        audience="COO",
    )
    rows = (*FIGURES, SAVED, other, figure("price_per_kwh", "1", value_driver_id="milk"))
    found = value(borealis(*rows), RULES, "Henrik Dalgaard")
    assert [point.driver_id for point in found.values["differences"]] == ["energy"]
    assert [one.why for one in found.values["left_out"]] == ["other_alternative"]


def test_at_most_two_differences_and_one_parity() -> None:
    more = [driver(f"d{i}", f"Energy saved {i}", "price_per_kwh * 2") for i in range(4)]
    equal = [driver(f"p{i}", f"Parity {i}", None, point="parity") for i in range(3)]
    shared = figure("price_per_kwh", "0.11", value_driver_id=None)
    found = value(borealis(*FIGURES, SAVED, shared, *more, *equal), RULES, "Henrik Dalgaard")
    assert len(found.values["differences"]) == 2
    assert found.values["differences"][0].driver_id == "energy"
    assert found.values["parity"].driver_id == "p0"
    assert {one.why for one in found.values["left_out"]} == {"third"}


def test_a_formula_that_does_not_read_is_told_and_never_guessed() -> None:
    broken = driver("broken", "Energy, badly written", "kwh saved * tonnes")
    found = value(borealis(*FIGURES, SAVED, broken), RULES, "Henrik Dalgaard")
    (left_out,) = found.values["left_out"]
    assert (left_out.why, left_out.point.worth) == ("no_sum", None)
    assert "is not a formula" in (left_out.point.trouble or "")


def test_only_drivers_of_products_with_a_place_here_are_considered() -> None:
    seals = driver("seal", "Less energy in seals", "price_per_kwh * 1", product_id="sl")
    shared = figure("price_per_kwh", "0.11", value_driver_id=None)
    rows = (seals, shared, product("sl", "Seals"))
    nothing = value(borealis(*rows), RULES, "Henrik Dalgaard")
    room = row(SpendEstimate, "s1", product_family="Seals", high=Decimal(9))
    assert nothing.values["differences"] == ()
    (point,) = value(borealis(*rows, room), RULES, "Henrik Dalgaard").values["differences"]
    assert point.why_here == "whitespace"
    bought = replace(borealis(*rows), revenue=(order("o", DAY, 5, product_id="sl"),))
    assert value(bought, RULES, "Henrik Dalgaard").values["differences"][0].why_here == "owned"


def test_a_role_means_whoever_plays_it_and_was_met_last() -> None:
    known = borealis()
    assert reader_of(known, "decider").name == "Henrik Dalgaard"
    assert reader_of(known, "CFO").name == "Birgit Aagaard"
    assert reader_of(known, "dalgaard").name == "Henrik Dalgaard"
    assert reader_of(known, "plant poet").name is None


def test_a_reader_whose_measure_is_not_recorded_is_asked_for_it() -> None:
    found = value(borealis(*FIGURES, SAVED), RULES, "CFO")
    assert "What is Birgit Aagaard measured on?" in asked(found)


def test_the_order_of_rows_does_not_matter() -> None:
    some = borealis(*FIGURES, SAVED, HYGIENE)
    contacts: tuple[Contact, ...] = some.contacts[::-1]
    mixed = replace(some, contacts=contacts, value_inputs=some.value_inputs[::-1])
    assert value(mixed, RULES, "decider") == value(some, RULES, "decider")
