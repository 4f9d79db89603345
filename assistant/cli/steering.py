"""Steering from the terminal: lists for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.options import Invocation, account_command

#: As in `assistant.steering.exporting.TABLES`, which a `--help` should not have to import.
_LISTS = ("asks", "exceptions", "imperatives", "team")


@click.command()
@click.argument("what", type=click.Choice(_LISTS))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The CSV file to write.",
)
@account_command
def export(call: Invocation, what: str, out: Path) -> None:
    """Write a list as CSV that a spreadsheet opens and never executes.

    asks: what accounts ask of marketing, service, product and management. exceptions: terms
    granted repeatedly, for the pricing committee. imperatives: the self-check of the
    organisation. team: the accounts with what is open at each.
    """
    from assistant.steering.exporting import TABLES, csv_text

    table = TABLES[what](call.desk.office, call.viewer, call.day)
    out.write_text(csv_text(table), encoding="utf-8", newline="")
    rows = len(table.rows)
    call.tell({"list": what, "rows": rows, "file": str(out)}, lambda: f"{out}: {rows} rows.")
