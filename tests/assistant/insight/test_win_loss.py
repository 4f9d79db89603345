"""Win and loss: two sides of a reason, counts before percentages, lessons by pattern."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.insight.lessons import attached_to, lessons
from assistant.insight.reasons import agreement
from assistant.insight.win_loss import win_loss
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from tests.assistant.insight.builders import (
    account,
    competitor,
    deal,
    file,
    product,
)
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import asked

RULES = Thresholds()
BINDER = {
    "reason_buyer": "Third time without a validation binder at bid date",
    "reason_buyer_said_by": "Dr. Beatrice Imhof",
    "reason_rep": "Price",
    "competitor_id": "filtracore",
    "product_id": "fm",
}


def penhallow(lost: int) -> AccountFile:
    deals = [
        deal(f"lost{i}", "lost", closes_on=date(2025, 1 + i, 1), **BINDER) for i in range(lost)
    ]
    still = deal("line3", competitor_id="filtracore", product_id="fm")
    pharma = account("penhallow", name="Penhallow", tier="growth")
    return file(pharma, competitor("filtracore"), product("fm", "Filtration"), *deals, still)


def test_the_buyers_reason_stands_beside_the_reps_and_differs() -> None:
    found = win_loss(penhallow(1), RULES)
    (lost,) = found.values["deals"]
    assert found.outcome == "reasons_differ"
    assert lost.agreement == "differ"
    assert (lost.buyer_themes, lost.rep_themes) == (("documents",), ("price",))
    assert lost.said_by == "Dr. Beatrice Imhof"
    assert (found.values["price_by_buyer"], found.values["price_by_rep"]) == (0, 1)
    assert_sound(found)


@pytest.mark.parametrize(("n", "rate"), [(4, None), (5, 0)])
def test_under_five_deals_there_is_no_percentage(n: int, rate: int | None) -> None:
    found = win_loss(penhallow(n), RULES)
    assert (found.values["n"], found.values["lost"]) == (n, n)
    assert found.values["win_rate"] == rate
    assert_sound(found)


def test_a_reason_that_nobody_said_is_not_the_buyers() -> None:
    hearsay = {**BINDER, "reason_buyer_said_by": None}
    found = win_loss(file(deal("d", "lost", **hearsay)), RULES)
    assert found.outcome == "one_sided"
    assert found.values["deals"][0].buyer_reason is None
    assert asked(found)[0].startswith("What does the buyer say")


def test_no_closed_deal_is_none_and_not_a_question() -> None:
    assert win_loss(file(deal("d")), RULES).outcome == "none"


@pytest.mark.parametrize(
    ("buyer", "rep", "verdict"),
    [
        (
            "Local language support in the software.",
            "local language support in the software",
            "same",
        ),
        ("Cheaper and enough for us.", "Price", "same"),
        ("Ersatzteile in 24 Stunden, bei Ihnen neun Tage.", "Preis und Regionalbonus", "differ"),
        ("Nobody answered the quality questionnaire, 19 working days.", "Price", "differ"),
        ("Second source by policy, and nobody showed us your price premium.", "Price", "partly"),
        ("Sample in three days.", "Fast sample", "unclear"),
        (None, "Price", "unclear"),
        ("Цена выше", "Price", "same"),
    ],
)
def test_reasons_are_compared_by_what_they_speak_of(
    buyer: str | None, rep: str, verdict: str
) -> None:
    assert agreement(buyer, rep) == verdict


def test_a_lesson_reaches_the_open_deal_with_the_same_pattern() -> None:
    found = lessons([penhallow(3)], RULES)
    (lesson,) = found.values["lessons"]
    assert (lesson.pattern.family, lesson.pattern.rival) == ("Filtration", "Filtracore")
    assert lesson.themes == (("documents", 3),)
    (attached,) = attached_to(penhallow(0), found.values["lessons"])
    assert (attached.deal, attached.on) == ("Line3", ("family", "rival", "tier"))
    assert_sound(found)


def test_a_lesson_does_not_reach_a_deal_of_another_kind() -> None:
    drawn = lessons([penhallow(3)], RULES).values["lessons"]
    other = file(account(tier="growth"), product("p", "Pumps"), deal("d", product_id="p"))
    assert attached_to(other, drawn) == ()


def test_lessons_do_not_depend_on_the_order_of_accounts() -> None:
    one, two = penhallow(2), file(account("b", name="B"), deal("x", "lost", **BINDER))
    assert lessons([one, two], RULES) == lessons([two, one], RULES)
