"""Conversing: a question, and an answer with citations or an honest no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.options import Invocation, account_command

if TYPE_CHECKING:
    from assistant.conversation import Answer


@click.command()
@click.argument("question")
@click.option("--account", help="The account it is about, where the question names none.")
@click.option("--thread", metavar="NAME", help="Go on with an earlier talk under this name.")
@account_command
def ask(call: Invocation, question: str, account: str | None, thread: str | None) -> None:
    """Answer QUESTION from records, history and playbook, every fact cited."""
    where = f"terminal-{call.viewer.email or call.viewer.name}-{thread}" if thread else None
    answer = call.desk.conversation.reply(
        call.viewer, question, thread_id=where, day=call.day, account=account
    )
    call.tell(answer.to_json(), lambda: _told(answer))


def _told(answer: Answer) -> str:
    from assistant.rendering.markdown import cited, source_line

    labels = answer.sources
    parts = [cited(claim, labels) for claim in answer.claims]
    if answer.reason:
        parts.append(answer.reason)
    parts += [f"  · {choice.question}" for choice in answer.choices]
    parts += [f"  · {words}" for words in answer.help]
    parts += [f"({notice})" for notice in answer.notices]
    if labels:
        parts += ["", *(f"{label}  {source_line(source)}" for source, label in labels.items())]
    if answer.withheld:
        parts += ["", *(f"✗ {one.text} ({one.reason})" for one in answer.withheld)]
    return "\n".join(parts)
