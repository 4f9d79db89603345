"""Finding elements on a surface, and filling a modal in as a person would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.doubles.slack.refusals import ImpossibleAct
from tests.doubles.slack.values import Json
from tests.doubles.slack.views import View

CHOSEN = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
MANY_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with its block."""
    for block in blocks:
        inside = [*(block.get("elements") or []), *(block.get("actions") or [])]
        inside += [block[key] for key in ("accessory", "element") if block.get(key)]
        for element in inside:
            if "action_id" in element or element.get("type") in {"button", "feedback_buttons"}:
                yield block, element


def find(blocks: list[Json], action_id: str, value: str | None) -> tuple[Json, Json]:
    """The element of an action, told apart by value where several share it."""
    found = [(b, e) for b, e in elements(blocks) if e.get("action_id") == action_id]
    if len(found) > 1 and value is not None:
        found = [(b, e) for b, e in found if e.get("value") == value or _option(e, value)]
    if not found:
        shown = sorted({str(element.get("action_id")) for _, element in elements(blocks)})
        raise ImpossibleAct(f"There is no {action_id!r} (value {value!r}) here, only {shown}.")
    return found[0]


def _options(element: Json, known: list[Json] | None = None) -> list[Json]:
    groups = element.get("option_groups") or []
    grouped = [option for group in groups for option in group["options"]]
    initial = [element["initial_option"]] if element.get("initial_option") else []
    return [*(element.get("options") or []), *grouped, *initial, *(known or [])]


def _option(element: Json, value: Any, known: list[Json] | None = None) -> Json | None:
    for option in _options(element, known):
        if value in {option["value"], option["text"]["text"]}:
            return option
    return None


def action(element: Json, value: Any, known: list[Json] | None = None) -> Json:
    """What an element says when it is used: the part of an action or state that varies."""
    kind = str(element["type"])
    if kind in CHOSEN:
        return {"type": kind, CHOSEN[kind]: value}
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": _picked(element, value, known)}
    if kind in MANY_OPTIONS:
        picked = [_picked(element, one, known) for one in value or []]
        return {"type": kind, "selected_options": picked}
    if kind == "feedback_buttons":
        buttons = (element["positive_button"], element["negative_button"])
        for button in buttons:
            if value in {button["value"], button["text"]["text"]}:
                return {"type": kind, "value": button["value"], "text": button["text"]}
        raise ImpossibleAct(f"No feedback button says {value!r}.")
    if kind in {"button", "icon_button"}:
        return {"type": kind, "text": element["text"], "value": element.get("value", "")}
    if isinstance(value, str):
        _fits(element, value)
    return {"type": kind, "value": value}


def _picked(element: Json, value: Any, known: list[Json] | None) -> Json | None:
    if value is None or isinstance(value, dict):
        return value
    option = _option(element, value, known)
    if option is None:
        offered = [one["value"] for one in _options(element, known)]
        raise ImpossibleAct(f"{value!r} is not offered; there is {offered}.")
    return option


def _fits(element: Json, value: str) -> None:
    longest, shortest = element.get("max_length") or 3000, element.get("min_length") or 0
    if not shortest <= len(value) <= longest:
        raise ImpossibleAct(f"Slack takes {shortest} to {longest} characters here.")


def initial(element: Json) -> Any:
    """What an element holds before anybody touches it."""
    for key, value in element.items():
        if key.startswith("initial_"):
            many = isinstance(value, list) and element["type"] in MANY_OPTIONS
            return [one["value"] for one in value] if many else value
    return [] if element["type"] in MANY_OPTIONS else None


def filled(view: View, answers: Mapping[str, Any]) -> dict[str, Json]:
    """The `state.values` of a modal: what is answered now, else what stood there already.

    Args:
        view: The modal, with what was touched before and the options the app offered.
        answers: By action id or block id: text, the value of an option (or several), an id, a date.

    Raises:
        ImpossibleAct: An answer has no field, or a field that must be filled has no answer.
    """
    state: dict[str, Json] = {}
    unused = set(answers)
    for block, element in elements(view.blocks):
        if element["type"] in {"button", "overflow"}:
            continue
        action_id, block_id = str(element.get("action_id", "")), str(block["block_id"])
        name = next((name for name in (action_id, block_id) if name in answers), None)
        before = view.values.get(block_id, {}).get(action_id)
        if name is None and before is not None:
            told = before
        else:
            value = initial(element) if name is None else answers[name]
            told = action(element, value, view.suggestions.get(action_id))
        must = block["type"] == "input" and not block.get("optional")
        if must and all(part in (None, "", []) for key, part in told.items() if key != "type"):
            raise ImpossibleAct(f"{block_id} ({action_id}) must be filled in.")
        unused -= {name}
        state.setdefault(block_id, {})[action_id] = told
    if unused:
        raise ImpossibleAct(f"There are no fields {sorted(unused)}.")
    return state
