"""Questions about all accounts the asker sees: the largest, the urgent, the quiet, the ending."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.claims import Claim, Input
from assistant.conversation.intents.bought import asked_of, of_asked, unheard_of
from assistant.conversation.intents.silence import quiet_since
from assistant.conversation.intents.tallies import (
    LISTED,
    MOST_LISTED,
    count_of,
    counted,
    many_asked,
    names_of,
    section,
    span_of,
)
from assistant.conversation.matter import Matter
from assistant.conversation.understanding import silent_since
from assistant.insight import buying_centre as centre
from assistant.insight.decline import decline
from assistant.insight.evidence import recorded
from assistant.insight.figures import summed
from assistant.insight.periods import window
from assistant.insight.revenue import amount, total
from assistant.insight.rhythm import rhythm
from knowledge.records import AccountFile


def top_accounts(matter: Matter) -> Iterator[Claim]:
    """The accounts with most revenue, as single accounts, each with its amount."""
    many = many_asked(matter)
    period = matter.inquiry.period
    span = period.window if period else window(matter.day, 12)
    ranked = [(total(file, span, "revenue"), file) for file in matter.files]
    ranked = sorted(ranked, key=lambda one: (-amount(one[0]), one[1].account.name))[:many]
    pen = matter.voice
    if not ranked or not amount(ranked[0][0]):
        yield pen.unknown("team.no_revenue")
        return
    ranked = [one for one in ranked if amount(one[0])]
    listed = [
        pen.say("say.listed", account=file.account.name, amount=pen.money(amount(e)))
        for e, file in ranked
    ]
    one = len(ranked) == 1
    yield pen.fact(
        "say.top_one" if one else "say.top",
        *(e for e, _ in ranked),
        *(recorded(file.account, "name") for _, file in ranked),
        span_of(span.start, span.end),
        list=pen.wording.names(listed),
        start=span.start,
        end=span.end,
        **({} if one else {"count": len(ranked)}),
    )


def total_revenue(matter: Matter) -> Iterator[Claim]:
    """What all accounts together brought, or some of our products at all of them."""
    if (asked := asked_of(matter)) is not None:
        yield from of_asked(matter, asked)
        return
    yield from unheard_of(matter)
    period = matter.inquiry.period
    span = period.window if period else window(matter.day, 12)
    files = matter.files
    sums = [total(file, span, "revenue") for file in files]
    pen = matter.voice
    whole = summed(
        f"total:{span.start}:{span.end}",
        title=f"{len(files)} accounts, {span.start} to {span.end}",
        inputs=[Input("amount", amount(one), (), pen.currency) for one in sums],
        unit=pen.currency,
        as_of=span.end,
    )
    yield pen.fact(
        "say.total",
        whole,
        count_of(matter, "accounts", files, "name"),
        span_of(span.start, span.end),
        total=pen.money(amount(whole)),
        count=len(files),
        start=span.start,
        end=span.end,
    )
    yield from top_accounts(matter)


def attention(matter: Matter) -> Iterator[Claim]:
    """The most urgent thing of each account that has one, the most urgent account first."""
    urgent = section(matter, "attention")[:LISTED]
    yield from urgent or [matter.voice.unknown("say.all_calm")]


def without_part(matter: Matter) -> Iterator[Claim]:
    """Accounts where nobody on record plays a part: decider, sponsor or champion."""
    asked = matter.inquiry.masked
    part = next(
        (
            name
            for name, words in (
                ("sponsor", r"sponsor|спонсор"),
                ("champion", r"champion|fürsprecher|сторонник|чемпион"),
            )
            if re.search(words, asked)
        ),
        "decider",
    )
    lacking = [
        file
        for file in matter.files
        if not any(part in centre.roles(person) for person in centre.present(file))
    ]
    pen = matter.voice
    count = count_of(matter, f"without {part}", lacking, "name")
    if not lacking:
        yield pen.inference("say.all_have", count, part=pen.word(f"part.{part}"))
        return
    yield pen.inference(
        "say.without",
        count,
        *(recorded(file.account, "name") for file in lacking[:MOST_LISTED]),
        part=pen.word(f"part.{part}"),
        count=len(lacking),
        names=names_of(matter, lacking),
    )


def how_many(matter: Matter) -> Iterator[Claim]:
    """How many accounts, deals, contacts … there are."""
    asked, pen = matter.inquiry.masked, matter.voice
    kinds: tuple[tuple[str, str, Callable[[AccountFile], Sequence[object]]], ...] = (
        ("deals", r"deal|opportun|geschäft|сдел", centre.open_deals),
        ("contacts", r"contact|people|kontakt|ansprech|контакт", centre.present),
        (
            "cases",
            r"complain|case|reklam|beschwer|жалоб",
            lambda f: [c for c in f.cases if c.closed_at is None],
        ),
        ("contracts", r"contract|vertr|договор|контракт(?!н)", lambda f: f.contracts),
    )
    for name, words, rows in kinds:
        if re.search(words, asked):
            found = [row for file in matter.files for row in rows(file)]
            inputs = [
                Input("item", getattr(row, "id", ""), (getattr(row, "ref", ""),)) for row in found
            ]
            yield pen.fact(f"say.count_{name}", counted(name, inputs, matter.day), count=len(found))
            return
    files = matter.files
    yield pen.fact(
        "say.count_accounts",
        count_of(matter, "accounts", files, "name"),
        *(recorded(file.account, "name") for file in files[:MOST_LISTED]),
        count=len(files),
        names=names_of(matter, files),
    )


def eighty_twenty(matter: Matter) -> Iterator[Claim]:
    """The true k of N, dependence, and who will matter soon."""
    yield from section(matter, "portfolio")


def nurture(matter: Matter) -> Iterator[Claim]:
    """The customers outside the core that are projected into it."""
    claims = section(matter, "portfolio")
    yield from (*claims[2:], *claims[:1]) if len(claims) > 2 else claims  # noqa: PLR2004


def declining(matter: Matter) -> Iterator[Claim]:
    """The accounts that the rule calls declining, with the last fall."""
    pen, rules = matter.voice, matter.office.rules
    found = [(file, decline(file, rules)) for file in matter.files]
    down = [(file, one) for file, one in found if one.outcome == "declining"]
    if not down:
        yield pen.unknown("say.none_declining")
        return
    yield pen.inference(
        "say.declining",
        *(e for _, one in down for e in one.evidence[:3]),
        *(recorded(file.account, "name") for file, _ in down),
        names=names_of(matter, [file for file, _ in down]),
    )


def stale(matter: Matter) -> Iterator[Claim]:
    """Silence beyond the limit, or of the length asked for, the largest customers first."""
    since = silent_since(matter.inquiry.masked, matter.day)
    if since is not None:
        yield from quiet_since(matter, since)
        return
    pen, rules = matter.voice, matter.office.rules
    found = [(file, rhythm(file, rules)) for file in matter.files]
    quiet = [(file, one) for file, one in found if one.values["stale"]]
    if not quiet:
        yield pen.unknown("say.none_stale")
        return
    yield pen.inference(
        "say.stale",
        *(e for _, one in quiet for e in (*one.evidence, *one.against) if "silence:" in e.ref),
        *(recorded(file.account, "name") for file, _ in quiet),
        names=names_of(matter, [file for file, _ in quiet]),
    )
    for file, one in quiet[:LISTED]:
        owner = file.owner
        yield pen.fact(
            "team.silent",
            *(e for e in (*one.evidence, *one.against) if "silence" in e.ref),
            *((recorded(owner, "name"),) if owner else ()),
            account=file.account.name,
            owner=owner.name if owner else pen.word("word.team"),
            days=one.values["days"],
            limit=one.values["limit"],
        )


def selling_only(matter: Matter) -> Iterator[Claim]:
    """Accounts that hear from us only while a deal is open."""
    pen, rules = matter.voice, matter.office.rules
    found = [(file, rhythm(file, rules)) for file in matter.files]
    only = [(file, one) for file, one in found if one.values["only_when_selling"]]
    if not only:
        yield pen.unknown("say.none_selling_only")
        return
    yield pen.inference(
        "say.selling_only",
        *(e for _, one in only for e in (*one.evidence, *one.against) if "selling" in e.ref),
        *(recorded(file.account, "name") for file, _ in only),
        names=names_of(matter, [file for file, _ in only]),
    )


WRITERS = {
    "top_accounts": top_accounts,
    "total_revenue": total_revenue,
    "attention": attention,
    "without_part": without_part,
    "how_many": how_many,
    "eighty_twenty": eighty_twenty,
    "nurture": nurture,
    "declining": declining,
    "stale": stale,
    "selling_only": selling_only,
}
