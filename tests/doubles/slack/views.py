"""Modals and Home tabs: stacks, hashes, external ids, and the triggers that open them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.doubles.slack import visible
from tests.doubles.slack.blockkit import view_faults
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Json, Person

if TYPE_CHECKING:
    from tests.doubles.slack.workspace import Workspace

TRIGGER_LIFETIME = 3.0
DEEPEST = 3
KEPT = (
    *("type", "title", "submit", "close", "blocks", "private_metadata", "callback_id"),
    *("external_id", "clear_on_close", "notify_on_close"),
)


@dataclass(eq=False)
class View:
    """A modal or Home tab somebody sees."""

    id: str
    person: Person
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    team_id: str = ""
    app_id: str = ""
    bot_id: str = ""
    values: dict[str, Json] = field(default_factory=dict)
    suggestions: dict[str, list[Json]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """The blocks shown."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def title(self) -> str:
        """A modal's title."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """What the app calls this view."""
        return str(self.body.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """What the app stored in the view."""
        return str(self.body.get("private_metadata", ""))

    @property
    def words(self) -> str:
        """Everything a reader sees."""
        return "\n".join(filter(None, [self.title, visible.words("", self.blocks)]))

    def as_json(self) -> Json:
        """The `view` object of the Web API and of interactions."""
        filled = {"private_metadata": "", "callback_id": "", "external_id": ""}
        return {
            **filled,
            **{key: self.body[key] for key in KEPT if key in self.body},
            "id": self.id,
            "team_id": self.team_id,
            "app_id": self.app_id,
            "hash": self.hash,
            "app_installed_team_id": self.team_id,
            "bot_id": self.bot_id,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "state": {"values": self.values},
        }


class Views:
    """Every person's open modals and Home tab, and the triggers not yet used."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._triggers: dict[str, tuple[Person, float]] = {}
        self._used: set[str] = set()
        self._hashes = 0
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def trigger(self, person: Person) -> str:
        """A new trigger id: good for one view within three seconds of the double's time."""
        trigger = f"{self._workspace.new_id('1')}.{person.id}.trigger"
        self._triggers[trigger] = (person, self._workspace.clock.leapt)
        return trigger

    def exchange(self, trigger: str) -> Person:
        """Use a trigger up."""
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        if trigger not in self._triggers:
            raise Refused("invalid_trigger_id")
        person, issued = self._triggers[trigger]
        if self._workspace.clock.leapt - issued > TRIGGER_LIFETIME:
            raise Refused("expired_trigger_id")
        self._used.add(trigger)
        return person

    def open(self, person: Person, body: Json) -> View:
        """Open a modal on its own."""
        view = self._made(person, body, "modal", None)
        self.stacks[person.id] = [view]
        return view

    def push(self, person: Person, body: Json) -> View:
        """Put a modal on top of those open; three at most."""
        stack = self.stacks.get(person.id) or []
        if not stack:
            raise Refused("not_found", "no modal is open")
        if len(stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        view = self._made(person, body, "modal", stack[-1])
        stack.append(view)
        return view

    def update(self, view: View, body: Json, expected: str = "") -> View:
        """Replace what a view shows, unless somebody else did since `expected` was read."""
        if expected and expected != view.hash:
            raise Refused("hash_conflict")
        view.body = self._checked(body, str(view.body["type"]), view)
        view.hash = self._hash()
        kept = {str(block["block_id"]) for block in view.blocks}
        view.values = {name: told for name, told in view.values.items() if name in kept}
        return view

    def publish(self, person: Person, body: Json, expected: str = "") -> View:
        """Set somebody's Home tab."""
        shown = self.homes.get(person.id)
        if shown is not None:
            return self.update(shown, body, expected)
        view = self._made(person, body, "home", None)
        self.homes[person.id] = view
        return view

    def find(self, view_id: str = "", external_id: str = "") -> View:
        """A view that is still open."""
        for view in self._shown():
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise Refused("not_found")

    def _shown(self) -> list[View]:
        return [view for stack in self.stacks.values() for view in stack] + [*self.homes.values()]

    def _made(self, person: Person, body: Json, kind: str, below: View | None) -> View:
        checked = self._checked(body, kind, None)
        world = self._workspace
        new_id = world.new_id("V")
        view = View(new_id, person, checked, self._hash(), below.root_id if below else new_id)
        view.previous_id = below.id if below else None
        view.team_id, view.app_id, view.bot_id = world.team_id, world.app_id, world.bot_id
        return view

    def _checked(self, body: Json, kind: str, same: View | None) -> Json:
        faults = view_faults(body, kind)
        if faults:
            raise Refused("invalid_arguments", *faults)
        named = body.get("external_id")
        others = [view for view in self._shown() if view is not same]
        if named and any(view.body.get("external_id") == named for view in others):
            raise Refused("duplicate_external_id")
        self._workspace.number(body["blocks"])
        return body

    def _hash(self) -> str:
        self._hashes += 1
        return f"{self._workspace.clock.timestamp()}.h{self._hashes}"
