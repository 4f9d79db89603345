"""Serving Slack."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="The home folder.")
@click.option(
    "--http",
    "listen",
    metavar="HOST:PORT",
    help="Take Slack's requests here (with SLACK_SIGNING_SECRET), and serve health and metrics.",
)
def serve(home: Path | None, listen: str | None) -> None:
    """Serve Slack until stopped, over Socket Mode or HTTP.

    Socket Mode needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; HTTP needs SLACK_BOT_TOKEN and
    SLACK_SIGNING_SECRET.
    """
    from assistant import service
    from assistant.settings import read_settings

    service.serve(read_settings(home), listen, click.echo)
