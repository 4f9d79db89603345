"""An answer is only as public as its readers."""

from __future__ import annotations

import pytest

from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House, shown
from tests.assistant.slack.teller import MOVE, OWNER
from tests.doubles.slack import Channel, Message

STRANGER = "Ivo Fremd"


def ask_there(house: House, channel: Channel, text: str = "who owns Meridian?") -> Message:
    return house.ask(PRIYA, f"{house.slack.bot.mention} {text}", channel)


def everything_in(house: House, channel: Channel) -> str:
    """What anybody can read in a channel, whispers to anybody included."""
    whispers = [
        one for name in (PRIYA, CLAIRE) for one in house.slack.ephemerals(house.person(name))
    ]
    here = [one for one in whispers if one.channel is channel]
    return " ".join(shown(one) for one in [*house.slack.messages(channel), *here])


def test_where_everybody_may_see_the_account_everybody_reads_the_answer(house: House) -> None:
    question = ask_there(house, house.channel("meridian", PRIYA, CLAIRE))
    assert OWNER in shown(house.answer(question))
    assert house.slack.ephemerals(house.person(PRIYA)) == []


def test_where_one_may_not_see_it_the_asker_alone_reads_it_with_the_reason(house: House) -> None:
    everyone = house.channel("sales", PRIYA, JONAS)
    question = ask_there(house, everyone)
    public = house.answer(question)
    assert OWNER not in shown(public)
    assert "answered the person who asked alone" in public.text
    [private] = house.slack.ephemerals(house.person(PRIYA))
    assert private.thread_ts == question.ts
    assert OWNER in shown(private)
    assert "not everybody here may see this account" in shown(private)
    assert all(
        OWNER not in str(call.arguments) for call in house.slack.calls_of("chat.appendStream")
    )


def test_somebody_who_joins_is_counted_before_the_next_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.slack.audience.FRESH", 0.0)
    team = house.channel("meridian", PRIYA, CLAIRE)
    assert OWNER in shown(house.answer(ask_there(house, team)))
    house.slack.join(house.person(JONAS), team)
    assert OWNER not in shown(house.answer(ask_there(house, team)))


def test_a_large_channel_is_read_page_by_page_to_its_last_member(house: House) -> None:
    crowd = [CLAIRE] + [f"Claire Double{number}" for number in range(150)]
    question = ask_there(house, house.channel("meridian", PRIYA, *crowd))
    assert OWNER not in shown(house.answer(question))
    question = ask_there(house, house.channel("all-hands", PRIYA, *crowd, *map(str, range(100))))
    assert OWNER not in shown(house.answer(question))


@pytest.mark.parametrize("reader", ["guest", "bot", "another company"])
def test_no_account_data_enters_a_channel_that_others_read(house: House, reader: str) -> None:
    world = house.slack.workspace
    about = {
        "guest": {"is_restricted": True},
        "bot": {"is_bot": True},
        "another company": {"team_id": "T0ELSEWHERE"},
    }[reader]
    other = world.person("Other Reader", "other@elsewhere.example", **about)  # type: ignore[arg-type]
    channel = world.channel("mixed", [house.person(PRIYA), other])
    question = ask_there(house, channel)
    assert OWNER not in everything_in(house, channel)
    assert "answered in a direct message" in house.answer(question).text
    [direct] = house.slack.answers(house.dm(PRIYA))
    assert OWNER in shown(direct)


def test_a_channel_shared_with_another_organisation_gets_no_account_data(house: House) -> None:
    channel = house.channel("with-meridian", PRIYA, CLAIRE, shared_with="T0ELSEWHERE")
    ask_there(house, channel)
    assert OWNER not in everything_in(house, channel)


def test_the_playbook_may_be_read_by_everyone(house: House) -> None:
    channel = house.channel("with-meridian", PRIYA, shared_with="T0ELSEWHERE")
    question = ask_there(house, channel, "how do I open a meeting?")
    assert MOVE in shown(house.answer(question))


def test_an_answer_about_several_accounts_is_for_the_asker_alone_in_company(house: House) -> None:
    question = ask_there(house, house.channel("team", PRIYA, CLAIRE), "which accounts need me?")
    assert OWNER not in shown(house.answer(question))
    [private] = house.slack.ephemerals(house.person(PRIYA))
    assert OWNER in shown(private)


def test_somebody_the_records_do_not_know_gets_the_playbook_and_a_way_in(house: House) -> None:
    about_meridian = house.ask(STRANGER, "Who owns Meridian?")
    told = shown(house.answer(about_meridian))
    assert OWNER not in told
    assert "ivo.fremd@varnholt.example stands in no record" in told.replace("\u200b", "")
    about_meetings = house.ask(STRANGER, "How do I open a meeting?")
    assert MOVE in shown(house.answer(about_meetings))


def test_somebody_from_another_organisation_is_an_outsider_whatever_address_they_show(
    house: House,
) -> None:
    guest = house.slack.workspace.person(
        "Priya Impostor", "priya.natarajan@varnholt.example", team_id="T0ELSEWHERE"
    )
    channel = house.slack.workspace.channel(
        "with-them", [house.person(PRIYA), guest], shared_with="T0ELSEWHERE"
    )
    question = house.slack.say(guest, channel, f"{house.slack.bot.mention} who owns Meridian?")
    house.settled()
    assert OWNER not in everything_in(house, channel)
    assert "No account" in shown(house.answer(question))
