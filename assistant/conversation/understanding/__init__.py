"""Understanding: a message becomes questions, and each of them an inquiry."""

from assistant.conversation.understanding.ahead import ahead_in, silent_since
from assistant.conversation.understanding.choosing import Pending
from assistant.conversation.understanding.focus import Focus
from assistant.conversation.understanding.inquiry import Inquiry
from assistant.conversation.understanding.intents import (
    ABOUT_TALK,
    DRAFTS,
    OVER_ALL,
    PORTFOLIO,
    SMALL_TALK,
)
from assistant.conversation.understanding.mentions import Directory
from assistant.conversation.understanding.periods import Period, period_in
from assistant.conversation.understanding.reading import Reader
from assistant.conversation.understanding.splitting import questions_in

__all__ = [
    "ABOUT_TALK",
    "DRAFTS",
    "OVER_ALL",
    "PORTFOLIO",
    "SMALL_TALK",
    "Directory",
    "Focus",
    "Inquiry",
    "Pending",
    "Period",
    "Reader",
    "ahead_in",
    "period_in",
    "questions_in",
    "silent_since",
]
