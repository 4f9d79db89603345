"""conversations.* and reactions.*: channels, their members and what was said."""

from __future__ import annotations

from tests.doubles.slack.api.registry import is_true, page, web_api
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import KINDS, Json, Message
from tests.doubles.slack.workspace import Workspace

READ = tuple(f"{kind}:read" for kind in KINDS.values())
HISTORY = tuple(f"{kind}:history" for kind in KINDS.values())


@web_api("conversations.info", "channel", scopes=READ)
def info(workspace: Workspace, arguments: Json) -> Json:
    """One channel."""
    channel = workspace.visible_channel(str(arguments["channel"]))
    workspace.need_scope(channel, "read")
    shown = channel.as_json(workspace.bot.id)
    if is_true(arguments.get("include_num_members")):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


@web_api("conversations.list", scopes=READ)
def listed(workspace: Workspace, arguments: Json) -> Json:
    """The channels the app may know of."""
    types = str(arguments.get("types") or "public_channel").split(",")
    names = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
    kinds = {names[kind] for kind in types if kind in names}
    found = [
        channel
        for channel in workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or workspace.bot.id in channel.members)
    ]
    shown, metadata = page(found, arguments, usual=100, most=1000)
    return {"channels": [one.as_json(workspace.bot.id) for one in shown], **metadata}


@web_api("conversations.members", "channel", scopes=READ)
def members(workspace: Workspace, arguments: Json) -> Json:
    """Who is in a channel, page by page."""
    channel = workspace.visible_channel(str(arguments["channel"]))
    workspace.need_scope(channel, "read")
    shown, metadata = page(channel.members, arguments, usual=100, most=1000)
    metadata.pop("has_more")
    return {"members": shown, **metadata}


@web_api("conversations.open", scopes=("im:write", "mpim:write", "channels:manage"))
def opened(workspace: Workspace, arguments: Json) -> Json:
    """A direct message with somebody."""
    if arguments.get("channel"):
        channel = workspace.visible_channel(str(arguments["channel"]))
        return {"channel": {"id": channel.id}}
    ids = [one for one in str(arguments.get("users") or "").split(",") if one]
    if not ids:
        raise Refused("users_list_not_supplied")
    people = [workspace.known_person(one) for one in ids]
    if any(person.is_bot for person in people):
        raise Refused("cannot_dm_bot")
    return {"channel": {"id": workspace.dm(*people).id}}


@web_api("conversations.join", "channel", scopes=("channels:join",))
def joined(workspace: Workspace, arguments: Json) -> Json:
    """Enter a public channel."""
    channel = workspace.visible_channel(str(arguments["channel"]))
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if workspace.bot.id not in channel.members:
        channel.members.append(workspace.bot.id)
    return {"channel": channel.as_json(workspace.bot.id)}


@web_api("conversations.history", "channel", scopes=HISTORY)
def history(workspace: Workspace, arguments: Json) -> Json:
    """The messages of a channel, newest first, replies left out."""
    channel = workspace.joined_channel(str(arguments["channel"]))
    workspace.need_scope(channel, "history")
    found = [m for m in workspace.in_channel(channel) if not m.is_reply]
    found = _between(found, arguments)[::-1]
    shown, metadata = page(found, arguments, usual=100, most=999)
    return {"messages": [_told(workspace, one, arguments) for one in shown], **metadata}


@web_api("conversations.replies", "channel", "ts", scopes=HISTORY)
def replies(workspace: Workspace, arguments: Json) -> Json:
    """A thread, oldest first, its first message included."""
    channel = workspace.joined_channel(str(arguments["channel"]))
    workspace.need_scope(channel, "history")
    first = workspace.message(channel, str(arguments["ts"]))
    if first is None:
        raise Refused("thread_not_found")
    thread = workspace.in_thread(channel, first.thread_ts or first.ts)
    found = [thread[0], *_between(thread[1:], arguments)]
    shown, metadata = page(found, arguments, usual=1000, most=1000)
    return {"messages": [_told(workspace, one, arguments) for one in shown], **metadata}


def _between(found: list[Message], arguments: Json) -> list[Message]:
    oldest, latest = str(arguments.get("oldest") or "0"), str(arguments.get("latest") or "")
    inclusive = is_true(arguments.get("inclusive"))
    low, high = float(oldest), float(latest) if latest else float("inf")

    def inside(ts: str) -> bool:
        return low < float(ts) < high or (inclusive and ts in {oldest, latest})

    return [message for message in found if inside(message.ts)]


def _told(workspace: Workspace, message: Message, arguments: Json) -> Json:
    told = message.as_json(with_metadata=is_true(arguments.get("include_all_metadata")))
    answers = [m for m in workspace.in_thread(message.channel, message.ts) if m.is_reply]
    if not message.is_reply and answers:
        told |= {"thread_ts": message.ts, "reply_count": len(answers)}
        told["latest_reply"] = answers[-1].ts
    return told


@web_api("reactions.add", "channel", "timestamp", "name", scopes=("reactions:write",))
def react(workspace: Workspace, arguments: Json) -> Json:
    """Put an emoji under a message."""
    channel = workspace.joined_channel(str(arguments["channel"]))
    message = workspace.message(channel, str(arguments["timestamp"]))
    if message is None:
        raise Refused("message_not_found")
    users = message.reactions.setdefault(str(arguments["name"]).strip(":"), [])
    if workspace.bot.id in users:
        raise Refused("already_reacted")
    users.append(workspace.bot.id)
    return {}


@web_api("reactions.remove", "channel", "timestamp", "name", scopes=("reactions:write",))
def unreact(workspace: Workspace, arguments: Json) -> Json:
    """Take the app's own emoji away."""
    channel = workspace.joined_channel(str(arguments["channel"]))
    message = workspace.message(channel, str(arguments["timestamp"]))
    users = message.reactions.get(str(arguments["name"]).strip(":"), []) if message else []
    if workspace.bot.id not in users:
        raise Refused("no_reaction")
    users.remove(workspace.bot.id)
    return {}
