"""What-ifs as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.insight.what_if import Grows, Leaves
from assistant.steering import suppose
from knowledge.errors import BadInput


def find(name: str) -> tuple[str, str]:
    return name.casefold(), name


@pytest.mark.parametrize(
    "sentence",
    [
        "if Borealis leaves",
        "What if Borealis left?",
        "we lose Borealis",
        "Borealis goes",
        "wenn Borealis geht",
        "wenn wir Borealis verlieren",
        "что, если Borealis уйдёт?",
        "мы потеряем Borealis",
    ],
)
def test_somebody_leaves(sentence: str) -> None:
    assert suppose(sentence, find).changes == (Leaves("borealis", "Borealis"),)


@pytest.mark.parametrize(
    ("sentence", "percent"),
    [
        ("if Meridian grows by 20 %", "20"),
        ("Meridian falls by 12.5 percent", "-12.5"),
        ("wenn Meridian um 20 % wächst", "20"),
        ("если Meridian вырастет на 20 %", "20"),
        ("что, если Meridian упадёт на 5 процентов", "-5"),
    ],
)
def test_somebody_grows_or_shrinks(sentence: str, percent: str) -> None:
    assert suppose(sentence, find).changes == (Grows("meridian", "Meridian", Decimal(percent)),)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("if we move two days a week to the nurture list", "2"),
        ("move half a day a week to the nurture list", "0.5"),
        ("if we shift 1.5 days per week to the nurture list", "1.5"),
        ("wenn wir zwei Tage pro Woche auf die Förderliste legen", "2"),
    ],
)
def test_days_move_to_the_nurture_list(sentence: str, days: str) -> None:
    supposed = suppose(sentence, find)
    assert (supposed.days, supposed.receivers, supposed.changes) == (Decimal(days), None, ())


def test_days_may_move_to_somebody_by_name() -> None:
    assert suppose("if we move a day a week to Meridian", find).receivers == ("meridian",)


def test_several_suppositions_are_joined_and_names_with_and_stay_whole() -> None:
    supposed = suppose("if Calder and Finch leaves and if Meridian grows by 5 %", find)
    assert supposed.changes == (
        Leaves("calder and finch", "Calder and Finch"),
        Grows("meridian", "Meridian", Decimal(5)),
    )


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("if the moon falls", "no what-if that can be computed"),
        ("", "no what-if"),
        ("move six days a week to the nurture list", "no number of days"),
        ("move 6 days a week to the nurture list", "at most 5"),
    ],
)
def test_what_cannot_be_computed_is_refused_with_what_can(sentence: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        suppose(sentence, find)
