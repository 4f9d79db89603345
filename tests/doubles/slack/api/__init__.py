"""The Web API: import this and every method is known."""

from tests.doubles.slack.api import (
    agents,
    chat,
    conversations,
    documents,
    people,
    streams,
    surfaces,
    uploads,
)
from tests.doubles.slack.api.registry import METHODS, call

__all__ = [
    "METHODS",
    "agents",
    "call",
    "chat",
    "conversations",
    "documents",
    "people",
    "streams",
    "surfaces",
    "uploads",
]
