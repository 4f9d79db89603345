"""auth.*, apps.*, users.*, team.*: who is who."""

from __future__ import annotations

from tests.doubles.slack.api.registry import page, web_api
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Json, Person
from tests.doubles.slack.workspace import Workspace


@web_api("auth.test")
def auth_test(workspace: Workspace, _arguments: Json) -> Json:
    """Who the app is."""
    return {
        "url": f"https://{workspace.team_domain}.slack.com/",
        "team": workspace.team_domain.title(),
        "team_id": workspace.team_id,
        "user": "liaison",
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


@web_api("apps.connections.open")
def connections_open(workspace: Workspace, _arguments: Json) -> Json:
    """Where the app opens a socket; good for one connection."""
    return {"url": workspace.announcements.socket_link()}


@web_api("team.info", scopes=("team:read",))
def team_info(workspace: Workspace, _arguments: Json) -> Json:
    """The workspace itself."""
    name, domain = workspace.team_domain.title(), workspace.team_domain
    return {"team": {"id": workspace.team_id, "name": name, "domain": domain}}


def user(workspace: Workspace, person: Person) -> Json:
    """A person as the app may see them."""
    stranger = person.team_id != workspace.team_id
    shows = "users:read.email" in workspace.granted.scopes
    return person.as_json(is_stranger=stranger, shows_email=shows)


@web_api("users.info", "user", scopes=("users:read",))
def users_info(workspace: Workspace, arguments: Json) -> Json:
    """One person."""
    return {"user": user(workspace, workspace.known_person(str(arguments["user"])))}


@web_api("users.lookupByEmail", "email", scopes=("users:read.email",))
def users_lookup_by_email(workspace: Workspace, arguments: Json) -> Json:
    """A colleague by address; people of other companies are not found."""
    wanted = str(arguments["email"]).lower()
    for person in workspace.people.values():
        at_home = person.team_id == workspace.team_id and not person.is_bot
        if at_home and not person.deleted and person.email.lower() == wanted:
            return {"user": user(workspace, person)}
    raise Refused("users_not_found")


@web_api("users.list", scopes=("users:read",))
def users_list(workspace: Workspace, arguments: Json) -> Json:
    """Everybody of this workspace, bots included."""
    home = [one for one in workspace.people.values() if one.team_id == workspace.team_id]
    shown, metadata = page(home, arguments, usual=1000, most=1000)
    return {"members": [user(workspace, one) for one in shown], **metadata}
