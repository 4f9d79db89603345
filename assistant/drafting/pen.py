"""The pen: writes claims from phrases, evidence and values, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property

from assistant.claims import (
    Claim,
    ClaimKind,
    Evidence,
    Filling,
    Gist,
    Quantity,
    Question,
    Section,
    Term,
)
from assistant.drafting.phrases import Phrases, placeholders, read_phrases
from assistant.drafting.titles import title_in
from assistant.drafting.wording import Wording

#: A value as a phrase takes it: words as they are, figures and days as the language writes them.
Told = str | int | Decimal | date

#: Placeholders that are told in days, with the plural that the language wants.
_DURATIONS = {"days", "limit"}


class Pen:
    """Writes the sentences of a draft in one language."""

    def __init__(self, language: str, currency: str) -> None:
        self.language = language
        self.currency = currency
        self.wording = Wording(language)

    @cached_property
    def phrases(self) -> Phrases:
        """The language's phrases."""
        return read_phrases(self.language)

    def fact(self, key: str, *evidence: Evidence, **values: Told) -> Claim:
        """Something the records say."""
        return self._claim("fact", key, evidence, values)

    def inference(self, key: str, *evidence: Evidence, **values: Told) -> Claim:
        """Something a rule concludes from them."""
        return self._claim("inference", key, evidence, values)

    def advice(self, key: str, *evidence: Evidence, **values: Told) -> Claim:
        """Something to do."""
        return self._claim("recommendation", key, evidence, values)

    def unknown(self, key: str, *evidence: Evidence, **values: Told) -> Claim:
        """Something to find out."""
        return self._claim("unknown", key, evidence, values)

    def question(self, question: Question) -> str:
        """A rule's question, to a named person where one is known."""
        asked = self.worded(question.gist)
        if question.whom is None:
            return asked
        return self.phrases.text("ask.whom", whom=question.whom, question=asked)

    def worded(self, gist: Gist) -> str:
        """What a rule wants said, in words; raises `BadTemplate` when no phrase fits it."""
        told = {name: self._filled(name, value) for name, value in gist.values}
        return self.phrases.text(gist.key, **told)

    def section(self, section_id: str, claims: Iterable[Claim]) -> Section:
        """A section under its heading."""
        return Section(section_id, self.phrases.heading(section_id), tuple(claims))

    @cached_property
    def headings(self) -> frozenset[str]:
        """The titles of all sections."""
        texts = self.phrases.texts.items()
        return frozenset(text for key, text in texts if key.startswith("heading."))

    def placeholders(self, key: str) -> set[str]:
        """The names a phrase wants filled."""
        return placeholders(self.phrases.texts.get(key, ""))

    def word(self, key: str) -> str:
        """A phrase without placeholders."""
        return self.phrases.text(key)

    def quoted(self, words: str) -> str:
        """Words in the language's quotation marks."""
        return self.phrases.text("word.quoted", words=words)

    def term(self, subject: str) -> str:
        """What a subject of the policy is called; its own name where no phrase knows it."""
        return self.called(Term("subject", subject))

    def called(self, term: Term) -> str:
        """A word of a vocabulary in the language; as it stands where no phrase knows it."""
        key = f"{term.kind}.{term.name.replace(' ', '_')}"
        return self.phrases.texts.get(key, term.name.replace("_", " "))

    def outcome(self, rule: str, outcome: str) -> str:
        """What a rule concluded, in its own word for it before the common one."""
        own = self.phrases.texts.get(f"outcome.{rule}_{outcome}")
        return own or self.called(Term("outcome", outcome))

    def titled(self, source: Evidence) -> str:
        """What a source is called in the language."""
        return title_in(source, self.language)

    def unit(self, unit: str | None) -> str:
        """A unit of a record; what it is told by, such as “a year”, in the language's words."""
        of, _, per = (unit or "").partition(" ")
        told = self.phrases.texts.get(f"unit.{per.replace(' ', '_')}")
        return f"{of} {told}" if told else unit or ""

    def quantity(self, value: Decimal | int, unit: str | None) -> str:
        """A value in its unit: per cent, a duration, money of ours, or a number with its unit."""
        if unit in {"%", "percent"}:
            return self.percent(value)
        if unit == "days":
            return self.wording.days(value)
        if unit == "months":
            return self.wording.months(value)
        if unit and unit.split()[0] == self.currency:
            return self.money(Decimal(value))
        return f"{self.wording.number(value)} {unit or ''}".strip()

    def money(self, amount: Decimal) -> str:
        """An amount in the company's currency."""
        return self.wording.money(amount, self.currency)

    def percent(self, value: Decimal | int) -> str:
        """A percentage."""
        return self.wording.percent(value)

    def _claim(
        self, kind: ClaimKind, key: str, evidence: tuple[Evidence, ...], values: dict[str, Told]
    ) -> Claim:
        told = {name: self._told(name, value) for name, value in values.items()}
        return Claim(self.phrases.text(key, **told), kind, evidence)

    def _filled(self, name: str, value: Filling) -> str:
        """What fills a gist; a line that one would compare with is told to the unit."""
        match value:
            case Gist():
                return self.worded(value)
            case Term():
                return self.called(value)
            case Quantity(value=amount, unit=self.currency):
                return self.wording.in_full(Decimal(amount), self.currency)
            case Quantity():
                return self.quantity(value.value, value.unit)
            case tuple():
                return self.wording.names(self._filled(name, one) for one in value)
            case _:
                return self._told(name, value)

    def _told(self, name: str, value: Told) -> str:
        if name in _DURATIONS and isinstance(value, (int, Decimal)):
            return self.wording.days(value)
        if isinstance(value, date):
            return self.wording.day(value)
        return value if isinstance(value, str) else self.wording.number(value)
