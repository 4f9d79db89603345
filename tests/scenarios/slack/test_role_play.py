"""A conversation with somebody invented, in a thread, and what came of it."""

from __future__ import annotations

from assistant.slack.views import ids
from tests.assistant.slack.house import PRIYA, House
from tests.doubles.slack import Message
from tests.scenarios.slack.telling import actions_of, click, latest, on_home, posted, under


def begun(house: House) -> Message:
    """Priya begins to talk with the first persona of the list."""
    offer = on_home(house, PRIYA, ids.ROLE_PLAY)
    assert "All of them are invented" in offer.words
    click(house, PRIYA, offer, f"{ids.BEGIN_SCENE}.1")
    return posted(house, house.dm(PRIYA))[-1]


def test_a_scene_is_played_with_buttons_and_ends_in_a_debrief_with_quotes(house: House) -> None:
    scene = begun(house)
    assert "Practice:" in scene.words
    assert "What you practise:" in scene.words
    shown = scene
    for _ in range(20):
        click(house, PRIYA, shown, f"{ids.SAY_IN_SCENE}.1")
        *_, shown = under(house, scene)
        if "Debrief:" in shown.words:
            break
    *_, last, debrief = under(house, scene)
    assert "The conversation is over." in last.words
    assert " of 4" in debrief.words
    assert "What they did not tell unasked:" in debrief.words
    spoken = [one.words for one in under(house, scene) if "You: " in one.words]
    quotes = [line[5:] for one in spoken for line in one.splitlines() if line.startswith("You: ")]
    assert any(quote[:40] in debrief.words for quote in quotes)


def test_words_of_ones_own_in_the_thread_are_part_of_the_scene_and_no_question(
    house: House,
) -> None:
    scene = begun(house)
    house.slack.say(
        house.person(PRIYA), house.dm(PRIYA), "Purple monkeys dishwasher", thread_ts=scene.ts
    )
    house.settled()
    (reply,) = under(house, scene)
    assert "You:" not in reply.words, "what was typed stands there already"
    assert f"{ids.SAY_IN_SCENE}.1" in actions_of(reply)
    assert "The records and the playbook do not say" not in reply.words


def test_a_double_click_says_it_once_and_takes_the_buttons_away(house: House) -> None:
    scene = begun(house)
    priya = house.person(PRIYA)
    house.slack.click(priya, scene, f"{ids.SAY_IN_SCENE}.2")
    house.slack.click(priya, scene, f"{ids.SAY_IN_SCENE}.1")
    house.settled()
    assert len(under(house, scene)) == 1
    assert f"{ids.SAY_IN_SCENE}.1" not in actions_of(latest(house, scene))
    assert "Practice:" in latest(house, scene).words


def test_whoever_has_enough_ends_it_and_rereads_what_the_debrief_names(house: House) -> None:
    scene = begun(house)
    click(house, PRIYA, scene, ids.END_SCENE)
    click(house, PRIYA, scene, ids.END_SCENE)
    (debrief,) = under(house, scene)
    assert "Debrief: 0 of" in debrief.words
    click(house, PRIYA, debrief, f"{ids.LESSON}.1")
    assert "Do it tomorrow with your account" in posted(house, house.dm(PRIYA))[-1].words
