"""An account review: what changed, which line of the plan it breaks, what must be decided now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from assistant.claims import Claim, Draft, Evidence, Input, Term
from assistant.drafting.brief import Brief
from assistant.drafting.counting import counted
from assistant.drafting.pen import Pen
from assistant.drafting.plan.invest import notable_terms, room_claims, stop_claims
from assistant.drafting.plan.numbers import revenue_claims
from assistant.drafting.plan.people import decline_claims
from assistant.drafting.plan.priorities import first_priorities
from assistant.drafting.plan.work import risk_claims
from assistant.drafting.template import template_draft
from assistant.insight import buying_centre as centre
from assistant.insight.changes import Change
from assistant.insight.evidence import computed, excerpt, recorded
from assistant.insight.figures import bought
from assistant.insight.revenue import amount
from assistant.insight.team_time import account_time, hours_with
from knowledge.records.tables import Record

_MOST_CHANGES = 20
#: What a record is called, by the first of these it has.
_NAMES = ("name", "text", "subject", "product_family")
#: The words that a field of a snapshot is told in.
_VOCABULARIES = {"stance": "attitude", "roles": "part"}
#: The field of the record that a snapshot's flag is read from.
_FIELDS = {("commitments", "overdue"): "due_on", ("cases", "open"): "closed_at"}


def account_review(brief: Brief, changes: Sequence[Change], since: date) -> Draft:
    """Write the review from the changes since a day; nothing in it has been checked yet."""
    pen = brief.pen
    parts = (
        ("state", (*revenue_claims(brief.study, pen), *decline_claims(brief))),
        ("changes", tuple(_changes(brief, changes, since))),
        ("decide", (*first_priorities(brief), *_due(brief), *stop_claims(brief))),
        ("risks", tuple(risk_claims(brief))),
        ("approvals", tuple(notable_terms(brief))),
        ("revenue", tuple(room_claims(brief))),
        ("time", tuple(_time(brief))),
    )
    title = pen.phrases.text("title.account_review", account=brief.name)
    sections = (pen.section(name, claims) for name, claims in parts if claims)
    return template_draft(brief, "account_review", title, sections)


def _changes(brief: Brief, changes: Sequence[Change], since: date) -> Iterator[Claim]:
    """Each change with the plan line it makes false; what only measures drifted stays out."""
    told = [change for change in changes if change.area != "findings" or change.field == "outcome"]
    if not told:
        yield brief.pen.inference("change.none", _counted(brief, told, since), day=since)
        return
    yield brief.pen.inference(
        "change.count", _counted(brief, told, since), count=len(told), day=since
    )
    for change in told[:_MOST_CHANGES]:
        yield _change(brief, change)
    if more := told[_MOST_CHANGES:]:
        counted = _counted(brief, more, since)
        yield brief.pen.inference("change.more", counted, count=len(more))


def _counted(brief: Brief, changes: Sequence[Change], since: date) -> Evidence:
    """How many changes there are, each with the records it is read from."""
    return counted(
        brief,
        f"changes:{brief.file.account.id}:{since}:{len(changes)}",
        "change",
        [(one.subject, [ref for e in _evidence(brief, one) for ref in e.refs]) for one in changes],
        title=f"Changes at {brief.name}, {since} to {brief.as_of}",
    )


def _change(brief: Brief, change: Change) -> Claim:
    pen = brief.pen
    kind = pen.phrases.texts.get(f"changed.{change.type}", change.type.replace("_", " "))
    section = pen.quoted(pen.phrases.texts.get(f"heading.{change.plan_line.section}", ""))
    evidence = _evidence(brief, change)
    subject = pen.term(change.subject) if change.area == "approvals" else change.subject
    if change.area == "findings":
        return pen.inference(
            "change.finding",
            *evidence,
            rule=pen.phrases.texts.get(f"rule.{change.key}", change.key.replace("_", " ")),
            before=pen.quoted(_readable(pen, change, change.before)),
            after=pen.quoted(_readable(pen, change, change.after)),
            section=section,
        )
    if change.field is None or isinstance(change.after or change.before, bool):
        return pen.fact("change.whole", *evidence, subject=subject, kind=kind, section=section)
    return pen.fact(
        "change.field",
        *evidence,
        _moved(brief, change, evidence),
        subject=subject,
        kind=kind,
        before=_readable(pen, change, change.before),
        after=_readable(pen, change, change.after),
        section=section,
    )


def _evidence(brief: Brief, change: Change) -> tuple[Evidence, ...]:
    """The record as it stands now, or the finding's own evidence."""
    if change.area == "findings":
        return (_conclusion(brief, change),)
    row = _rows(brief).get((change.area, change.key))
    if row is None:
        return ()
    field = _FIELDS.get((change.area, change.field or ""), change.field or "")
    named = next((n for n in _NAMES if getattr(row, n, None)), "id")
    known = [name for name in (named, field) if hasattr(row, name)]
    first = [r for r in brief.file.revenue if change.area == "products" and r.product_id == row.id]
    return (excerpt(row, *dict.fromkeys(known)), *(bought(r, change.subject) for r in first[:1]))


def _conclusion(brief: Brief, change: Change) -> Evidence:
    """What a rule concludes now and concluded then, with every record it concludes from."""
    finding = brief.study.findings.get(change.key)
    found = (*finding.evidence, *finding.against) if finding else ()
    account = brief.file.account
    return _from_to(brief, change, f"conclusion:{change.key}:{account.id}", found, account.name)


def _moved(brief: Brief, change: Change, now: tuple[Evidence, ...]) -> Evidence:
    """What a field held then and holds now."""
    name = f"change:{change.key}:{change.field}"
    return _from_to(brief, change, name, now, change.subject)


def _from_to(
    brief: Brief, change: Change, name: str, found: tuple[Evidence, ...], subject: str
) -> Evidence:
    account, refs = brief.file.account, tuple(dict.fromkeys(ref for e in found for ref in e.refs))
    before, after = (_readable(brief.pen, change, one) for one in (change.before, change.after))
    return computed(
        f"{name}:{brief.as_of}",
        title=f"{(change.field or '').replace('_', ' ').capitalize()}, {subject}",
        value=after,
        formula="after",
        inputs=[Input("before", before), Input("after", after, refs or (account.ref,))],
        as_of=brief.as_of,
    )


def _rows(brief: Brief) -> dict[tuple[str, str], Record]:
    file = brief.file
    areas: dict[str, Sequence[Record]] = {
        "account": (file.account,),
        "contacts": file.contacts,
        "deals": file.opportunities,
        "commitments": file.commitments,
        "cases": file.cases,
        "contracts": file.contracts,
        "approvals": file.approvals,
        "value_inputs": file.value_inputs,
        "spend": file.spend,
        "products": tuple(file.catalogue.products.values()),
    }
    return {(area, row.id): row for area, rows in areas.items() for row in rows}


def _due(brief: Brief) -> Iterator[Claim]:
    """Deals that close before the next review would come round."""
    days = brief.study.thresholds.key_player_days
    horizon = brief.as_of + timedelta(days=days)
    for deal in centre.open_deals(brief.file):
        if deal.closes_on and brief.as_of <= deal.closes_on <= horizon:
            yield brief.pen.fact(
                "review.closes",
                excerpt(deal, "name", "stage", "closes_on"),
                deal=deal.name,
                stage=deal.stage or "",
                day=deal.closes_on,
            )
    planned = brief.file.account.next_review_on
    if planned:
        key = "review.overdue" if planned < brief.as_of else "review.next"
        yield brief.pen.fact(
            key, excerpt(brief.file.account, "name", "next_review_on"), day=planned
        )
    else:
        yield brief.pen.unknown("review.no_date", account=brief.name)


def _time(brief: Brief) -> Iterator[Claim]:
    """Hours on record with this customer in a year: whether they fit its tier is the question."""
    minutes = account_time(brief.file, brief.study.thresholds).minutes
    if not minutes:
        yield brief.pen.unknown("time.unknown", account=brief.name)
        return
    hours = hours_with(f"hours:{brief.file.account.id}", brief.name, minutes, brief.as_of)
    tier = brief.file.account.tier
    yield brief.pen.fact(
        "time.spent",
        hours,
        *((recorded(brief.file.account, "tier"),) if tier else ()),
        account=brief.name,
        hours=int(amount(hours)),
        tier=tier or "–",
    )


def _readable(pen: Pen, change: Change, value: object) -> str:
    """A snapshot's value as people write it: days in words, amounts with separators."""
    if value in (None, "", [], False):
        return pen.word("change.nothing")
    if isinstance(value, list):
        return pen.wording.names(_word(pen, change, str(item)) for item in value)
    text = str(value)
    try:
        return pen.wording.day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return pen.wording.number(Decimal(text))
    except InvalidOperation:
        return _word(pen, change, text)


def _word(pen: Pen, change: Change, word: str) -> str:
    """A word of a vocabulary: a conclusion by its rule, a part or a stance by its field."""
    if change.area == "findings":
        return pen.outcome(change.key, word)
    return pen.called(Term(_VOCABULARIES.get(change.field or "", ""), word))
