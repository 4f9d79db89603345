"""What every command takes, and what every command gets."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.settings import Settings
    from knowledge.records import Viewer


@dataclass(frozen=True)
class Invocation:
    """How a command was called. `who` is None for the local operator."""

    home: Path | None
    as_json: bool
    who: str | None = None
    as_of: date | None = None

    @functools.cached_property
    def settings(self) -> Settings:
        """The settings of this home folder and the environment."""
        from assistant.settings import read_settings

        return read_settings(self.home)

    @functools.cached_property
    def desk(self) -> Desk:
        """The desk over this home folder, opened at first use, closed when the command ends."""
        from assistant.desk import Desk

        desk = Desk.open(self.settings)
        click.get_current_context().call_on_close(desk.close)
        return desk

    @functools.cached_property
    def viewer(self) -> Viewer:
        """Whose eyes the command uses."""
        return self.desk.viewer(self.who)

    @functools.cached_property
    def day(self) -> date:
        """The day the command looks from."""
        return self.desk.day(self.as_of)

    def tell(self, document: Any, words: Callable[[], str]) -> None:
        """Print one JSON document, or the words for a person."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            click.echo(words())


_HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the workspace (default: LIAISON_HOME, else .liaison).",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_AS = click.option("--as", "who", metavar="EMAIL", help="Whose eyes to use (default: see all).")
_AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Look from this day (default: today).",
)


def workspace_command(function: Callable[..., None]) -> Callable[..., None]:
    """A command on the workspace as a whole: `--home` and `--json`."""

    @_HOME
    @_JSON
    @functools.wraps(function)
    def command(home: Path | None, as_json: bool, **given: Any) -> None:  # noqa: FBT001 - click
        function(Invocation(home, as_json), **given)

    return command


def administrator_command(function: Callable[..., None]) -> Callable[..., None]:
    """A command on the workspace as a whole that not everybody may give: also `--as`."""

    @_HOME
    @_JSON
    @_AS
    @functools.wraps(function)
    def command(home: Path | None, as_json: bool, who: str | None, **given: Any) -> None:  # noqa: FBT001 - click
        function(Invocation(home, as_json, who), **given)

    return command


def account_command(function: Callable[..., None]) -> Callable[..., None]:
    """A command that reads accounts: also `--as` and `--as-of`."""

    @_HOME
    @_JSON
    @_AS
    @_AS_OF
    @functools.wraps(function)
    def command(
        home: Path | None,
        as_json: bool,  # noqa: FBT001 - click passes options by name
        who: str | None,
        as_of: Any,
        **given: Any,
    ) -> None:
        day = as_of.date() if as_of is not None else None
        function(Invocation(home, as_json, who, day), **given)

    return command
