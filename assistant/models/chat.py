"""ChatOpenAI with our limits in it: whoever calls it, an agent included, calls through them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI
from langsmith import configure
from pydantic import PrivateAttr

from assistant.models.calls import Calls
from assistant.models.faults import refusal
from assistant.models.tokens import estimate_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.models.calls import Pieces

# Variables such as LANGSMITH_TRACING, set for another program, would have LangChain send every
# prompt, and with it customers' e-mails, to a tracing service.
configure(enabled=False)

#: Tokens that a message costs beside its text.
_FRAME = 4
#: What goes over the wire beside messages.
_BESIDE = ("tools", "response_format", "extra_body")


class MeteredChat(ChatOpenAI):
    """A chat model whose every call is admitted, bounded, tried again, priced and journalled.

    Any of its calls raises one `assistant.errors.ModelFailure` for whatever goes wrong.
    """

    _calls: Calls = PrivateAttr()

    def __init__(self, calls: Calls, **given: Any) -> None:
        super().__init__(**given)
        self._calls = calls

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        ask = partial(super()._generate, messages, stop, run_manager, **kwargs)
        return self._calls.whole(_size(messages, kwargs), ask)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        parent = cast("Callable[..., Pieces]", super()._stream)  # a generator, so it can be closed
        ask = partial(parent, messages, stop, run_manager, **kwargs)
        yield from self._calls.piecemeal(_size(messages, kwargs), ask)

    def _convert_chunk_to_generation_chunk(
        self,
        chunk: dict[str, Any],
        default_chunk_class: type,
        base_generation_info: dict[str, Any] | None,
    ) -> ChatGenerationChunk | None:
        # LangChain drops a refusal that is streamed; it would look like an empty answer.
        # With a form the choices stand one level deeper.
        choices = chunk.get("choices") or (chunk.get("chunk") or {}).get("choices") or []
        if any((choice.get("delta") or {}).get("refusal") for choice in choices):
            raise refusal()
        return super()._convert_chunk_to_generation_chunk(
            chunk, default_chunk_class, base_generation_info
        )


def _size(messages: list[BaseMessage], given: dict[str, Any]) -> int:
    """About how many tokens go over the wire: messages, tools and the form of the reply."""
    words = [str(message.text) for message in messages]
    words += [json.dumps(call["args"]) for m in messages for call in getattr(m, "tool_calls", [])]
    words.append(json.dumps([given.get(name) for name in _BESIDE], default=str))
    return estimate_tokens("\n".join(words)) + _FRAME * len(messages)
