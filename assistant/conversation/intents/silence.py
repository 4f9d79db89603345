"""Who has been quiet for as long as the question says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.claims import Claim
from assistant.conversation.intents.tallies import LISTED, names_of, span_of
from assistant.conversation.matter import Matter
from assistant.insight.evidence import recorded
from assistant.insight.rhythm import silence_of


def quiet_since(matter: Matter, since: date) -> Iterator[Claim]:
    """The accounts whose last touch was on a day or before it, the longest silence first."""
    pen, rules = matter.voice, matter.office.rules
    found = [(file, silence_of(file, rules)) for file in matter.files]
    quiet = [(file, one) for file, one in found if one is not None and one.last <= since]
    quiet.sort(key=lambda one: (one[1].last, one[0].account.name))
    never = [file for file, one in found if one is None]
    days = span_of(since, matter.day)
    if not quiet:
        yield pen.unknown("say.none_quiet", day=since)
    else:
        yield pen.inference(
            "say.quiet",
            days,
            *(recorded(file.account, "name") for file, _ in quiet),
            *(e for _, one in quiet for e in one.evidence if "silence:" in e.ref),
            day=since,
            names=names_of(matter, [file for file, _ in quiet]),
        )
    for file, one in quiet[:LISTED]:
        owner = file.owner
        yield pen.fact(
            "say.quiet_at",
            *(e for e in one.evidence if "silence:" in e.ref),
            recorded(file.account, "name"),
            *((recorded(owner, "name"),) if owner else ()),
            account=file.account.name,
            owner=owner.name if owner else pen.word("word.team"),
            day=one.last,
            days=one.days,
        )
    if never:
        shown = [recorded(file.account, "name") for file in never]
        yield pen.unknown("say.never_spoken", *shown, who=names_of(matter, never))
