"""A draft handed over once: where everybody may read it, or to its asker alone, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.errors import SlackApiError

from assistant.claims import Draft
from assistant.slack.apology import late_blocks
from assistant.slack.approving.terms import policy_notice
from assistant.slack.client import refusal
from assistant.slack.delivery import Place
from assistant.slack.drafting.keeping import hand_over, keep, key_of
from assistant.slack.drafting.places import SHUT, verdict_on
from assistant.slack.marked import permalink
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn, mrkdwn_link
from assistant.slack.views.blocks import Block, context, section
from assistant.slack.views.draft import draft_message
from assistant.slack.views.message import Message, message
from assistant.slack.views.notices import private_notice
from assistant.slack.words import words
from assistant.work import Job
from knowledge.records import Viewer


def deliver(
    reception: Reception,
    job: Job,
    viewer: Viewer,
    place: Place,
    draft: Draft,
    *,
    before: Sequence[Block] = (),
) -> None:
    """Keep a draft and show its first screen; `before` stands above it."""
    user, key = job.payload["user"], key_of(job)
    told = words(reception.language(user))
    keep(reception, viewer, key, draft)
    after = [*policy_notice(reception, viewer, draft), *late_blocks(job, told.language)]
    verdict = verdict_on(reception, place, draft)
    reason: str | None = verdict.reason
    if verdict.reach == "everyone":
        try:
            shown = first_screen(draft, key, reception, before, after)
            ts = reception.delivery.post(job, place, shown)
        except SlackApiError as error:
            if refusal(error) not in SHUT:
                raise
            reason = "absent"
        else:
            hand_over(reception, key, place, ts)
            return
    why = context(mrkdwn(told.text(f"drafting.moved_{reason}")))
    shown = first_screen(draft, key, reception, [why, *before], after)
    own = reception.delivery.alone_with(user)
    ts = reception.delivery.post(job, own, shown, "direct")
    hand_over(reception, key, own, ts)
    if verdict.reach == "asker":
        _say_where(reception, job, place, draft, (own, ts))


def first_screen(
    draft: Draft,
    key: str,
    reception: Reception,
    before: Sequence[Block] = (),
    after: Sequence[Block] = (),
) -> Message:
    """A draft as it is first seen; the rest waits for a click."""
    shown = replace(draft_message(draft, key, reception.links), replies=())
    return message(shown.text, [*before, *shown.blocks, *after])


def _say_where(
    reception: Reception, job: Job, place: Place, draft: Draft, stands: tuple[Place, str]
) -> None:
    """Tell the asker, and nobody else there, where their draft stands and why."""
    told = words(reception.language(job.payload["user"]))
    text = mrkdwn(line(told.text("drafting.there", title=draft.title)))
    where, ts = stands
    link = permalink(reception.me.url, where.channel, ts)
    if reception.links.allows(link):
        text += f" {mrkdwn_link(link, told.text('drafting.there_open'))}"
    notice = private_notice("unseen", told.language).blocks
    try:
        shown = message(text, [section(text), *notice])
        reception.delivery.whisper(place, job.payload["user"], shown)
    except SlackApiError as error:
        if refusal(error) not in SHUT:
            raise
