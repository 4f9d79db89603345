"""Drafting: account plan, value proposition, follow-up. A person reads, changes and sends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from assistant.claims import Draft
from assistant.cli.options import Invocation, account_command

_OUT = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the draft to this file: .md, .docx, .pptx; a follow-up also as .eml or .txt.",
)
_WITH_CHARTS = {".docx", ".pptx"}
_LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "de", "ru"]), help="Language of the draft."
)

_REVISE = click.option(
    "--revise",
    multiple=True,
    metavar="WORDS",
    help="Then change it: “shorter”, “only SECTION”, “without SECTION”, “for the customer”.",
)


@click.command()
@click.argument("account")
@_OUT
@_LANGUAGE
@_REVISE
@account_command
def plan(
    call: Invocation,
    account: str,
    out: Path | None,
    language: str | None,
    revise: tuple[str, ...],
) -> None:
    """Draft the account plan of ACCOUNT."""
    draft = call.desk.plan(call.viewer, account, call.day, language)
    _hand_over(call, _revised(draft, revise), out)


@click.command()
@click.argument("account")
@click.option("--for", "reader", required=True, metavar="NAME|ROLE", help="Who will read it.")
@_OUT
@_LANGUAGE
@account_command
def value(
    call: Invocation, account: str, reader: str, out: Path | None, language: str | None
) -> None:
    """Draft a value proposition for one reader at ACCOUNT."""
    _hand_over(call, call.desk.value(call.viewer, account, reader, call.day, language), out)


@click.command("follow-up")
@click.argument("account")
@click.option("--meeting", metavar="ID", help="The meeting it follows (default: the latest touch).")
@_OUT
@_LANGUAGE
@account_command
def follow_up(
    call: Invocation, account: str, meeting: str | None, out: Path | None, language: str | None
) -> None:
    """Draft a follow-up message to ACCOUNT. Nothing is ever sent."""
    _hand_over(call, call.desk.follow_up(call.viewer, account, meeting, call.day, language), out)


@click.command()
@click.argument("account", required=False)
@click.option("--team", metavar="EMAIL", help="The portfolio this manager or rep sees, instead.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Since this day (default: the last review)."
)
@click.option("--save", is_flag=True, help="Keep today's state as the snapshot of this review.")
@_OUT
@account_command
def review(
    call: Invocation,
    account: str | None,
    team: str | None,
    since: datetime | None,
    out: Path | None,
    *,
    save: bool,
) -> None:
    """Review ACCOUNT or a team: what changed, what it breaks, what to decide today."""
    if (account is None) == (team is None):
        raise click.UsageError("Name one account, or a team with --team EMAIL.")
    if team is not None:
        _hand_over(call, call.desk.review_team(call.viewer, team, call.day), out)
        return
    name = account or ""
    _hand_over(call, call.desk.review(call.viewer, name, call.day, since and since.date()), out)
    if save:
        kept = call.desk.save_review(call.viewer, name, call.day)
        click.echo(f"Saved as review {kept}.", err=True)


def _revised(draft: Draft, instructions: tuple[str, ...]) -> Draft:
    from assistant.drafting import revise

    for instruction in instructions:
        draft = revise(draft, instruction)
    return draft


def _hand_over(call: Invocation, draft: Draft, out: Path | None) -> None:
    from assistant.rendering import write_draft
    from assistant.rendering.terminal import draft_text

    if out is not None:
        drawn = out.suffix.lower() in _WITH_CHARTS
        write_draft(draft, out, call.desk.charts(call.viewer, draft) if drawn else ())
    note = f"Written to {out}." if out is not None else None
    call.tell(draft.to_json(), lambda: note or draft_text(draft))
