"""Hanging up on the model: a call ends with the first word after the asker stopped it."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import BaseCallbackHandler

from assistant.conversation.agent.author import HungUp
from assistant.conversation.answer import Watcher


class HangUp(BaseCallbackHandler):
    """Ends a reply, wherever it is, once the watcher says so."""

    raise_error = True

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_llm_new_token(self, *_: Any, **__: Any) -> None:
        """Another piece of the reply has come."""
        if self._watcher.stopped():
            raise HungUp

    def on_chat_model_start(self, *_: Any, **__: Any) -> None:
        """A call is about to be made."""
        if self._watcher.stopped():
            raise HungUp
