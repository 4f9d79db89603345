"""A follow-up to a meeting, or to silence: what was agreed, who does what by when, what is next.

Only what is recorded as agreed goes into it. Notes taken for ourselves are never quoted to the
customer, a date that nobody has committed to is left for the rep to fill, and nothing is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.claims import Claim, Draft, Evidence
from assistant.drafting.as_told import as_told
from assistant.drafting.brief import Brief
from assistant.drafting.plan.invest import outside_policy_claims
from assistant.drafting.template import template_draft
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt, recorded
from knowledge.errors import NotFound
from knowledge.records.tables import Activity, Commitment, Contact

_MOST_POINTS = 6
#: What is decided among ourselves is no customer's to read, even if it stands in the mutual plan.
OURS_ALONE = re.compile(
    r"pricing|committee|discount|approv|rabatt|freigabe|ausschuss|скидк|согласован", re.IGNORECASE
)


def language_of_customer(brief_file_language: str | None, known: tuple[str, ...]) -> str:
    """The customer's language where drafts can be written in it, else our first."""
    wanted = (brief_file_language or "").strip().lower()[:2]
    return wanted if wanted in known else known[0]


def meeting_of(brief: Brief, meeting: str | None) -> Activity | None:
    """The touch with that id, or the latest one; None when there was none.

    Raises:
        NotFound: no touch of this account has that id.
    """
    touches = centre.touches(brief.file)
    if meeting is None:
        with_people = [touch for touch in touches if brief.file.contacts_of(touch)]
        return with_people[-1] if with_people else None
    found = [touch for touch in touches if touch.id == meeting]
    if not found:
        raise NotFound("meeting", meeting)
    return found[0]


def follow_up(brief: Brief, touch: Activity | None) -> Draft:
    """Write the message; nothing in it has been checked yet."""
    pen = brief.pen
    reader = _reader(brief, touch)
    agreed = _agreed(brief, touch, reader)
    told = [row for row in agreed if not OURS_ALONE.search(row.text)]
    sections = [
        pen.section("subject", _subject(brief, touch)),
        pen.section("message", _message(brief, touch, reader, told)),
    ]
    notes = tuple(_notes(brief, reader, agreed))
    if notes:
        sections.append(pen.section("notes", notes))
    title = pen.phrases.text("title.follow_up", account=brief.name)
    return template_draft(brief, "follow_up", title, sections)


def _reader(brief: Brief, touch: Activity | None) -> Contact | None:
    """Whoever of theirs was there; else the champion or sponsor, else nobody."""
    there = brief.file.contacts_of(touch) if touch else ()
    still = [person for person in there if person.left_on is None]
    if still:
        return still[0]
    known = [
        p for p in centre.present(brief.file) if {"champion", "sponsor"} & set(centre.roles(p))
    ]
    return known[0] if known else None


def _agreed(brief: Brief, touch: Activity | None, reader: Contact | None) -> list[Commitment]:
    """What is open between us: agreed in that touch first, then what is overdue, then the rest.

    What names others of theirs and not the reader is not the reader's to hear.
    """
    still = [
        row
        for row in brief.file.commitments
        if row.done_on is None and _concerns(brief, row, reader)
    ]

    def order(row: Commitment) -> tuple[bool, bool, str, str]:
        here = touch is not None and _of_touch(row, touch)
        late = row.due_on is not None and row.due_on < brief.as_of
        return (not here, not late, str(row.due_on or "9999"), row.id)

    return sorted(still, key=order)[:_MOST_POINTS]


def _subject(brief: Brief, touch: Activity | None) -> Iterator[Claim]:
    if touch is None:
        yield Claim(brief.pen.word("mail.subject_none"), "recommendation")
        return
    yield brief.pen.fact(
        "mail.subject", excerpt(touch, "subject", "occurred_at"), day=centre.day(touch)
    )


def _message(
    brief: Brief, touch: Activity | None, reader: Contact | None, agreed: list[Commitment]
) -> Iterator[Claim]:
    pen = brief.pen
    if reader is None:
        yield Claim(pen.word("mail.hello_nobody"), "unknown")
    else:
        yield pen.fact("mail.hello", recorded(reader, "name"), who=_called(reader, pen.language))
    late = [row for row in agreed if _is_late(row, brief.as_of) and row.side == "ours"]
    yield from _apology(brief, late)
    following = _following(brief, agreed)
    rest = [row for row in agreed if row not in late and row is not following]
    if rest:
        yield _opening(brief, touch, rest)
    for row in rest:
        yield _point(brief, row)
    yield _next_step(brief, following, late)
    yield Claim(f"{pen.word('mail.regards')} {brief.rep}", "recommendation", _rep(brief))


def _apology(brief: Brief, late: list[Commitment]) -> Iterator[Claim]:
    """One apology, however many promises are late; the new day is the rep's to name."""
    if len(late) > 1:
        yield Claim(brief.pen.word("mail.late_many"), "recommendation")
    key = "mail.late_point" if len(late) > 1 else "mail.late"
    for row in late:
        what = as_told(brief.file, row)
        yield brief.pen.fact(key, excerpt(row, "text", "due_on"), what=what, due=_due(row))


def _opening(brief: Brief, touch: Activity | None, rest: list[Commitment]) -> Claim:
    """What is listed is of that day only if all of it was agreed then."""
    if touch is not None and all(_of_touch(row, touch) for row in rest):
        source = excerpt(touch, "subject", "occurred_at")
        return brief.pen.fact("mail.agreed", source, day=centre.day(touch))
    return Claim(brief.pen.word("mail.open"), "recommendation")


def _point(brief: Brief, row: Commitment) -> Claim:
    side = "theirs" if row.side == "theirs" else "ours"
    owner = row.owner_name or brief.pen.word(f"mail.{side}")
    what = as_told(brief.file, row)
    if row.due_on is None:
        return brief.pen.fact(
            "mail.point_undated", excerpt(row, "text", "owner_name"), who=owner, what=what
        )
    return brief.pen.fact(
        "mail.point",
        excerpt(row, "text", "owner_name", "due_on"),
        who=owner,
        what=what,
        due=row.due_on,
    )


def _following(brief: Brief, agreed: list[Commitment]) -> Commitment | None:
    """The next step: the first of theirs that is dated and ahead, else the first of ours."""
    ahead = [row for row in agreed if row.due_on and row.due_on >= brief.as_of]
    ahead.sort(key=lambda row: (row.side != "theirs", row.due_on, row.id))
    return next(iter(ahead), None)


def _next_step(brief: Brief, row: Commitment | None, late: list[Commitment]) -> Claim:
    """Said once, by whose step it is; where nothing is ahead, a talk whose day the rep names."""
    pen = brief.pen
    if row is None:
        return Claim(
            pen.word("mail.propose_days" if late else "mail.propose_talk"), "recommendation"
        )
    what, due = as_told(brief.file, row), _due(row)
    source = excerpt(row, "text", "owner_name", "due_on")
    if row.side == "theirs":
        return pen.fact("mail.next_theirs", source, what=what, due=due)
    if row.owner_name and row.owner_name != brief.rep:
        return pen.fact("mail.next_colleague", source, who=row.owner_name, what=what, due=due)
    return pen.fact("mail.next_ours", source, what=what, due=due)


def _notes(brief: Brief, reader: Contact | None, agreed: list[Commitment]) -> Iterator[Claim]:
    """For the rep, not for the customer."""
    pen = brief.pen
    if reader is not None and reader.email:
        yield pen.fact(
            "mail.to", excerpt(reader, "name", "email"), who=reader.name, address=reader.email
        )
    for row in agreed:
        if row.side == "ours" and (row.due_on is None or _is_late(row, brief.as_of)):
            yield pen.unknown(
                "mail.needs_date",
                recorded(row, "text"),
                owner=row.owner_name or brief.rep,
                what=row.text,
            )
    # A message must not repeat an offer that nobody was allowed to make.
    yield from outside_policy_claims(brief)


def _called(person: Contact, language: str) -> str:
    """First name in English; the whole name where a title or form would be a guess."""
    return person.name.split()[0] if language == "en" else person.name


def _concerns(brief: Brief, row: Commitment, reader: Contact | None) -> bool:
    named = centre.people_named(brief.file, f"{row.text} {row.owner_name or ''}")
    return not named or reader is None or reader in named


def _of_touch(row: Commitment, touch: Activity) -> bool:
    """Whether it was agreed in that touch, or on its day."""
    return row.activity_id == touch.id or row.made_on == centre.day(touch)


def _is_late(row: Commitment, as_of: date) -> bool:
    return row.due_on is not None and row.due_on < as_of


def _due(row: Commitment) -> date:
    if row.due_on is None:
        raise ValueError(f"{row.ref} has no due date")
    return row.due_on


def _rep(brief: Brief) -> tuple[Evidence, ...]:
    owner = brief.file.owner
    return (recorded(owner, "name"),) if owner else ()
