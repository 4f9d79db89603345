"""What people do with buttons, menus, modals, commands and shortcuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.slack.blockkit import block_faults
from tests.doubles.slack.deliveries import Delivery, PostOffice
from tests.doubles.slack.elements import OPTION, OPTION_GROUP
from tests.doubles.slack.forms import action, filled, find
from tests.doubles.slack.refusals import ImpossibleAct, Refused
from tests.doubles.slack.responses import ResponseUrls
from tests.doubles.slack.shapes import items
from tests.doubles.slack.values import Channel, Json, Message, Person
from tests.doubles.slack.views import View
from tests.doubles.slack.workspace import Workspace


@dataclass(frozen=True)
class Submission:
    """How the app answered a submitted modal: closed, or `errors`, `update`, `push`, `clear`."""

    delivery: Delivery
    outcome: str = "closed"
    errors: dict[str, str] = field(default_factory=dict)
    view: View | None = None


class Interacting:
    """Acts that reach the app as interactions; all wait until the app has acknowledged."""

    workspace: Workspace
    post: PostOffice
    urls: ResponseUrls

    def click(
        self, person: Person, surface: Message | View, action_id: str, value: Any = None
    ) -> Delivery:
        """Press a button, choose from a menu, give feedback, pick a date.

        Args:
            person: Who does it.
            surface: A message, modal or Home tab that they can see.
            action_id: The element's.
            value: A button's value (only to tell buttons with one action id apart), an option's
                value or text, a list of them for several, a user id, a date.

        Raises:
            ImpossibleAct: It is not there, or not for this person.
            Unacknowledged: The app did not answer.
        """
        self._require_sight(person, surface)
        block, element = find(
            surface.blocks if isinstance(surface, View) else surface.shown_blocks, action_id, value
        )
        known = surface.suggestions.get(action_id) if isinstance(surface, View) else None
        told = action(element, value, known)
        ts = self.workspace.clock.timestamp()
        acted = {**told, "action_id": action_id, "block_id": block.get("block_id"), "action_ts": ts}
        if isinstance(surface, View) and element["type"] not in {"button", "overflow"}:
            surface.values.setdefault(str(block["block_id"]), {})[action_id] = told
        payload = {
            **self._who("block_actions", person),
            **self._where(surface, person),
            "actions": [acted],
        }
        return self.post.interaction(payload).wait()

    def options(
        self, person: Person, surface: Message | View, action_id: str, typed: str
    ) -> list[Json]:
        """Type into an external select: the options the app offers."""
        self._require_sight(person, surface)
        block, _ = find(surface.blocks, action_id, None)
        asked = {"action_id": action_id, "block_id": block["block_id"], "value": typed}
        where = self._where(surface, person)
        where.pop("response_url", None)
        payload = {**self._who("block_suggestion", person), **where, **asked}
        payload.pop("trigger_id")
        response = self.post.interaction(payload).wait().response or {}
        groups = response.get("option_groups")
        faults = list(items(OPTION_GROUP, 100, 0)(groups, "/option_groups")) if groups else []
        offered = response.get("options") or [o for g in groups or [] for o in g["options"]]
        faults += list(items(OPTION, 100, 0)(offered, "/options"))
        if faults:
            raise AssertionError(f"Slack would refuse these options: {faults}")
        if isinstance(surface, View):
            surface.suggestions.setdefault(action_id, []).extend(offered)
        return list(offered)

    def submit(
        self, person: Person, view: View, answers: Mapping[str, Any] | None = None
    ) -> Submission:
        """Fill a modal in and submit it; the modal then closes, changes or shows errors.

        `answers` are by action id or block id (see `forms.filled`).
        """
        self._require_sight(person, view)
        with self.workspace.change():
            view.values = filled(view, answers or {})
            shown = view.as_json()
        payload = {**self._who("view_submission", person), "view": shown, "response_urls": []}
        delivery = self.post.interaction(payload).wait()
        return self._submitted(person, view, delivery)

    def _submitted(self, person: Person, view: View, delivery: Delivery) -> Submission:
        response = delivery.response or {}
        outcome = str(response.get("response_action") or "closed")
        views = self.workspace.views
        with self.workspace.change():
            stack = views.stacks.get(person.id, [])
            if outcome == "errors":
                return self._with_errors(view, delivery, response)
            if outcome in {"update", "push"}:
                return Submission(delivery, outcome, view=self._next(outcome, view, response))
            if outcome not in {"closed", "clear"}:
                raise AssertionError(f"Slack knows no response_action {outcome!r}.")
            left = [] if outcome == "clear" else [one for one in stack if one is not view]
            views.stacks[person.id] = left
        return Submission(delivery, outcome)

    def _next(self, outcome: str, view: View, response: Json) -> View:
        views = self.workspace.views
        try:
            if outcome == "push":
                return views.push(view.person, response["view"])
            return views.update(view, response["view"])
        except Refused as refusal:
            raise AssertionError(
                f"Slack would not show this view: {refusal.as_json()}"
            ) from refusal

    @staticmethod
    def _with_errors(view: View, delivery: Delivery, response: Json) -> Submission:
        errors = {str(key): str(text) for key, text in (response.get("errors") or {}).items()}
        inputs = {str(block["block_id"]) for block in view.blocks if block["type"] == "input"}
        if not errors or set(errors) - inputs:
            raise AssertionError(f"Errors must name input blocks {inputs}, not {errors}.")
        return Submission(delivery, "errors", errors, view)

    def close(self, person: Person, view: View) -> Delivery | None:
        """Close a modal without submitting; the app hears of it if it asked to."""
        stack = self.workspace.views.stacks.get(person.id, [])
        with self.workspace.change():
            self.workspace.views.stacks[person.id] = [one for one in stack if one is not view]
        if not view.body.get("notify_on_close"):
            return None
        told = {"view": view.as_json(), "is_cleared": False}
        return self.post.interaction({**self._who("view_closed", person), **told}).wait()

    def command(self, person: Person, name: str, text: str, channel: Channel) -> Delivery:
        """Use a slash command; what the acknowledgement says is shown at once."""
        world = self.workspace
        world.granted.require_command(name)
        world.require_member(person, channel)
        payload = {
            "token": "verification-token",
            "team_id": world.team_id,
            "team_domain": world.team_domain,
            "channel_id": channel.id,
            "channel_name": "privategroup" if channel.kind == "group" else channel.name,
            "user_id": person.id,
            "user_name": person.name.lower().replace(" ", "."),
            "command": name,
            "text": text,
            "api_app_id": world.app_id,
            "is_enterprise_install": "false",
            "response_url": self.urls.issue(channel, person),
            "trigger_id": world.views.trigger(person),
        }
        delivery = self.post.command(payload).wait()
        if delivery.response:
            faults = block_faults(delivery.response.get("blocks") or [])
            if faults:
                raise AssertionError(f"Slack would not show this acknowledgement: {faults}")
            with world.change():
                self.urls.answer(channel, person, None, delivery.response)
        return delivery

    def shortcut(self, person: Person, callback_id: str) -> Delivery:
        """Use a global shortcut."""
        self.workspace.granted.require_shortcut(callback_id)
        payload = {**self._who("shortcut", person), "callback_id": callback_id}
        payload["action_ts"] = self.workspace.clock.timestamp()
        return self.post.interaction(payload).wait()

    def message_shortcut(self, person: Person, callback_id: str, message: Message) -> Delivery:
        """Use a shortcut from a message's menu."""
        self.workspace.granted.require_shortcut(callback_id)
        self._require_sight(person, message)
        payload = {
            **self._who("message_action", person),
            "callback_id": callback_id,
            "message_ts": message.ts,
            "action_ts": self.workspace.clock.timestamp(),
            "channel": {"id": message.channel.id, "name": message.channel.name},
            "message": message.as_json(),
            "response_url": self.urls.issue(message.channel, person, message),
        }
        return self.post.interaction(payload).wait()

    def _who(self, kind: str, person: Person) -> Json:
        world = self.workspace
        name = person.name.lower().replace(" ", ".")
        user = {"id": person.id, "username": name, "name": name, "team_id": person.team_id}
        return {
            "type": kind,
            "user": user,
            "team": {"id": world.team_id, "domain": world.team_domain},
            "api_app_id": world.app_id,
            "token": "verification-token",
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": world.views.trigger(person),
        }

    def _where(self, surface: Message | View, person: Person) -> Json:
        if isinstance(surface, View):
            view = surface.as_json()
            return {"container": {"type": "view", "view_id": surface.id}, "view": view}
        thread = {"thread_ts": surface.thread_ts} if surface.thread_ts else {}
        container = {
            "type": "message",
            "message_ts": surface.ts,
            "channel_id": surface.channel.id,
            "is_ephemeral": surface.ephemeral_to is not None,
            **thread,
        }
        shown = {} if surface.ephemeral_to else {"message": surface.as_json()}
        return {
            "container": container,
            "channel": {"id": surface.channel.id, "name": surface.channel.name},
            **shown,
            "state": {"values": {}},
            "response_url": self.urls.issue(surface.channel, person, surface),
        }

    def _require_sight(self, person: Person, surface: Message | View) -> None:
        if isinstance(surface, View):
            views = self.workspace.views
            on_top = views.stacks.get(person.id, [])[-1:]
            if surface not in [*on_top, views.homes.get(person.id)]:
                raise ImpossibleAct(f"{person.name} does not see this view.")
            return
        if surface.deleted:
            raise ImpossibleAct("The message was deleted.")
        if surface.ephemeral_to not in {None, person}:
            raise ImpossibleAct(f"{person.name} does not see this message.")
        self.workspace.require_member(person, surface.channel)
