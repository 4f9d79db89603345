"""Two or three accounts side by side."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim, Evidence
from assistant.conversation.matter import Matter
from assistant.drafting import Brief
from assistant.drafting.plan.numbers import revenue_claims
from assistant.insight.revenue import amount

_MOST = 3


def compare(matter: Matter) -> Iterator[Claim]:
    """Who bought more, then revenue, health and the stage of each."""
    pen = matter.voice
    briefs = [matter.brief_of(one) for one in matter.inquiry.accounts[:_MOST]]
    if len(briefs) < 2:  # noqa: PLR2004 - nothing to compare with
        yield from revenue_claims(matter.brief.study, pen)
        return
    ranked = sorted(briefs, key=lambda b: -amount(_latest(b)))
    first, second = ranked[:2]
    yield pen.inference(
        "say.more_than",
        _latest(first),
        _latest(second),
        account=first.name,
        other=second.name,
        latest=pen.money(amount(_latest(first))),
        less=pen.money(amount(_latest(second))),
        day=matter.day,
    )
    for brief in ranked:
        yield from revenue_claims(brief.study, pen)
    for brief in ranked:
        found = brief.study["health"]
        score = found.values["score"]
        if score is not None:
            shown = [e for e in found.evidence if e.ref.startswith("computed:health:")]
            yield pen.inference("say.health", *shown, account=brief.name, score=round(score))


def _latest(brief: Brief) -> Evidence:
    return brief.study["revenue"].evidence[0]


WRITERS = {"compare": compare}
