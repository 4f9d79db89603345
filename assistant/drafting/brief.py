"""What a draft is written from: the study of an account, the portfolio's order, the playbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.drafting.pen import Pen
from assistant.insight import Study
from assistant.insight.eighty_twenty import Standing
from assistant.insight.priorities import Priority, priorities
from knowledge.playbook import Article
from knowledge.records import AccountFile


@dataclass(frozen=True)
class Brief:
    """Everything the sections of a draft may draw on.

    `versions` maps the source id of each playbook article to the version that is stored.
    """

    study: Study
    standing: Standing
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

    @cached_property
    def priorities(self) -> Sequence[Priority]:
        """What to do, the most urgent first."""
        return priorities(self.study)

    @cached_property
    def situations(self) -> tuple[str, ...]:
        """What holds for the account in the playbook's words, the most urgent first."""
        urgent = [priority.situation for priority in self.priorities if priority.situation]
        first = ["decline"] if self.study["decline"].outcome == "declining" else []
        return tuple(dict.fromkeys([*first, *urgent, *_standing_situations(self.study)]))


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
