"""What can go wrong in the assistant.

    LiaisonError
    ├── BadSettings         liaison.toml or the environment says something impossible
    ├── BadTemplate         a phrase or prompt lacks a placeholder, or has one too many
    ├── BadInstruction      a draft cannot be revised that way without a language model
    ├── BadFormula          a formula cannot be evaluated (`assistant.formulas`)
    ├── TryLater            something outside asks for patience; the same work, later
    ├── WorkHeld            another process does the durable work of this home
    ├── NotAllowed          somebody else has to do this; says who, or why
    ├── AlreadyDecided      somebody was faster, or the time was up
    ├── NothingToDraft      the records hold too little for what was asked
    └── ModelFailure        the language model gave nothing that may be shown
        ├── NoModel             no key is set
        ├── BudgetSpent         the asker's tokens or money of the day are used up
        ├── BreakerOpen         it failed a moment ago and is left alone
        ├── ModelTimeout        no whole reply in time
        ├── ModelBusy           429: too many requests; says in how many seconds to come back
        ├── ModelDown           5xx, or nobody answers at that address
        ├── QuotaSpent          the provider's account has no credit left
        ├── KeyRefused          401 or 403: the key is wrong or may not use this model
        ├── RequestRefused      any other 4xx: an unknown model, a setting it does not take
        ├── ContextOverflow     more text than it can read
        ├── Refused             the model declined to answer
        ├── ContentFiltered     the provider's filter stopped the reply
        ├── Truncated           the reply reached its longest length
        ├── MalformedOutput     the reply is not of the form that was asked for
        ├── HalfStream          the reply stopped in the middle
        └── GarbledReply        a web page, no choices, broken events: no reply at all

`knowledge.errors` has its own tree; the command line turns both into one line and an exit code.
Every message is one clear sentence: what, where, what to do. Errors that people of other languages
read carry a key besides, as those of `knowledge.errors` do; failures of a model have their
`outcome`.
"""

from typing import ClassVar

from knowledge.errors import Sayable


class LiaisonError(Sayable):
    """The root: everything this package raises on purpose."""


class BadSettings(LiaisonError):
    """A setting is missing or impossible; the message names file and line, or the variable."""


class BadTemplate(LiaisonError):
    """A phrase or prompt and its values do not fit; the message names file and key."""


class BadInstruction(LiaisonError):
    """A draft cannot be revised that way; the message says which ways there are."""


class NotAllowed(LiaisonError):
    """This person may see it and may not do it; the message says who may, or why nobody does."""


class AlreadyDecided(LiaisonError):
    """A decision was made before this one, or its time was up; the message says which."""


class NothingToDraft(LiaisonError):
    """The records hold too little for what was asked; the message says what would help."""


class TryLater(LiaisonError):
    """Something outside asks for patience; `seconds` says how much, if it said so."""

    def __init__(self, message: str, seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__(message)


class WorkHeld(LiaisonError):
    """Another process does the durable work of this home; the message says what to do."""


class ModelFailure(LiaisonError):
    """The language model gave nothing that may be shown; the next best is shown instead.

    Attributes:
        outcome: the name it is counted under in the journal.
        transient: whether the same request may succeed a moment later.
        seconds: after how many seconds it is worth coming back, where that is known.
    """

    outcome: ClassVar[str] = "failed"
    transient: ClassVar[bool] = False

    def __init__(self, message: str, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


class NoModel(ModelFailure):
    """No key is set, so there is no language model."""

    outcome = "no_model"


class BudgetSpent(ModelFailure):
    """The asker's tokens or money of the day are used up."""

    outcome = "budget_spent"


class BreakerOpen(ModelFailure):
    """The model failed a moment ago and is left alone for `seconds`."""

    outcome = "breaker_open"


class ModelTimeout(ModelFailure):
    """No whole reply within the time of a call or of the job."""

    outcome = "timeout"
    transient = True


class ModelBusy(ModelFailure):
    """Too many requests (429); come back after `seconds`."""

    outcome = "busy"
    transient = True


class ModelDown(ModelFailure):
    """The server failed (5xx), or nobody answers at that address."""

    outcome = "down"
    transient = True


class QuotaSpent(ModelFailure):
    """The provider's account has no credit left."""

    outcome = "quota_spent"


class KeyRefused(ModelFailure):
    """The key is wrong, or may not use this model (401, 403)."""

    outcome = "key_refused"


class RequestRefused(ModelFailure):
    """Another 4xx: an unknown model, or a setting it does not take."""

    outcome = "request_refused"


class ContextOverflow(ModelFailure):
    """More text than the model may or can read."""

    outcome = "context_overflow"


class Refused(ModelFailure):
    """The model declined to answer."""

    outcome = "refused"


class ContentFiltered(ModelFailure):
    """The provider's filter stopped the request or the reply."""

    outcome = "content_filter"


class Truncated(ModelFailure):
    """The reply reached its longest length before it ended."""

    outcome = "truncated"


class MalformedOutput(ModelFailure):
    """The reply is not of the form that was asked for."""

    outcome = "malformed"
    transient = True


class HalfStream(ModelFailure):
    """The reply stopped in the middle."""

    outcome = "half_stream"
    transient = True


class GarbledReply(ModelFailure):
    """Not a reply: a web page, no choices, broken events."""

    outcome = "garbled"
    transient = True
