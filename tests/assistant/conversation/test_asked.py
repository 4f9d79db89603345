"""A question is answered as it was asked: for the product, the days and the side it names."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.conversation import Answer, Conversation
from assistant.desk import Desk
from knowledge.records import Viewer

EVERYBODY = Viewer.operator()
DAY = date(2026, 9, 30)


@pytest.fixture
def talk(sample_desk: Desk) -> Conversation:
    return sample_desk.conversation


def ask(talk: Conversation, question: str, thread: str | None = None) -> Answer:
    return talk.reply(EVERYBODY, question, thread_id=thread, day=DAY)


def said(talk: Conversation, question: str, thread: str | None = None) -> str:
    answer = ask(talk, question, thread)
    assert not answer.withheld
    return re.sub("[\u00a0\u202f]", " ", answer.text)


@pytest.mark.parametrize(
    ("question", "sold"),
    [
        ("how much did Meridian spend on VX-200?", "€0."),
        ("Wie viel hat Meridian für VX-200 ausgegeben?", ": 0 €."),
        ("how much did Corvane spend on pumps?", "€102,340"),
        ("Umsatz mit Pumpen bei Corvane?", "102.340 €"),
        ("сколько Corvane потратил на PulseWatch?", "21 168 €"),
        ("how much did Stratton buy of FM-10 last year?", "1 January 2025 to 31 December 2025"),
    ],
)
def test_what_was_spent_on_a_product_is_that_products_revenue(
    talk: Conversation, question: str, sold: str
) -> None:
    assert sold in said(talk, question)


def test_revenue_by_product_tells_each_family(talk: Conversation) -> None:
    for question in ("revenue by product", "Umsatz nach Produkt", "revenue by product at Corvane"):
        answer = said(talk, question)
        assert all(family in answer for family in ("Seals", "Pumps", "Filtration", "Monitoring"))


def test_a_thing_that_is_no_product_is_said_to_be_none(talk: Conversation) -> None:
    answer = said(talk, "how much did Corvane spend on flanges?")
    assert answer.startswith("How much of it was flanges? No product or family on record")
    assert "Dichtungen" in said(talk, "Umsatz mit Dichtungen bei Corvane")
    assert "No product" not in said(talk, "how much revenue did Corvane generate last year?")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("which contracts end in the next 12 months?", "by 30 September 2027: 7."),
        ("which contracts end in the next 6 months?", "by 31 March 2027: 5."),
        ("Welche Verträge laufen in den nächsten 12 Monaten aus?", "30. September 2027 enden: 7."),
        ("какие договоры истекают в ближайшие 9 месяцев?", "30 июня 2027 г.: 6."),
        ("which contracts expire in 2027?", "from 1 January 2027 to 31 December 2027: 5."),
        ("which deals close next quarter?", "from 1 October 2026 to 31 December 2026: 14"),
        ("deals closing by 31 March 2027", "to close by 31 March 2027: 19"),
    ],
)
def test_days_ahead_are_the_days_that_were_asked_for(
    talk: Conversation, question: str, told: str
) -> None:
    assert told in said(talk, question)


@pytest.mark.parametrize(
    "question",
    [
        "which accounts have we not contacted for 3 months?",
        "Wen haben wir seit drei Monaten nicht kontaktiert?",
        "с кем мы не общались больше трёх месяцев?",
    ],
)
def test_three_months_of_silence_are_three_months(talk: Conversation, question: str) -> None:
    answer = said(talk, question)
    assert "Falkenried Kraftwerke" in answer
    assert "Gletscher Mineralquellen" in answer
    assert "Corvane" not in answer
    assert "Caspian" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "forecast revenue for Corvane next year",
        "Umsatzprognose für Corvane",
        "прогноз выручки по Corvane",
        "what will Corvane order next quarter?",
    ],
)
def test_nothing_is_forecast_and_what_is_on_record_is_told(
    talk: Conversation, question: str
) -> None:
    answer = ask(talk, question)
    assert answer.claims[0].kind == "unknown"
    assert "Liaison" in answer.claims[0].text
    assert "Tank farm dual-seal programme" in answer.text


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("how much could we still sell to Corvane?", "€940,791"),
        ("wie viel könnten wir Corvane noch verkaufen?", "940.791 €"),
        ("сколько мы ещё можем продать Corvane?", "940 791 €"),
    ],
)
def test_what_could_still_be_sold_is_the_room_that_is_left(
    talk: Conversation, question: str, left: str
) -> None:
    assert left in re.sub("[\u00a0\u202f]", " ", ask(talk, question).claims[0].text)


@pytest.mark.parametrize(
    "question",
    [
        "what did Borealis Dairy Group promise us?",
        "was hat uns Borealis Dairy Group versprochen?",
        "что нам обещал Borealis Dairy Group?",
        "what does Borealis Dairy Group owe us?",
    ],
)
def test_what_they_promised_us_is_not_what_we_owe(talk: Conversation, question: str) -> None:
    answer = said(talk, question)
    assert "Name the second trial line" in answer
    assert "Daniel Reyes" not in answer


def test_our_late_steps_of_a_plan_with_them_are_overdue_promises_each_told_once(
    talk: Conversation,
) -> None:
    answer = said(talk, "which promises to Corvane are overdue?")
    assert answer.startswith("Overdue towards Corvane Chemicals: 3.")
    assert answer.count("Seal emission figures per pump for the tank farm") == 1
    assert answer.count("Run-time table of all SL-45 in Polymers") == 1


@pytest.mark.parametrize(
    "question",
    [
        "what deals did we lose to Hydrax and why?",
        "welche Geschäfte haben wir an Hydrax verloren und warum?",
        "какие сделки мы проиграли Hydrax?",
    ],
)
def test_deals_lost_to_a_rival_come_with_the_buyers_reasons(
    talk: Conversation, question: str
) -> None:
    answer = ask(talk, question)
    assert re.search(r"Hydrax.*: 6\.$", answer.claims[0].text)
    assert "Katrin Vestergaard" in answer.claims[1].text
    assert "Hydrax" in said(talk, "why did we lose to Hydrax at Meridian?")


@pytest.mark.parametrize(
    ("question", "many"),
    [
        ("who are the top 3 accounts?", 3),
        ("What are the biggest accounts?", 5),
        ("who is our biggest customer?", 1),
        ("Wer sind die drei größten Kunden?", 3),
    ],
)
def test_the_largest_accounts_are_a_list_and_no_lesson(
    talk: Conversation, question: str, many: int
) -> None:
    answer = ask(talk, question)
    assert answer.route == "computed"
    assert answer.claims[0].text.count("(€") + answer.claims[0].text.count("Mio.") == many


def test_to_deal_with_somebody_is_no_deal(talk: Conversation) -> None:
    assert "Open deals" not in ask(talk, "how do I deal with a silent CFO?").text
    assert "Open deals with Corvane" in said(talk, "what deals are with Corvane?")


def test_approvals_wait_for_those_who_may_decide(sample_desk: Desk, talk: Conversation) -> None:
    question = "which approvals are waiting for me?"
    ingrid = sample_desk.viewer("ingrid.solheim@varnholt.example")
    answer = talk.reply(ingrid, question, day=DAY)
    assert "Stratton Water: discount of 17" in answer.text
    priya = sample_desk.viewer("priya.natarajan@varnholt.example")
    assert "None is open" in talk.reply(priya, question, day=DAY).text


def test_a_bare_name_asks_what_is_known(talk: Conversation) -> None:
    assert "Corvane Chemicals bought" in said(talk, "corvane")
    assert said(talk, "Petra Sommerfeld").startswith("Petra Sommerfeld, Werkleiterin")
    assert "What Hydrax is known for" in said(talk, "Hydrax")


def test_the_biggest_deal_is_one_and_that_deal_is_it(talk: Conversation) -> None:
    assert said(talk, "biggest open deal?", "deal").count("to close on") == 1
    champion = said(talk, "who is the champion for that deal?", "deal")
    assert "As champion of “Frame agreement 2027-2029”" in champion
    assert "18 December 2026" in said(talk, "when does it close?", "deal")


def test_after_a_list_a_name_goes_on_with_what_was_listed(talk: Conversation) -> None:
    ask(talk, "biggest deals", "list")
    assert "Open deals with Corvane Chemicals" in said(talk, "and Corvane?", "list")


def test_what_is_not_listed_is_said_to_be_left_out(talk: Conversation) -> None:
    answer = said(talk, "which contracts end in the next 12 months?")
    assert "Not listed: 3 more, at Corvane Chemicals" in answer


def test_one_account_named_is_not_answered_with_all_of_them(talk: Conversation) -> None:
    for question in ("which contracts of Corvane end in 2027?", "biggest deal at Corvane?"):
        assert ask(talk, question).accounts
        assert "Borealis" not in said(talk, question)
    lost = said(talk, "why did we lose deals at Meridian in 2024?")
    assert lost == "Meridian Breweries: Deals lost from 1 January 2024 to 31 December 2024: 0."


def test_days_that_an_answer_does_not_tell_apart_are_said_to_be_ignored(
    talk: Conversation,
) -> None:
    assert "as of today" in " ".join(ask(talk, "win rate last year").notices)
    assert not ask(talk, "what is our win rate?").notices
    assert not ask(talk, "revenue of Corvane last year").notices


def test_why_goes_back_to_the_question_with_its_limits(talk: Conversation) -> None:
    ask(talk, "how much did Corvane spend on pumps?", "why")
    assert "Corvane Chemicals, Pumps" in ask(talk, "why?", "why").claims[0].text


def test_them_without_anybody_is_asked_back(talk: Conversation) -> None:
    for question in ("when did we last meet them?", "wann haben wir mit ihnen gesprochen?"):
        answer = ask(talk, question)
        assert answer.abstained
        assert answer.choices
    assert "Open complaints: 2." in said(talk, "are there open complaints?")
