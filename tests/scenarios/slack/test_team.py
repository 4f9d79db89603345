"""What-ifs in plain words, for whoever leads a team."""

from __future__ import annotations

import pytest

from tests.assistant.slack.house import CLAIRE, PRIYA, House


@pytest.mark.parametrize(
    "asked", ["What if Borealis Dairy Group leaves?", "Was wäre, wenn Borealis Dairy Group geht?"]
)
def test_a_manager_asks_what_if_and_gets_it_worked_out_and_labelled(
    house: House, asked: str
) -> None:
    (answer,) = house.answers(house.ask(CLAIRE, asked))
    assert "What if" in answer.words
    assert "Borealis" in answer.words


def test_a_what_if_that_cannot_be_computed_is_told_which_can(house: House) -> None:
    (answer,) = house.answers(house.ask(CLAIRE, "What if the moon falls?"))
    assert "what if Borealis leaves" in answer.words


def test_a_what_if_about_somebody_elses_account_tells_nothing(house: House) -> None:
    (answer,) = house.answers(house.ask(CLAIRE, "What if Lindauer Papierwerke leaves?"))
    assert "per cent" not in answer.words
    assert "%" not in answer.words.replace("20 %", "")


def test_in_a_channel_a_what_if_goes_to_its_asker_alone(house: House) -> None:
    channel = house.channel("sales", CLAIRE, PRIYA)
    mention = f"{house.slack.bot.mention} what if Borealis Dairy Group leaves?"
    asked = house.ask(CLAIRE, mention, channel)
    assert not any("Borealis" in one.words for one in house.answers(asked))
    assert "Borealis" in house.slack.messages(house.dm(CLAIRE))[-1].words


def test_a_rep_who_leads_nobody_is_answered_as_ever(house: House) -> None:
    (answer,) = house.answers(house.ask(PRIYA, "What if Meridian Breweries leaves?"))
    assert "I work out what-ifs" not in answer.words
