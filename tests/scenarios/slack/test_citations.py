"""Citations open what they cite, for the eyes of whoever opens them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.slack.views import ids
from knowledge.journal.conversations import ConversationTurn
from tests.assistant.slack.house import CLAIRE, JONAS, House
from tests.doubles.slack import Channel, Message, View
from tests.scenarios.slack.telling import click, posted, use

DANIEL = "Daniel Reyes"
BOREALIS = "Borealis Dairy Group"
HIDDEN = "There is no such source that you may see."


def opens(house: House, who: str, where: Message | View, action: str) -> View:
    """Somebody clicks, and a modal opens (or turns its page)."""
    person = house.person(who)
    before = [(one.id, one.hash) for one in house.slack.open_views(person)]
    house.slack.click(person, where, action)
    view: View = house.slack.wait_for(
        lambda: [o for o in house.slack.open_views(person) if (o.id, o.hash) not in before]
    )[0]
    return view


def explained(house: House, who: str) -> View:
    """The reasons, once they stand where “Looking up …” stood."""
    person = house.person(who)
    view: View = house.slack.wait_for(
        lambda: [one for one in house.slack.open_views(person) if "Looking" not in one.words]
    )[0]
    return view


def menu_of(house: House, team: Channel, plan: Message) -> tuple[Message, list[str]]:
    """A page of a plan that Daniel opens, and what the menu beside its first section offers."""
    click(house, DANIEL, plan, ids.OPEN_DRAFT)
    for page in house.slack.thread(team, plan.ts):
        for block in page.blocks:
            menu = block.get("accessory") or {}
            if menu.get("action_id") == ids.SECTION_MENU:
                return page, [one["value"] for one in menu["options"]]
    raise AssertionError("no section has a menu")


def mention(house: House, text: str) -> str:
    return f"{house.slack.bot.mention} {text}"


@pytest.fixture
def team(house: House) -> Channel:
    """A channel in which everybody may see Borealis."""
    return house.channel("borealis", DANIEL, CLAIRE)


@pytest.fixture
def revenue(house: House, team: Channel) -> Message:
    """An answer of figures, for all to read."""
    asked = mention(house, f"How much revenue did {BOREALIS} bring in 2025?")
    return house.answer(house.ask(DANIEL, asked, team))


@pytest.fixture
def plan(house: House, team: Channel) -> Message:
    """A plan for Borealis, for all to read."""
    use(house, DANIEL, "/plan", BOREALIS, team)
    return posted(house, team)[-1]


def test_a_figure_opens_as_its_sum_line_by_line(house: House, revenue: Message) -> None:
    view = opens(house, DANIEL, revenue, ids.numbered(ids.SOURCE, 1))
    assert "sum(amount)" in view.words
    assert "amount = 123,690 EUR" in view.words
    assert "It agrees." in view.words


def test_a_colleague_who_may_see_the_account_opens_the_same(house: House, revenue: Message) -> None:
    view = opens(house, CLAIRE, revenue, ids.numbered(ids.SOURCE, 1))
    assert "sum(amount)" in view.words


def test_who_joins_later_and_may_not_see_the_account_opens_nothing(
    house: House, team: Channel, revenue: Message
) -> None:
    house.slack.join(house.person(JONAS), team)
    view = opens(house, JONAS, revenue, ids.numbered(ids.SOURCE, 1))
    assert HIDDEN in view.words
    assert "amount" not in view.words
    house.slack.close(house.person(JONAS), view)
    listed = opens(house, JONAS, revenue, ids.SOURCES)
    assert "orders" not in listed.words


def test_a_figure_made_of_all_that_the_asker_sees_is_for_the_asker(house: House) -> None:
    team = house.channel("borealis", CLAIRE, DANIEL)
    asked = mention(house, f"How much revenue did {BOREALIS} bring in the last twelve months?")
    answer = house.answer(house.ask(CLAIRE, asked, team))
    for who in (CLAIRE, DANIEL):
        listed = opens(house, who, answer, ids.SOURCES)
        assert ("in the portfolio of" in listed.words) == (who == CLAIRE)


def test_all_sources_are_listed_and_each_opens_on_top(house: House, revenue: Message) -> None:
    listed = opens(house, DANIEL, revenue, ids.SOURCES)
    assert f"*[1]* {BOREALIS}: orders" in listed.words
    source = opens(house, DANIEL, listed, ids.numbered(ids.SOURCE, 1))
    assert len(house.slack.open_views(house.person(DANIEL))) == 2
    assert "sum(amount)" in source.words


def test_a_record_opens_with_its_words_and_its_page_in_the_crm(house: House) -> None:
    answer = house.answer(house.ask(DANIEL, f"Who decides at {BOREALIS}?"))
    view = opens(house, DANIEL, answer, ids.numbered(ids.SOURCE, 1))
    assert "Birgit Aagaard" in view.words
    assert "contact:0035g0000000002AAA" in view.words


def test_a_source_of_an_answer_nobody_kept_is_no_source(house: House, revenue: Message) -> None:
    journal = house.service.desk.workspace.database
    with journal.writing() as session:
        session.query(ConversationTurn).delete()
    assert HIDDEN in opens(house, DANIEL, revenue, ids.numbered(ids.SOURCE, 1)).words


def test_what_was_withheld_is_shown_struck_out_to_the_asker_alone(
    house: House, team: Channel
) -> None:
    kept = {
        "language": "en",
        "evidence": {},
        "withheld": [{"text": "They will buy 40 pumps.", "reason": "No source says 40."}],
    }
    desk = house.service.desk
    asker = desk.viewer("daniel.reyes@varnholt.example")
    now = datetime.now(UTC)
    house.service.reception.conversations.keep(asker, "run-1", "How many?", kept, now=now)
    answer = house.slack.workspace.bot
    assert answer is not None
    posted = house.service.reception.client.chat_postMessage(
        channel=team.id,
        text="Withheld",
        blocks=[
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": {"type": "plain_text", "text": "Withheld"},
                        "action_id": ids.WITHHELD,
                        "value": ids.pack("run-1"),
                    }
                ],
            }
        ],
    )
    message = next(one for one in house.slack.messages(team) if one.ts == posted["ts"])
    assert "~They will buy 40 pumps.~" in opens(house, DANIEL, message, ids.WITHHELD).words
    assert "Nothing that you may see" in opens(house, CLAIRE, message, ids.WITHHELD).words


def test_a_section_of_a_plan_lists_the_sources_of_that_section_alone(
    house: House, team: Channel, plan: Message
) -> None:
    page, menu = menu_of(house, team, plan)
    person = house.person(DANIEL)
    house.slack.click(person, page, ids.SECTION_MENU, menu[1])
    view = house.slack.wait_for(lambda: house.slack.open_views(person))[0]
    assert "*[" in view.words
    every = opens(house, CLAIRE, plan, ids.SOURCES)
    assert len(view.words) < len(every.words)
    second = opens(house, CLAIRE, every, ids.SOURCES)
    assert second.id == every.id  # the page is turned in the same modal


def test_why_beside_a_move_tells_the_rule_its_numbers_and_their_sources(
    house: House, plan: Message
) -> None:
    house.slack.click(house.person(DANIEL), plan, ids.WHY)
    view = explained(house, DANIEL)
    assert view.title == "Why?"
    assert "Why: " in view.words
    assert "[1]" in view.words
    source = opens(house, DANIEL, view, ids.numbered(ids.SOURCE, 1))
    assert source.title == "Source 1"


def test_why_of_a_section_opens_from_its_menu_and_not_for_who_may_not_see_the_account(
    house: House, team: Channel, plan: Message
) -> None:
    page, menu = menu_of(house, team, plan)
    house.slack.join(house.person(JONAS), team)
    for who in (DANIEL, JONAS):
        house.slack.click(house.person(who), page, ids.SECTION_MENU, menu[0])
    assert "Why: " in explained(house, DANIEL).words
    hidden = explained(house, JONAS)
    assert "you may not see them" in hidden.words
    assert BOREALIS not in hidden.words
