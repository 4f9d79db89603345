"""The stakeholder map: parts, coverage, gaps, and a stance nobody infers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.stakeholders import stakeholders
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Contact
from tests.assistant.insight.builders import TODAY, account, contact, deal, file, touch, user
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import asked

RULES = Thresholds()
MARCUS = user("marcus", name="Marcus Bell")


def corvane() -> AccountFile:
    """The champion has left, one buyer is all that is left of the talk."""
    return file(
        account(name="Corvane", owner_id="marcus"),
        MARCUS,
        contact("elise", "champion", name="Elise Vandamme", left_on=date(2026, 3, 13)),
        contact("pieter", "buyer", name="Pieter Claes"),
        contact("thomas", "decider", name="Thomas Wouters"),
        contact("ines", "user", "decider", name="Ines Baert"),
        touch("t0", date(2025, 6, 17), "thomas", "marcus"),
        touch("t1", date(2026, 3, 5), "elise", "marcus"),
        touch("t2", date(2026, 5, 21), "pieter", "marcus"),
        touch("t3", date(2026, 7, 16), "pieter", "marcus"),
        touch("t4", date(2026, 9, 10), "pieter", "marcus"),
        deal("tank", name="Tank farm", meddpicc_champion="Elise Vandamme (reliability)"),
    )


def test_a_departed_champion_is_the_first_gap_and_the_deal_that_names_her_the_next() -> None:
    found = stakeholders(corvane(), RULES)
    first, second, *_ = found.values["gaps"]
    assert found.outcome == "gaps"
    assert (first.kind, first.part, first.who) == ("departed", "champion", "Elise Vandamme")
    assert (second.kind, second.deal) == ("deal_names_departed", "Tank farm")
    assert_sound(found)


def test_after_she_left_everything_runs_through_one_person() -> None:
    found = stakeholders(corvane(), RULES)
    assert found.values["single_thread"] == "Pieter Claes"
    assert found.values["thread_share"] == 100


def test_key_players_never_met_and_not_met_lately_are_gaps_with_their_days() -> None:
    gaps = {gap.who: gap for gap in stakeholders(corvane(), RULES).values["gaps"] if gap.who}
    assert gaps["Ines Baert"].kind == "never_met"
    assert gaps["Thomas Wouters"].kind == "not_met_lately"
    assert gaps["Thomas Wouters"].days == 470


def test_a_missing_part_becomes_a_question_to_our_account_manager() -> None:
    found = stakeholders(corvane(), RULES)
    missing = [gap.part for gap in found.values["gaps"] if gap.kind == "missing_part"]
    assert missing == ["sponsor", "champion"]
    put_to = dict(zip(asked(found), found.questions, strict=True))
    assert put_to["Who is the sponsor at Corvane?"].whom == "Marcus Bell"


def test_coverage_counts_parts_with_somebody_met_in_time() -> None:
    found = stakeholders(corvane(), RULES)
    covered = [part.role for part in found.values["parts"] if part.covered]
    assert covered == ["buyer"]
    assert found.values["coverage"] == 12  # One part of eight.


def test_a_person_shows_when_and_by_whom_they_were_last_met() -> None:
    people = {person.name: person for person in stakeholders(corvane(), RULES).values["people"]}
    pieter = people["Pieter Claes"]
    assert (pieter.last_touch, pieter.touched_by) == (date(2026, 9, 10), "Marcus Bell")
    assert (pieter.days, pieter.touches) == (20, 3)


@pytest.mark.parametrize("how", ["meeting", "call", "email"])
def test_nobody_is_met_by_telephone_or_mail(how: str) -> None:
    eva = touch("t", date(2026, 9, 1), "eva", type=how)
    (person,) = stakeholders(file(contact("eva", "decider"), eva), RULES).values["people"]
    assert person.last_touch == date(2026, 9, 1)
    assert person.in_person is (how == "meeting")


def test_everybody_met_in_time_is_covered() -> None:
    found = stakeholders(
        file(
            contact("eva", "decider", "champion"),
            contact("gunnar", "sponsor"),
            touch("a", date(2026, 9, 1), "eva"),
            touch("b", date(2026, 9, 8), "gunnar"),
        ),
        RULES,
    )
    assert found.outcome == "covered"
    assert found.against == ()
    assert_sound(found)


def test_nobody_on_record_is_unknown_and_asked_for() -> None:
    found = stakeholders(file(account(owner_id="marcus"), MARCUS), RULES)
    assert found.outcome == "unknown"
    assert found.values["coverage"] is None
    assert found.questions[0].whom == "Marcus Bell"
    assert_sound(found)


def test_a_stance_without_assessor_or_day_is_not_shown_but_asked_about() -> None:
    found = stakeholders(file(contact("eva", "decider", stance="supporter")), RULES)
    assert found.values["people"][0].stance is None
    assert any(question.about == "stance" for question in found.questions)


def test_two_contacts_with_one_address_raise_a_question() -> None:
    twice = [
        contact(key, "buyer", email="o.prescott@meridian.example") for key in ("olly", "oliver")
    ]
    found = stakeholders(file(*twice), RULES)
    assert any("one person" in question for question in asked(found))


BODIES = st.sampled_from(["They love us, a real supporter", "He is an opponent", "Thanks, noted"])


@given(st.lists(BODIES, min_size=1, max_size=4))
def test_a_stance_is_never_inferred_from_words(bodies: list[str]) -> None:
    talks = [
        touch(f"t{index}", TODAY - timedelta(days=index), "eva", body=body, subject=body)
        for index, body in enumerate(bodies)
    ]
    found = stakeholders(file(contact("eva", "decider"), *talks), RULES)
    assert found.values["people"][0].stance is None


ROLES = st.lists(
    st.sampled_from(["decider", "sponsor", "champion", "buyer", "user"]), max_size=3, unique=True
)


@st.composite
def accounts(draw: st.DrawFn) -> AccountFile:
    people = [contact(f"c{i}", *roles) for i, roles in enumerate(draw(st.lists(ROLES, max_size=5)))]
    days = draw(st.lists(st.integers(0, 500), max_size=6))
    talks = [
        touch(f"t{i}", TODAY - timedelta(days=ago), f"c{draw(st.integers(0, 5))}")
        for i, ago in enumerate(days)
    ]
    return file(*people, *talks)


@given(accounts(), st.data())
def test_removing_contacts_never_raises_coverage(some: AccountFile, data: st.DataObject) -> None:
    kept: list[Contact] = [p for p in some.contacts if data.draw(st.booleans())]
    before = stakeholders(some, RULES).values["coverage"] or 0
    after = stakeholders(replace(some, contacts=tuple(kept)), RULES).values["coverage"] or 0
    assert after <= before


@given(accounts(), st.randoms())
def test_the_order_of_rows_does_not_matter(some: AccountFile, random: Random) -> None:
    contacts, talks = list(some.contacts), list(some.activities)
    random.shuffle(contacts)
    random.shuffle(talks)
    mixed = replace(some, contacts=tuple(contacts), activities=tuple(talks))
    assert stakeholders(mixed, RULES) == stakeholders(some, RULES)
    assert_sound(stakeholders(some, RULES))
