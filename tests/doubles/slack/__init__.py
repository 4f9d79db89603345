"""A stateful, strict Slack: Web API, Socket Mode and signed HTTP on loopback (see README.md)."""

from tests.doubles.slack.blockkit import block_faults, view_faults
from tests.doubles.slack.canvases import Canvas
from tests.doubles.slack.deliveries import Attempt, Delivery
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.faults import Faults, Gate
from tests.doubles.slack.interacting import Submission
from tests.doubles.slack.refusals import ImpossibleAct, Unacknowledged
from tests.doubles.slack.server import Call
from tests.doubles.slack.values import Channel, File, Message, Person
from tests.doubles.slack.views import View
from tests.doubles.slack.workspace import Workspace

__all__ = [
    "Attempt",
    "Call",
    "Canvas",
    "Channel",
    "Delivery",
    "Faults",
    "File",
    "Gate",
    "ImpossibleAct",
    "Message",
    "Person",
    "SlackDouble",
    "Submission",
    "Unacknowledged",
    "View",
    "Workspace",
    "block_faults",
    "view_faults",
]
