"""Streams, canvases, files and agent sessions behave and end as Slack's do."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.doubles.slack import Channel, ImpossibleAct, Message, Person, SlackDouble

STEP = {"type": "task_update", "id": "search", "title": "Searching", "status": "in_progress"}


@pytest.fixture
def question(slack: SlackDouble, ana: Person, deals: Channel) -> Message:
    return slack.say(ana, deals, f"{slack.bot.mention} who decides?")


def recipient(slack: SlackDouble, person: Person) -> dict[str, str]:
    return {"recipient_user_id": person.id, "recipient_team_id": slack.team_id}


def begun(client: WebClient, slack: SlackDouble, question: Message, **more: Any) -> Message:
    where = {"channel": question.channel.id, "thread_ts": question.ts}
    told = {**where, **recipient(slack, question.author), **more}
    started = client.api_call("chat.startStream", json=told)
    message = slack.workspace.message(question.channel, started["ts"])
    assert message is not None
    return message


def test_an_answer_streams_with_steps_and_ends_with_blocks(
    slack: SlackDouble, client: WebClient, ana: Person, question: Message
) -> None:
    stream = client.chat_stream(
        channel=question.channel.id,
        thread_ts=question.ts,
        buffer_size=1,
        **recipient(slack, ana),
    )
    stream.append(chunks=[STEP])
    (answer,) = slack.answers(question.channel, question.ts)
    assert answer.tasks["search"]["status"] == "in_progress"
    stream.append(markdown_text="Mara ")
    stream.append(markdown_text="decides.", chunks=[{**STEP, "status": "complete"}])
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "One source"}}]
    stream.stop(blocks=blocks, metadata={"event_type": "answer", "event_payload": {"run": "7"}})
    assert answer.words == "Searching\nMara decides.\nOne source"
    assert not answer.is_streaming
    told = client.conversations_replies(
        channel=question.channel.id, ts=question.ts, include_all_metadata=True
    )
    assert told["messages"][1]["metadata"]["event_payload"] == {"run": "7"}


def test_a_channel_stream_needs_to_know_for_whom(client: WebClient, question: Message) -> None:
    with pytest.raises(SlackApiError, match="missing_recipient_user_id"):
        client.chat_startStream(channel=question.channel.id, thread_ts=question.ts)


def test_a_stream_that_lived_five_minutes_is_finished_by_an_update(
    slack: SlackDouble, client: WebClient, question: Message
) -> None:
    answer = begun(client, slack, question, markdown_text="Mara")
    channel, ts = question.channel.id, answer.ts
    with pytest.raises(SlackApiError, match="streaming_state_conflict"):
        client.chat_update(channel=channel, ts=ts, text="Too early")
    slack.advance(301)
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        client.chat_appendStream(channel=channel, ts=ts, markdown_text=" decides")
    client.chat_update(channel=channel, ts=ts, text="Mara decides.")
    assert answer.words == "Mara decides."


def test_streams_die_on_demand_and_after_so_many_appends(
    slack: SlackDouble, client: WebClient, question: Message
) -> None:
    slack.faults.kill_streams_after(1)
    answer = begun(client, slack, question)
    client.chat_appendStream(channel=question.channel.id, ts=answer.ts, markdown_text="a")
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        client.chat_appendStream(channel=question.channel.id, ts=answer.ts, markdown_text="b")
    other = begun(client, slack, question)
    slack.kill_stream(other)
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        client.chat_stopStream(channel=question.channel.id, ts=other.ts)


def test_the_stop_button_is_there_while_the_app_works_and_ends_its_streams(
    slack: SlackDouble, client: WebClient, ana: Person, question: Message
) -> None:
    channel = question.channel
    with pytest.raises(ImpossibleAct, match="no Stop button"):
        slack.stop(ana, channel, question.ts)
    client.agents_sessions_setStatus(
        channel_id=channel.id, thread_ts=question.ts, status="processing", title="Who decides"
    )
    answer = begun(client, slack, question)
    delivery = slack.stop(ana, channel, question.ts)
    assert delivery is not None
    assert delivery.payload["event"]["streaming_message_ts"] == [answer.ts]
    with pytest.raises(SlackApiError, match="stopped_by_user"):
        client.chat_appendStream(channel=channel.id, ts=answer.ts, markdown_text="a")
    client.agents_sessions_setStatus(channel_id=channel.id, thread_ts=question.ts, status="active")
    session = slack.session(channel, question.ts)
    assert session is not None
    assert (session.status, session.title) == ("active", "Who decides")


@pytest.mark.parametrize(
    ("chunk", "error"),
    [
        ({**STEP, "title": "x" * 257}, "invalid_chunks"),
        ({**STEP, "status": "done"}, "invalid_chunks"),
        ({"type": "markdown_text", "text": "x" * 12_001}, "invalid_chunks"),
        ({"type": "blocks", "blocks": [{"type": "banner"}]}, "invalid_chunks"),
    ],
)
def test_chunks_out_of_order_are_refused(
    slack: SlackDouble, client: WebClient, question: Message, chunk: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        begun(client, slack, question, chunks=[chunk])


def test_a_status_clears_after_two_minutes_and_prompts_with_a_thread_vanish(
    slack: SlackDouble, client: WebClient, ana: Person, question: Message
) -> None:
    channel = question.channel
    client.assistant_threads_setStatus(
        channel_id=channel.id, thread_ts=question.ts, status="is searching"
    )
    assert slack.status(channel, question.ts) == "is searching"
    slack.advance(121)
    assert slack.status(channel, question.ts) == ""
    dm = slack.workspace.dm(ana)
    prompts = [{"title": "My accounts", "message": "Which accounts need attention?"}]
    first = slack.say(ana, dm, "Hello")
    client.assistant_threads_setSuggestedPrompts(
        channel_id=dm.id, thread_ts=first.ts, prompts=prompts
    )
    assert slack.prompts(ana) is None
    client.assistant_threads_setSuggestedPrompts(channel_id=dm.id, prompts=prompts)
    shown = slack.prompts(ana)
    assert shown is not None
    assert shown.prompts[0]["title"] == "My accounts"
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.assistant_threads_setSuggestedPrompts(channel_id=dm.id, prompts=prompts * 5)


def content(markdown: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": markdown}


def test_a_canvas_is_edited_section_by_section_and_its_ids_last_one_edit(
    slack: SlackDouble, client: WebClient, ana: Person, deals: Channel
) -> None:
    made = client.canvases_create(
        title="Plan",
        channel_id=deals.id,
        document_content=content("# Plan\n\nGrow.\n\n## Risks\n\nNone."),
    )
    canvas = slack.canvas(made["canvas_id"])
    with pytest.raises(ImpossibleAct):
        slack.rewrite_canvas(ana, canvas, "Grow.", "Grow by 10 %.")
    client.canvases_access_set(canvas_id=canvas.id, access_level="write", channel_ids=[deals.id])
    slack.rewrite_canvas(ana, canvas, "Grow.", "Grow by 10 %.")
    (found,) = client.canvases_sections_lookup(
        canvas_id=canvas.id, criteria={"contains_text": "None."}
    )["sections"]
    change = {
        "operation": "replace",
        "section_id": found["id"],
        "document_content": content("Mara left."),
    }
    client.canvases_edit(canvas_id=canvas.id, changes=[change])
    told = client.canvases_getContent(canvas_id=canvas.id)["content"]
    assert told == "# Plan\n\nGrow by 10 %.\n\n## Risks\n\nMara left."
    with pytest.raises(SlackApiError, match="canvas_editing_failed"):
        client.canvases_edit(canvas_id=canvas.id, changes=[change])
    headings = client.canvases_sections_lookup(
        canvas_id=canvas.id, criteria={"section_types": ["any_header"]}
    )
    assert len(headings["sections"]) == 2


def test_one_edit_a_call_and_replacing_without_a_section_wipes_what_people_wrote(
    slack: SlackDouble, client: WebClient
) -> None:
    made = client.canvases_create(title="Plan", document_content=content("Written by people."))
    canvas = slack.canvas(made["canvas_id"])
    change = {"operation": "replace", "document_content": content("Only this.")}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.canvases_edit(canvas_id=canvas.id, changes=[change, change])
    client.canvases_edit(canvas_id=canvas.id, changes=[change])
    assert (canvas.markdown, canvas.history) == ("Only this.", ["Written by people."])


def test_files_go_up_in_three_steps_and_come_down_only_with_the_token(
    slack: SlackDouble, client: WebClient, ana: Person, deals: Channel
) -> None:
    from urllib.request import Request, urlopen

    client.files_upload_v2(filename="plan.docx", content=b"PK...", channel=deals.id, title="Plan")
    (file,) = slack.files(deals)
    assert (file.title, file.content) == ("Plan", b"PK...")
    said = slack.say(ana, deals, "The minutes", files={"minutes.txt": b"Mara agreed."})
    info = client.files_info(file=said.files[0].id)["file"]
    url = info["url_private_download"]
    with urlopen(Request(url)) as page:
        assert b"sign in" in page.read()
    signed = Request(url, headers={"Authorization": f"Bearer {slack.bot_token}"})
    with urlopen(signed) as page:
        assert page.read() == b"Mara agreed."
