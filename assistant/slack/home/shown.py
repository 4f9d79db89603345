"""What of Home is on the screen: a tab and its page, and of a team's list its order and choice.

Home carries it in itself, so that the next click knows, whichever process hears it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from assistant.slack.views import ids
from assistant.slack.views.home import Tab
from assistant.slack.views.home_team import SORTS, Sort

_PARTS = ("tab", "sort", "only", "page", "own")


@dataclass(frozen=True)
class Shown:
    """`tab` is None for the one that comes first; `only` as the choice of the team view has it.

    `page` is of the team's list, `own` of the viewer's own accounts.
    """

    tab: Tab | None = None
    sort: Sort = "attention"
    only: str = "all"
    page: int = 0
    own: int = 0

    @classmethod
    def of(cls, view: Mapping[str, Any] | None) -> Shown:
        """Read it out of a Home; the first screen where there is none yet."""
        carried = (view or {}).get("private_metadata") or ""
        return cls.read(ids.unpack(carried)) if carried else cls()

    @classmethod
    def read(cls, parts: tuple[str, ...]) -> Shown:
        """The parts as they were carried; what an older release carried is the first screen."""
        if len(parts) != len(_PARTS):
            return cls()
        tab, sort, only, *pages = parts
        known = cast("Tab", tab) if tab in get_args(Tab) else None
        order = sort if sort in SORTS else "attention"
        page, own = (int(one) if one.isdecimal() else 0 for one in pages)
        return cls(known, order, only, page, own)

    @property
    def parts(self) -> tuple[str, ...]:
        """For the payload of a job, and to be carried by the view."""
        return (self.tab or "", self.sort, self.only, str(self.page), str(self.own))

    def turned(self, action: Mapping[str, Any]) -> Shown:
        """What a click asks to see next; another order or choice begins at the first page."""
        asked = dict(zip(_PARTS, self.parts, strict=True)) | _asked(action)
        return Shown.read(tuple(asked.values()))


def _asked(action: Mapping[str, Any]) -> dict[str, str]:
    """The parts that a click changes."""
    name, _, number = str(action["action_id"]).rpartition(".")
    stem = name if number.isdecimal() else str(action["action_id"])
    if stem in {ids.TEAM_SORT, ids.TEAM_FILTER}:
        part = "sort" if stem == ids.TEAM_SORT else "only"
        return {"tab": "team", part: str(action["selected_option"]["value"]), "page": "0"}
    (value,) = ids.unpack(action["value"])
    match stem:
        case ids.TEAM_PAGE:
            return {"tab": "team", "page": value}
        case ids.HOME_PAGE:
            return {"tab": "accounts", "own": value}
        case _:
            return {"tab": value}
