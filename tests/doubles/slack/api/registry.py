"""The methods of the Web API: what each needs, and who carries it out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.doubles.slack.blockkit import block_faults
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Json
from tests.doubles.slack.workspace import Workspace

Handler = Callable[[Workspace, Json], Json]
STRUCTURED = frozenset(
    {
        *("blocks", "attachments", "view", "metadata", "chunks", "prompts", "files", "changes"),
        *("document_content", "criteria", "loading_messages", "unfurls"),
    }
)
TRUE = {"1", "true", "True", True}


@dataclass(frozen=True)
class Method:
    """A Web API method: the scopes of which it needs one, the arguments it cannot do without."""

    name: str
    run: Handler
    scopes: tuple[str, ...]
    required: tuple[str, ...]


METHODS: dict[str, Method] = {}


def web_api(
    name: str, *required: str, scopes: tuple[str, ...] = ()
) -> Callable[[Handler], Handler]:
    """Make a function the answer to a Web API method."""

    def register(run: Handler) -> Handler:
        METHODS[name] = Method(name, run, scopes, required)
        return run

    return register


def call(workspace: Workspace, name: str, arguments: Json, token: str) -> Json:
    """Carry out a call as Slack would.

    Raises:
        Refused: Slack would answer `"ok": false`.
    """
    method = METHODS.get(name)
    if not token:
        raise Refused("not_authed")
    if token not in {workspace.bot_token, workspace.app_token}:
        raise Refused("invalid_auth")
    if method is None:
        raise Refused("unknown_method", req_method=name)
    if (token == workspace.app_token) != name.startswith("apps."):
        raise Refused("not_allowed_token_type")
    if token == workspace.bot_token:
        workspace.granted.need(*method.scopes)
    arguments = _decoded(arguments)
    missing = [need for need in method.required if arguments.get(need) in (None, "")]
    if missing:
        raise Refused("invalid_arguments", *(f"missing required field: {one}" for one in missing))
    with workspace.change():
        return {"ok": True, **method.run(workspace, arguments)}


def _decoded(arguments: Json) -> Json:
    """Arguments with the JSON that forms carry as text."""
    decoded = dict(arguments)
    for name in STRUCTURED.intersection(arguments):
        value = arguments[name]
        if isinstance(value, str) and value:
            try:
                decoded[name] = json.loads(value)
            except ValueError as error:
                raise Refused(f"invalid_{name}_format", f"{name} is not JSON") from error
    return decoded


def is_true(value: Any) -> bool:
    """Whether an argument means yes, in JSON or in a form."""
    return value in TRUE


def checked_blocks(arguments: Json) -> list[Json]:
    """The blocks of a message, if Slack takes them."""
    blocks = arguments.get("blocks") or []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refused("invalid_blocks_format")
    faults = block_faults(blocks)
    if faults:
        raise Refused("invalid_blocks", *faults)
    return blocks


def page(found: list[Any], arguments: Json, *, usual: int, most: int) -> tuple[list[Any], Json]:
    """One page of a list and the `response_metadata` that leads to the next."""
    limit = int(arguments.get("limit") or usual)
    if not 1 <= limit <= most:
        raise Refused("invalid_limit")
    cursor = str(arguments.get("cursor") or "")
    if cursor and not (cursor.startswith("next:") and cursor[5:].isdigit()):
        raise Refused("invalid_cursor")
    start = int(cursor[5:]) if cursor else 0
    rest = start + limit < len(found)
    metadata = {"response_metadata": {"next_cursor": f"next:{start + limit}" if rest else ""}}
    return found[start : start + limit], {**metadata, "has_more": rest}
