"""views.*: modals and the Home tab."""

from __future__ import annotations

from tests.doubles.slack.api.registry import web_api
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Json
from tests.doubles.slack.workspace import Workspace


def _body(arguments: Json) -> Json:
    view = arguments["view"]
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", "view must be an object [json-pointer:/view]")
    return view


@web_api("views.open", "trigger_id", "view")
def view_open(workspace: Workspace, arguments: Json) -> Json:
    """Open a modal for whoever set off the trigger."""
    person = workspace.views.exchange(str(arguments["trigger_id"]))
    return {"view": workspace.views.open(person, _body(arguments)).as_json()}


@web_api("views.push", "trigger_id", "view")
def view_push(workspace: Workspace, arguments: Json) -> Json:
    """Put a modal on top."""
    person = workspace.views.exchange(str(arguments["trigger_id"]))
    return {"view": workspace.views.push(person, _body(arguments)).as_json()}


@web_api("views.update", "view")
def view_update(workspace: Workspace, arguments: Json) -> Json:
    """Change an open view, by id or by the app's own name for it."""
    view_id, external_id = arguments.get("view_id"), arguments.get("external_id")
    view = workspace.views.find(str(view_id or ""), str(external_id or ""))
    expected = str(arguments.get("hash") or "")
    return {"view": workspace.views.update(view, _body(arguments), expected).as_json()}


@web_api("views.publish", "user_id", "view")
def view_publish(workspace: Workspace, arguments: Json) -> Json:
    """Set somebody's Home tab."""
    person = workspace.known_person(str(arguments["user_id"]))
    expected = str(arguments.get("hash") or "")
    return {"view": workspace.views.publish(person, _body(arguments), expected).as_json()}
