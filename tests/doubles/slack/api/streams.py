"""chat.startStream, appendStream and stopStream: an answer while it is being written.

Behaviour and error names: https://docs.slack.dev/reference/methods/chat.startStream and what
developers measured (an append to a stream past its five minutes, an update of a live one).
"""

from __future__ import annotations

from tests.doubles.slack.api.chat import LONGEST_MARKDOWN, WRITE, metadata, new_message
from tests.doubles.slack.api.registry import checked_blocks, web_api
from tests.doubles.slack.blockkit import block_faults
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.shapes import Shape, by_type, items, one_of, string
from tests.doubles.slack.values import Channel, Json, Message, Stream
from tests.doubles.slack.workspace import Session, Workspace

LIFETIME = 300.0
LONGEST_STEP = 256
MOST_BLOCKS = 50
STATUSES = ("active", "processing", "suspended", "closed")
SOURCE = by_type({"url": Shape({"url": string(3000), "text": string(LONGEST_STEP)})})
STEP_STATUS = one_of("pending", "in_progress", "complete", "error")
CHUNK = by_type(
    {
        "markdown_text": Shape({"text": string(LONGEST_MARKDOWN, 0)}),
        "plan_update": Shape({"title": string(LONGEST_STEP)}),
        "task_update": Shape(
            {"id": string(255), "title": string(LONGEST_STEP), "status": STEP_STATUS},
            {
                "details": string(LONGEST_STEP, 0),
                "output": string(LONGEST_STEP, 0),
                "sources": items(SOURCE, 20),
            },
        ),
        "blocks": Shape({"blocks": lambda value, path: iter(block_faults(value, path=path))}),
    }
)
CHUNKS = items(CHUNK, 100, fewest=0)


@web_api("chat.startStream", "channel", scopes=WRITE)
def start(workspace: Workspace, arguments: Json) -> Json:
    """Begin an answer in a thread."""
    channel = workspace.writable_channel(str(arguments["channel"]))
    mode = str(arguments.get("task_display_mode") or "timeline")
    if mode not in {"timeline", "plan"}:
        raise Refused("invalid_arguments", "task_display_mode is timeline or plan")
    if channel.is_direct and not arguments.get("thread_ts"):
        raise Refused("invalid_arguments", "missing required field: thread_ts")
    recipient = _recipient(workspace, channel, arguments)
    message = new_message(workspace, channel, arguments)
    message.stream = Stream(workspace.clock.leapt, mode, recipient)
    _append(message, arguments)
    workspace.post(message)
    key = (channel.id, message.thread_ts)
    workspace.sessions.setdefault(key, Session("processing")).status = "processing"
    workspace.echo(message)
    return {"channel": channel.id, "ts": message.ts}


def _recipient(workspace: Workspace, channel: Channel, arguments: Json) -> str:
    person_id = str(arguments.get("recipient_user_id") or "")
    team_id = str(arguments.get("recipient_team_id") or "")
    if not channel.is_direct and not person_id:
        raise Refused("missing_recipient_user_id")
    if not channel.is_direct and not team_id:
        raise Refused("missing_recipient_team_id")
    teams = {person.team_id for person in workspace.people.values()}
    if team_id and team_id not in teams:
        raise Refused("team_not_found")
    if person_id:
        workspace.known_person(person_id)
    return person_id


@web_api("chat.appendStream", "channel", "ts", scopes=WRITE)
def append(workspace: Workspace, arguments: Json) -> Json:
    """Write on."""
    message = _streaming(workspace, arguments)
    if not (arguments.get("markdown_text") or arguments.get("chunks")):
        raise Refused("no_text")
    dies_after = workspace.faults.appends_until_death
    stream = message.stream
    assert stream is not None
    if dies_after is not None and stream.appends >= dies_after:
        stream.state = "died"
        raise Refused("message_not_in_streaming_state")
    _append(message, arguments)
    stream.appends += 1
    return {"channel": message.channel.id, "ts": message.ts}


@web_api("chat.stopStream", "channel", "ts", scopes=WRITE)
def stop(workspace: Workspace, arguments: Json) -> Json:
    """Finish the answer, with blocks below it."""
    message = _streaming(workspace, arguments)
    stream = message.stream
    assert stream is not None
    blocks, told = checked_blocks(arguments), metadata(arguments)
    status = arguments.get("session_status")
    if status is not None and status not in STATUSES:
        raise Refused("invalid_arguments", f"session_status is one of {STATUSES}")
    _append(message, arguments)
    message.blocks, message.metadata = blocks, told
    workspace.number(blocks)
    stream.state = "stopped"
    key = (message.channel.id, message.thread_ts)
    workspace.sessions.setdefault(key, Session("active")).status = str(status or "active")
    workspace.echo(message, "message_changed", message.as_json())
    channel = message.channel.id
    return {"channel": channel, "ts": message.ts, "message": message.as_json(with_metadata=True)}


def _streaming(workspace: Workspace, arguments: Json) -> Message:
    channel = workspace.visible_channel(str(arguments["channel"]))
    message = workspace.message(channel, str(arguments["ts"]))
    if message is None:
        raise Refused("message_not_found")
    if message.author is not workspace.bot:
        raise Refused("message_not_owned_by_app")
    stream = message.stream
    if stream is not None and stream.state == "stopped_by_user":
        raise Refused("stopped_by_user")
    if stream is not None and workspace.clock.leapt - stream.started > LIFETIME:
        stream.state = "died"
    if not message.is_streaming:
        raise Refused("message_not_in_streaming_state")
    return message


def _append(message: Message, arguments: Json) -> None:
    text, chunks = arguments.get("markdown_text"), arguments.get("chunks")
    if text is not None and chunks is not None:
        raise Refused("cannot_provide_both_markdown_text_and_chunks")
    if len(str(text or "")) > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")
    given = chunks or ([{"type": "markdown_text", "text": str(text)}] if text else [])
    faults = list(CHUNKS(given, "/chunks"))
    if faults:
        raise Refused("invalid_chunks", *faults)
    stream = message.stream
    assert stream is not None
    for chunk in given:
        _add(message, stream, chunk)
    if len(stream.blocks) > MOST_BLOCKS:
        raise Refused("invalid_blocks", "no more than 50 items allowed [json-pointer:/chunks]")


def _add(message: Message, stream: Stream, chunk: Json) -> None:
    """Add a chunk: titles and statuses of a step replace, its details grow."""
    match chunk["type"]:
        case "markdown_text":
            message.text += chunk["text"]
        case "plan_update":
            stream.plan_title = chunk["title"]
        case "blocks":
            stream.blocks += chunk["blocks"]
        case _:
            before = stream.tasks.get(chunk["id"], {})
            told = {key: value for key, value in chunk.items() if key not in {"type", "id"}}
            told["details"] = before.get("details", "") + (chunk.get("details") or "")
            stream.tasks[chunk["id"]] = {**before, **told}
