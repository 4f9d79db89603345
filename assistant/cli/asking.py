"""Asking what is known: accounts, one account, passages."""

from __future__ import annotations

import click

from assistant.cli.options import Invocation, account_command


@click.command()
@account_command
def accounts(call: Invocation) -> None:
    """List the accounts you may see."""
    from assistant.rendering.terminal import accounts_text, accounts_to_json

    rows = call.desk.accounts(call.viewer, call.day)
    call.tell(accounts_to_json(rows), lambda: accounts_text(rows))


@click.command()
@click.argument("account")
@account_command
def show(call: Invocation, account: str) -> None:
    """Show what is known about ACCOUNT, with findings."""
    from assistant.rendering.terminal import draft_text

    sheet = call.desk.show(call.viewer, account, call.day)
    call.tell(sheet.to_json(), lambda: draft_text(sheet))


@click.command()
@click.argument("query")
@click.option("--account", help="Only this account's passages.")
@click.option("-k", "count", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--explain", is_flag=True, help="Say how each score came about.")
@account_command
def search(call: Invocation, query: str, account: str | None, count: int, *, explain: bool) -> None:
    """Find passages in account history and playbook."""
    from assistant.rendering.terminal import found_to_json, hits_text

    found = call.desk.search(call.viewer, query, account=account, k=count, explain=explain)
    call.tell(found_to_json(found), lambda: hits_text(found))
