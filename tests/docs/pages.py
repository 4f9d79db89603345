"""The generated pages of `docs/`: the settings, and the plans of ten accounts of the sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.rendering.markdown import markdown
from assistant.settings import Company, Settings
from knowledge.records import Viewer
from tests.docs.projected import WHAT_IFS, projected
from tests.docs.slack import slack_pages

DOCS = Path(__file__).parents[2] / "docs"

#: Accounts whose plans are shown, each for another plot, and the reader of a value proposition.
EXAMPLES = (
    "Altyn Mineral",
    "Borealis Dairy Group",
    "Brightmoor Foods",
    "Corvane Chemicals",
    "Halvorsen Pulp & Board",
    "Lindauer Papierwerke",
    "Meridian Breweries",
    "Osterby Shipyards",
    "Pelagia Processing",
    "Stratton Water",
)
VALUE = ("Halvorsen Pulp & Board", "Eva Sandström")
FOLLOW_UP = "Lindauer Papierwerke"
REVIEW = "Borealis Dairy Group"
TEAM = "Claire Okafor"


def pages(desk: Desk) -> Iterator[tuple[Path, str]]:
    """Every generated page with its text, over the sample workspace."""
    yield DOCS / "settings.md", settings_page()
    viewer, day = Viewer.operator(), desk.day(None)
    for account in EXAMPLES:
        yield _example("plan", account), markdown(desk.plan(viewer, account, day))
    yield _example("value", VALUE[0]), markdown(desk.value(viewer, *VALUE, day))
    yield _example("follow-up", FOLLOW_UP), markdown(desk.follow_up(viewer, FOLLOW_UP, None, day))
    yield _example("review", REVIEW), markdown(desk.review(viewer, REVIEW, day))
    yield _example("meeting", REVIEW), markdown(_meeting(desk))
    yield _example("team", TEAM), markdown(desk.review_team(viewer, TEAM, day, WHAT_IFS))
    yield from slack_pages(desk)


def documents(desk: Desk) -> Iterator[tuple[Path, bytes]]:
    """Every generated document that is no text."""
    yield from projected(desk, TEAM, DOCS / "examples")


def settings_page() -> str:
    """`docs/settings.md`, from the settings themselves."""
    parts = [
        "# Settings",
        "Generated from the code; run `make docs` after a change.",
        "## The environment",
        "Secrets come only from here and are never shown.",
        _table(Settings, skip={"company"}),
        "## `liaison.toml`",
        "Optional, in the home folder. A mistake in it is told with its line.",
    ]
    for name, info in Company.model_fields.items():
        table = info.annotation
        if isinstance(table, type) and issubclass(table, BaseModel):
            parts += _tables(name, table)
    return "\n\n".join(parts) + "\n"


def _tables(name: str, table: type[BaseModel]) -> Iterator[str]:
    """A table of `liaison.toml`, and below it those that stand in it."""
    inner = {
        field: info.annotation
        for field, info in table.model_fields.items()
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel)
    }
    yield from (f"### `[{name}]`", _table(table, skip=set(inner)))
    for field, below in inner.items():
        yield from _tables(f"{name}.{field}", below)


def _meeting(desk: Desk) -> Draft:
    """What a manager holds the review of an account from."""
    return desk.steering.prepare(desk.viewer(TEAM), REVIEW, desk.day(None))


def _table(model: type[BaseModel], skip: frozenset[str] | set[str] = frozenset()) -> str:
    rows = [
        f"| `{name}` | {_kind(info)} | {_default(info)} | {info.description or ''} |"
        for name, info in model.model_fields.items()
        if name not in skip
    ]
    return "\n".join(["| setting | kind | default | what it does |", "|---|---|---|---|", *rows])


def _kind(info: FieldInfo) -> str:
    kind = info.annotation
    if get_origin(kind) in {Union, UnionType}:
        kind = next(one for one in get_args(kind) if one is not type(None))
    words = str(kind) if get_origin(kind) else getattr(kind, "__name__", str(kind))
    return words.replace("typing.", "").replace("|", "or")


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "–"
    value = info.get_default(call_default_factory=True)
    return f"`{value}`" if value or value == 0 else "–"


def _example(kind: str, account: str) -> Path:
    name = account.lower().replace("&", "and").replace(" ", "-")
    return DOCS / "examples" / f"{kind}-{name}.md"
