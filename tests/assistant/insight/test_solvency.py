"""Insolvency told of in the records: a flag for finance, and only about the account itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.insight.priorities import priorities
from assistant.insight.solvency import solvency
from assistant.insight.study import study
from assistant.thresholds import Thresholds
from knowledge.records import Revenue
from knowledge.records.tables import Record
from tests.assistant.insight.builders import (
    TODAY,
    account,
    commitment,
    competitor,
    contact,
    file,
    order,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
DANIEL = user("daniel", name="Daniel Reyes")
MAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    "description",
    [
        "Dye house and finishing. Court protection since 2026-02-16; pays in advance.",
        "Filed for Chapter 11 in June 2026.",
        "Insolvent since May; a supplier took its stock back.",
        "Seit Mai im Schutzschirmverfahren.",
        "Papierfabrik. Insolvenzantrag gestellt am 3. August 2026.",
        "Банкротство с 2026 года, введено внешнее управление.",
    ],
)
def test_what_the_account_s_own_record_tells_is_taken_to_finance(description: str) -> None:
    found = solvency(file(account(description=description, owner_id="daniel"), DANIEL), RULES)
    assert found.outcome == "doubtful"
    assert found.questions[0].whom == "Daniel Reyes"
    assert found.values["told"][0].words in description
    assert_sound(found)


@pytest.mark.parametrize(
    "description",
    [
        "Their largest customer went bankrupt in 2026.",
        "Makes software for insolvency practitioners.",
        "Law firm for insolvency cases.",
        "Contract ends in the event of insolvency of either party.",
        "Was insolvent in 2009, bought by a family since.",
        "Not insolvent, says finance.",
        "Motor protection set wrong; liquidated damages apply.",
        "Ihr größter Kunde ist insolvent.",
        "Die Insolvenz ihres größten Kunden hat Umsatz gekostet.",
        "Kanzlei für Insolvenzrecht.",
        "Банкротство их крупнейшего клиента.",
        "Board and market pulp.",
    ],
)
def test_somebody_else_s_trouble_is_not_theirs(description: str) -> None:
    found = solvency(file(account(description=description)), RULES)
    assert found.outcome == "unsaid"
    assert_sound(found)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Court protection since yesterday. Old invoices are frozen.", "doubtful"),
        ("We are under the protection of the court in Lille since 16 February.", "doubtful"),
        ("Wir haben gestern Insolvenz angemeldet.", "doubtful"),
        ("Они подали на банкротство.", "doubtful"),
        ("Acme is in receivership.", "doubtful"),
        ("Krönert GmbH has filed for insolvency; Acme loses a buyer.", "unsaid"),
        ("One of their customers is insolvent.", "unsaid"),
        ("Sealwright is insolvent, they say.", "unsaid"),
        ("Talked about the insolvency of Krönert.", "unsaid"),
    ],
)
def test_a_touch_counts_when_it_speaks_of_the_account(words: str, outcome: str) -> None:
    rival = competitor("sealwright", name="Sealwright")
    rows = (account(), rival, touch("t", MAY, subject="Call", body=words))
    assert solvency(file(*rows), RULES).outcome == outcome


def test_trouble_that_is_told_to_be_over_is_no_longer_finance_s() -> None:
    told = touch("a", MAY, subject="Call", body="They are filing for bankruptcy.")
    over = touch("b", date(2026, 8, 3), subject="Call", body="They are out of bankruptcy.")
    assert solvency(file(account(), told), RULES).outcome == "doubtful"
    found = solvency(file(account(), told, over), RULES)
    assert found.outcome == "lifted"
    assert found.against
    assert_sound(found)


def test_a_touch_of_years_ago_is_history() -> None:
    old = touch("a", date(2023, 5, 4), subject="Call", body="They are filing for bankruptcy.")
    assert solvency(file(account(), old), RULES).outcome == "unsaid"


def test_what_may_be_unpaid_is_added_up_and_what_followed_is_kept() -> None:
    told: list[Record | Revenue] = [
        account(description="Court protection since 2026-02-16."),
        touch("p", date(2026, 3, 5), subject="Call", body="Delivery against weekly prepayment."),
        touch("q", date(2026, 4, 9), subject="Mail", body="The prepayment has arrived."),
        touch("c", date(2026, 7, 2), subject="Call", body="The court decides on 12 November."),
        order("old", date(2026, 6, 1), 900),
        order("new", date(2026, 9, 1), 400),
    ]
    found = solvency(file(*told), RULES)
    assert found.values["exposure"] == Decimal(400)
    assert [one.words for one in found.values["followed"]] == [
        "The court decides on 12 November",
        "Delivery against weekly prepayment",
    ]
    assert_sound(found)


def test_finance_is_asked_before_anything_else_and_nobody_is_asked_why_they_buy_less() -> None:
    halves = (date(2026, 6, 1), date(2025, 12, 1), date(2025, 6, 1))
    orders = [order(f"o{at}", on, 100 * 2**at) for at, on in enumerate(halves)]
    late = commitment("r", "request", due_on=date(2026, 9, 1))
    eva = contact("eva", "decider", name="Eva Lund")
    known: list[Record | Revenue] = [DANIEL, late, eva, *orders]

    def first(description: str) -> list[str]:
        told = file(account(description=description, owner_id="daniel"), *known)
        return [one.kind for one in priorities(study(told, None, RULES))][:2]

    assert first("In court protection.") == ["ask_finance", "answer_request"]
    assert first("Board and pulp.") == ["answer_request", "ask_decline"]


def test_a_decline_is_asked_about_with_somebody_who_knows_us() -> None:
    halves = (date(2026, 6, 1), date(2025, 12, 1), date(2025, 6, 1))
    orders = [order(f"o{at}", on, 100 * 2**at) for at, on in enumerate(halves)]
    stranger = contact("eva", "decider", name="Eva Lund")
    champion = contact("ole", "champion", name="Ole Berg")
    met = touch("t", date(2026, 8, 3), contact_id="ole")
    told: list[Record | Revenue] = [DANIEL, stranger, champion, met, *orders]
    found = priorities(study(file(account(owner_id="daniel"), *told), None, RULES))
    [asked] = [one for one in found if one.kind == "ask_decline"]
    assert asked.values["who"] == "Ole Berg"


def test_a_decline_asks_somebody_by_name_what_has_changed() -> None:
    halves = (date(2026, 6, 1), date(2025, 12, 1), date(2025, 6, 1))
    orders = [order(f"o{at}", on, 100 * 2**at) for at, on in enumerate(halves)]
    buyer, eva = contact("ada", "buyer"), contact("eva", "decider", name="Eva Lund")
    declining = file(account(owner_id="daniel"), DANIEL, buyer, eva, *orders)
    first = priorities(study(declining, None, RULES))[0]
    assert (first.kind, first.owner, first.values["who"]) == (
        "ask_decline",
        "Daniel Reyes",
        "Eva Lund",
    )
    assert first.values["share"] == Decimal("50.0")
    assert first.by > TODAY
    assert first.evidence
