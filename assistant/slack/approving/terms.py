"""What of a draft is outside the policy, as its buttons carry it and as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Draft
from assistant.drafting import Pen
from assistant.slack.reception import Reception
from assistant.slack.safety import line
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.policy import Term, policy_blocks
from assistant.slack.words import words
from assistant.steering import Approvals, Exceeded
from knowledge.errors import NotFound
from knowledge.records import Viewer
from knowledge.records.references import source_of

_SENTENCE, _WHAT = 600, 200
#: What goes to a customer is asked about by what it says; a plan by every deal of its account.
_TO_CUSTOMERS = frozenset({"value_proposition", "follow_up"})
_ABOUT_ONE = _TO_CUSTOMERS | {"account_plan", "account_review"}


@dataclass(frozen=True)
class Wanted:
    """A term somebody wants approved, as a button carries it: what it is, not who may allow it."""

    account_id: str
    policy_id: str
    deal_id: str | None
    subject: str
    value: Decimal
    what: str
    sentence: str

    @property
    def carried(self) -> str:
        """For a button or a form."""
        return ids.pack(
            self.account_id,
            self.policy_id,
            self.deal_id or "",
            self.subject,
            str(self.value),
            self.what,
            self.sentence,
        )

    @classmethod
    def read(cls, carried: str) -> Wanted:
        """What a button or a form carried."""
        account_id, policy_id, deal_id, subject, value, what, sentence = ids.unpack(carried)
        return cls(account_id, policy_id, deal_id or None, subject, Decimal(value), what, sentence)

    def is_(self, one: Exceeded) -> bool:
        """Whether the records still say that this is outside the policy."""
        return (one.policy_id, one.deal_id, one.subject, one.value) == (
            self.policy_id,
            self.deal_id,
            self.subject,
            self.value,
        )


def policy_notice(reception: Reception, viewer: Viewer, draft: Draft) -> list[Block]:
    """What stands under a draft that goes beyond the policy; empty if it does not."""
    if draft.kind not in _ABOUT_ONE:
        return []
    return policy_blocks(terms_of(reception, viewer, draft), draft.language)


def terms_of(reception: Reception, viewer: Viewer, draft: Draft) -> list[Term]:
    """The terms of a draft that the policy does not leave to a rep; each once, worst first."""
    office = reception.desk.office
    try:
        brief = office.brief(viewer, draft.account_id, draft.as_of, draft.language)
    except NotFound:
        return []
    found: dict[str, Term] = {}
    said = draft if draft.kind in _TO_CUSTOMERS else None
    for one in Approvals(office).needed(brief.study["policy"], said):
        what = what_of(brief.pen, one.subject, one.value, one.unit, one.deal)
        limit = brief.pen.quantity(one.ceiling or Decimal(0), one.unit)
        carried = _wanted(one, what, draft).carried
        found.setdefault(what, Term(what, limit, carried, one.forbidden))
    return list(found.values())


def what_of(pen: Pen, subject: str, value: Decimal, unit: str | None, deal: str | None) -> str:
    """A term as a person reads it."""
    told = words(pen.language)
    values = {"value": pen.quantity(value, unit), "subject": pen.term(subject)}
    if deal is None:
        return told.text("approval.on_account", **values)
    return told.text("approval.on_deal", deal=line(deal), **values)


def _wanted(one: Exceeded, what: str, draft: Draft) -> Wanted:
    return Wanted(
        one.account_id,
        one.policy_id,
        one.deal_id,
        one.subject,
        one.value,
        what[:_WHAT],
        _sentence(one, draft)[:_SENTENCE],
    )


def _sentence(one: Exceeded, draft: Draft) -> str:
    """The first sentence of the draft that speaks of it."""
    source = source_of(one.ref)
    return next(
        (
            claim.text
            for claim in draft.claims()
            if any(source_of(evidence.ref) == source for evidence in claim.evidence)
        ),
        "",
    )
