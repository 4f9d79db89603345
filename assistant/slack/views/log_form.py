"""The first of two steps to log something: what it was, and for which account."""

from __future__ import annotations

from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    Option,
    asked,
    radio,
    search_select,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.words import words

#: What can be logged, most often first.
LOGGED = ("touch", "promise", "role")


def log_form(language: str = "en", *, account: Option | None = None) -> Block:
    """Choose what happened and with which account; what is asked next depends on both."""
    told = words(language)
    kinds = [Option(told.text(f"log.{kind}"), kind) for kind in LOGGED]
    about = search_select(ids.ACCOUNT, told.text("form.account_hint"), account)
    return dialog(
        told,
        "log.title",
        [
            asked(told.text("log.what"), radio(ids.LOGGED, kinds, LOGGED[0])),
            asked(told.text("form.account"), about),
        ],
        callback=ids.LOG_FORM,
        submit="log.next",
    )
