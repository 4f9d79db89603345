"""A real Bolt app lives with the double as it lives with Slack, over sockets and HTTP alike."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from tests.doubles.slack import Channel, ImpossibleAct, Message, Person, SlackDouble
from tests.doubles.slack.tests.echo_app import Heard


def first_answer(slack: SlackDouble, question: Message) -> Message:
    return slack.wait_for(lambda: slack.answers(question.channel, question.ts))[0]


@pytest.mark.usefixtures("app")
def test_a_question_in_a_direct_message_is_answered_in_its_thread(
    slack: SlackDouble, ana: Person
) -> None:
    question = slack.say(ana, slack.workspace.dm(ana), "Who decides?")
    answer = first_answer(slack, question)
    assert answer.words == "You said: Who decides?\nAgain"
    delivery = question.deliveries[0].wait()
    assert delivery.in_time
    assert delivery.payload["authorizations"][0]["user_id"] == slack.bot_user_id


@pytest.mark.usefixtures("app")
def test_a_mention_arrives_as_two_events_with_two_ids(
    slack: SlackDouble, ana: Person, deals: Channel, heard: Heard
) -> None:
    said = slack.say(ana, deals, f"{slack.bot.mention} who decides?")
    message, mention = [delivery.wait() for delivery in said.deliveries]
    assert (message.name, mention.name) == ("message", "app_mention")
    assert message.event_id != mention.event_id
    slack.wait_for(lambda: len(heard.events) == 2)
    assert {event["type"] for event in heard.events} == {"message", "app_mention"}


@pytest.mark.usefixtures("app")
def test_an_edit_and_a_deletion_are_told_with_what_stood_before(
    slack: SlackDouble, ana: Person, deals: Channel, heard: Heard
) -> None:
    said = slack.say(ana, deals, "Mara signs")
    slack.edit(said, "Jonas signs")
    slack.delete(said)
    slack.wait_for(lambda: len(heard.events) == 3)
    told = {event.get("subtype"): event for event in heard.events}
    assert told["message_changed"]["message"]["text"] == "Jonas signs"
    assert told["message_changed"]["previous_message"]["text"] == "Mara signs"
    assert told["message_deleted"]["deleted_ts"] == said.ts


@pytest.mark.usefixtures("app")
def test_a_button_carries_its_value_and_its_message_is_replaced_by_response_url(
    slack: SlackDouble, ana: Person, heard: Heard
) -> None:
    question = slack.say(ana, slack.workspace.dm(ana), "Hello")
    answer = first_answer(slack, question)
    delivery = slack.click(ana, answer, "again")
    assert delivery.acknowledged_within is not None
    slack.wait_for(lambda: answer.text == "Again: once more")
    body = next(body for body in heard.bodies if body["type"] == "block_actions")
    assert body["container"]["message_ts"] == answer.ts
    assert body["user"]["id"] == ana.id


@pytest.mark.usefixtures("app")
def test_a_command_opens_a_modal_whose_menu_asks_the_app_and_which_closes_when_submitted(
    slack: SlackDouble, ana: Person, deals: Channel, heard: Heard
) -> None:
    slack.command(ana, "/plan", "harbour", deals)
    assert [shown.text for shown in slack.ephemerals(ana)] == ["One moment."]
    (modal,) = slack.wait_for(lambda: slack.open_views(ana))
    offered = slack.options(ana, modal, "account", "harbour")
    assert [option["value"] for option in offered] == ["Harbour Foods", "Harbour Steel"]
    submission = slack.submit(ana, modal, {"account": "Harbour Steel", "note": "before Friday"})
    assert submission.outcome == "closed"
    assert slack.open_views(ana) == []
    state = next(b for b in heard.bodies if b["type"] == "view_submission")["view"]["state"]
    assert state["values"]["note"]["note"]["value"] == "before Friday"


@pytest.mark.usefixtures("app")
def test_a_modal_that_comes_back_with_errors_stays_open(
    slack: SlackDouble, ana: Person, deals: Channel
) -> None:
    slack.command(ana, "/plan", "", deals)
    (modal,) = slack.wait_for(lambda: slack.open_views(ana))
    slack.options(ana, modal, "account", "closed")
    submission = slack.submit(ana, modal, {"account": "closed"})
    assert submission.errors == {"account": "This account is closed."}
    assert slack.open_views(ana) == [modal]
    with pytest.raises(ImpossibleAct, match="must be filled in"):
        slack.submit(ana, modal, {"account": None})


@pytest.mark.usefixtures("app")
def test_shortcuts_and_tabs_reach_the_app(
    slack: SlackDouble, ana: Person, deals: Channel, heard: Heard
) -> None:
    message = slack.say(ana, deals, "Mara wants it before the fair")
    slack.message_shortcut(ana, "remember", message)
    slack.shortcut(ana, "remember")
    slack.open_home(ana)
    slack.open_messages(ana, [deals])
    slack.look_at(ana, deals)
    slack.wait_for(lambda: len(heard.bodies) == 6)
    kinds = [body.get("event", body)["type"] for body in heard.bodies]
    assert sorted(kinds) == sorted(
        ["message", "message_action", "shortcut", *["app_home_opened"] * 2, "app_context_changed"]
    )


@pytest.mark.usefixtures("app")
def test_an_event_nobody_acknowledged_comes_again_under_its_own_id(
    slack: SlackDouble, ana: Person, heard: Heard
) -> None:
    said = slack.say(ana, slack.workspace.dm(ana), "Once")
    delivery = said.deliveries[0].wait()
    slack.redeliver(delivery)
    slack.wait_for(lambda: len(heard.bodies) == 2)
    assert heard.bodies[0]["event_id"] == heard.bodies[1]["event_id"]
    assert [attempt.number for attempt in delivery.attempts] == [0, 1]


@pytest.mark.usefixtures("app")
def test_the_home_tab_changes_under_the_reader_s_hand(slack: SlackDouble, ana: Person) -> None:
    slack.open_home(ana)
    home = slack.wait_for(lambda: slack.home(ana))
    assert home.words == "Two accounts\nSnooze"
    slack.click(ana, home, "snooze")
    slack.wait_for(lambda: home.words == "All quiet\nSnooze")
    stranger = slack.workspace.person("Ben Wolf", "ben@varnholt.example")
    with pytest.raises(ImpossibleAct, match="does not see this view"):
        slack.click(stranger, home, "snooze")
    with pytest.raises(ImpossibleAct, match=r"only \['snooze'\]"):
        slack.click(ana, home, "approve")


@pytest.mark.usefixtures("app")
def test_feedback_names_the_button_and_only_its_reader_can_give_it(
    slack: SlackDouble, client: WebClient, ana: Person, deals: Channel, heard: Heard
) -> None:
    buttons = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "good"},
        "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"},
    }
    blocks = [{"type": "context_actions", "elements": [buttons]}]
    client.chat_postEphemeral(channel=deals.id, user=ana.id, text="An answer", blocks=blocks)
    (shown,) = slack.ephemerals(ana)
    slack.click(ana, shown, "feedback", "Bad")
    told = slack.wait_for(lambda: [b for b in heard.bodies if b["type"] == "block_actions"])[0]
    assert told["actions"][0]["value"] == "bad"
    assert told["container"]["is_ephemeral"]
    ben = slack.workspace.person("Ben Wolf", "ben@varnholt.example")
    with pytest.raises(ImpossibleAct, match="does not see this message"):
        slack.click(ben, shown, "feedback", "Good")


def test_what_a_reader_sees_is_told_apart_from_who_is_pinged_and_where_links_lead(
    slack: SlackDouble, client: WebClient, deals: Channel
) -> None:
    markdown = "[a source](https://evil.example/x) and <!channel>"
    client.chat_postMessage(channel=deals.id, markdown_text=markdown)
    safe = "Escaped &lt;!channel&gt;, and <https://varnholt.slack.com/archives/C1|a message>"
    client.chat_postMessage(channel=deals.id, text=safe)
    loud, quiet = slack.answers(deals)
    assert (loud.pings, loud.links) == (["channel"], ["https://evil.example/x"])
    assert (quiet.pings, quiet.links) == ([], ["https://varnholt.slack.com/archives/C1"])
