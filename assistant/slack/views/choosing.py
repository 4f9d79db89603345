"""Choosing before drafting: which account is meant, and whose thread this is."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    Option,
    actions,
    asked,
    button,
    context,
    search_select,
    sections,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.views.message import Message, message
from assistant.slack.words import words

_MOST_NAMES, _EXCERPT = 10, 300


def account_chooser(name: str, wishes: Mapping[str, str], language: str = "en") -> Message:
    """A name that fits several accounts: a button each, none guessed.

    Args:
        name: as it was typed.
        wishes: what each button carries, by the name of its account.
        language: of the asker.
    """
    told = words(language)
    text = mrkdwn(line(told.text("drafting.which", name=name)))
    buttons = [
        button(account, ids.numbered(ids.CHOOSE_ACCOUNT, at), wish)
        for at, (account, wish) in enumerate(list(wishes.items())[:_MOST_NAMES], start=1)
    ]
    blocks = [*sections(text), actions(*buttons)]
    if len(wishes) > _MOST_NAMES:
        blocks.append(context(mrkdwn(told.text("answer.more_choices"))))
    return message(text, blocks)


def thread_form(
    excerpt: str, language: str = "en", *, account: Option | None = None, carried: str = ""
) -> Block:
    """A follow-up from a thread: for which account, and that the thread becomes a note."""
    told = words(language)
    shown = mrkdwn(plain(excerpt, _EXCERPT)) or "–"
    field = search_select(ids.ACCOUNT, told.text("form.account_hint"), account)
    return dialog(
        told,
        "drafting.thread_title",
        [
            *sections("\n".join(f">{one}" for one in shown.splitlines())),
            asked(told.text("form.account"), field),
            context(mrkdwn(told.text("drafting.thread_keeps"))),
        ],
        callback=ids.THREAD_FORM,
        submit="drafting.thread_submit",
        carried=carried,
    )
