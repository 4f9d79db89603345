"""Steering: the portfolio desk of a manager, account reviews as meetings, and what they lead to.

Approvals, debriefs, asks and the self-check stand here too; coaching, exceptions and exporting
are modules of their own.
"""

from assistant.steering.approvals import Approvals, Exceeded
from assistant.steering.asks import Asks
from assistant.steering.attention import Wanting, Worklist, nudge_key
from assistant.steering.debriefs import Debrief, Debriefs
from assistant.steering.imperatives import SelfCheck
from assistant.steering.portfolio_desk import LEADS, Closed, Decision, Steering
from assistant.steering.supposing import Supposed, suppose, supposes
from assistant.steering.team import FILTERS, SORTINGS, TeamLine, TeamView

__all__ = [
    "FILTERS",
    "LEADS",
    "SORTINGS",
    "Approvals",
    "Asks",
    "Closed",
    "Debrief",
    "Debriefs",
    "Decision",
    "Exceeded",
    "SelfCheck",
    "Steering",
    "Supposed",
    "TeamLine",
    "TeamView",
    "Wanting",
    "Worklist",
    "nudge_key",
    "suppose",
    "supposes",
]
