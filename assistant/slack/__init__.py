"""Slack: where reps, managers and new hires live.

`Reception` is what every job works with, `build_app` connects it to Slack, `SlackDoor` opens the
way in (Socket Mode or signed HTTP). Views are pure; `Delivery` says everything once; `Audience`
knows who reads.
"""

from assistant.slack.app import build_app
from assistant.slack.client import SlackClient
from assistant.slack.connection import HttpDoor, SocketDoor
from assistant.slack.meters import Meters
from assistant.slack.people import Identity
from assistant.slack.reception import Reception

__all__ = [
    "HttpDoor",
    "Identity",
    "Meters",
    "Reception",
    "SlackClient",
    "SocketDoor",
    "build_app",
]
