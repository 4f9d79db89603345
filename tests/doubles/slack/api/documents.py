"""canvases.*: documents that the app and people write together."""

from __future__ import annotations

import html

from tests.doubles.slack.api.registry import web_api
from tests.doubles.slack.canvases import Canvas, sections
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Json
from tests.doubles.slack.workspace import Workspace

WRITE, READ = ("canvases:write",), ("canvases:read",)
LEVELS = ("read", "write", "owner")


def _canvas(workspace: Workspace, arguments: Json, right: str = "read") -> Canvas:
    """A canvas that the app may read or write."""
    canvas = workspace.canvases.get(str(arguments["canvas_id"]))
    if canvas is None or canvas.deleted:
        raise Refused("canvas_not_found")
    level = workspace.canvas_level(canvas, workspace.bot)
    if not level:
        raise Refused("canvas_not_found")
    if LEVELS.index(level) < LEVELS.index(right):
        raise Refused("restricted_action")
    return canvas


def _markdown(arguments: Json) -> str:
    content = arguments.get("document_content")
    if content is None:
        return ""
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise Refused("invalid_arguments", "document_content must be {type: markdown, …}")
    return str(content.get("markdown") or "")


@web_api("canvases.create", scopes=WRITE)
def create(workspace: Workspace, arguments: Json) -> Json:
    """Make a canvas, in a channel's tabs if one is named."""
    channel_id = str(arguments.get("channel_id") or "")
    if workspace.free_plan and not channel_id:
        raise Refused("free_teams_cannot_create_non_tabbed_canvases")
    if channel_id:
        workspace.joined_channel(channel_id)
    return {"canvas_id": _made(workspace, arguments, channel_id).id}


@web_api("conversations.canvases.create", "channel_id", scopes=WRITE)
def create_in_channel(workspace: Workspace, arguments: Json) -> Json:
    """Make the one canvas of a channel."""
    channel = workspace.joined_channel(str(arguments["channel_id"]))
    if channel.canvas_id:
        raise Refused("channel_canvas_already_exists")
    canvas = _made(workspace, arguments, channel.id)
    canvas.channel_access[channel.id] = "write"
    channel.canvas_id = canvas.id
    return {"canvas_id": canvas.id}


def _made(workspace: Workspace, arguments: Json, channel_id: str) -> Canvas:
    new_id = workspace.new_id("F")
    link = f"https://{workspace.team_domain}.slack.com/docs/{workspace.team_id}/{new_id}"
    canvas = Canvas(new_id, str(arguments.get("title") or ""), workspace.bot.id, link, channel_id)
    canvas.sections = sections(_markdown(arguments))
    if channel_id:
        canvas.channel_access[channel_id] = "read"
    workspace.canvases[new_id] = canvas
    return canvas


@web_api("canvases.edit", "canvas_id", "changes", scopes=WRITE)
def edit(workspace: Workspace, arguments: Json) -> Json:
    """Make one change; replacing without a section wipes everything else."""
    canvas = _canvas(workspace, arguments, "write")
    changes = arguments["changes"]
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise Refused("invalid_arguments", "only one operation per call is supported")
    known = {"operation", "section_id", "document_content", "title_content"}
    if set(changes[0]) - known:
        raise Refused("invalid_arguments", "invalid additional property in changes")
    canvas.edit(changes[0])
    return {}


@web_api("canvases.delete", "canvas_id", scopes=WRITE)
def delete(workspace: Workspace, arguments: Json) -> Json:
    """Throw a canvas away."""
    _canvas(workspace, arguments, "owner").deleted = True
    return {}


@web_api("canvases.getContent", "canvas_id", scopes=READ)
def get_content(workspace: Workspace, arguments: Json) -> Json:
    """The whole canvas, as Markdown or HTML."""
    canvas = _canvas(workspace, arguments)
    kind = arguments.get("content_type") or "markdown"
    if kind not in {"markdown", "html"}:
        raise Refused("invalid_arguments", "content_type is markdown or html")
    if kind == "markdown":
        return {"content": canvas.markdown}
    told = (f'<p id="{s.id}">{html.escape(s.markdown)}</p>' for s in canvas.sections)
    return {"content": "\n".join(told)}


@web_api("canvases.sections.lookup", "canvas_id", "criteria", scopes=READ)
def lookup(workspace: Workspace, arguments: Json) -> Json:
    """The ids of sections by kind of heading and by words."""
    canvas, criteria = _canvas(workspace, arguments), arguments["criteria"]
    if not isinstance(criteria, dict):
        raise Refused("invalid_arguments", "criteria must be an object")
    return {"sections": [{"id": section.id} for section in canvas.lookup(criteria)]}


@web_api("canvases.access.set", "canvas_id", "access_level", scopes=WRITE)
def set_access(workspace: Workspace, arguments: Json) -> Json:
    """Let channels or people in, never both in one call."""
    canvas = _canvas(workspace, arguments, "owner")
    level = str(arguments["access_level"])
    channels, people = _granted(workspace, arguments)
    if level not in LEVELS or (level == "owner" and (channels or len(people) != 1)):
        raise Refused("invalid_arguments", "access_level does not fit")
    canvas.channel_access |= dict.fromkeys(channels, level)
    canvas.user_access |= dict.fromkeys(people, level)
    return {}


@web_api("canvases.access.delete", "canvas_id", scopes=WRITE)
def delete_access(workspace: Workspace, arguments: Json) -> Json:
    """Shut channels or people out."""
    canvas = _canvas(workspace, arguments, "owner")
    channels, people = _granted(workspace, arguments)
    for one in channels:
        canvas.channel_access.pop(one, None)
    for one in people:
        canvas.user_access.pop(one, None)
    return {}


def _granted(workspace: Workspace, arguments: Json) -> tuple[list[str], list[str]]:
    channels, people = (_ids(arguments.get(name)) for name in ("channel_ids", "user_ids"))
    if bool(channels) == bool(people):
        raise Refused("invalid_arguments", "give either channel_ids or user_ids")
    for one in channels:
        if workspace.joined_channel(one).is_direct:
            raise Refused("invalid_arguments", "access goes to people, not to direct messages")
    for one in people:
        workspace.known_person(one)
    return channels, people


def _ids(given: object) -> list[str]:
    if isinstance(given, list):
        return [str(one) for one in given]
    return [one for one in str(given or "").split(",") if one]
