"""Faults: whatever goes wrong between us and a model, under one name of ours each."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
import openai

from assistant.errors import (
    ContentFiltered,
    ContextOverflow,
    GarbledReply,
    HalfStream,
    KeyRefused,
    ModelBusy,
    ModelDown,
    ModelFailure,
    ModelTimeout,
    QuotaSpent,
    Refused,
    RequestRefused,
    Truncated,
)

#: How a reply ends that is whole. `None` is a stream that broke off.
TOOLS = "tool_calls"
WHOLE = frozenset({"stop", TOOLS})
_NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_TOO_LONG = (
    "context_length_exceeded",
    "context window",
    "context length",
    "context size",
    "prompt is too long",
    "tokens exceed",
)
_LATE = (openai.APITimeoutError, httpx2.TimeoutException)
_UNREACHED = (openai.APIConnectionError, httpx2.HTTPError)
#: What the client raises over a reply that is none: HTML, no choices, broken JSON or events.
_GARBLED = (
    openai.APIResponseValidationError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
)
_BROKE_OFF = "The language model's reply broke off in the middle."

_Named = tuple[type[ModelFailure], str]
_DOWN: _Named = (ModelDown, "The language model's server failed.")
_OVERFLOW: _Named = (ContextOverflow, "The request is longer than the language model can read.")
_NOT_ACCEPTED: _Named = (
    RequestRefused,
    "The language model's server did not accept the request; check LIAISON_MODEL and [model].",
)
_KEY: _Named = (KeyRefused, "OPENAI_API_KEY was refused; check it and what it may use.")
_GAVE_UP: _Named = (ModelTimeout, "The language model's server gave up waiting.")
_BY_STATUS: dict[int, _Named] = {
    httpx2.codes.UNAUTHORIZED: _KEY,
    httpx2.codes.FORBIDDEN: _KEY,
    httpx2.codes.REQUEST_TIMEOUT: _GAVE_UP,
    httpx2.codes.GATEWAY_TIMEOUT: _GAVE_UP,
    httpx2.codes.CONFLICT: _DOWN,
    httpx2.codes.CONTENT_TOO_LARGE: _OVERFLOW,
    httpx2.codes.NOT_FOUND: (
        RequestRefused,
        "The server does not know that model; check LIAISON_MODEL.",
    ),
}
_BY_KIND: tuple[tuple[tuple[type[Exception], ...], type[ModelFailure], str], ...] = (
    (_LATE, ModelTimeout, "The language model did not finish in time."),
    (_UNREACHED, ModelDown, "The language model cannot be reached; check OPENAI_BASE_URL."),
    (
        (openai.LengthFinishReasonError,),
        Truncated,
        "The language model's reply reached its longest length unfinished.",
    ),
    (
        (openai.ContentFilterFinishReasonError,),
        ContentFiltered,
        "The provider's content filter stopped the reply.",
    ),
    (_GARBLED, GarbledReply, "What came back is no reply of a language model."),
)


def fault_of(error: Exception, *, now: datetime, begun: bool = False) -> ModelFailure | None:
    """The name of an error raised while a model was asked; None where it is no fault of that kind.

    Args:
        error: what the client raised.
        now: to count the seconds until a `Retry-After` date.
        begun: whether a part of the reply had arrived.
    """
    if isinstance(error, ModelFailure):
        return error
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, now)
    if isinstance(error, openai.APIError) and type(error) is openai.APIError:
        return _of_event(error)
    if begun and isinstance(error, _UNREACHED) and not isinstance(error, _LATE):
        return HalfStream(_BROKE_OFF)
    for kinds, name, words in _BY_KIND:
        if isinstance(error, kinds):
            return name(words)
    return None


def fault_of_ending(reason: str | None) -> ModelFailure | None:
    """What is wrong with a reply that ends for this reason; None if it is whole."""
    if reason in WHOLE:
        return None
    if reason == "length":
        return Truncated("The language model's reply reached its longest length unfinished.")
    if reason == "content_filter":
        return ContentFiltered("The provider's content filter stopped the reply.")
    return HalfStream(_BROKE_OFF)


def refusal() -> Refused:
    """The model declined; its words are not shown, they are about us and not about the account."""
    return Refused("The language model declined to answer this.")


def retry_after(headers: httpx2.Headers, now: datetime) -> float | None:
    """Seconds until the server wants to be asked again; None if it does not say."""
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        told = headers.get(name, "").strip()
        try:
            return max(0.0, float(told) / unit)
        except ValueError:
            continue
    try:
        then = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    return max(0.0, (then.astimezone(UTC) - now).total_seconds())


def _of_status(error: openai.APIStatusError, now: datetime) -> ModelFailure:
    status = error.status_code
    told = _told(error)
    if told is None and status == httpx2.codes.TOO_MANY_REQUESTS:
        wait = retry_after(error.response.headers, now)
        return ModelBusy("The language model takes no more requests just now (429).", wait)
    other = _DOWN if status >= httpx2.codes.INTERNAL_SERVER_ERROR else _NOT_ACCEPTED
    name, words = told or _BY_STATUS.get(status, other)
    return name(f"{words} It answered with status {status}.")


def _of_event(error: openai.APIError) -> ModelFailure:
    """An error that came as an event in the middle of a stream."""
    name, words = _told(error) or _DOWN
    return name(words)


def _told(error: openai.APIError) -> _Named | None:
    """What the server's own code or words say, whatever the status."""
    code = str(error.code or error.type or "")
    if code in _NO_CREDIT:
        return QuotaSpent, "The account at the provider has no credit left; top it up."
    if code == "content_filter":
        return ContentFiltered, "The provider's content filter refused the request."
    if _too_long(error):
        return _OVERFLOW
    return None


def _too_long(error: openai.APIError) -> bool:
    said = f"{error.code} {error.message}".lower()
    return any(words in said for words in _TOO_LONG)
