"""What was bought of a product or a family, by one account or by all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.intents.tallies import count_of, span_of
from assistant.conversation.matter import Matter
from assistant.conversation.understanding.words import plainly, words_in
from assistant.drafting.pen import Told
from assistant.drafting.plan.numbers import revenue_claims
from assistant.insight.evidence import computed, excerpt
from assistant.insight.figures import amounts, summed
from assistant.insight.periods import Window, window
from assistant.insight.revenue import amount
from knowledge.records import AccountFile
from knowledge.records.tables import Product

_MOST_LISTED = 4
_STEM = 4  # letters by which a family's name is known in another form of it
#: What follows one of these is what was bought.
_OBJECT = re.compile(
    r"\b(?:on|of|from|for|in|with|mit|an|auf|für|von|по|на|от|с)\s+"
    r"(?:the |our |my |all |any |den |die |das |der |unsere\w* |наши\w* )?(?P<word>[^\W\d_]{4,})"
)


@dataclass(frozen=True)
class Asked:
    """Some of our products under the name they were asked by."""

    name: str
    products: tuple[Product, ...]


def asked_of(matter: Matter) -> Asked | None:
    """The products that a question about revenue is limited to; None where it is about all."""
    inquiry = matter.inquiry
    known = matter.office.ledger.catalogue(matter.viewer).products
    if inquiry.products:
        named = tuple(known[one.id] for one in inquiry.products if one.id in known)
        return Asked(matter.voice.wording.names(one.name for one in named), named)
    families = dict.fromkeys(one.family for one in known.values() if one.family)
    words = [word.plain for word in words_in(inquiry.masked)]
    for family in families:
        stem = plainly(family).rstrip("s")
        if len(stem) >= _STEM and any(word.startswith(stem) for word in words):
            return Asked(family, tuple(one for one in known.values() if one.family == family))
    return None


def unheard_of(matter: Matter) -> Iterator[Claim]:
    """That a thing the question limits itself to is none of our products."""
    beside = set(matter.inquiry.beside)
    for found in _OBJECT.finditer(matter.inquiry.masked):
        if found["word"] in beside:
            said = re.search(re.escape(found["word"]), matter.inquiry.text, re.IGNORECASE)
            what = said[0] if said else found["word"]
            given = [Input("word", what)]
            asked = computed("asked", title=what, value=1, formula="count(word)", inputs=given)
            yield matter.voice.unknown("say.no_such_product", asked, what=what)
            return


def of_asked(matter: Matter, asked: Asked) -> Iterator[Claim]:
    """Revenue of what was asked for in the days asked for."""
    alone = bool(matter.inquiry.account)
    files = [matter.brief.file] if alone else matter.files
    pen, span = matter.voice, _span(matter)
    if not _by_product(files):
        yield pen.unknown("say.not_by_product", what=asked.name)
        return
    ids = {one.id for one in asked.products}
    sums = [_sold(file, span, asked.name, ids) for file in files]
    ranked = sorted(zip(sums, files, strict=True), key=lambda one: -amount(one[0]))
    names = [excerpt(one, "name", "family") for one in asked.products]
    days = span_of(span.start, span.end)
    said: dict[str, Told] = {"what": asked.name, "start": span.start, "end": span.end}
    if not alone:
        whole = _together(asked.name, span, sums, matter)
        count = count_of(matter, "accounts", files, "name")
        all_ = {**said, "count": len(files), "amount": pen.money(amount(whole))}
        yield pen.fact("say.bought_of_all", whole, count, *names, days, **all_)
    for part, file in ranked[:_MOST_LISTED]:
        if amount(part) or alone:
            one = {**said, "account": file.account.name, "amount": pen.money(amount(part))}
            yield pen.fact("say.bought_of", part, *names, days, **one)


def products(matter: Matter) -> Iterator[Claim]:
    """Revenue by product family, the largest first, of one account or of all in view."""
    alone = bool(matter.inquiry.account)
    files = [matter.brief.file] if alone else matter.files
    if (asked := asked_of(matter)) is not None:
        yield from of_asked(matter, asked)
    elif not _by_product(files):
        yield matter.voice.unknown("say.not_by_product", what=matter.voice.word("say.product"))
    else:
        yield from _families(matter, files)
    if alone:
        yield from revenue_claims(matter.brief.study, matter.voice)


def _families(matter: Matter, files: Sequence[AccountFile]) -> Iterator[Claim]:
    """Each family with its revenue."""
    pen, span = matter.voice, _span(matter)
    families: dict[str, list[Product]] = defaultdict(list)
    for product in matter.office.ledger.catalogue(matter.viewer).products.values():
        if product.family:
            families[product.family].append(product)
    found = []
    for family, some in families.items():
        ids = {one.id for one in some}
        sums = [_sold(file, span, family, ids) for file in files]
        whole = sums[0] if len(sums) == 1 else _together(family, span, sums, matter)
        found.append((whole, family, some))
    found.sort(key=lambda one: -amount(one[0]))
    count = count_of(matter, "accounts", files, "name")
    for whole, family, some in found[:_MOST_LISTED]:
        evidence = (whole, excerpt(some[0], "name", "family"), span_of(span.start, span.end))
        said: dict[str, Told] = {"what": family, "amount": pen.money(amount(whole))}
        said |= {"start": span.start, "end": span.end}
        if not amount(whole):
            continue
        if matter.inquiry.account:
            name = matter.brief.name
            yield pen.fact("say.bought_of", *evidence, account=name, **said)
        else:
            many = len(files)
            yield pen.fact("say.bought_of_all", *evidence, count, count=many, **said)


def _span(matter: Matter) -> Window:
    period = matter.inquiry.period
    return period.window if period else window(matter.day, 12)


def _by_product(files: Iterable[AccountFile]) -> bool:
    """Whether any revenue on record says which product it was."""
    return any(row.product_id for file in files for row in file.revenue)


def _sold(file: AccountFile, span: Window, name: str, ids: set[str]) -> Evidence:
    """What an account bought of some products in a window, with the rows it was added from."""
    rows = [row for row in file.revenue if row.on in span and row.product_id in ids]
    return summed(
        f"sold:{plainly(name).replace(' ', '_')}:{file.account.id}:{span.start}:{span.end}",
        title=f"{file.account.name}, {name}: {span.start} to {span.end}",
        inputs=amounts(rows, file.catalogue),
        unit=file.catalogue.currency,
        as_of=span.end,
    )


def _together(name: str, span: Window, sums: Sequence[Evidence], matter: Matter) -> Evidence:
    currency = matter.voice.currency
    return summed(
        f"sold:{plainly(name).replace(' ', '_')}:{span.start}:{span.end}",
        title=f"{name}, {len(sums)} accounts: {span.start} to {span.end}",
        inputs=[Input("amount", amount(one), (), currency) for one in sums],
        unit=currency,
        as_of=span.end,
    )


WRITERS = {"products": products}
OVERALL = {"all_products": products}
