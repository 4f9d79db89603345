"""A value proposition for one reader: the alternative, two differences at most, one parity.

A difference is shown only with this customer's own figures in its formula; a contested or
missing figure becomes something to measure together. What would be as true of another customer
is no proposition, so a draft without a figure of this customer's says that instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from assistant.claims import Claim, Draft, Finding
from assistant.drafting.brief import Brief
from assistant.drafting.pen import Told
from assistant.drafting.template import template_draft
from assistant.drafting.wording import inline, introduced
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt, recorded
from assistant.insight.stakeholders import Stakeholder
from assistant.insight.value import value
from assistant.insight.value_points import Figure, Point
from knowledge.errors import BadInput
from knowledge.records.naming import normalised

_MOST_TO_GATHER = 5
_MOST_IN_PLAN = 3
_NAME = 2  # words of a name
_STEM = 5  # letters by which two forms of a word are the same


def value_proposition(brief: Brief, wanted: str) -> Draft:
    """Write the proposition for a named reader or a role; nothing in it has been checked yet.

    Raises:
        BadInput: `wanted` is a name that nobody at the account bears.
    """
    found = value(brief.file, brief.study.thresholds, wanted)
    reader = found.values["reader"]
    gone = centre.people_named(brief.file, wanted)
    if reader.contact is None and not gone and _is_name(brief, wanted):
        raise BadInput(
            f"“{wanted}” is nobody on record at {brief.name}: name one of its people, or a role "
            "such as “CFO”.",
            "nobody_there",
            name=wanted,
            account=brief.name,
        )
    pen = brief.pen
    sections = [
        pen.section(name, claims)
        for name, claims in (
            ("reader", tuple(_reader(brief, found))),
            ("alternative", tuple(_alternative(brief, found))),
            ("differences", tuple(_differences(brief, found))),
            ("parity", tuple(_parity(brief, found))),
            ("gather", tuple(_gather(brief, found))),
        )
        if claims
    ]
    who = reader.name or reader.role
    title = pen.phrases.text("title.value_proposition", reader=who, account=brief.name)
    return template_draft(brief, "value_proposition", title, sections)


def _is_name(brief: Brief, wanted: str) -> bool:
    """Whether it is written as a name and holds no word of any title, function or audience."""
    words = wanted.split()
    if len(words) < _NAME or not all(word[:1].isupper() and not word.isupper() for word in words):
        return False
    people, drivers = brief.file.contacts, brief.file.catalogue.value_drivers
    users = brief.file.catalogue.users.values()
    known = [text for one in people for text in (one.title, one.function)]
    known += [text for one in users for text in (one.title, one.function)]
    known += [driver.audience for driver in drivers]
    trade = normalised(" ".join(["head lead plant works", *filter(None, known)])).split()
    return not any(
        other.startswith(word[:_STEM]) for word in normalised(wanted).split() for other in trade
    )


def value_claims(brief: Brief) -> Iterator[Claim]:
    """For a plan: what the key player with the most at stake would gain, or what is missing."""
    rules = brief.study.thresholds
    found = [value(brief.file, rules, person.name) for person in key_readers(brief)]
    ready = [one for one in found if one.values["differences"]]
    open_ = [one for one in found if one.values["to_gather"]]
    for one in (ready or open_ or found)[:1]:
        yield from _reader(brief, one)
        shown = _gather(brief, one) if open_ and not ready else _differences(brief, one)
        yield from islice(shown, _MOST_IN_PLAN)


def key_readers(brief: Brief) -> list[Stakeholder]:
    """The key players, those first who are measured on something we know."""
    measured = {person.id for person in brief.file.contacts if person.measured_on}
    people = [person for person in brief.study["stakeholders"].values["people"] if person.key]
    return sorted(people, key=lambda person: person.contact_id not in measured)


def _reader(brief: Brief, found: Finding) -> Iterator[Claim]:
    reader, pen = found.values["reader"], brief.pen
    if reader.contact is None:
        yield pen.unknown("value.no_reader", role=reader.role, account=brief.name)
    elif reader.measured_on:
        yield pen.fact(
            "value.measured",
            excerpt(reader.contact, "name", "title", "measured_on"),
            who=introduced(reader.contact.name, reader.contact.title),
            what=reader.measured_on,
        )
    else:
        who = recorded(reader.contact, "name")
        yield pen.unknown("value.not_measured", who, who=reader.contact.name)


def _alternative(brief: Brief, found: Finding) -> Iterator[Claim]:
    rival, pen = found.values["alternative"], brief.pen
    if rival is None:
        yield pen.unknown("competition.unknown", account=brief.name)
        return
    origin = pen.word("origin." + rival.origins[0].replace(" ", "_"))
    name = [e for e in rival.evidence if e.ref.endswith("#name")]
    yield pen.inference(
        "value.alternative", *rival.named, account=brief.name, rival=rival.name, origin=origin
    )
    for field in ("strengths", "weaknesses"):
        words = getattr(rival, field)
        shown = [e for e in rival.evidence if e.ref.endswith(f"#{field}")]
        if words and shown:
            what = inline(words)
            yield pen.fact(f"competition.{field}", *name, *shown, rival=rival.name, what=what)


def _differences(brief: Brief, found: Finding) -> Iterator[Claim]:
    points: tuple[Point, ...] = found.values["differences"]
    told = [tuple(_difference(brief, point)) for point in points]
    own = [claims for claims in told if is_specific(claims)]
    for claims in own:
        yield from claims
    if not own:
        yield brief.pen.unknown("value.nothing_yet", account=brief.name)


def is_specific(claims: Iterable[Claim]) -> bool:
    """Whether some sentence rests on a figure of the customer's own.

    What does not would be as true of anybody else: it is generic text and no proposition.
    """
    refs = (ref for claim in claims for ref in claim.refs)
    return any(ref.startswith("value_input:") for ref in refs)


def _difference(brief: Brief, point: Point) -> Iterator[Claim]:
    yield _worth(brief, point)
    yield from _figures(brief, point)
    if point.proof:
        proof = [e for e in point.evidence if e.ref.endswith("#proof")]
        yield brief.pen.fact("value.proof", *proof, what=inline(point.proof))


def _worth(brief: Brief, point: Point) -> Claim:
    worth = [e for e in point.evidence if e.type == "computed"]
    named = [e for e in point.evidence if e.ref.endswith(("#name", "#formula"))]
    named += brief.named_in(point.product or "")
    values: dict[str, Told] = {
        "name": point.name,
        "product": point.product or point.name,
        "account": brief.name,
        "worth": _amount(brief, point),
        "formula": _spelled(point),
    }
    if point.standing == "confirmed":
        return brief.pen.inference("value.worth", *worth, *named, **values)
    return brief.pen.inference("value.worth_unconfirmed", *worth, *named, **values)


def _figures(brief: Brief, point: Point) -> Iterator[Claim]:
    for figure in point.figures:
        if figure.value is None:
            continue
        values: dict[str, Told] = {
            "name": _readable(figure.name)[:1].upper() + _readable(figure.name)[1:],
            "value": figure.value,
            "unit": brief.pen.unit(figure.unit),
            "account": brief.name,
        }
        if figure.confirmed_by and figure.confirmed_on:
            yield brief.pen.fact(
                "value.figure_confirmed",
                *figure.evidence,
                *_when(brief, figure),
                who=figure.confirmed_by,
                day=figure.confirmed_on,
                **values,
            )
        else:
            yield brief.pen.fact("value.figure", *figure.evidence, **values)


def _parity(brief: Brief, found: Finding) -> Iterator[Claim]:
    point: Point | None = found.values["parity"]
    rival = found.values["alternative"]
    if point is not None and rival is not None:
        named = [e for e in point.evidence if e.ref.endswith(("#name", "#proof"))]
        name = [e for e in rival.evidence if e.ref.endswith("#name")]
        yield brief.pen.inference(
            "value.parity", *named, *name, name=point.name, rival=rival.name, account=brief.name
        )


def _gather(brief: Brief, found: Finding) -> Iterator[Claim]:
    """What nobody has measured, or somebody contests: to be gathered, not claimed."""
    for item in found.values["to_gather"][:_MOST_TO_GATHER]:
        figure: Figure = item.figure
        values: dict[str, Any] = {
            "name": _readable(figure.name),
            "point": item.point,
            "whom": item.whom or brief.rep,
        }
        driver = next(d for d in brief.file.catalogue.value_drivers if d.name == item.point)
        whom = brief.named_in(item.whom or "")
        key = f"value.{figure.standing}"
        asked = excerpt(driver, "name", "formula")
        yield brief.pen.unknown(key, asked, *figure.evidence, *whom, **values)


def _amount(brief: Brief, point: Point) -> str:
    if point.worth is None:
        return ""
    currency, _, rest = (point.unit or "").partition(" ")
    if currency == brief.pen.currency:
        per = brief.pen.phrases.texts.get(f"unit.{rest.replace(' ', '_')}", rest)
        return f"{brief.pen.money(point.worth)} {per}".strip()
    return f"{brief.pen.wording.number(point.worth)} {point.unit or ''}".strip()


def _spelled(point: Point) -> str:
    """The formula as a reader says it: names without underscores, × for *."""
    return _readable(point.formula or "").replace("*", "×").replace("/", "÷")


def _readable(name: str) -> str:
    return name.replace("_", " ").strip()


def _when(brief: Brief, figure: Figure) -> list[Any]:
    rows = [r for r in brief.file.value_inputs if f"{r.ref}#value" == figure.evidence[0].ref]
    return [recorded(row, "confirmed_on") for row in rows]
