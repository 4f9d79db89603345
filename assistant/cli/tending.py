"""Tending the workspace: the demonstration, importing, rebuilding the index."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import click

from assistant.cli.options import Invocation, workspace_command
from assistant.cli.progress import Bars

_NEXT = """
What next? The sample is in {home}. Every [S…] above is a source you can look up. Try:
  {liaison} accounts
  {liaison} show "Corvane Chemicals"
  {liaison} search "who decides about seals at Lindauer"
  {liaison} plan "Meridian Breweries" --as priya.natarajan@varnholt.example
  {liaison} review "Borealis Dairy Group" --out review.docx
  {liaison} import YOUR-EXPORT --home my-team
"""


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that says what columns mean.",
)
@click.option("--later", is_flag=True, help="Leave reading for meaning to the next import.")
@workspace_command
def import_(
    call: Invocation, paths: tuple[Path, ...], mapping: Path | None, *, later: bool
) -> None:
    """Import exports and documents; importing twice changes nothing.

    Everything is findable by words as soon as it is read; vectors follow, and stopping them
    loses nothing.
    """
    from assistant.rendering.terminal import import_text

    with Bars() as bars:
        report = call.desk.take_in(paths, mapping, bars)
        if not call.as_json:
            click.echo(import_text(report))
        if not later:
            _embed(call, bars)
    if call.as_json:
        call.tell(report.to_json(), str)


def _embed(call: Invocation, bars: Bars) -> None:
    try:
        call.desk.workspace.embed(bars)
    except KeyboardInterrupt:
        left = call.desk.workspace.awaiting_vectors()
        click.echo(
            f"Stopped: {left} passages are found by words only, until the next import.", err=True
        )


@click.command()
@workspace_command
def reindex(call: Invocation) -> None:
    """Rebuild the word and vector indexes from the records; no model is asked."""
    entries = call.desk.workspace.reindex()
    waiting = call.desk.workspace.awaiting_vectors()
    call.tell(
        {"entries": entries, "awaiting_vectors": waiting},
        lambda: f"Rebuilt: {entries} passages by meaning, {waiting} still by words only.",
    )


@click.command()
@workspace_command
def doctor(call: Invocation) -> None:
    """Check home, database, index, prompts, model and Slack, and say how to mend each."""
    from assistant.checkup import check_up
    from assistant.rendering.terminal import check_text

    checks = []
    for check in check_up(call.settings):
        checks.append(check)
        if not call.as_json:
            click.echo(check_text(check.name, check.state, check.told, check.mend))
    ill = [check for check in checks if check.state == "ill"]
    call.tell(
        {"well": not ill, "checks": [check.to_json() for check in checks]},
        lambda: f"\n{len(ill)} to mend." if ill else "\nNothing to mend.",
    )
    if ill:
        click.get_current_context().exit(1)


@click.command()
@workspace_command
def demo(call: Invocation) -> None:
    """Set up the sample workspace and do the main job on it: plan, value, follow-up."""
    from assistant.demonstration import Demonstration, main_job, set_up_sample
    from assistant.rendering.terminal import draft_text, import_summary

    with Bars() as bars:
        desk, report = set_up_sample(call.settings.home, bars)
    with closing(desk):
        shown = Demonstration(call.settings.home, report, main_job(desk))
        call.tell(
            shown.to_json(),
            lambda: "\n\n\n".join([import_summary(report), *map(draft_text, shown.drafts)]),
        )
        if not call.as_json:
            with Bars() as bars:
                desk.workspace.embed(bars)
            click.echo(_NEXT.format(home=call.settings.home, liaison=_called()))


def _called() -> str:
    """How the reader can call this program again, from where they are."""
    return "liaison" if shutil.which("liaison") else os.path.relpath(sys.argv[0])
