"""The playbook by command: everybody may ask it, and an answer out of it shows no account."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackApiError

from assistant.slack import modals
from assistant.slack.drafting.places import SHUT, place_of
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
    board.app.command(name)(partial(open_topics, reception))
    board.app.action(ids.every(ids.PLAYBOOK))(partial(open_article, reception))
    board.job("playbook", ask_playbook, excuse)
    board.command(name, partial(read_question, reception))


def open_topics(reception: Reception, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
    """Show the list of the articles."""
    ack()
    modals.show(reception.client, body, _topics(reception, context.user_id or ""))


def open_article(
    reception: Reception, ack: Ack, body: dict[str, Any], context: BoltContext
) -> None:
    """Show one article; the list where none is named, or none of that name is left."""
    ack()
    user = context.user_id or ""
    slug, *_ = ids.unpack(body["actions"][0]["value"])
    article = read_playbook().get(slug)
    view = article_view(article, reception.language(user)) if article else _topics(reception, user)
    modals.show(reception.client, body, view)


def _topics(reception: Reception, user: str) -> Block:
    name = reception.desk.settings.company.slack.commands.playbook
    return topics_view(tuple(read_playbook().values()), name, reception.language(user))


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
    asker = reception.people.viewer(user, job.payload["team"])
    reader = Viewer.outsider(asker.email)
    given = reception.answers.get(job.id) or reception.desk.conversation.reply(
        reader, text, language=reception.language(user)
    )
    reception.answers[job.id] = given
    shown = answer_message(given, reception.links)
    blocks = [block for page in (shown, *shown.replies) for block in page.blocks]
    whole = message(shown.text, [small_print(mrkdwn(line(text))), *blocks])
    place = place_of(reception, job.payload)
    try:
        reception.delivery.post(job, place, whole)
    except SlackApiError as error:
        if str(error.response.get("error")) not in SHUT:
            raise
        reception.delivery.direct(job, user, whole)
    del reception.answers[job.id]
