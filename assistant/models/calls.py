"""The calls of one job: admitted, tried again where it may help, and written into the journal."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import BudgetSpent, ContextOverflow, HalfStream, ModelFailure, ModelTimeout
from assistant.models.breaker import Breaker
from assistant.models.deadline import Deadline
from assistant.models.faults import TOOLS, fault_of, fault_of_ending, refusal
from assistant.models.outside import Outside
from assistant.models.tokens import estimate_tokens
from assistant.prompting import Filled
from assistant.settings import ModelSettings
from knowledge.journal.runs import Allowance, ModelRun, Runs, Usage

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from langchain_core.outputs import ChatGenerationChunk, ChatResult

    Pieces = Generator[ChatGenerationChunk, None, None]

T = TypeVar("T")
#: Hears of a call that has ended: the model, the outcome, and what was used.
Tally = Callable[[str, str, Usage], None]
_MICROS = 1_000_000
_FIRST_WAIT = 0.5
#: The provider was at work and will want to be paid, though it did not say how much.
_BILLED_UNSEEN = frozenset({ModelTimeout.outcome, HalfStream.outcome, "stopped"})


@dataclass(frozen=True)
class Billing:
    """Whose budget a call goes on, and what is written down with it."""

    user: str
    task: str
    about: str | None
    model: str
    prompt: Filled | None = None


@dataclass
class _Record:
    """What is known of a call so far."""

    usage: Usage
    attempts: int = 0
    outcome: str = "complete"
    written: list[str] = field(default_factory=list)


class Calls:
    """What the calls of one job have in common."""

    def __init__(
        self,
        billing: Billing,
        settings: ModelSettings,
        *,
        runs: Runs,
        breaker: Breaker,
        job: Deadline,
        outside: Outside,
        tally: Tally,
        check: Callable[[str], object] | None = None,
    ) -> None:
        self._billing, self._settings, self._runs = billing, settings, runs
        self._breaker, self._job, self._outside = breaker, job, outside
        self._tally, self._check = tally, check

    def whole(self, size: int, ask: Callable[[], ChatResult]) -> ChatResult:
        """A reply that arrives in one piece; raises a `ModelFailure` for any that is not whole."""
        with self._recorded(size) as record:
            result = self._tried(record, lambda: self._complete(record, ask()))
            self._breaker.succeeded()
            return result

    def piecemeal(self, size: int, ask: Callable[[], Pieces]) -> Iterator[ChatGenerationChunk]:
        """A reply as it arrives; tried again until words have come, and failing after that.

        Whoever shows the pieces must be ready to take them back: only the end tells whether the
        reply was whole.
        """
        with self._recorded(size) as record:
            began, pieces = self._tried(record, lambda: _begun(ask()))
            with closing(pieces):
                yield from self._followed(record, began, pieces)

    def _followed(
        self,
        record: _Record,
        began: list[ChatGenerationChunk],
        pieces: Iterator[ChatGenerationChunk],
    ) -> Iterator[ChatGenerationChunk]:
        reason = None
        try:
            for piece in chain(began, pieces):
                reason = (piece.generation_info or {}).get("finish_reason") or reason
                record.written.append(piece.text)
                record.usage = self._reported(piece.message) or record.usage
                yield piece
            _must_be_whole(reason)
            self._checked(reason, "".join(record.written))
        except Exception as error:
            failure = fault_of(error, now=self._outside.now(), begun=True)
            if failure is None:
                raise
            self._breaker.failed(failure)
            raise failure from error
        self._breaker.succeeded()

    def _tried(self, record: _Record, ask: Callable[[], T]) -> T:
        while True:
            self._breaker.admit()
            record.attempts += 1
            try:
                reply = ask()
            except Exception as error:
                failure = fault_of(error, now=self._outside.now())
                if failure is None:
                    raise
                self._breaker.failed(failure)
                wait = self._wait(failure, record.attempts)
                if wait is None:
                    raise failure from error
                self._outside.pause(wait)
            else:
                return reply

    def _wait(self, failure: ModelFailure, attempts: int) -> float | None:
        """Seconds until the next try; None if there is none.

        Waits double and are shaken, so that callers who failed together do not come back
        together; a server that says when to come back is obeyed, unless that is too long to sit
        through: then the failure carries the seconds, and the work is put off.
        """
        if not failure.transient or attempts >= self._settings.attempts:
            return None
        wait = _FIRST_WAIT * 2 ** (attempts - 1) * (1 + self._outside.chance()) / 2
        if failure.seconds is not None:
            wait += failure.seconds
        longest = min(self._settings.longest_wait, self._job.remaining)
        return wait if wait < longest else None

    def _complete(self, record: _Record, result: ChatResult) -> ChatResult:
        generation = result.generations[0]
        record.usage += self._reported(generation.message) or Usage()
        record.written = [generation.text]
        if generation.message.additional_kwargs.get("refusal"):
            raise refusal()
        reason = (generation.generation_info or {}).get("finish_reason")
        _must_be_whole(reason)
        calls = getattr(generation.message, "tool_calls", None)
        self._checked(TOOLS if calls else reason, generation.text)
        return result

    def _checked(self, reason: str | None, text: str) -> None:
        """Look at the form of what was said; a call of a tool says nothing yet."""
        if self._check is not None and reason != TOOLS:
            self._check(text)

    def _reported(self, message: BaseMessage) -> Usage | None:
        used = getattr(message, "usage_metadata", None)
        if not used:
            return None
        cached = (used.get("input_token_details") or {}).get("cache_read") or 0
        return self._priced(used["input_tokens"], cached, used["output_tokens"])

    @contextmanager
    def _recorded(self, size: int) -> Iterator[_Record]:
        began = self._outside.monotonic()
        run_id = self._opened(size)
        record = _Record(Usage())
        try:
            yield record
        except ModelFailure as failure:
            record.outcome = failure.outcome
            raise
        except BaseException as error:
            record.outcome = "failed" if isinstance(error, Exception) else "stopped"
            raise
        finally:
            if not record.usage.tokens and (record.written or record.outcome in _BILLED_UNSEEN):
                written = estimate_tokens("".join(record.written))
                record.usage = self._priced(size, 0, written)
            self._runs.close(
                run_id,
                record.outcome,
                record.usage,
                milliseconds=round((self._outside.monotonic() - began) * 1000),
                attempts=record.attempts,
            )
            self._tally(self._billing.model, record.outcome, record.usage)

    def _opened(self, size: int) -> int:
        """The number of the run; raises where the call must not be made."""
        settings = self._settings
        most = self._priced(size, 0, settings.output_tokens)
        if size > settings.input_tokens:
            failure: ModelFailure = ContextOverflow(
                f"The request is about {size} tokens long; at most {settings.input_tokens} are "
                "sent (input_tokens under [model])."
            )
        else:
            micros = int(settings.daily_dollars * _MICROS)
            opened = self._runs.open(
                self._run("running", most), Allowance(settings.daily_tokens, micros)
            )
            if opened is not None:
                return opened
            failure = BudgetSpent(
                "Your language model budget of today is used up; it is full again tomorrow "
                "(daily_tokens and daily_dollars under [model])."
            )
        self._runs.note(self._run(failure.outcome, Usage()))
        self._tally(self._billing.model, failure.outcome, Usage())
        raise failure

    def _run(self, outcome: str, usage: Usage) -> ModelRun:
        now, billing = self._outside.now(), self._billing
        prompt = billing.prompt
        return ModelRun(
            at=now,
            day=now.date(),
            user=billing.user,
            task=billing.task,
            about=billing.about,
            model=billing.model,
            prompt=prompt.name if prompt else None,
            prompt_version=prompt.version if prompt else None,
            prompt_hash=prompt.hash if prompt else None,
            tokens_in=usage.sent,
            tokens_cached=usage.cached,
            tokens_out=usage.written,
            cost_micros=usage.micros,
            milliseconds=0,
            attempts=0,
            outcome=outcome,
        )

    def _priced(self, sent: int, cached: int, written: int) -> Usage:
        price = self._settings.price(self._billing.model)
        if price is None:
            return Usage(sent, cached, written)
        again = price.input if price.cached is None else price.cached
        cost = (sent - cached) * price.input + cached * again + written * price.output
        return Usage(sent, cached, written, int(cost.to_integral_value()))


def _begun(
    pieces: Pieces,
) -> tuple[list[ChatGenerationChunk], Pieces]:
    """Read until something is said: until then the call can be made again unseen."""
    began = []
    for piece in pieces:
        began.append(piece)
        if piece.text or getattr(piece.message, "tool_call_chunks", None):
            return began, pieces
    ends = [(piece.generation_info or {}).get("finish_reason") for piece in began]
    _must_be_whole(next(filter(None, ends), None))
    return began, pieces


def _must_be_whole(reason: str | None) -> None:
    if failure := fault_of_ending(reason):
        raise failure
