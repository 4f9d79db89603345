"""The double refuses what Slack refuses: by length, by structure, by state and by rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import (
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    TableBlock,
    TaskCardBlock,
)

from tests.doubles.slack import (
    Channel,
    ImpossibleAct,
    Person,
    SlackDouble,
    block_faults,
    view_faults,
)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


FEEDBACK = ContextActionsBlock(
    elements=[
        FeedbackButtonsElement(
            action_id="feedback",
            positive_button=FeedbackButtonObject(text="Good", value="good"),
            negative_button=FeedbackButtonObject(text="Bad", value="bad"),
        )
    ]
).to_dict()
TABLE = TableBlock(
    rows=[[{"type": "raw_text", "text": "Name"}], [{"type": "raw_text", "text": "Mara"}]]
)
TASK = TaskCardBlock(task_id="t", title="Searching", status="complete").to_dict()


@pytest.mark.parametrize(
    "block",
    [
        section("x" * 3000),
        {"type": "header", "text": plain("x" * 150)},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "as of today"}]},
        {"type": "markdown", "text": "x" * 12_000},
        actions(button(value="v" * 2000, url="https://crm.example/1", style="primary")),
        section("Pick", accessory={"type": "users_select", "action_id": "who"}),
        FEEDBACK,
        TABLE.to_dict(),
        TASK,
        {"type": "plan", "title": "Working", "tasks": [{**TASK, "task_id": "t2"}]},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "link", "url": "https://a.example", "text": "a"}],
                }
            ],
        },
    ],
    ids=lambda block: str(block["type"]),
)
def test_blocks_in_order_are_taken(block: dict[str, Any]) -> None:
    assert block_faults([block]) == []


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (
            section("x" * 3001),
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ),
        (section(""), "must be more than 0 characters"),
        ({"type": "section"}, "must have at least one of: text, fields"),
        (section("x", colour="red"), "invalid additional property: colour"),
        ({"type": "header", "text": plain("x" * 151)}, "less than 151"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "unsupported type: mrkdwn"),
        ({"type": "banner"}, "unsupported type: banner"),
        ({"text": "x"}, "missing required field: type"),
        ({"type": "image", "image_url": "https://a.example/x.png"}, "required field: alt_text"),
        ({"type": "image", "alt_text": "x", "image_url": "x.png"}, "must be a valid URL"),
        (actions(button(text=plain("x" * 76))), "less than 76"),
        (actions(button(action_id="x" * 256)), "less than 256"),
        (actions(button(value="x" * 2001)), "less than 2001"),
        (actions(button(url=f"https://a.example/{'x' * 3000}")), "less than 3001"),
        (actions(button(style="green")), "must be one of primary, danger"),
        (actions(button(), button()), "action_id must be unique"),
        (actions(*(button(action_id=str(n)) for n in range(26))), "no more than 25 items allowed"),
        (actions({"type": "plain_text_input", "action_id": "x"}), "unsupported type"),
        (actions({"type": "static_select", "action_id": "x"}), "options, option_groups"),
        (
            actions({"type": "overflow", "options": [{"text": plain("x" * 76), "value": "x"}]}),
            "less than 76",
        ),
        (section("x", block_id="b" * 256), "less than 256"),
        ({"type": "context_actions", "elements": [button()]}, "unsupported type: button"),
        ({"type": "task_card", "task_id": "t", "title": "x", "status": "done"}, "must be one of"),
    ],
)
def test_blocks_out_of_order_are_refused_with_the_reason(block: dict[str, Any], why: str) -> None:
    faults = block_faults([block])
    assert any(why in fault for fault in faults), faults


def test_a_message_has_fifty_blocks_a_modal_a_hundred_and_names_are_unique() -> None:
    many = [{"type": "divider"} for _ in range(51)]
    assert "no more than 50 items allowed" in block_faults(many)[0]
    assert block_faults(many, "modal") == []
    assert "must be unique" in block_faults([section("a", block_id="x")] * 2)[0]
    halves = [{"type": "markdown", "text": "x" * 6001}] * 2
    assert "markdown must be less than 12001" in block_faults(halves)[0]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": plain("x" * 25)}, "less than 25"),
        ({"private_metadata": "x" * 3001}, "less than 3001"),
        ({"blocks": [{"type": "markdown", "text": "x"}]}, "unsupported type: markdown"),
        ({"footer": plain("x")}, "invalid additional property: footer"),
        (
            {
                "blocks": [
                    {
                        "type": "input",
                        "label": plain("Note"),
                        "element": {"type": "plain_text_input", "action_id": "note"},
                    }
                ]
            },
            "missing required field: submit",
        ),
    ],
)
def test_modals_out_of_order_are_refused(change: dict[str, Any], why: str) -> None:
    modal = {"type": "modal", "title": plain("Plan"), "blocks": [section("x")]}
    assert view_faults(modal, "modal") == []
    assert any(why in fault for fault in view_faults({**modal, **change}, "modal"))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"text": " "}, "no_text"),
        ({"text": "x", "blocks": [{"type": "banner"}]}, "invalid_blocks"),
        ({"text": "x", "thread_ts": "1.1"}, "thread_not_found"),
        ({"text": "x", "channel": "C404"}, "channel_not_found"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema"),
    ],
)
def test_messages_out_of_order_are_refused(
    client: WebClient, deals: Channel, arguments: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call("chat.postMessage", json={"channel": deals.id, **arguments})
    assert refusal(refused) == error


def test_the_app_only_acts_where_it_is_and_on_what_is_its_own(
    slack: SlackDouble, client: WebClient, ana: Person, deals: Channel
) -> None:
    elsewhere = slack.workspace.channel("random", [ana], invited=False)
    secret = slack.workspace.channel("board", [ana], private=True, invited=False)
    said = slack.say(ana, deals, "Mine")
    refused_calls: list[tuple[Callable[[], object], str]] = [
        (lambda: client.chat_postMessage(channel=elsewhere.id, text="x"), "not_in_channel"),
        (lambda: client.chat_postMessage(channel=secret.id, text="x"), "channel_not_found"),
        (lambda: client.conversations_history(channel=elsewhere.id), "not_in_channel"),
        (lambda: client.chat_update(channel=deals.id, ts=said.ts, text="x"), "cant_update_message"),
        (lambda: client.chat_delete(channel=deals.id, ts=said.ts), "cant_delete_message"),
        (lambda: client.api_call("chat.shout"), "unknown_method"),
    ]
    for call, error in refused_calls:
        with pytest.raises(SlackApiError) as refused:
            call()
        assert refusal(refused) == error
    assert said.deliveries
    assert slack.say(ana, elsewhere, "Unheard").deliveries == []


def test_a_manifest_is_all_that_the_app_may_do() -> None:
    manifest = {
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
        "features": {"slash_commands": [{"command": "/plan"}]},
    }
    with SlackDouble(manifest) as slack:
        ana = slack.workspace.person("Ana Ruiz", "ana@varnholt.example")
        deals = slack.workspace.channel("deals", [ana])
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        assert client.auth_test().headers["x-oauth-scopes"] == "chat:write"
        with pytest.raises(SlackApiError) as refused:
            client.users_info(user=ana.id)
        assert refused.value.response["needed"] == "users:read"
        assert slack.say(ana, deals, "Not subscribed").deliveries == []
        with pytest.raises(ImpossibleAct, match="no command /value"):
            slack.command(ana, "/value", "", deals)


def test_a_wrong_token_or_the_wrong_kind_of_token_opens_nothing(slack: SlackDouble) -> None:
    for token, error in (
        ("xoxb-other", "invalid_auth"),
        (slack.app_token, "not_allowed_token_type"),
    ):
        with pytest.raises(SlackApiError) as refused:
            WebClient(token, base_url=slack.api_url).auth_test()
        assert refusal(refused) == error


def test_a_trigger_opens_one_modal_and_only_for_three_seconds(
    slack: SlackDouble, client: WebClient, ana: Person
) -> None:
    modal = {"type": "modal", "title": plain("Plan"), "blocks": [section("x")]}
    trigger = slack.workspace.views.trigger(ana)
    opened = client.views_open(trigger_id=trigger, view=modal)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=trigger, view=modal)
    late = slack.workspace.views.trigger(ana)
    slack.advance(4)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=late, view=modal)
    view = opened["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal)


def test_strangers_guests_and_bots_look_as_they_do_in_slack(
    slack: SlackDouble, client: WebClient
) -> None:
    eve = slack.workspace.person("Eve Stone", "eve@other.example", team_id="T0OTHER001")
    guest = slack.workspace.person("Gil Park", "gil@agency.example", is_restricted=True)
    shared = slack.workspace.channel("fair", [eve, guest], shared_with=eve.team_id)
    seen = client.users_info(user=eve.id)["user"]
    assert seen["is_stranger"]
    assert "email" not in seen["profile"]
    assert client.users_info(user=guest.id)["user"]["is_restricted"]
    assert client.conversations_info(channel=shared.id)["channel"]["is_ext_shared"]
    (delivery,) = slack.say(eve, shared, "Hello").deliveries
    assert delivery.payload["is_ext_shared_channel"]
    assert delivery.payload["event"]["user_team"] == eve.team_id
    first = client.conversations_members(channel=shared.id, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_members(channel=shared.id, limit=2, cursor=cursor)
    assert first["members"] + rest["members"] == shared.members
