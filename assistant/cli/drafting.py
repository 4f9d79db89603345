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
    help="Then change it: “shorter”, “only SECTION”, “without SECTION”, “add SECTION”, "
    "“for the customer”; with a language model in any words.",
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
    _hand_over(call, _revised(call, draft, revise), out)
    if out is not None:
        # Who takes a plan away works from it: a later review says what it no longer rests on.
        call.desk.steering.keep_plan(call.viewer, draft)


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
@click.option("--meeting", is_flag=True, help="Open with what was decided last time; ask the rep.")
@click.option(
    "--what-if",
    "what_ifs",
    multiple=True,
    metavar="WORDS",
    help="With --team: “if NAME leaves”, “if NAME grows by 20 %”, "
    "“if we move two days a week to the nurture list”.",
)
@click.option("--sort", metavar="BY", help="With --team: list the accounts, sorted by this.")
@click.option(
    "--filter",
    "kept",
    metavar="BY[=VALUE]",
    help="With --team: list only some accounts: cell=…, stage=…, owner=…, attention, moved.",
)
@click.option("--save", is_flag=True, help="Keep today's state as the snapshot of this review.")
@_OUT
@account_command
def review(
    call: Invocation,
    account: str | None,
    *,
    team: str | None,
    since: datetime | None,
    out: Path | None,
    what_ifs: tuple[str, ...],
    sort: str | None,
    kept: str | None,
    meeting: bool,
    save: bool,
) -> None:
    """Review ACCOUNT or a team: what changed, what it breaks, what to decide today."""
    if (account is None) == (team is None):
        raise click.UsageError("Name one account, or a team with --team EMAIL.")
    if team is not None:
        if sort is not None or kept is not None:
            _list(call, team, sort, kept)
        else:
            _hand_over(call, call.desk.review_team(call.viewer, team, call.day, what_ifs), out)
        if save:
            call.desk.steering.close_team(call.viewer, team, call.day)
            click.echo("Saved: the next review of this team tells what moved since.", err=True)
        return
    name = account or ""
    if meeting:
        _hand_over(call, call.desk.steering.prepare(call.viewer, name, call.day), out)
    else:
        _hand_over(call, call.desk.review(call.viewer, name, call.day, since and since.date()), out)
    if save and meeting:
        closed = call.desk.steering.close(call.viewer, name, call.day)
        click.echo(f"Closed; the next review is on {closed.next_on}.", err=True)
    elif save:
        snapshot = call.desk.save_review(call.viewer, name, call.day)
        click.echo(f"Saved as review {snapshot}.", err=True)


def _list(call: Invocation, team: str, sort: str | None, kept: str | None) -> None:
    """A team's accounts, sorted and filtered."""
    from assistant.cli.team import team_json, team_text

    view = call.desk.steering.team(call.viewer, team, call.day)
    if kept is not None:
        by, _, value = kept.partition("=")
        view = view.filter(by.strip(), value)
    view = view.sort(sort or "attention")
    call.tell(team_json(view), lambda: team_text(view))


def _revised(call: Invocation, draft: Draft, instructions: tuple[str, ...]) -> Draft:
    for instruction in instructions:
        draft = call.desk.revise(call.viewer, draft, instruction)
    return draft


def _hand_over(call: Invocation, draft: Draft, out: Path | None) -> None:
    from assistant.rendering import write_draft
    from assistant.rendering.terminal import draft_text

    if out is not None:
        drawn = out.suffix.lower() in _WITH_CHARTS
        write_draft(draft, out, call.desk.charts(call.viewer, draft) if drawn else ())
    note = f"Written to {out}." if out is not None else None
    call.tell(draft.to_json(), lambda: note or draft_text(draft))
