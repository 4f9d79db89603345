"""Explaining: why a rule concludes what it does, and what a section stands on."""

from __future__ import annotations

import click

from assistant.cli.options import Invocation, account_command


@click.command()
@click.argument("account")
@click.argument("topic")
@click.option("--language", "-l", help="Language of the answer, such as en, de or ru.")
@account_command
def why(call: Invocation, account: str, topic: str, language: str | None) -> None:
    """Say why: TOPIC is a rule or a section of ACCOUNT's plan, such as decline or invest."""
    from assistant.rendering.terminal import draft_text

    draft = call.desk.why(call.viewer, account, topic, call.day, language)
    call.tell(draft.to_json(), lambda: draft_text(draft))
