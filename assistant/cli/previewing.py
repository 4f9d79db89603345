"""`liaison preview`: what a message, a Home or a modal looks like in Slack, without Slack."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli.options import Invocation, workspace_command


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the page goes (default: beside FILE, as .html).",
)
@workspace_command
def preview(call: Invocation, file: Path, out: Path | None) -> None:
    """Draw the Block Kit of FILE (JSON) as a page of HTML that any browser opens."""
    from assistant.rendering.preview import page
    from knowledge.errors import BadInput

    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        raise BadInput(f"{file} is not JSON: save the blocks as one JSON object.") from None
    if isinstance(document, list):
        document = {"blocks": document}
    if not isinstance(document, dict):
        raise BadInput(f"{file} holds no blocks: it must be a JSON object or a list of blocks.")
    target = out or file.with_suffix(".html")
    target.write_text(page(document), encoding="utf-8")
    call.tell({"page": str(target)}, lambda: f"Written to {target}.")
