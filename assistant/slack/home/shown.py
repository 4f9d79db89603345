"""What of Home is on the screen: a tab, and of a team's list its order, choice and page.

Home carries it in itself, so that the next click knows, whichever process hears it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from assistant.slack.views import ids
from assistant.slack.views.home import Tab
from assistant.slack.views.home_team import SORTS, Sort

_PARTS = 4


@dataclass(frozen=True)
class Shown:
    """`tab` is None for the one that comes first; `only` as the choice of the team view has it."""

    tab: Tab | None = None
    sort: Sort = "attention"
    only: str = "all"
    page: int = 0

    @classmethod
    def of(cls, view: Mapping[str, Any] | None) -> Shown:
        """Read it out of a Home; the first screen where there is none yet."""
        carried = (view or {}).get("private_metadata") or ""
        return cls.read(ids.unpack(carried)) if carried else cls()

    @classmethod
    def read(cls, parts: tuple[str, ...]) -> Shown:
        """The parts as they were carried; what an older release carried is the first screen."""
        if len(parts) != _PARTS:
            return cls()
        tab, sort, only, page = parts
        known = cast("Tab", tab) if tab in get_args(Tab) else None
        order = sort if sort in SORTS else "attention"
        return cls(known, order, only, int(page) if page.isdecimal() else 0)

    @property
    def parts(self) -> tuple[str, ...]:
        """For the payload of a job, and to be carried by the view."""
        return (self.tab or "", self.sort, self.only, str(self.page))

    def turned(self, action: Mapping[str, Any]) -> Shown:
        """What a click asks to see next; another order or choice begins at the first page."""
        name = str(action["action_id"]).rpartition(".")
        stem = name[0] if name[2].isdecimal() else str(action["action_id"])
        if stem in {ids.TEAM_SORT, ids.TEAM_FILTER}:
            wanted = str(action["selected_option"]["value"])
            if stem == ids.TEAM_FILTER:
                return replace(self, tab="team", only=wanted, page=0)
            return Shown.read(("team", wanted, self.only, "0"))
        (value,) = ids.unpack(action["value"])
        if stem == ids.TEAM_PAGE:
            return Shown.read(("team", self.sort, self.only, value))
        return Shown.read((value, self.sort, self.only, str(self.page)))
