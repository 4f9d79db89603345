"""Stop: whoever asked no longer wants the answer."""

from __future__ import annotations

from functools import partial

from slack_sdk.errors import SlackApiError

from assistant.slack.delivery import Place
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.streaming import Stops
from assistant.work import Job


def register(board: Switchboard) -> None:
    """Slack's Stop button becomes the job `stop`."""
    board.job("stop", stop)
    board.event("agent_session_stopped", partial(read_stop, board.reception.stops))


def read_stop(stops: Stops, request: Request) -> Order | None:
    """Stop at once: the job might wait for a hand behind the very work it is to stop.

    The job repeats it after a crash, for the answer that begins again.
    """
    event = request.event
    if not event.get("thread_ts"):
        return None
    place = Place(event["channel"], event["thread_ts"])
    stops.stop(place, event["event_ts"])
    payload = {
        **request.actor,
        "channel": place.channel,
        "thread_ts": place.thread_ts,
        "at": event["event_ts"],
    }
    return Order("stop", payload)


def stop(reception: Reception, job: Job) -> None:
    """Remember the stop, and show that nothing goes on in the thread."""
    place = Place.of(job.payload)
    reception.stops.stop(place, job.payload["at"])
    try:
        reception.client.agents_sessions_setStatus(
            channel_id=place.channel, thread_ts=place.thread_ts, status="active"
        )
    except SlackApiError:
        return
