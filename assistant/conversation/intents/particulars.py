"""What a record simply holds: a person's telephone and address, the fields of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from assistant.claims import Claim
from assistant.conversation.intents.people import about
from assistant.conversation.matter import Matter
from assistant.drafting.pen import Told
from assistant.insight.evidence import recorded

#: The fields of an account and the words that ask for them.
_FIELDS = {
    "employees": r"employ|staff|worker|headcount|workforce|people work|mitarbeiter|belegschaft"
    r"|beschäftig|leute|сотрудник|работник|персонал|человек",
    "gross_margin": r"margin|marge|марж",
    "cost_to_serve": r"cost to serve|betreuungskosten|стоимость обслуживания",
    "industry": r"industry|sector|branche|отрасл|сектор",
    "city": r"where|headquarter|head office|wo |sitz|где|штаб",
    "country": r"where|headquarter|head office|wo |sitz|где|штаб",
    "website": r"web|homepage|сайт",
    "founded": r"founded|gegründet|основан",
    "customer_since": r"customer since|kunde seit|клиент с\b",
}
_MONEY = frozenset({"gross_margin", "cost_to_serve"})
_PHONE = r"phone|mobile|cell|number|call|telefon|handy|durchwahl|mobil|nummer|телефон|номер|звон"
_MAIL = r"mail|write|post|adress|почт|адрес|писать"


def reach(matter: Matter) -> Iterator[Claim]:
    """How a person is reached, as their record says."""
    pen, asked = matter.voice, matter.inquiry.person
    person = matter.brief.file.contact(asked.id) if asked else None
    if person is None:
        yield from about(matter)
        return
    wanted = [
        field
        for field, words in (("phone", _PHONE), ("email", _MAIL))
        if re.search(words, matter.inquiry.masked)
    ]
    for field in wanted or ("phone", "email"):
        value, name = getattr(person, field), recorded(person, "name")
        if value:
            yield pen.fact(f"say.{field}", name, recorded(person, field), who=person.name, at=value)
        else:
            yield pen.unknown(f"say.no_{field}", who=person.name)


def particulars(matter: Matter) -> Iterator[Claim]:
    """The fields of the account that the question names, each from its own record."""
    brief, pen = matter.brief, matter.voice
    account = brief.file.account
    for field, words in _FIELDS.items():
        if not re.search(words, f"{matter.inquiry.masked} "):
            continue
        value = getattr(account, field)
        called = pen.word(f"field.{field}")
        if value is None:
            yield pen.unknown("say.no_field", account=brief.name, field=called)
            continue
        yield pen.fact(
            "say.field",
            recorded(account, field),
            recorded(account, "name"),
            account=brief.name,
            field=called,
            value=_told(matter, field, value),
        )


def _told(matter: Matter, field: str, value: Told) -> str:
    if field == "founded":
        return str(value)
    if field in _MONEY and isinstance(value, Decimal):
        currency, ours = matter.brief.file.account.currency, matter.voice.currency
        worth = matter.brief.file.catalogue.ours(value, currency)
        if worth is None:
            return matter.voice.wording.money(value, currency or ours)
        return matter.voice.money(worth)
    if isinstance(value, date):
        return matter.voice.wording.day(value)
    return value if isinstance(value, str) else matter.voice.wording.number(value)


WRITERS = {"reach": reach, "particulars": particulars}
