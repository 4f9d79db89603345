"""The four types every room shares: `Evidence`, `Finding`, `Claim` and `Draft`.

A sentence's journey from a record to the reader never leaves them. They are plain frozen values:
nothing here reads records, computes a rule or knows a language model. What a rule wants said is a
`Gist` until somebody puts it into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

EvidenceType = Literal["record", "passage", "computed"]
ClaimKind = Literal["fact", "inference", "recommendation", "unknown"]
Verdict = Literal["supported", "unsupported", "not_checked"]

#: What a rule concludes with or computes from. Instants become dates before they get here.
Value = str | int | Decimal | date | bool | None


@dataclass(frozen=True)
class Input:
    """One named input of a computation and the records it was read from.

    `refs` are citable references (`kind:id@version`, with `#field` where one field is meant).
    """

    name: str
    value: Value
    refs: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True)
class Evidence:
    """What a sentence rests on.

    A `record` quotes one field's value; a `passage` quotes a span of a source version exactly;
    a `computed` value carries the formula and its inputs, so that anybody can do the sum again.

    Attributes:
        ref: `kind:id@version#field`, `kind:id@version[start:end]`, or `computed:name`.
        title: what a person would call it, such as “Order of 3 March 2026”.
        quote: the value or the words, as they stand in the source.
        value: the typed value behind the quote, where there is one.
        unit: a currency code, `%`, `days`, `accounts` …, where `value` is a quantity.
    """

    type: EvidenceType
    ref: str
    title: str
    quote: str
    dated: date | None = None
    value: Value = None
    unit: str | None = None
    formula: str | None = None
    inputs: tuple[Input, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of source, such as `order`, `document` or `computed`."""
        return self.ref.partition(":")[0]

    @property
    def refs(self) -> tuple[str, ...]:
        """Every stored source this rests on, its own reference or those of its inputs."""
        if self.type != "computed":
            return (self.ref,)
        return tuple(dict.fromkeys(ref for given in self.inputs for ref in given.refs))


@dataclass(frozen=True)
class Quantity:
    """A figure with its unit: `%`, `days`, `months`, a currency code, or a word of the policy."""

    value: Decimal | int
    unit: str | None


@dataclass(frozen=True)
class Term:
    """A word of a vocabulary, such as the part `decider`: it stands in the table `kind`.

    Companies have words of their own; one that no phrase knows is told as it is.
    """

    kind: str
    name: str


@dataclass(frozen=True, init=False)
class Gist:
    """What a rule wants said, before it has words: the key of a phrase and what fills it.

    Attributes:
        key: `table.name` of a phrase that every language has.
        values: what fills its placeholders, by name; several things under one name are listed.
    """

    key: str
    values: tuple[tuple[str, Filling], ...]

    def __init__(self, key: str, **values: Filling) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", tuple(values.items()))


#: What may fill a phrase: names as they stand; all else as the language writes it.
Filling = str | int | Decimal | date | Quantity | Term | Gist | tuple["Filling", ...]


@dataclass(frozen=True)
class Question:
    """Something we do not know, and whom to ask.

    Attributes:
        about: the subject in a word or two of the rule.
        gist: what is asked.
        whom: a named person where one is known.
        evidence: where the figures stand that it asks about.
    """

    about: str
    gist: Gist
    whom: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a rule concluded about an account (or a portfolio), with the evidence on both sides.

    Attributes:
        rule: the framework's name, such as `life_cycle`; its article explains it.
        subject: the id of the account (or team) it is about.
        outcome: the conclusion in one word of the rule's vocabulary; `unknown` is one of them.
        values: the figures and names the conclusion speaks of.
        evidence: what speaks for it; `against` what speaks against it.
        confidence: 0 to 1; for rules over features, the share of features that are known.
        would_change: what one would have to learn to conclude otherwise.
        thresholds: the settings the rule used, with their values.
        questions: what it could not know.
    """

    rule: str
    subject: str
    outcome: str
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    would_change: Gist | None = None
    thresholds: Mapping[str, Value] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "thresholds", MappingProxyType(dict(self.thresholds)))

    @property
    def known(self) -> bool:
        """Whether the rule dared a conclusion."""
        return self.outcome != "unknown"


@dataclass(frozen=True)
class Claim:
    """One sentence with what it rests on, and what the check said of it.

    `author` is a person who wrote the sentence in place of the draft's writer: it is theirs,
    nobody checks it, and nothing may change it but they.
    """

    text: str
    kind: ClaimKind
    evidence: tuple[Evidence, ...] = ()
    verdict: Verdict = "not_checked"
    reason: str | None = None
    score: float | None = None
    author: str | None = None

    @property
    def refs(self) -> tuple[str, ...]:
        """Every stored source it rests on."""
        return tuple(ref for evidence in self.evidence for ref in evidence.refs)

    def judged(self, verdict: Verdict, reason: str | None, score: float | None = None) -> Claim:
        """The same sentence with its verdict."""
        return replace(self, verdict=verdict, reason=reason, score=score)


@dataclass(frozen=True)
class Section:
    """A part of a draft. `id` is stable across languages and revisions."""

    id: str
    title: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Withheld:
    """A sentence that failed the check: shown as withheld, never as a fact."""

    text: str
    reason: str


@dataclass(frozen=True)
class Draft:
    """A document in sections of claims, with one numbered list of sources.

    `title` is what its reader sees above it. `writer` is `template` or the name of the model
    that wrote the sentences. `notices` is what the reader should know about how it was written.
    """

    kind: str
    title: str
    account_id: str
    account_name: str
    as_of: date
    language: str
    writer: str
    sections: tuple[Section, ...]
    withheld: tuple[Withheld, ...] = ()
    notices: tuple[str, ...] = ()

    def claims(self) -> Iterator[Claim]:
        """Every sentence, in reading order."""
        for section in self.sections:
            yield from section.claims

    def section(self, section_id: str) -> Section | None:
        """The section with that id, if the draft has it."""
        return next((part for part in self.sections if part.id == section_id), None)

    @property
    def sources(self) -> dict[Evidence, str]:
        """Each piece of evidence with its label, `S1`, `S2` … in the order it is first cited."""
        return number_sources(tuple(self.claims()))

    def to_json(self) -> dict[str, Any]:
        """The draft in the shape of the command line's contract."""
        labels = self.sources
        return {
            "kind": self.kind,
            "title": self.title,
            "account": {"id": self.account_id, "name": self.account_name},
            "as_of": self.as_of.isoformat(),
            "language": self.language,
            "writer": self.writer,
            "sections": [
                {
                    "id": section.id,
                    "title": section.title,
                    "claims": claims_to_json(section.claims, labels),
                }
                for section in self.sections
            ],
            "sources": sources_to_json(labels),
            "withheld": [{"text": w.text, "reason": w.reason} for w in self.withheld],
            "notices": list(self.notices),
        }


def number_sources(claims: Sequence[Claim]) -> dict[Evidence, str]:
    """Label the evidence of some claims `S1`, `S2` … in the order it is first cited."""
    labels: dict[Evidence, str] = {}
    for claim in claims:
        for evidence in claim.evidence:
            labels.setdefault(evidence, f"S{len(labels) + 1}")
    return labels


def claims_to_json(claims: Sequence[Claim], labels: Mapping[Evidence, str]) -> list[dict[str, Any]]:
    """Claims in the shape of the contract; citations are labels of `labels`."""
    return [
        {
            "text": claim.text,
            "kind": claim.kind,
            "citations": list(dict.fromkeys(labels[evidence] for evidence in claim.evidence)),
            "verdict": claim.verdict,
            **({"author": claim.author} if claim.author else {}),
        }
        for claim in claims
    ]


def sources_to_json(labels: Mapping[Evidence, str]) -> list[dict[str, Any]]:
    """The list of sources in the shape of the contract."""
    return [
        {
            "id": label,
            "type": evidence.type,
            "ref": evidence.ref,
            "title": evidence.title,
            "date": evidence.dated.isoformat() if evidence.dated else None,
            "quote": evidence.quote,
            "formula": evidence.formula,
            "inputs": [_input_to_json(given) for given in evidence.inputs],
        }
        for evidence, label in labels.items()
    ]


def _input_to_json(given: Input) -> dict[str, Any]:
    value = given.value
    plain = str(value) if isinstance(value, (Decimal, date)) else value
    return {"name": given.name, "value": plain, "unit": given.unit, "refs": list(given.refs)}
