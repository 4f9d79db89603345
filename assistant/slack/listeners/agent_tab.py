"""The messages tab: suggested questions, by role and by what somebody is looking at."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from slack_sdk.errors import SlackApiError

from assistant.rendering.captions import Captions
from assistant.slack.client import refusal
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.safety import plain
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import Ambiguous, NotFound
from knowledge.records import Viewer

log = logging.getLogger(__name__)

_CHANNEL = "slack#/types/channel_id"
#: Slack shows four at most.
_MOST, _TITLE, _QUESTION = 4, 75, 300
#: Parts of channel names that name no account, as in `acct-halden` or `customer_halden`.
_ORDINARY = frozenset({"acct", "account", "customer", "client", "kunde", "team", "deal", "ext"})


def register(board: Switchboard) -> None:
    """Opening the tab, or looking at something else, becomes the job `suggest`."""
    board.job("suggest", suggest, lambda *_: None)
    board.event("app_home_opened", read_opened)
    board.event("app_context_changed", read_context)


def read_opened(request: Request) -> Order | None:
    """The messages tab was opened; the Home tab is somebody else's."""
    event = request.event
    if event.get("tab") != "messages":
        return None
    payload = {**request.actor, "channel": event["channel"], "looking_at": _looking_at(event)}
    return Order("suggest", payload, thread=f"suggest:{request.user}")


def read_context(request: Request) -> Order | None:
    """Somebody looks at another channel, with us at their side."""
    seen = _looking_at(request.event)
    user = request.user or _authorized(request)
    if seen is None or not user:
        return None
    payload = {"user": user, "team": request.actor_team, "looking_at": seen}
    return Order("suggest", payload, thread=f"suggest:{user}")


def suggest(reception: Reception, job: Job) -> None:
    """Offer up to four questions."""
    told = job.payload
    channel = told.get("channel") or reception.delivery.alone_with(told["user"]).channel
    viewer, language = reception.asker(told)
    account = _account(reception, viewer, told.get("looking_at"))
    caption = words(language)
    prompts = [
        {
            "title": plain(caption.text(f"serving.prompt_{key}", account=account), _TITLE),
            "message": plain(caption.text(f"serving.prompt_{key}_ask", account=account), _QUESTION),
        }
        for key in _keys(viewer, account)
    ]
    _offer(reception, channel, caption, prompts[:_MOST])


def _offer(
    reception: Reception, channel: str, caption: Captions, prompts: list[dict[str, str]]
) -> None:
    try:
        reception.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, title=caption.text("serving.prompts_title"), prompts=prompts
        )
    except SlackApiError as error:  # a courtesy: not every workspace knows suggestions
        log.info("no suggestions in %s: %s", channel, refusal(error))


def _keys(viewer: Viewer, account: str | None) -> Iterator[str]:
    """Which questions are natural to ask, most natural first."""
    if viewer.role == "outsider":
        yield from ("champion", "meddpicc")
        return
    if account is not None:
        yield from ("account", "decides")
    yield "team" if viewer.role in ("manager", "admin") else "attention"
    yield from ("promises", "champion", "meddpicc")


def _account(reception: Reception, viewer: Viewer, channel: str | None) -> str | None:
    """The account that a channel's name speaks of, if the viewer may see one of that name."""
    if channel is None:
        return None
    try:
        name = reception.client.conversations_info(channel=channel)["channel"].get("name", "")
    except SlackApiError:
        return None
    parts = [part for part in re.split(r"[-_]+", name) if part and part not in _ORDINARY]
    ledger = reception.desk.workspace.ledger
    for guess in (" ".join(parts), *sorted(parts, key=len, reverse=True)):
        with suppress(NotFound, Ambiguous):
            if len(guess) > 2:  # noqa: PLR2004 - two letters name nothing
                return ledger.find_account(viewer, guess).name
    return None


def _looking_at(event: Mapping[str, object]) -> str | None:
    context = event.get("context")
    entities = context.get("entities", []) if isinstance(context, Mapping) else []
    seen = [one["value"] for one in entities if one.get("type") == _CHANNEL]
    return str(seen[0]) if seen else None


def _authorized(request: Request) -> str | None:
    """Who looks: such an event names nobody but whom it was sent for."""
    people = [one for one in request.body.get("authorizations", ()) if not one.get("is_bot")]
    return people[0].get("user_id") if people else None
