"""Backing a workspace up."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.options import Invocation, workspace_command


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.tar.gz")
@workspace_command
def backup(call: Invocation, file: Path) -> None:
    """Copy everything that cannot be derived again into one file; the service may run.

    To restore: unpack it into an empty home folder, then liaison reindex.
    """
    from assistant.backup import back_up

    done = back_up(call.settings, file)
    call.tell(
        done.to_json(),
        lambda: f"{done.path}: {done.size / 1e6:,.1f} MB, {', '.join(done.files)}.",
    )
