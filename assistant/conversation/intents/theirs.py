"""What customers have promised us: the other side of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.claims import Claim, Input
from assistant.conversation.intents.tallies import LISTED, at_once, counted, not_listed
from assistant.conversation.matter import Matter
from assistant.insight.evidence import excerpt, recorded
from assistant.insight.promises import overdue_days
from knowledge.records import AccountFile
from knowledge.records.tables import Commitment

Owed = tuple[AccountFile, Commitment]


def theirs(matter: Matter) -> Iterator[Claim]:
    """How much an account still owes us, and each of it, what is late first."""
    brief, pen = matter.brief, matter.voice
    found = _open([brief.file])
    if not found:
        yield pen.unknown("say.no_theirs", account=brief.name, owner=brief.rep)
        return
    inputs = [Input("promise", row.text, (f"{row.ref}#text",)) for _, row in found]
    count = counted(f"owed by {brief.name}", inputs, matter.day, "promise")
    name = recorded(brief.file.account, "name")
    yield pen.fact("say.theirs", count, name, account=brief.name, count=len(found))
    yield from _each(matter, found)


def all_theirs(matter: Matter) -> Iterator[Claim]:
    """What all accounts owe us, what is late first."""
    found = _open(matter.files)
    inputs = [Input("promise", row.text, (f"{row.ref}#text",)) for _, row in found]
    count = counted("owed by customers", inputs, matter.day, "promise")
    yield matter.voice.fact("say.all_theirs", count, count=len(found))
    yield from _each(matter, at_once(found))
    files = [file for file, _ in found]
    rest = list(zip(files, inputs, strict=True))[len(at_once(found)) :]
    yield from not_listed(matter, rest)


def _open(files: Sequence[AccountFile]) -> list[Owed]:
    """What is not done of their side, the earliest first."""
    rows = [(f, row) for f in files for row in f.commitments if row.side == "theirs"]
    still = [one for one in rows if one[1].done_on is None]
    return sorted(still, key=lambda one: (str(one[1].due_on or "9"), one[1].id))


def _each(matter: Matter, found: Sequence[Owed]) -> Iterator[Claim]:
    pen = matter.voice
    for file, row in found[:LISTED]:
        evidence = [excerpt(row, "text", "due_on", "owner_name"), recorded(file.account, "name")]
        said = {"account": file.account.name, "what": row.text}
        said["who"] = row.owner_name or pen.word("word.theirs")
        if row.due_on is None:
            yield pen.fact("say.theirs_undated", *evidence, **said)
        elif row.due_on < matter.day:
            late = overdue_days(file, row)
            days = (matter.day - row.due_on).days
            yield pen.fact("say.theirs_late", *evidence, late, due=row.due_on, days=days, **said)
        else:
            yield pen.fact("say.theirs_due", *evidence, due=row.due_on, **said)


WRITERS = {"theirs": theirs}
OVERALL = {"all_theirs": all_theirs}
