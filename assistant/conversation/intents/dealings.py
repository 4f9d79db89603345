"""When we last spoke, with whom, and what was said."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim, Evidence
from assistant.conversation.matter import Matter
from assistant.drafting.pen import Told
from assistant.drafting.plan.people import relationship_claims
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt, recorded

_MOST_TOUCHES = 2


def touch(matter: Matter) -> Iterator[Claim]:
    """The last touch with whom and about what, then the rhythm."""
    brief, pen = matter.brief, matter.voice
    person = matter.inquiry.person
    talks = centre.touches(brief.file)
    contact = brief.file.contact(person.id) if person else None
    if contact is not None:
        talks = centre.touches_with(brief.file, contact)
    if not talks:
        who = contact.name if contact else brief.name
        yield pen.unknown("say.never_spoken", who=who)
        return
    for place, one in enumerate(talks[: -_MOST_TOUCHES - 1 : -1]):
        theirs = brief.file.contacts_of(one)
        ours = brief.file.catalogue.users.get(one.user_id or "")
        said: dict[str, Told] = {
            "day": centre.day(one),
            "kind": pen.word(f"say.kind_{one.type}"),
            "subject": one.subject,
        }
        if place:
            shown = excerpt(one, "type", "subject", "occurred_at")
            yield pen.fact("say.touch_before", shown, **said)
            continue
        named = [excerpt(p, "name") for p in theirs]
        if ours is not None:
            named.append(recorded(ours, "name"))
            said["ours"] = ours.name
        if theirs:
            said["names"] = pen.wording.names(p.name for p in theirs)
        key = "say.touch" + ("_with" if theirs else "") + ("_by" if ours else "")
        yield pen.fact(
            key, excerpt(one, "type", "subject", "occurred_at"), *named, account=brief.name, **said
        )
    if contact is None:
        rhythm = {e.ref for e in _rhythm_evidence(matter)}
        yield from (
            claim
            for claim in relationship_claims(brief)
            if any(e.ref in rhythm for e in claim.evidence) and claim.evidence
        )


def _rhythm_evidence(matter: Matter) -> Iterator[Evidence]:
    found = matter.brief.study["rhythm"]
    return iter(
        e for e in (*found.evidence, *found.against) if "silence" in e.ref or "selling" in e.ref
    )


WRITERS = {"touch": touch}
