"""Understanding: a message becomes questions, and each of them an inquiry."""

from assistant.conversation.understanding.focus import Focus
from assistant.conversation.understanding.intents import DRAFTS, OVER_ALL, PORTFOLIO, SMALL_TALK
from assistant.conversation.understanding.mentions import Directory
from assistant.conversation.understanding.periods import Period, period_in
from assistant.conversation.understanding.reading import Inquiry, Reader
from assistant.conversation.understanding.splitting import questions_in

__all__ = [
    "DRAFTS",
    "OVER_ALL",
    "PORTFOLIO",
    "SMALL_TALK",
    "Directory",
    "Focus",
    "Inquiry",
    "Period",
    "Reader",
    "period_in",
    "questions_in",
]
