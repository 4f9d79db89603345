"""Forgetting a person who asks for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from assistant.cli.options import Invocation, administrator_command

if TYPE_CHECKING:
    from assistant.erasing import Farewell
    from knowledge.intake.erasing import Erased


@click.command()
@click.argument("address", metavar="EMAIL")
@click.option("--yes", is_flag=True, help="Do not ask first; for scripts.")
@administrator_command
def erase(call: Invocation, address: str, *, yes: bool) -> None:
    """Forget a person: their records, what they wrote, and their name everywhere else.

    It cannot be undone. A later import leaves them out.
    """
    from assistant.erasing import admit
    from assistant.erasing import erase as erase_person

    admit(call.viewer, address)
    if not yes:
        _ask(call, address)
    done = erase_person(call.desk, call.viewer, address)
    waiting = call.desk.workspace.awaiting_vectors()
    call.tell(done.to_json() | {"awaiting_vectors": waiting}, lambda: _told(done, waiting))


def _ask(call: Invocation, address: str) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("Erasing cannot be undone: say --yes where nobody can be asked.")
    erased = call.desk.workspace.rehearse_erasing(call.viewer, address)
    click.echo(f"Erasing {address}:\n{_listed(erased)}", err=True)
    if erased.words:
        click.echo(f"Blackened wherever they stand: {', '.join(erased.words)}.", err=True)
    if not click.confirm("This cannot be undone. Erase?", err=True):
        click.echo("Nothing was erased.", err=True)
        click.get_current_context().exit(1)


def _listed(erased: Erased) -> str:
    if erased.before:
        return "  erased before; what traces are left is cleared again"
    return "\n".join(f"  {count:>6,}  {kind}" for kind, count in sorted(erased.counts.items()))


def _told(done: Farewell, waiting: int) -> str:
    lines = [_listed(done.erased), f"  {done.jobs:>6,}  jobs", "Erased. Imports leave them out."]
    if waiting:
        lines.append(f"{waiting:,} passages are found by words only, until the next import.")
    lines += [f"Delete or edit this file of yours yourself: {path}" for path in done.left]
    return "\n".join(lines)
