"""The check before anybody reads: what fails is rewritten once, then withheld and said to be.

A template that fails is rewritten as what its record says and nothing else; if even that fails,
the sentence is withheld with the reason. Recommendations and questions that name something which
stands in no source are withheld too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from assistant.claims import Claim, Draft, Section, Withheld
from assistant.drafting.brief import Brief
from assistant.grounding import Grounds, check


def checked(draft: Draft, brief: Brief, grounds: Grounds) -> Draft:
    """The draft with a verdict on every sentence, and without those that no source bears out."""
    sections, withheld = [], list(draft.withheld)
    for section in draft.sections:
        kept, dropped = _section(section, brief, grounds)
        withheld += dropped
        if kept.claims:
            sections.append(kept)
    return replace(draft, sections=tuple(sections), withheld=tuple(withheld))


def _section(section: Section, brief: Brief, grounds: Grounds) -> tuple[Section, list[Withheld]]:
    judged = _judge(section.claims, brief, grounds)
    failed = [claim for claim in judged if claim.verdict == "unsupported"]
    rewritten = _judge([_plainly(claim, brief) for claim in failed], brief, grounds)
    again = dict(zip(failed, rewritten, strict=True))
    kept, withheld = [], []
    for claim in judged:
        final = again.get(claim, claim)
        if final.verdict == "unsupported":
            withheld.append(Withheld(claim.text, claim.reason or ""))
        else:
            kept.append(final)
    return replace(section, claims=tuple(kept)), withheld


def _judge(claims: Collection[Claim], brief: Brief, grounds: Grounds) -> list[Claim]:
    account = brief.file.account
    related = [one.id for one in (brief.file.parent, *brief.file.subsidiaries) if one is not None]
    return check(
        claims,
        grounds,
        account=account.id,
        related=related,
        vocabulary=brief.vocabulary,
        as_of=brief.as_of,
    )


def _plainly(claim: Claim, brief: Brief) -> Claim:
    """The first record behind a sentence, in its own words."""
    shown = next((e for e in claim.evidence if e.type != "computed" and e.quote), None)
    if shown is None or claim.kind not in {"fact", "inference"}:
        return claim
    return brief.pen.fact("plain.record", shown, title=shown.title, quote=shown.quote)
