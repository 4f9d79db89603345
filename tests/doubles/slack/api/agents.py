"""assistant.threads.* and agents.sessions.*: statuses, titles, prompts and the Stop button."""

from __future__ import annotations

from tests.doubles.slack.api.registry import web_api
from tests.doubles.slack.api.streams import STATUSES
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.shapes import Shape, items, string
from tests.doubles.slack.values import Channel, Json
from tests.doubles.slack.workspace import Prompts, Session, Workspace

LONGEST_TITLE = 200
MOST_PROMPTS = 4
PROMPTS = items(Shape({"title": string(150), "message": string(4000)}), MOST_PROMPTS)


def _thread(workspace: Workspace, arguments: Json) -> tuple[Channel, str]:
    channel = workspace.joined_channel(str(arguments["channel_id"]))
    thread_ts = str(arguments.get("thread_ts") or "")
    if not thread_ts:
        raise Refused("invalid_arguments", "missing required field: thread_ts")
    return channel, workspace.thread_root(channel, thread_ts)


@web_api("assistant.threads.setStatus", "channel_id", scopes=("assistant:write", "chat:write"))
def set_thread_status(workspace: Workspace, arguments: Json) -> Json:
    """Show a status line; the empty one clears it."""
    channel, thread_ts = _thread(workspace, arguments)
    if "status" not in arguments:
        raise Refused("invalid_arguments", "missing required field: status")
    messages = arguments.get("loading_messages")
    if messages is not None and (not isinstance(messages, list) or len(messages) > 10):
        raise Refused("invalid_arguments", "loading_messages is an array of at most 10")
    now = workspace.clock.leapt
    workspace.statuses[channel.id, thread_ts] = (str(arguments["status"]), now)
    return {}


@web_api("assistant.threads.setTitle", "channel_id", "title", scopes=("assistant:write",))
def set_thread_title(workspace: Workspace, arguments: Json) -> Json:
    """Name a thread."""
    channel, thread_ts = _thread(workspace, arguments)
    workspace.thread_titles[channel.id, thread_ts] = str(arguments["title"])
    return {}


@web_api(
    "assistant.threads.setSuggestedPrompts", "channel_id", "prompts", scopes=("assistant:write",)
)
def set_suggested_prompts(workspace: Workspace, arguments: Json) -> Json:
    """Suggest what to ask; with a `thread_ts` an agent app gets `ok` and shows nothing."""
    channel = workspace.joined_channel(str(arguments["channel_id"]))
    prompts = arguments["prompts"]
    faults = list(PROMPTS(prompts, "/prompts"))
    if faults:
        raise Refused("invalid_arguments", *faults)
    if not arguments.get("thread_ts"):
        title = str(arguments.get("title") or "")
        workspace.prompts[channel.id] = Prompts(title, tuple(prompts))
    return {}


@web_api("agents.sessions.setStatus", "channel_id", "status", scopes=("chat:write",))
def set_session_status(workspace: Workspace, arguments: Json) -> Json:
    """Say what an agent session is doing; `processing` shows the Stop button."""
    channel, thread_ts = _thread(workspace, arguments)
    status, title = str(arguments["status"]), str(arguments.get("title") or "")
    if status not in STATUSES:
        raise Refused("invalid_arguments", f"status is one of {', '.join(STATUSES)}")
    if len(title) > LONGEST_TITLE:
        raise Refused(
            "invalid_arguments", f"title must be less than {LONGEST_TITLE + 1} characters"
        )
    if "assistant:write" not in workspace.granted.scopes:
        raise Refused("not_authorized", "the app is not declared as an agent")
    initiator = str(arguments.get("initiator_user_id") or "")
    if initiator and initiator not in channel.members:
        raise Refused("user_not_in_channel")
    session = workspace.sessions.setdefault(
        (channel.id, thread_ts), Session(status, title, initiator)
    )
    session.status = status
    warning = "missing_agent_session_stopped_event_subscription"
    deaf = not workspace.granted.hears("agent_session_stopped")
    answer: Json = {"status": status, "agent_status": status, "title": session.title}
    return {**answer, "warning": warning} if deaf else answer


@web_api("agents.sessions.rename", "channel_id", "title", scopes=("chat:write",))
def rename_session(workspace: Workspace, arguments: Json) -> Json:
    """Name an existing session."""
    channel, thread_ts = _thread(workspace, arguments)
    session = workspace.sessions.get((channel.id, thread_ts))
    if session is None:
        raise Refused("session_not_found")
    if len(str(arguments["title"])) > LONGEST_TITLE:
        raise Refused(
            "invalid_arguments", f"title must be less than {LONGEST_TITLE + 1} characters"
        )
    session.title = str(arguments["title"])
    return {"title": session.title}
