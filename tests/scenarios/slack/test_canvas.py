"""An account plan as a canvas: the team owns it, and nothing that people write is ever lost."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.intake import Capture
from knowledge.records.tables import User
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House, manifest
from tests.assistant.slack.house import house as built
from tests.assistant.slack.processes import served
from tests.doubles.slack import Canvas, Channel, Message, SlackDouble

#: Sees every account of the sample.
INGRID = "Ingrid Solheim"


def plan_of(house: House, name: str, account: str, where: Channel | None = None) -> Message:
    """The message with a plan somebody asked for."""
    channel = where or house.dm(name)
    house.slack.command(house.person(name), "/plan", account, channel)
    house.settled()
    return [one for one in house.slack.answers(channel) if "Make canvas" in one.words][-1]


def canvas_of(house: House, name: str, account: str, where: Channel | None = None) -> Canvas:
    """The canvas that becomes of a plan."""
    house.slack.click(house.person(name), plan_of(house, name, account, where), "draft.canvas")
    house.settled()
    return house.slack.canvases()[-1]


def check(house: House, number: int = 1) -> None:
    """The hour strikes."""
    house.service.work.enqueue(f"check-{number}", "canvas.check", {"due": "2026-09-30T09:23:00Z"})
    house.settled()


def keep_a_promise(house: House, name: str, account: str) -> str:
    """A promise that the plan speaks of is kept: a source of it has changed; what it is called."""
    desk = house.service.desk
    viewer = desk.viewer(house.person(name).email)
    day = desk.day(None)
    found = desk.workspace.ledger.find_account(viewer, account)
    file = desk.workspace.ledger.account_file(viewer, found.id, day)
    owed = next(one for one in file.commitments if one.side == "ours" and not one.done_on)
    now = datetime.now(UTC)
    Capture(desk.workspace.database).keep_promise(viewer, owed.id, done_on=day, now=now)
    return owed.text


def section(canvas: Canvas, heading: str) -> str:
    """What stands under a heading."""
    return canvas.markdown.split(f"## {heading}\n\n")[1].split("\n\n## ")[0]


def said_to(house: House, name: str) -> list[Message]:
    return [one for one in house.slack.answers(house.dm(name)) if not one.deleted]


def test_a_plan_becomes_a_canvas_for_exactly_those_who_may_see_the_account(house: House) -> None:
    for name in (CLAIRE, JONAS, INGRID):
        house.person(name)
    plan = plan_of(house, PRIYA, "Meridian")
    house.slack.click(house.person(PRIYA), plan, "draft.canvas")
    house.settled()
    (canvas,) = house.slack.canvases()
    assert canvas.title == "Account plan: Meridian Breweries"
    assert canvas.markdown.startswith("As of 30 September 2026.")
    assert "Liaison updates the sections it wrote; what you write stays." in canvas.markdown
    assert "## What the customer wants" in canvas.markdown
    assert "- Sources: [1]" in canvas.markdown
    able = {house.person(one).id for one in (PRIYA, CLAIRE, INGRID)}
    assert canvas.user_access == dict.fromkeys(able, "write")
    assert canvas.channel_access == {}
    told = said_to(house, PRIYA)[-1]
    assert "is a canvas now" in told.words
    assert canvas.permalink in told.links


def test_what_a_rep_changes_survives_an_update_and_the_new_words_are_offered_once(
    house: House,
) -> None:
    canvas = canvas_of(house, PRIYA, "Meridian")
    house.slack.rewrite_canvas(house.person(PRIYA), canvas, "Breweries", "Breweries (ours!)")
    house.slack.add_to_canvas(house.person(PRIYA), canvas, "## My own thoughts\n\nAsk Hannah.")
    mine = canvas.markdown
    keep_a_promise(house, PRIYA, "Meridian")
    check(house)
    offer = said_to(house, PRIYA)[-1]
    house.slack.click(house.person(PRIYA), offer, "canvas.update")
    house.settled()
    assert canvas.markdown.count("(ours!)") == mine.count("(ours!)")
    assert section(canvas, "My own thoughts") == "Ask Hannah."
    reply = house.slack.answers(offer.channel, offer.ts)[-1]
    assert "was changed by hand" in reply.words
    house.slack.click(house.person(PRIYA), offer, "canvas.update")
    house.settled()
    again = house.slack.answers(offer.channel, offer.ts)[-1]
    assert again.ts != reply.ts
    assert "was changed by hand" not in again.words


def test_a_changed_source_marks_its_sections_once_and_a_click_mends_them(house: House) -> None:
    canvas = canvas_of(house, PRIYA, "Meridian")
    before = canvas.markdown
    promise = keep_a_promise(house, PRIYA, "Meridian")
    check(house, 1)
    marks = canvas.markdown.count("> Out of date since 30 September 2026.")
    assert marks > 0
    assert promise[:40] in canvas.markdown
    messages = len(said_to(house, PRIYA))
    offer = said_to(house, PRIYA)[-1]
    assert "What the plan for Meridian Breweries rests on has changed." in offer.words
    check(house, 2)
    assert canvas.markdown.count("> Out of date since") == marks
    assert len(said_to(house, PRIYA)) == messages
    house.slack.click(house.person(PRIYA), offer, "canvas.update")
    house.settled()
    assert "Out of date" not in canvas.markdown
    assert canvas.markdown != before
    assert "Brought up to date:" in house.slack.answers(offer.channel, offer.ts)[-1].words
    check(house, 3)
    assert "Out of date" not in canvas.markdown


def test_no_edit_ever_replaces_more_than_a_section(house: House) -> None:
    canvas_of(house, PRIYA, "Meridian")
    keep_a_promise(house, PRIYA, "Meridian")
    check(house)
    house.slack.click(house.person(PRIYA), said_to(house, PRIYA)[-1], "canvas.update")
    house.settled()
    edits = house.slack.calls_of("canvases.edit")
    assert len(edits) > 2
    for call in edits:
        changes = call.arguments["changes"]
        assert all(one["operation"] != "replace" or one["section_id"] for one in changes)
        assert len(changes) == 1


def test_what_people_write_beside_our_words_stays_while_our_words_are_renewed(
    house: House,
) -> None:
    canvas = canvas_of(house, PRIYA, "Meridian")
    first = section(canvas, "Decision")
    house.slack.rewrite_canvas(
        house.person(PRIYA), canvas, first, f"{first}\n\nClaire agrees with all of this."
    )
    keep_a_promise(house, PRIYA, "Meridian")
    check(house)
    house.slack.click(house.person(PRIYA), said_to(house, PRIYA)[-1], "canvas.update")
    house.settled()
    now = section(canvas, "Decision")
    assert now.endswith("Claire agrees with all of this.")
    assert first not in now


def test_something_that_was_captured_since_marks_the_sections_that_would_cite_it(
    house: House,
) -> None:
    canvas = canvas_of(house, PRIYA, "Meridian")
    desk = house.service.desk
    viewer, day = desk.viewer(house.person(PRIYA).email), desk.day(None)
    account = desk.workspace.ledger.find_account(viewer, "Meridian").id
    Capture(desk.workspace.database).log_promise(
        viewer,
        account,
        "Two sample cartridges for the Norwich trial",
        side="ours",
        owner=PRIYA,
        made_on=day,
        due_on=day,
        now=datetime.now(UTC),
    )
    check(house)
    assert "Out of date since 30 September 2026." in canvas.markdown
    assert "Two sample cartridges" in canvas.markdown


def test_whoever_may_no_longer_see_the_account_is_shown_out_of_its_canvas(house: House) -> None:
    house.person(INGRID)
    canvas = canvas_of(house, PRIYA, "Meridian")
    assert house.person(INGRID).id in canvas.user_access
    with house.service.desk.workspace.database.writing() as session:
        left = session.query(User).filter(User.name == INGRID).one()
        left.active = False
    check(house)
    assert house.person(INGRID).id not in canvas.user_access
    assert house.person(PRIYA).id in canvas.user_access


def test_a_second_click_renews_the_same_canvas(house: House) -> None:
    canvas = canvas_of(house, PRIYA, "Meridian")
    keep_a_promise(house, PRIYA, "Meridian")
    again = canvas_of(house, CLAIRE, "Meridian")
    assert again is canvas
    assert len(house.slack.canvases()) == 1
    told = [one.words for one in said_to(house, CLAIRE) if "Brought up to date:" in one.words]
    assert len(told) == 1


def test_a_canvas_that_people_deleted_is_given_up_and_another_can_be_made(house: House) -> None:
    canvas = canvas_of(house, PRIYA, "Meridian")
    canvas.deleted = True
    check(house, 1)
    check(house, 2)
    gone = [one for one in said_to(house, PRIYA) if "was deleted" in one.words]
    assert len(gone) == 1
    assert "Draft the plan anew" in gone[0].words
    another = canvas_of(house, PRIYA, "Meridian")
    assert another is not canvas


def test_in_a_channel_where_somebody_may_not_see_the_account_only_the_asker_hears(
    house: House,
) -> None:
    team = house.channel("north", PRIYA, JONAS)
    house.slack.command(house.person(PRIYA), "/plan", "Meridian", team)
    house.settled()
    house.slack.click(house.person(PRIYA), said_to(house, PRIYA)[-1], "draft.canvas")
    house.settled()
    (canvas,) = house.slack.canvases()
    assert "is a canvas now" in said_to(house, PRIYA)[-1].words
    assert house.slack.answers(team) == []
    assert house.person(JONAS).id not in canvas.user_access


def test_the_free_plan_has_canvases_in_channels_only_and_the_rep_is_told_so(
    house: House,
) -> None:
    house.slack.workspace.free_plan = True
    plan = plan_of(house, PRIYA, "Meridian")
    house.slack.click(house.person(PRIYA), plan, "draft.canvas")
    house.settled()
    assert house.slack.canvases() == []
    assert "a canvas lives in a channel" in said_to(house, PRIYA)[-1].words
    team = house.channel("meridian", PRIYA, CLAIRE)
    canvas = canvas_of(house, PRIYA, "Meridian", team)
    assert canvas.channel_id == team.id


def test_when_slack_does_not_answer_in_the_middle_of_an_update_nothing_stands_there_twice(
    home: Path,
) -> None:
    with built(home) as house:
        canvas = canvas_of(house, PRIYA, "Meridian")
        keep_a_promise(house, PRIYA, "Meridian")
        house.slack.faults.lose_reply("canvases.edit", 1)
        check(house)
        marks = [row for row in canvas.markdown.splitlines() if "Out of date since" in row]
        assert len(marks) == len(set(marks)) > 0
        (offer,) = [one for one in said_to(house, PRIYA) if "rests on has changed" in one.words]
        house.slack.faults.lose_reply("canvases.edit", 1)
        house.slack.faults.lose_reply("chat.postMessage", 1)
        house.slack.click(house.person(PRIYA), offer, "canvas.update")
        house.settled(60)
        assert "Out of date" not in canvas.markdown
        headings = [row for row in canvas.markdown.splitlines() if row.startswith("#")]
        assert len(headings) == len(set(headings))
        (told,) = house.slack.answers(offer.channel, offer.ts)[-1:]
        assert "Brought up to date: Decision" in told.words
        assert len([one for one in house.answers(offer) if "Brought up" in one.words]) == 1


@pytest.mark.parametrize("moment", ["canvases.create", "chat.postMessage"])
def test_killed_while_it_is_made_there_is_one_canvas_for_people_and_one_word_of_it(
    home: Path, moment: str
) -> None:
    with SlackDouble(manifest()) as slack:
        priya = slack.workspace.person(PRIYA, "priya.natarajan@varnholt.example")
        where = slack.workspace.dm(priya)
        with served(slack, home, {"LONGEST_WAIT": "0.2"}) as process:
            slack.command(priya, "/plan", "Meridian", where)
            plan = slack.wait_for(lambda: slack.answers(where), 60)[0]
            gate = slack.faults.hold_reply(moment)
            slack.click(priya, plan, "draft.canvas")
            gate.wait_reached(60)
            process.end(signal.SIGKILL)
            slack.faults.clear()
            process.start()
            slack.wait_for(lambda: _told(slack, where), 60)
            assert process.end(signal.SIGTERM) == 0
        assert len(_told(slack, where)) == 1
        shared = [one for one in slack.canvases() if one.user_access]
        assert [list(one.user_access) for one in shared] == [[priya.id]]


def _told(slack: SlackDouble, where: Channel) -> list[Message]:
    return [one for one in slack.answers(where) if "is a canvas now" in one.words]
