"""chat.*: messages that are posted, updated, deleted and pointed at."""

from __future__ import annotations

from tests.doubles.slack.api.registry import checked_blocks, is_true, web_api
from tests.doubles.slack.blockkit import block_faults
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Channel, Json, Message
from tests.doubles.slack.workspace import Workspace

LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
WRITE = ("chat:write",)


def content(arguments: Json) -> tuple[str, list[Json], list[Json]]:
    """The text, blocks and attachments of a message, if Slack takes them."""
    text, markdown = str(arguments.get("text") or ""), arguments.get("markdown_text")
    blocks, attachments = checked_blocks(arguments), arguments.get("attachments") or []
    if markdown is not None and (text or blocks):
        raise Refused("markdown_text_conflict")
    if len(text) > LONGEST_TEXT or len(str(markdown or "")) > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")
    if markdown:
        return str(markdown), [{"type": "markdown", "text": str(markdown)}], attachments
    for index, attachment in enumerate(attachments):
        nested = attachment.get("blocks") if isinstance(attachment, dict) else None
        faults = block_faults(nested or [], path=f"/attachments/{index}/blocks")
        if faults:
            raise Refused("invalid_attachments", *faults)
    if not (text.strip() or blocks or attachments):
        raise Refused("no_text")
    return text, blocks, attachments


def metadata(arguments: Json) -> Json | None:
    """The metadata of a message, if it is in order."""
    given = arguments.get("metadata")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise Refused("invalid_metadata_format")
    kind, payload = given.get("event_type"), given.get("event_payload")
    if not (isinstance(kind, str) and kind and isinstance(payload, dict)):
        raise Refused("invalid_metadata_schema")
    return given


def new_message(workspace: Workspace, channel: Channel, arguments: Json) -> Message:
    """A message by the app, not yet posted; in an existing thread if it names one."""
    thread_ts = str(arguments.get("thread_ts") or "")
    if thread_ts:
        workspace.thread_root(channel, thread_ts)
    message = Message(channel, workspace.clock.timestamp(), workspace.bot, thread_ts=thread_ts)
    message.bot_id, message.app_id = workspace.bot_id, workspace.app_id
    return message


@web_api("chat.postMessage", "channel", scopes=WRITE)
def post_message(workspace: Workspace, arguments: Json) -> Json:
    """Post a message; the same `client_msg_id` twice is two messages, as nothing promises else."""
    channel = workspace.writable_channel(str(arguments["channel"]))
    message = new_message(workspace, channel, arguments)
    message.text, message.blocks, message.attachments = content(arguments)
    message.metadata = metadata(arguments)
    message.client_msg_id = str(arguments.get("client_msg_id") or "")
    quiet = not is_true(arguments.get("unfurl_links", True))
    message.unfurls = not (quiet and not is_true(arguments.get("unfurl_media", True)))
    message.subtype = "thread_broadcast" if is_true(arguments.get("reply_broadcast")) else ""
    workspace.post(message)
    workspace.echo(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(with_metadata=True)}


@web_api("chat.postEphemeral", "channel", "user", scopes=WRITE)
def post_ephemeral(workspace: Workspace, arguments: Json) -> Json:
    """Show a message to one member of a channel."""
    channel = workspace.writable_channel(str(arguments["channel"]))
    person = workspace.known_person(str(arguments["user"]))
    if person.id not in channel.members:
        raise Refused("user_not_in_channel")
    message = new_message(workspace, channel, arguments)
    message.text, message.blocks, message.attachments = content(arguments)
    show_ephemeral(workspace, message, person.id)
    return {"message_ts": message.ts}


def show_ephemeral(workspace: Workspace, message: Message, person_id: str) -> None:
    """Let one person see a message."""
    message.ephemeral_to = workspace.people[person_id]
    workspace.number(message.blocks)
    workspace.ephemerals.append(message)


@web_api("chat.update", "channel", "ts", scopes=WRITE)
def update(workspace: Workspace, arguments: Json) -> Json:
    """Change a message of the app's own that is not being streamed."""
    channel = workspace.visible_channel(str(arguments["channel"]))
    message = _own(workspace, channel, str(arguments["ts"]), "cant_update_message")
    if message.is_streaming:
        raise Refused("streaming_state_conflict")
    text, blocks, attachments = content(arguments)
    if "blocks" not in arguments and not arguments.get("markdown_text"):
        blocks = message.blocks  # an update without blocks keeps those that are there
    previous = message.as_json()
    told = metadata(arguments)
    rewrite(workspace, message, text, blocks)
    message.attachments = attachments or message.attachments
    message.metadata = told if told is not None else message.metadata
    workspace.echo(message, "message_changed", previous)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": text,
        "message": message.as_json(with_metadata=True),
    }


def rewrite(workspace: Workspace, message: Message, text: str, blocks: list[Json]) -> None:
    """Give a message other words; what it said before stays in `versions`."""
    message.versions.append(message.words)
    message.text, message.blocks, message.stream = text, blocks, None
    workspace.number(message.blocks)
    message.edited = workspace.clock.timestamp()


@web_api("chat.delete", "channel", "ts", scopes=WRITE)
def delete(workspace: Workspace, arguments: Json) -> Json:
    """Take a message of the app's own away."""
    channel = workspace.visible_channel(str(arguments["channel"]))
    message = _own(workspace, channel, str(arguments["ts"]), "cant_delete_message")
    if message.is_streaming:
        raise Refused("cant_delete_message")
    previous = message.as_json()
    message.deleted = True
    workspace.echo(message, "message_deleted", previous)
    return {"channel": channel.id, "ts": message.ts}


def _own(workspace: Workspace, channel: Channel, ts: str, otherwise: str) -> Message:
    message = workspace.message(channel, ts)
    if message is None:
        raise Refused("message_not_found")
    if message.author is not workspace.bot:
        raise Refused(otherwise)
    return message


@web_api("chat.getPermalink", "channel", "message_ts")
def get_permalink(workspace: Workspace, arguments: Json) -> Json:
    """The address of a message."""
    channel = workspace.visible_channel(str(arguments["channel"]))
    message = workspace.message(channel, str(arguments["message_ts"]))
    if message is None:
        raise Refused("message_not_found")
    return {"channel": channel.id, "permalink": workspace.permalink(message)}
