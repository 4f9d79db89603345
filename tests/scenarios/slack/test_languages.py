"""A German and a Russian colleague read no English sentence that the app itself wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from assistant.slack.listeners.capture import SHORTCUT as REMEMBER
from assistant.slack.listeners.capture_forms import SHORTCUT as LOG
from assistant.slack.views import ids
from assistant.slack.words import words
from assistant.steering import Asks
from knowledge.records.tables import Opportunity
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.doubles.slack import Message, View
from tests.scenarios.slack.foreign import english, sentences
from tests.scenarios.slack.telling import (
    actions_of,
    at_home,
    click,
    learning,
    listed,
    on_home,
    plan_of,
    posted,
    prepared,
    under,
    use,
)
from tests.scenarios.slack.tongues import ASKED, GOOD, SUPPOSED

pytestmark = pytest.mark.long

#: What each form about something that happened has to be told besides words.
LOGGED: dict[str, dict[str, Any]] = {
    "touch": {ids.KIND: "call", ids.DAY: "2026-09-29"},
    "promise": {ids.DUE: "2026-10-20"},
    "role": {ids.ROLES: ["buyer"]},
}
SOFIA, DANIEL, STRANGER = "Sofia Lindqvist", "Daniel Reyes", "Nora Quist"
EVERYBODY = (PRIYA, CLAIRE, JONAS, SOFIA, DANIEL, STRANGER)
BERLIN = ZoneInfo("Europe/Berlin")
MERIDIAN = "0015g0000000004AAA"
NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(params=sorted(ASKED))
def abroad(request: pytest.FixtureRequest, house: House) -> House:
    """A house whose people all have the same language, which is not English."""
    for name in EVERYBODY:
        house.person(name).locale = request.param
    return house


def beside(shown: Message | View, action: str) -> dict[str, Any]:
    """The first button or menu of an action that stands beside a text."""
    found = (block["accessory"] for block in shown.blocks if "accessory" in block)
    return next(one for one in found if one["action_id"] == action)


def locale(house: House) -> str:
    return house.person(PRIYA).locale


def opens(house: House, name: str, where: Message | View, action: str, value: str = "") -> View:
    """What opens when somebody clicks, once it is filled."""
    person = house.person(name)
    before = [(one.id, one.hash) for one in house.slack.open_views(person)]
    house.slack.click(person, where, action, value or None)
    house.settled()
    return house.slack.wait_for(
        lambda: [o for o in house.slack.open_views(person) if (o.id, o.hash) not in before]
    )[-1]


def fills(house: House, name: str, form: View, **answers: object) -> None:
    """Somebody sends a form off, right or wrong."""
    house.slack.submit(house.person(name), form, answers)
    house.settled()


@pytest.mark.parametrize("language", ["de", "ru"])
def test_the_words_of_slack_hold_no_english_sentence_where_the_english_ones_do(
    language: str,
) -> None:
    def foreign(texts: Mapping[str, str]) -> list[str]:
        bare = {key: re.sub(r"{\w+}", "…", text) for key, text in texts.items()}
        return [key for key, text in bare.items() if list(sentences(text))]

    assert foreign(words("en").texts)
    assert foreign(words(language).texts) == []


def test_home_with_its_tabs_forms_and_lists(abroad: House) -> None:
    mine = at_home(abroad, PRIYA)
    opens(abroad, PRIYA, mine, ids.DIGEST_SETTINGS)
    opens(abroad, PRIYA, mine, ids.SECTION_MENU, ids.pack("snooze", MERIDIAN))
    learning(abroad, PRIYA)
    team = at_home(abroad, CLAIRE)
    opens(abroad, CLAIRE, team, ids.SHOW_ACCOUNT, beside(team, ids.SHOW_ACCOUNT)["value"])
    at_home(abroad, STRANGER)
    desk = abroad.service.desk
    asker = desk.viewer(abroad.person(PRIYA).email)
    Asks(desk.office).make(
        asker, "Meridian", "Fallstudie", target="service", on=desk.day(None), now=NOW
    )
    for name in ("coaching", "learners", "asks", "exceptions", "imperatives"):
        shown = listed(abroad, name)
        checked = {ids.IMPERATIVE: "integrity", ids.SCORE: "1", ids.TEXT: " "}
        if name == "imperatives":
            fills(abroad, CLAIRE, opens(abroad, CLAIRE, shown, ids.CHECK), **checked)
        if name == "asks":
            opens(abroad, CLAIRE, shown, ids.NEW_ASK)
            opens(abroad, CLAIRE, shown, f"{ids.CLOSE_ASK}.1")
    assert english(abroad) == []


def test_commands_and_what_becomes_of_their_drafts(abroad: House) -> None:
    plan = plan_of(abroad, PRIYA, "Meridian")
    click(abroad, PRIYA, plan, ids.OPEN_DRAFT)
    opens(abroad, PRIYA, plan, ids.SOURCES)
    page = next(one for one in under(abroad, plan) if ids.SECTION_MENU in str(one.blocks))
    for option in beside(page, ids.SECTION_MENU)["options"]:
        opens(abroad, PRIYA, page, ids.SECTION_MENU, option["value"])
    form = opens(abroad, PRIYA, plan, ids.REVISE)
    fills(abroad, PRIYA, form, text="Tanz!")
    click(abroad, PRIYA, plan, ids.WORD)
    click(abroad, PRIYA, plan, ids.CANVAS)
    for wanted in ("", "Atlantis"):
        use(abroad, PRIYA, "/plan", wanted)
    use(abroad, CLAIRE, "/plan", "borealis")
    use(abroad, CLAIRE, "/review", "")
    use(abroad, PRIYA, "/value", "Meridian for CFO")
    use(abroad, PRIYA, "/followup", "Atlantis")
    use(abroad, STRANGER, "/plan", "Meridian")
    meeting = prepared(abroad, PRIYA, "Meridian")
    fills(abroad, PRIYA, opens(abroad, PRIYA, meeting, ids.DECIDE), text="Besuch", due="2026-10-20")
    click(abroad, PRIYA, meeting, ids.CLOSE_REVIEW)
    mixed = abroad.channel("mixed", PRIYA, JONAS)
    use(abroad, PRIYA, "/review", "Meridian", mixed)
    assert english(abroad) == []


def test_the_playbook(abroad: House) -> None:
    use(abroad, STRANGER, "/playbook", ASKED[locale(abroad)][2])
    use(abroad, STRANGER, "/playbook", "")
    topics = abroad.slack.wait_for(lambda: abroad.slack.open_views(abroad.person(STRANGER)))[-1]
    opens(abroad, STRANGER, topics, f"{ids.PLAYBOOK}.1")
    assert english(abroad) == []


def test_answers_refusals_and_questions_back(abroad: House) -> None:
    for question in ASKED[locale(abroad)]:
        abroad.ask(PRIYA, question)
    answer = abroad.answers(abroad.ask(PRIYA, ASKED[locale(abroad)][0]))[-1]
    opens(abroad, PRIYA, answer, f"{ids.SOURCE}.1")
    abroad.slack.click(abroad.person(PRIYA), answer, ids.FEEDBACK, GOOD[locale(abroad)])
    abroad.ask(STRANGER, ASKED[locale(abroad)][0])
    abroad.ask(CLAIRE, ASKED[locale(abroad)][4].replace("Atlantis Breweries", "Borealis"))
    leaves, cannot = SUPPOSED[locale(abroad)]
    for supposed in (leaves.format("Meridian"), leaves.format("Atlantis"), cannot):
        abroad.ask(CLAIRE, supposed)
    abroad.slack.open_messages(abroad.person(PRIYA))
    abroad.settled()
    assert english(abroad) == []


def test_lessons_questions_and_a_role_play(abroad: House) -> None:
    lesson = on_home(abroad, PRIYA, f"{ids.LESSON}.1")
    parts = [lesson, *under(abroad, lesson)]
    ending = next(one for one in parts if ids.LESSON_READ in actions_of(one))
    click(abroad, PRIYA, ending, ids.LESSON_READ)
    card = on_home(abroad, PRIYA, ids.CARDS)
    own = ids.CARD_REVEAL in actions_of(card)
    click(abroad, PRIYA, card, ids.CARD_REVEAL if own else f"{ids.CARD_CHOICE}.1")
    click(abroad, PRIYA, on_home(abroad, PRIYA, ids.SHARING), ids.SHARE)
    click(abroad, PRIYA, on_home(abroad, PRIYA, ids.ROLE_PLAY), f"{ids.BEGIN_SCENE}.1")
    scene = posted(abroad, abroad.dm(PRIYA))[-1]
    click(abroad, PRIYA, scene, f"{ids.SAY_IN_SCENE}.1")
    click(abroad, PRIYA, under(abroad, scene)[-1], f"{ids.SAY_IN_SCENE}.1")
    for said in ("ja " * 900, "…"):
        abroad.slack.say(abroad.person(PRIYA), abroad.dm(PRIYA), said, thread_ts=scene.ts)
        abroad.settled()
    click(abroad, PRIYA, under(abroad, scene)[-1], ids.END_SCENE)
    abroad.slack.say(abroad.person(PRIYA), abroad.dm(PRIYA), "ja", thread_ts=scene.ts)
    abroad.settled()
    assert english(abroad) == []


def test_an_approval_from_the_request_to_the_answer(abroad: House) -> None:
    use(abroad, SOFIA, "/plan", "Stratton")
    plan = next(
        one
        for one in posted(abroad, abroad.dm(SOFIA))
        if f"{ids.ASK_APPROVAL}.1" in str(one.blocks)
    )
    fills(abroad, SOFIA, opens(abroad, SOFIA, plan, f"{ids.ASK_APPROVAL}.1"), reason="Preis")
    request = posted(abroad, abroad.dm(CLAIRE))[-1]
    change = opens(abroad, CLAIRE, request, ids.CHANGE)
    fills(abroad, CLAIRE, change, value="99", reason="x")
    fills(abroad, CLAIRE, change, value="5", reason="Einmalig")
    assert english(abroad) == []


def test_a_nudge_and_the_debrief_of_a_deal(abroad: House) -> None:
    silent = {"reason_buyer": None, "reason_buyer_said_by": None, "reason_rep": None}
    with abroad.service.desk.workspace.database.writing() as session:
        deal = Opportunity.id == "0065g0000000042AAA"
        session.execute(update(Opportunity).where(deal).values(**silent))
    at_home(abroad, PRIYA)
    today = datetime.now(BERLIN).replace(hour=8, minute=0, second=0, microsecond=0)
    monday = today + timedelta(days=7 - today.weekday())
    abroad.service.work.enqueue(
        "round", "digest_round", {"due": monday.astimezone(UTC).isoformat()}
    )
    abroad.settled()
    due = datetime(2026, 9, 30, 8, 10, tzinfo=UTC).isoformat()
    abroad.service.work.enqueue("debriefs", "debrief_round", {"due": due})
    abroad.settled()
    digest, debrief = posted(abroad, abroad.dm(PRIYA))
    fills(abroad, PRIYA, opens(abroad, PRIYA, debrief, ids.DEBRIEF), said_by="")
    click(abroad, PRIYA, debrief, ids.DEBRIEF_LATER)
    click(abroad, PRIYA, digest, ids.STOP_DIGEST)
    assert english(abroad) == []


def test_what_is_logged_remembered_or_cannot_be_read(abroad: House) -> None:
    daniel = abroad.person(DANIEL)
    team = abroad.channel("acct-borealis-dairy-group", DANIEL, CLAIRE)
    for kind, more in LOGGED.items():
        abroad.slack.shortcut(daniel, LOG)
        first = abroad.slack.wait_for(lambda: abroad.slack.open_views(daniel))[-1]
        account = abroad.slack.options(daniel, first, ids.ACCOUNT, "Borealis Dairy")[0]["value"]
        sent = abroad.slack.submit(daniel, first, {ids.LOGGED: kind, ids.ACCOUNT: account})
        assert sent.view is not None
        answers = dict(more)
        if kind == "role":
            found = abroad.slack.options(daniel, sent.view, ids.STAKEHOLDER, "Katrin")
            answers[ids.STAKEHOLDER] = found[0]["value"]
        said = ids.REASON if kind == "role" else ids.TEXT
        fills(abroad, DANIEL, sent.view, **answers, **{said: " "})
        fills(abroad, DANIEL, sent.view, **answers, **{said: "Besuch geplant"})
    shared = abroad.slack.say(daniel, team, "Bitte", files={"plan.xyz": b"?"})
    abroad.slack.message_shortcut(daniel, REMEMBER, shared)
    form = abroad.slack.wait_for(lambda: abroad.slack.open_views(daniel))[-1]
    fills(abroad, DANIEL, form, scope="file")
    assert "xyz" in abroad.slack.ephemerals(daniel)[-1].words
    abroad.slack.message_shortcut(daniel, "draft_from_thread", shared)
    abroad.slack.wait_for(lambda: abroad.slack.open_views(daniel))
    assert english(abroad) == []


def test_an_apology(abroad: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(abroad.service.desk, "plan", fails)
    use(abroad, PRIYA, "/plan", "Meridian")
    assert posted(abroad, abroad.dm(PRIYA))
    assert english(abroad) == []


def test_a_command_is_acknowledged_in_time_even_if_slack_is_slow_to_tell_the_language(
    abroad: House,
) -> None:
    gate = abroad.slack.faults.hold("users.info")
    command = abroad.slack.command(abroad.person(PRIYA), "/plan", "Meridian", abroad.dm(PRIYA))
    assert command.in_time
    gate.open()
    abroad.settled()
    assert posted(abroad, abroad.dm(PRIYA))
