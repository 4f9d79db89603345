"""The door: what rooms above ask of a language model, and nothing of how it is reached."""

from __future__ import annotations

import re
import threading
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from assistant.errors import MalformedOutput, NoModel
from assistant.models.breaker import Breaker
from assistant.models.deadline import Deadline
from assistant.models.outside import Outside
from assistant.prompting import Filled
from assistant.settings import Settings
from knowledge.journal.runs import Runs, Usage
from knowledge.records import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

    from assistant.models.calls import Tally
    from assistant.models.chat import MeteredChat

T = TypeVar("T", bound=BaseModel)
_OPENAI = "https://api.openai.com/v1"
#: Models that take `reasoning_effort`. With tools OpenAI wants it told, even if it is `none`.
_THINKING = re.compile(r"(gpt-[5-9]|o\d)")


@dataclass(frozen=True)
class RunFor:
    """Whom and what a call is for.

    Attributes:
        viewer: whose budget it goes on.
        task: such as `answer` or `draft`.
        about: the id of the answer or draft, under which its runs are found again.
        deadline: shared by all calls of one job; None for a job of its own.
    """

    viewer: Viewer
    task: str
    about: str | None = None
    deadline: Deadline | None = None

    @property
    def user(self) -> str:
        """The key of the budget."""
        return self.viewer.user_id or self.viewer.email or self.viewer.name


class Models:
    """The language model of some settings. One a process: the circuit breaker lives in it."""

    def __init__(self, settings: Settings, runs: Runs, outside: Outside | None = None) -> None:
        self._settings, self._runs = settings, runs
        self._outside = outside or Outside()
        self._breaker = Breaker(self._outside.monotonic)
        self._lock = threading.Lock()
        self._client: httpx2.Client | None = None
        self._tally: Tally = _uncounted

    @property
    def available(self) -> bool:
        """Whether there is a key; whether the model answers is known only when it is asked."""
        return self._settings.openai_api_key is not None

    @property
    def name(self) -> str:
        """The model's name, as drafts and answers give their writer."""
        return self._settings.model

    @property
    def input_tokens(self) -> int:
        """How long a request may be, in tokens as `estimate_tokens` counts them."""
        return self._settings.company.model.input_tokens

    def deadline(self) -> Deadline:
        """A new deadline for a job of several calls."""
        return Deadline(self._settings.company.model.job_seconds, self._outside.monotonic)

    def write(self, prompt: Filled, schema: type[T], run: RunFor) -> T:
        """What the model writes, in the form asked for.

        Raises:
            ModelFailure: one of its kinds; `MalformedOutput` if the form is missed repeatedly.
        """
        chat = self._chat(run, prompt, partial(_parsed, schema))
        reply = chat.invoke(_messages(prompt), extra_body={"response_format": _form(schema)})
        return _parsed(schema, str(reply.text))

    def say(self, prompt: Filled, run: RunFor) -> str:
        """What the model writes in plain words; raises a `ModelFailure`."""
        return str(self._chat(run, prompt).invoke(_messages(prompt)).text)

    def stream(self, prompt: Filled, run: RunFor) -> Generator[str, None, None]:
        """The words of a plain reply as they come; closing the generator hangs up.

        Raises:
            ModelFailure: while it is iterated, also after words have come: then they must be
                taken back, for the reply was not whole.
        """
        pieces = self._chat(run, prompt).stream(_messages(prompt))
        with closing(cast("Generator[AIMessageChunk, None, None]", pieces)):
            yield from (str(piece.text) for piece in pieces if piece.text)

    def chat_model(
        self, run: RunFor, prompt: Filled | None = None, form: type[BaseModel] | None = None
    ) -> BaseChatModel:
        """A LangChain model for an agent: all its calls are one job, under the same limits.

        Args:
            run: whom and what it is for.
            prompt: what the journal names; the agent is given its words separately.
            form: the form its answer must have, where the agent asks for one.

        Raises:
            NoModel: no key is set. Its calls raise the other kinds of `ModelFailure`.
        """
        return self._chat(run, prompt, form and partial(_parsed, form))

    def count(self, tally: Tally) -> None:
        """Tell `tally` of every call that ends from now on."""
        self._tally = tally

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _chat(
        self, run: RunFor, prompt: Filled | None, check: Callable[[str], object] | None = None
    ) -> MeteredChat:
        import httpx2

        from assistant.models.calls import Billing, Calls
        from assistant.models.chat import MeteredChat
        from assistant.models.wire import Bounded

        key, limits = self._settings.openai_api_key, self._settings.company.model
        if key is None:
            raise NoModel("There is no language model: set OPENAI_API_KEY.")
        job = run.deadline or self.deadline()
        calls = Calls(
            Billing(run.user, run.task, run.about, self.name, prompt),
            limits,
            runs=self._runs,
            breaker=self._breaker,
            job=job,
            outside=self._outside,
            check=check,
            tally=self._tally,
        )
        wire = Bounded(self._shared(), job, limits.call_seconds)
        return MeteredChat(
            calls, api_key=key, http_client=httpx2.Client(transport=wire), **self._manner()
        )

    def _manner(self) -> dict[str, Any]:
        """How the model is asked, whatever it is asked."""
        limits = self._settings.company.model
        thinks = _THINKING.match(self.name)
        return {
            "model": self.name,
            "base_url": self._settings.openai_base_url or _OPENAI,
            "timeout": limits.call_seconds,
            "max_tokens": limits.output_tokens,
            "max_retries": 0,  # ours know the budget, the breaker and the deadline
            "stream_usage": True,
            "use_responses_api": False,  # every compatible server speaks chat completions
            **({"reasoning_effort": limits.effort} if thinks else {}),
        }

    def _shared(self) -> httpx2.Client:
        import httpx2

        with self._lock:
            if self._client is None:
                self._client = httpx2.Client(transport=self._outside.transport)
            return self._client


def _uncounted(_model: str, _outcome: str, _usage: Usage) -> None:
    pass


def _messages(prompt: Filled) -> list[BaseMessage]:
    """What never changes first, so that the provider can keep it; what varies after it."""
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds: dict[str, type[BaseMessage]] = {"user": HumanMessage, "model": AIMessage}
    turns = [kinds[turn.who](turn.text) for turn in prompt.turns]
    return [SystemMessage(prompt.system), *turns, HumanMessage(prompt.user)]


def _form(schema: type[BaseModel]) -> dict[str, Any]:
    """The strict JSON schema of a reply."""
    import openai

    function = openai.pydantic_function_tool(schema)["function"]
    bare = _bare(function["parameters"])
    form = {"name": function["name"], "schema": bare, "strict": True}
    return {"type": "json_schema", "json_schema": form}


def _bare(schema: Any) -> Any:
    """The schema without the words of our docstrings: what a model is told stands in its prompt."""
    if isinstance(schema, list):
        return [_bare(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _bare(part)
        for key, part in schema.items()
        if not (key in {"title", "description"} and isinstance(part, str))
    }


def _parsed(schema: type[T], text: str) -> T:
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise MalformedOutput(
            f"The language model's reply is not of the form {schema.__name__}: {where}, "
            f"{first['msg'].lower()}."
        ) from None
