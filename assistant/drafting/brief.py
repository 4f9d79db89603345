"""What a draft is written from: the study of an account, its place among others, the playbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.claims import Evidence
from assistant.drafting.pen import Pen
from assistant.insight import Study
from assistant.insight.evidence import recorded
from assistant.insight.priorities import Priority, priorities
from knowledge.playbook import Article
from knowledge.records import AccountFile, Position, Revenue
from knowledge.records.tables import Record

#: Situations that ask for more business.
_GROWTH = frozenset({"whitespace", "open_opportunity"})


@dataclass(frozen=True)
class Basis:
    """What a draft is checked against besides its sources.

    `account` is whose records it may cite (None: everybody's whom the viewer may see), with those
    of `related` accounts; `vocabulary` are names and figures that need no source.
    """

    pen: Pen
    as_of: date
    vocabulary: frozenset[str]
    account: str | None = None
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """Everything the sections of a draft may draw on.

    `position` is None where the account is not in the reader's portfolio. `versions` maps the
    source id of each playbook article to the version that is stored.
    """

    study: Study
    position: Position | None
    pen: Pen
    playbook: Mapping[str, Article] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)

    @property
    def file(self) -> AccountFile:
        """The account's file."""
        return self.study.file

    @property
    def name(self) -> str:
        """The account's name."""
        return self.study.file.account.name

    @property
    def as_of(self) -> date:
        """The day it looks from."""
        return self.study.file.as_of

    @property
    def rep(self) -> str:
        """Our account manager by name, or who stands in for one."""
        owner = self.file.owner
        return owner.name if owner else self.pen.phrases.text("word.team")

    @property
    def basis(self) -> Basis:
        """What this account's drafts are checked against."""
        family = (self.file.parent, *self.file.subsidiaries)
        related = tuple(one.id for one in family if one is not None)
        return Basis(self.pen, self.as_of, self.vocabulary, self.file.account.id, related)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """What a sentence may name without citing it: the account, its owner, a heading of ours."""
        return frozenset({self.name, self.rep, *self.pen.phrases.capitals, *self.pen.headings})

    def named_in(self, words: str) -> tuple[Evidence, ...]:
        """The records whose names stand in some words; of two names in one place the longer."""
        cited: dict[str, Evidence] = {}
        for name, evidence in self._names:
            if name in words and not any(name in longer for longer in cited):
                cited[name] = evidence
        return tuple(cited.values())

    @cached_property
    def _names(self) -> list[tuple[str, Evidence]]:
        """Every name on file with the record it stands in, the longest first."""
        file = self.file
        rows: list[tuple[Record, str]] = [
            *((row, "name") for row in file.contacts),
            *((row, "name") for row in file.opportunities),
            *((row, "text") for row in file.commitments),
            *((row, "subject") for row in file.cases),
            *((row, "name") for row in file.contracts),
            *((row, "business_unit") for row in file.spend),
            *((row, "product_family") for row in file.spend),
            *((row, "name") for row in file.value_inputs),
            *((row, "name") for row in file.catalogue.users.values()),
            *((row, "name") for row in file.catalogue.value_drivers),
            *((row, "name") for row in file.catalogue.products.values()),
            *((row, "family") for row in file.catalogue.products.values()),
        ]
        named = [(str(getattr(row, where) or ""), recorded(row, where)) for row, where in rows]
        named += [(row.business_unit or "", _unit(row)) for row in file.revenue]
        return sorted((one for one in named if one[0]), key=lambda one: (-len(one[0]), one[1].ref))

    @cached_property
    def priorities(self) -> Sequence[Priority]:
        """What to do, the most urgent first."""
        return priorities(self.study)

    @cached_property
    def situations(self) -> tuple[str, ...]:
        """What holds for the account in the playbook's words, the most urgent first."""
        urgent = [priority.situation for priority in self.priorities if priority.situation]
        standing = _standing_situations(self.study)
        if self.in_trouble:
            urgent.insert(0, "customer_in_trouble")
            standing = [one for one in standing if one not in _GROWTH]
        if self.study["decline"].outcome == "declining":
            urgent.insert(1 if self.in_trouble else 0, "decline")
        return tuple(dict.fromkeys([*urgent, *standing]))

    @property
    def in_trouble(self) -> bool:
        """Whether the records say that the customer may be insolvent: no time for growth."""
        return self.study["solvency"].outcome == "doubtful"


def _unit(row: Revenue) -> Evidence:
    return Evidence(
        type="record",
        ref=f"{row.ref}#business_unit",
        title=row.business_unit or "",
        quote=row.business_unit or "",
        dated=row.on,
    )


def _standing_situations(study: Study) -> list[str]:
    """Situations that are a state rather than a task."""
    found: list[str] = []
    stage = study["life_cycle"].outcome
    if stage != "unknown":
        found.append(stage if stage == "pre_relationship" else f"{stage}_stage")
    if study["win_loss"].values.get("lost"):
        found.append("lost_deal")
    if study["meddpicc"].values["open_deals"]:
        found.append("open_opportunity")
    if study["whitespace"].known:
        found.append("whitespace")
    return found
