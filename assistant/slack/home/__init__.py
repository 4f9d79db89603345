"""Home: who is looking, and what they see first.

view_of(reception, person, viewer, shown)   a rep's accounts, a team, a learning path, a way in
account_view(reception, viewer, account_id, language)   one account, opened from a list
    approval_view(reception, viewer, request_id, language)  a request that waits for the viewer
"""

from assistant.slack.home.account import account_view, approval_view, waiting_view
from assistant.slack.home.accounts import attention_of
from assistant.slack.home.offer import view_of, waiting_home
from assistant.slack.home.shown import Shown

__all__ = [
    "Shown",
    "account_view",
    "approval_view",
    "attention_of",
    "view_of",
    "waiting_home",
    "waiting_view",
]
