"""How questions are read: names with slips, days in three languages, two questions at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.understanding import (
    Directory,
    Focus,
    Pending,
    ahead_in,
    period_in,
    questions_in,
    silent_since,
)
from assistant.conversation.understanding.ahead import foreseen_in
from assistant.conversation.understanding.intents import wanted
from assistant.conversation.understanding.language import language_of
from assistant.conversation.understanding.periods import Period
from assistant.insight.periods import Window
from knowledge.records.roster import Named

DAY = date(2026, 9, 30)
ROSTER = (
    Named("account", "a1", "Borealis Dairy Group", "a1"),
    Named("account", "a2", "Borealis Cheese", "a2"),
    Named("account", "a3", "Northwold Foods", "a3"),
    Named("account", "a4", "Northwold Foods Ireland", "a4"),
    Named("account", "a5", "Altyn Mineral", "a5"),
    Named("contact", "c1", "Petra Sommerfeld", "a3"),
    Named("contact", "c2", "Fiona Marsh", "a5"),
    Named("deal", "d1", "Norwich water recovery skids", "a3"),
)


def accounts_in(text: str) -> list[tuple[str, ...]]:
    found = Directory.of(ROSTER).mentions(text).of("account")
    return [tuple(one.id for one in mention.fits) for mention in found]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("who decides at borealis dairy?", [("a1",)]),
        ("who decides at Borealsi Dairy", [("a1",)]),
        ("Altyns revenue", [("a5",)]),
        ("какая выручка у Алтына?", [("a5",)]),
        ("northwold foods complaints", [("a3",)]),
        ("northwold foods ireland complaints", [("a4",)]),
        ("compare Altyn and Northwold Foods", [("a5",), ("a3",)]),
        ("who decides at Fjordlund?", []),
    ],
)
def test_an_account_is_found_by_what_people_type(text: str, meant: list[tuple[str, ...]]) -> None:
    assert accounts_in(text) == meant


def test_a_name_that_fits_two_accounts_is_left_to_the_asker() -> None:
    assert accounts_in("revenue of Borealis") == [("a1", "a2")]


def test_a_person_is_known_by_first_name_alone() -> None:
    (mention,) = Directory.of(ROSTER).mentions("who is Petra?").of("contact")
    assert mention.fits[0].id == "c1"


def test_a_month_is_no_surname() -> None:
    found = Directory.of(ROSTER).mentions("revenue since march", ordinary={"march"})
    assert not found.found


def test_a_deal_is_known_by_one_word_that_no_other_name_has() -> None:
    (mention,) = Directory.of(ROSTER).mentions("how is the Norwich thing going").of("deal")
    assert mention.fits[0].id == "d1"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("revenue last quarter", date(2026, 4, 1), date(2026, 6, 30)),
        ("revenue this quarter", date(2026, 7, 1), DAY),
        ("umsatz im letzten jahr", date(2025, 1, 1), date(2025, 12, 31)),
        ("выручка в прошлом году", date(2025, 1, 1), date(2025, 12, 31)),
        ("since march", date(2026, 3, 1), DAY),
        ("seit mai 2025", date(2025, 5, 1), DAY),
        ("с марта", date(2026, 3, 1), DAY),
        ("in december", date(2025, 12, 1), date(2025, 12, 31)),
        ("q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("since 2026-07-01", date(2026, 7, 1), DAY),
        ("in 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("the last 12 months", date(2025, 10, 1), DAY),
        ("за последний год", date(2025, 10, 1), DAY),
    ],
)
def test_days_are_read_as_people_say_them(text: str, start: date, end: date) -> None:
    period = period_in(text, DAY)
    assert period is not None
    assert period.window == Window(start, end)


def test_quarters_follow_the_fiscal_year() -> None:
    period = period_in("revenue last quarter", DAY, fiscal_start=2)
    assert period is not None
    assert period.window == Window(date(2026, 5, 1), date(2026, 7, 31))


def test_no_period_is_none() -> None:
    assert period_in("who may decide here", DAY) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("which contracts end in the next 12 months", DAY, date(2027, 9, 30)),
        ("in den nächsten drei monaten", DAY, date(2026, 12, 31)),
        ("в ближайшие полгода", DAY, date(2027, 3, 31)),
        ("within 90 days", DAY, date(2026, 12, 29)),
        ("binnen 2 wochen", DAY, date(2026, 10, 14)),
        ("next quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("nächsten monat", date(2026, 10, 1), date(2026, 10, 31)),
        ("в следующем году", date(2027, 1, 1), date(2027, 12, 31)),
        ("bis jahresende", DAY, date(2026, 12, 31)),
        ("до конца года", DAY, date(2026, 12, 31)),
        ("by 31 march 2027", DAY, date(2027, 3, 31)),
        ("bis ende juni", DAY, date(2027, 6, 30)),
        ("in december", date(2026, 12, 1), date(2026, 12, 31)),
        ("in 2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("by 31 february", DAY, date(2027, 2, 28)),
    ],
)
def test_days_ahead_are_read_as_people_say_them(text: str, start: date, end: date) -> None:
    assert ahead_in(text, DAY) == Window(start, end)


def test_days_ahead_follow_the_fiscal_year_and_the_past_is_none() -> None:
    assert ahead_in("next quarter", DAY, 2) == Window(date(2026, 11, 1), date(2027, 1, 31))
    for text in ("the last 12 months", "who decides here", "in 2024", "since march"):
        assert ahead_in(text, DAY) is None
    assert foreseen_in("revenue next year", DAY)
    assert foreseen_in("revenue in 12 months", DAY) is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("not contacted for 3 months", date(2026, 6, 30)),
        ("seit drei monaten nicht", date(2026, 6, 30)),
        ("больше месяца", date(2026, 8, 31)),
        ("more than two weeks", date(2026, 9, 16)),
        ("for half a year", date(2026, 3, 31)),
        ("in 90 days", date(2026, 7, 2)),
        ("gone quiet", None),
    ],
)
def test_a_silence_is_as_long_as_it_is_said(text: str, since: date | None) -> None:
    assert silent_since(text, DAY) == since


def test_two_questions_are_two_and_one_stays_one() -> None:
    asked = questions_in("when does the contract end and who decides there?")
    assert asked == ("when does the contract end", "who decides there?")
    assert questions_in("Was schulden wir Altyn und wann läuft der Vertrag aus?") == (
        "Was schulden wir Altyn",
        "wann läuft der Vertrag aus?",
    )
    assert questions_in("compare Altyn and Stratton") == ("compare Altyn and Stratton",)


@pytest.mark.parametrize(
    ("text", "before", "language"),
    [
        ("wer entscheidet bei ?", None, "de"),
        ("who decides at ?", None, "en"),
        ("кто решает в Altyn", None, "ru"),
        ("кто ведёт Atlantis Breweries?", None, "ru"),
        ("who decides about the contract with Иван?", None, "en"),
        ("Altyn?", "de", "de"),
        ("Altyn?", None, "en"),
    ],
)
def test_a_short_question_takes_the_language_of_its_thread(
    text: str, before: str | None, language: str
) -> None:
    assert language_of(text, before, "en") == language


@pytest.mark.parametrize(
    ("text", "language", "intent"),
    [
        ("who desides at <account>", "en", "decider"),
        ("wer entscheidet bei <account>", "de", "decider"),
        ("кто принимает решения в <account>", "ru", "decider"),
        ("can I give 15 % discount", "en", "discount"),
        ("what is a champion?", "en", "method"),
        ("which accounts have no sponsor", "en", "without_part"),
        ("will it rain tomorrow", "en", "elsewhere"),
        ("how much revnue did <account> bring", "en", "revenue"),
        ("who could introduce us to <contact>", "en", None),
        ("how do i deal with a silent buyer", "en", "method"),
        ("what are the biggest accounts", "en", "top_accounts"),
        ("what did <account> promise us", "en", "theirs"),
        ("what did we promise <account>", "en", "promises"),
        ("an <rival> verlorene geschäfte: warum haben wir an <rival> verloren", "de", "lost_to"),
        ("прогноз выручки по <account>", "ru", "forecast"),
    ],
)
def test_what_is_wanted_is_read_through_slips(text: str, language: str, intent: str | None) -> None:
    want = wanted(text, language)
    assert (want and want.intent) == intent


@given(
    st.lists(st.text(min_size=1), max_size=3),
    st.one_of(st.none(), st.text()),
    st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
)
def test_a_focus_comes_back_as_it_was_kept(
    accounts: list[str], intent: str | None, start: date | None
) -> None:
    period = Period(Window(start, DAY)) if start else None
    pending = Pending("who decides at ", "?", tuple(accounts)) if accounts else None
    focus = Focus(accounts=tuple(accounts), intent=intent, period=period, pending=pending)
    assert Focus.from_json(focus.to_json()) == focus


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_the_reading(text: str) -> None:
    assert questions_in(text)
    period_in(text.casefold(), DAY)
    ahead_in(text.casefold(), DAY)
    silent_since(text.casefold(), DAY)
    mentions = Directory.of(ROSTER).mentions(text)
    wanted(mentions.masked(text), "en")
