"""The check before anybody reads: what fails is rewritten once, then withheld and said to be.

A template that fails is rewritten as what its record says and nothing else; if even that fails,
the sentence is withheld with the reason. Recommendations and questions that name something which
stands in no source are withheld too. What a person wrote stays as it is, unchecked and as theirs.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from assistant.claims import Claim, Draft, Evidence, Section, Withheld
from assistant.drafting.brief import Basis
from assistant.grounding import Fault, Grounds, check


def checked(draft: Draft, basis: Basis, grounds: Grounds) -> Draft:
    """The draft with a verdict on every sentence, and without those that no source bears out."""
    sections, withheld = [], list(draft.withheld)
    grounds.expect(ref for claim in draft.claims() for ref in claim.refs)
    for section in draft.sections:
        kept, dropped = _section(section, basis, grounds)
        withheld += dropped
        if kept.claims:
            sections.append(kept)
    return replace(draft, sections=tuple(sections), withheld=tuple(withheld))


def still_seen(draft: Draft, grounds: Grounds) -> Draft:
    """A draft of earlier without what rests on sources that its reader may no longer see."""
    sections, withheld = [], list(draft.withheld)
    grounds.expect(ref for claim in draft.claims() for ref in claim.refs)
    for section in draft.sections:
        lost = {claim: gone for claim in section.claims if (gone := _unseen(claim, grounds))}
        withheld += [Withheld(c.text, Fault("missing_source", ref).told(draft.language))
                     for c, ref in lost.items()]  # fmt: skip
        kept = tuple(claim for claim in section.claims if claim not in lost)
        if kept:
            sections.append(replace(section, claims=kept))
    return replace(draft, sections=tuple(sections), withheld=tuple(withheld))


def _unseen(claim: Claim, grounds: Grounds) -> str | None:
    return next((ref for ref in claim.refs if grounds.find(ref) is None), None)


def _section(section: Section, basis: Basis, grounds: Grounds) -> tuple[Section, list[Withheld]]:
    judged = _judge([one for one in section.claims if one.author is None], basis, grounds)
    failed = [claim for claim in judged if claim.verdict == "unsupported"]
    rewritten = _judge([_plainly(claim, basis) for claim in failed], basis, grounds)
    again = dict(zip(failed, rewritten, strict=True))
    checked_ones = iter(judged)
    kept, withheld = [], []
    for written in section.claims:
        claim = written if written.author else next(checked_ones)
        final = again.get(claim, claim)
        if final.verdict == "unsupported":
            withheld.append(Withheld(claim.text, claim.reason or ""))
        else:
            kept.append(final)
    return replace(section, claims=tuple(kept)), withheld


def _judge(claims: Collection[Claim], basis: Basis, grounds: Grounds) -> list[Claim]:
    return check(
        claims,
        grounds,
        account=basis.account,
        related=basis.related,
        vocabulary=basis.vocabulary,
        as_of=basis.as_of,
        house=basis.pen.phrases.fixed_in,
        language=basis.pen.language,
    )


def _plainly(claim: Claim, basis: Basis) -> Claim:
    """The first record behind a sentence, in its own words; who of ours it was says nothing."""
    shown = next((e for e in claim.evidence if _tells_something(e)), None)
    if shown is None or claim.kind not in {"fact", "inference"}:
        return claim
    return basis.pen.fact("plain.record", shown, title=basis.pen.titled(shown), quote=shown.quote)


def _tells_something(evidence: Evidence) -> bool:
    return evidence.type != "computed" and bool(evidence.quote) and evidence.kind != "user"
