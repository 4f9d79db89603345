"""Conversation: a question becomes a computed answer, a retrieved one, or an honest no."""

from assistant.conversation.agent import Author
from assistant.conversation.answer import Answer, Choice, Step, Unwatched, Watcher
from assistant.conversation.conversation import Conversation

__all__ = ["Answer", "Author", "Choice", "Conversation", "Step", "Unwatched", "Watcher"]
