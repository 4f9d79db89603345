"""Questions: in the messages tab and direct messages, by mention, and further down a thread."""

from __future__ import annotations

import re

from assistant.slack.answering import answer
from assistant.slack.delivery import Place
from assistant.slack.drafting.places import thread_clicked
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reading import calls, opens_with_another
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.work import Job

#: Messages that people write; every other subtype is Slack's own bookkeeping.
_WRITTEN = frozenset({None, "thread_broadcast", "file_share"})


def register(board: Switchboard) -> None:
    """Questions become the job `ask`."""
    board.job("ask", answer)
    board.event("app_mention", read_mention)
    board.event("message", read_message)
    board.job("choose", choose)
    board.action(ids.every(ids.FOLLOW_UP_QUESTION), read_suggestion)
    board.action(ids.every(ids.CHOICE), read_choice)


def read_mention(request: Request) -> Order | None:
    """A mention in a channel; in a direct message it is a message like any other."""
    if not _by_a_person(request) or _direct(request):
        return None
    return _question(request)


def read_message(request: Request) -> Order | None:
    """A direct message, or a message in a thread that may be a conversation with us.

    A mention also comes as a message; it is handled once, as a mention.
    """
    if not _by_a_person(request):
        return None
    if _direct(request):
        return _question(request)
    text, ours = request.event.get("text", ""), request.me.user_id
    if "thread_ts" not in request.event or calls(text, ours) or opens_with_another(text, ours):
        return None
    return _question(request, invited=False)


def read_suggestion(request: Request) -> Order | None:
    """A click on a suggested question asks it in the same thread."""
    _, question = ids.unpack(request.action["value"])
    return _clicked(request, "ask", {"text": question, "quoted": True})


def read_choice(request: Request) -> Order | None:
    """A click on what was meant asks the same question again, about that alone."""
    run_id, _ = ids.unpack(request.action["value"])
    number = int(request.action["action_id"].rpartition(".")[2])
    return _clicked(request, "choose", {"run": run_id, "number": number})


def choose(reception: Reception, job: Job) -> None:
    """Ask the question of an earlier answer with the name that was chosen from its choices."""
    asked, named = reception.conversations.choices(job.payload["run"])
    text = meant(asked, named[job.payload["number"] - 1])
    payload = {**job.payload, "text": text, "quoted": True}
    place = Place.of(job.payload)
    reception.work.enqueue(f"{job.id}/ask", "ask", payload, thread=place.key)


def meant(question: str, name: str) -> str:
    """A question with the whole name in the place of the part of it that was said."""
    said = [
        word
        for word in re.findall(r"\w{3,}", name)
        if re.search(rf"\b{word}\b", question, re.IGNORECASE)
    ]
    if not said:
        return f"{question.rstrip('? ')} ({name})?"
    return re.sub(rf"\b{said[0]}\b", lambda _: name, question, count=1, flags=re.IGNORECASE)


def _clicked(request: Request, job: str, what: dict[str, object]) -> Order:
    place = thread_clicked(request)
    payload = {
        **request.actor,
        "channel": place.channel,
        "thread_ts": place.thread_ts,
        "ts": request.action["action_ts"],
        **what,
    }
    return Order(job, payload, thread=place.key)


def _question(request: Request, *, invited: bool = True) -> Order:
    event = request.event
    thread = event.get("thread_ts") or event["ts"]
    payload = {
        **request.actor,
        "channel": event["channel"],
        "thread_ts": thread,
        "ts": event["ts"],
        "text": event.get("text", ""),
        "invited": invited,
    }
    return Order("ask", payload, thread=f"{event['channel']}:{thread}")


def _by_a_person(request: Request) -> bool:
    event = request.event
    ours = event.get("user") == request.me.user_id
    automatic = ours or "bot_id" in event or "bot_profile" in event
    return bool(event.get("user")) and not automatic and event.get("subtype") in _WRITTEN


def _direct(request: Request) -> bool:
    event = request.event
    return event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D")
