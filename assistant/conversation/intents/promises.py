"""What we owe them, what they owe us, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim, Evidence
from assistant.conversation.matter import Matter
from assistant.drafting import Brief
from assistant.drafting.counting import counted
from assistant.drafting.plan.work import action_claims
from assistant.drafting.portfolio.duties import owed
from assistant.insight.evidence import excerpt, recorded
from assistant.insight.promises import Promise

_MOST = 5


def promises(matter: Matter) -> Iterator[Claim]:
    """How many promises and requests are overdue; each with its owner; then what is due next."""
    brief, pen = matter.brief, matter.voice
    ledger = owed(brief)
    late = [one for one in ledger if one.status == "overdue"]
    late.sort(key=lambda one: str(one.due_on))
    open_ = [one for one in ledger if one.status == "open"]
    count = counted(
        brief,
        f"overdue:{brief.file.account.id}:{brief.as_of}",
        "promise",
        [(one.text, [f"{one.ref}#text"]) for one in late],
        title=f"{brief.name}: overdue",
    )
    if late:
        yield pen.fact("say.overdue", count, account=brief.name, count=len(late))
    elif ledger:
        yield pen.inference("say.nothing_overdue", count, account=brief.name)
    else:
        yield pen.unknown("say.no_promises", account=brief.name, owner=brief.rep)
    yield from (_late(brief, one) for one in late[:_MOST])
    for one in sorted(open_, key=lambda each: str(each.due_on or "9"))[:2]:
        yield _open(brief, one)


def actions(matter: Matter) -> Iterator[Claim]:
    """What is due next on either side, the next day first; what is late is said to be."""
    brief, pen = matter.brief, matter.voice
    rows = [row for row in brief.file.commitments if row.done_on is None]
    ahead = [row for row in rows if row.due_on and row.due_on >= brief.as_of]
    ahead.sort(key=lambda row: (str(row.due_on), row.id))
    for row in ahead[:3]:
        key = "theirs" if row.side == "theirs" else "ours"
        yield pen.fact(
            f"say.next_{key}",
            excerpt(row, "text", "due_on", "owner_name"),
            who=row.owner_name or pen.word(f"word.{key}"),
            what=row.text,
            due=row.due_on or brief.as_of,
        )
    planned = brief.file.account.next_review_on
    if planned and planned >= brief.as_of:
        yield pen.fact("review.next", recorded(brief.file.account, "next_review_on"), day=planned)
    if not ahead:
        yield pen.unknown("say.nothing_ahead", account=brief.name, owner=brief.rep)
    yield from (claim for claim in action_claims(brief) if claim.kind == "fact")


def _late(brief: Brief, one: Promise) -> Claim:
    named = brief.named_in(one.owner or "")
    return brief.pen.fact(
        "say.late",
        *one.evidence,
        *named,
        *_owner(brief, one),
        what=one.text,
        who=one.owner or brief.rep,
        due=one.due_on or brief.as_of,
        days=one.days,
    )


def _open(brief: Brief, one: Promise) -> Claim:
    key = "say.owed" if one.due_on else "say.owed_undated"
    values = {"what": one.text, "who": one.owner or brief.rep}
    evidence = (*one.evidence, *_owner(brief, one), *brief.named_in(one.owner or ""))
    if one.due_on:
        return brief.pen.fact(key, *evidence, due=one.due_on, **values)
    return brief.pen.fact(key, *evidence, **values)


def _owner(brief: Brief, one: Promise) -> tuple[Evidence, ...]:
    row = next((row for row in brief.file.commitments if row.ref == one.ref), None)
    return (recorded(row, "owner_name"),) if row is not None and row.owner_name else ()


WRITERS = {"promises": promises, "actions": actions}
