"""The digest: what wants doing, account by account, with a way to be left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    Option,
    actions,
    asked,
    button,
    context,
    divider,
    header,
    radio,
    sections,
    select,
    time_input,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.views.home import Attention, reason_line
from assistant.slack.views.message import Message, message
from assistant.slack.words import words

Frequency = Literal["daily", "weekly", "never"]
FREQUENCIES: tuple[Frequency, ...] = ("daily", "weekly", "never")
_SNOOZES = ("3", "7", "14", "30")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


@dataclass(frozen=True)
class Digest:
    """What is new since the last digest; nothing in it was sent before.

    Attributes:
        more: accounts with something new that did not fit in.
        first: whether it is somebody's first, which says how to stop it.
    """

    day: date
    accounts: tuple[Attention, ...]
    frequency: Frequency = "daily"
    language: str = "en"
    more: int = 0
    first: bool = False


@dataclass(frozen=True)
class DigestSettings:
    """When somebody wants to hear from us; quiet hours are in their own time zone."""

    frequency: Frequency = "daily"
    weekday: str = "monday"
    quiet_from: time = time(18)
    quiet_to: time = time(8)
    language: str = "en"


def digest_message(digest: Digest) -> Message:
    """Grouped by account, the most urgent first; each can be snoozed, all of it stopped."""
    told = words(digest.language)
    count = sum(len(one.reasons) for one in digest.accounts)
    title = told.counted("digest.title", count)
    blocks = [
        header(title),
        context(mrkdwn(f"{told.day(digest.day)}  ·  {told.text('digest.once')}")),
    ]
    if digest.first:
        blocks += sections(mrkdwn(told.text(f"digest.first_{digest.frequency}")))
    for one in digest.accounts:
        text = "\n".join([f"*{mrkdwn(line(one.account))}*", *map(reason_line, one.reasons)])
        value = ids.pack(one.account_id)
        blocks += [
            *sections(text),
            actions(
                button(told.text("do.plan"), ids.PLAN, value),
                button(told.text("do.follow_up"), ids.FOLLOW_UP, value),
                button(told.text("do.snooze"), ids.SNOOZE, value),
            ),
        ]
    if digest.more:
        blocks.append(context(mrkdwn(told.counted("digest.more", digest.more))))
    blocks += [
        divider(),
        actions(
            button(told.text("do.digest"), ids.DIGEST_SETTINGS, ids.pack("")),
            button(told.text("do.stop_digest"), ids.STOP_DIGEST, ids.pack("")),
        ),
    ]
    names = told.names(one.account for one in digest.accounts)
    return message(mrkdwn(line(f"{title}: {names}")), blocks)


def digest_form(settings: DigestSettings) -> Block:
    """How often, on which day, and when to be silent."""
    told = words(settings.language)
    often = [Option(told.text(f"frequency.{one}"), one) for one in FREQUENCIES]
    days = [Option(told.text(f"weekday.{one}"), one) for one in WEEKDAYS]
    return dialog(
        told,
        "digest.settings",
        [
            asked(told.text("digest.often"), radio(ids.FREQUENCY, often, settings.frequency)),
            asked(
                told.text("digest.weekday"),
                select(ids.DAY, told.text("digest.weekday"), days, settings.weekday),
                optional=True,
            ),
            asked(
                told.text("digest.quiet_from"),
                time_input(ids.QUIET_FROM, told.text("digest.time"), settings.quiet_from),
            ),
            asked(
                told.text("digest.quiet_to"),
                time_input(ids.QUIET_TO, told.text("digest.time"), settings.quiet_to),
                hint=told.text("digest.quiet_hint"),
            ),
        ],
        callback=ids.DIGEST_FORM,
    )


def snooze_form(account_id: str, account: str, language: str = "en") -> Block:
    """Hear nothing of an account for some days."""
    told = words(language)
    days = [Option(told.counted("digest.days", int(one)), one) for one in _SNOOZES]
    return dialog(
        told,
        "digest.snooze",
        [
            *sections(mrkdwn(line(told.text("digest.snooze_for", account=account)))),
            asked(told.text("digest.snooze_days"), radio(ids.SNOOZE_DAYS, days, "7")),
        ],
        callback=ids.DIGEST_FORM,
        carried=ids.pack("snooze", account_id),
    )
