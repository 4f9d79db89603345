"""Conversation: a question becomes a computed answer, a retrieved one, or an honest no."""

from assistant.conversation.answer import Answer, Choice, Step, Unwatched, Watcher

__all__ = ["Answer", "Choice", "Step", "Unwatched", "Watcher"]
