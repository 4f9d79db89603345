"""The playbook by command: everybody may ask it, and an answer out of it shows no account."""

from __future__ import annotations

import html
from functools import partial

from slack_sdk.errors import SlackApiError

from assistant.slack.client import refusal
from assistant.slack.drafting.places import SHUT, place_of
from assistant.slack.filled import opens
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.listeners.drafts import excuse
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.answer import answer_message
from assistant.slack.views.blocks import Block
from assistant.slack.views.blocks import context as small_print
from assistant.slack.views.message import message
from assistant.slack.views.playbook import article_view, topics_view
from assistant.slack.words import words
from assistant.work import Job
from knowledge.playbook import read_playbook
from knowledge.records import Viewer


def register(board: Switchboard) -> None:
    """A question becomes the job `playbook`; topics and articles open in Bolt's own listeners."""
    reception = board.reception
    name = reception.desk.settings.company.slack.commands.playbook
    board.app.command(name)(opens(reception, _topics))
    board.app.action(ids.every(ids.PLAYBOOK))(opens(reception, _article))
    board.job("playbook", ask_playbook, excuse)
    board.command(name, partial(read_question, reception))


def read_question(reception: Reception, request: Request) -> Order | None:
    """A question for the playbook; None where none was asked."""
    text = html.unescape(" ".join((request.body.get("text") or "").split()))
    if not text:
        return None
    payload = {
        **request.actor,
        "channel": request.body["channel_id"],
        "thread_ts": request.body.get("thread_ts"),
        "text": text,
    }
    told = words(reception.spoken(request.user)).text("drafting.working_playbook")
    return Order("playbook", payload, reply={"response_type": "ephemeral", "text": mrkdwn(told)})


def ask_playbook(reception: Reception, job: Job) -> None:
    """Answer out of the playbook alone, whoever asks, where it was asked."""
    user, text = job.payload["user"], job.payload["text"]
    asker = reception.asker(job.payload)
    reader = Viewer.outsider(asker.viewer.email)
    given = reception.answers.get(job.id) or reception.desk.conversation.reply(
        reader, text, language=asker.language
    )
    reception.answers[job.id] = given
    shown = answer_message(given, reception.links)
    blocks = [block for page in (shown, *shown.replies) for block in page.blocks]
    whole = message(shown.text, [small_print(mrkdwn(line(text))), *blocks])
    place = place_of(reception, job.payload)
    try:
        reception.delivery.post(job, place, whole)
    except SlackApiError as error:
        if refusal(error) not in SHUT:
            raise
        reception.delivery.direct(job, user, whole)
    del reception.answers[job.id]


def _topics(reception: Reception, request: Request) -> Block:
    name = reception.desk.settings.company.slack.commands.playbook
    return topics_view(tuple(read_playbook().values()), name, reception.language(request.user))


def _article(reception: Reception, request: Request) -> Block:
    """One article; the list where none is named, or none of that name is left."""
    slug, *_ = ids.unpack(request.action["value"])
    article = read_playbook().get(slug)
    if article is None:
        return _topics(reception, request)
    return article_view(article, reception.language(request.user))
