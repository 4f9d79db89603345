"""A study of an account: its file and every finding about it, made once, shared by all drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.claims import Finding
from assistant.insight.cases import cases
from assistant.insight.decline import decline
from assistant.insight.health import health
from assistant.insight.investment_stance import investment_stance
from assistant.insight.kam_structure import kam_structure
from assistant.insight.life_cycle import life_cycle
from assistant.insight.meddpicc import meddpicc
from assistant.insight.mutual_actions import mutual_actions
from assistant.insight.plan_quality import plan_quality
from assistant.insight.plan_type import plan_type
from assistant.insight.policy import policy
from assistant.insight.promises import promises
from assistant.insight.revenue import revenue
from assistant.insight.rhythm import rhythm
from assistant.insight.solvency import solvency
from assistant.insight.stakeholders import stakeholders
from assistant.insight.strategic_portfolio import strategic_portfolio
from assistant.insight.whitespace import whitespace
from assistant.insight.win_loss import win_loss
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile, Position

Rule = Callable[[AccountFile, Thresholds], Finding]

#: The rules about one account, by the name of their finding.
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "cases": cases,
        "decline": decline,
        "health": health,
        "investment_stance": investment_stance,
        "kam_structure": kam_structure,
        "life_cycle": life_cycle,
        "meddpicc": meddpicc,
        "mutual_actions": mutual_actions,
        "plan_quality": plan_quality,
        "plan_type": plan_type,
        "policy": policy,
        "promises": promises,
        "revenue": revenue,
        "rhythm": rhythm,
        "solvency": solvency,
        "stakeholders": stakeholders,
        "whitespace": whitespace,
        "win_loss": win_loss,
    }
)


@dataclass(frozen=True)
class Study:
    """The file and the findings, by the name of their rule."""

    file: AccountFile
    thresholds: Thresholds
    findings: Mapping[str, Finding]

    def __getitem__(self, rule: str) -> Finding:
        return self.findings[rule]


def study(file: AccountFile, position: Position | None, thresholds: Thresholds) -> Study:
    """Apply every rule to an account; `position` is in the portfolio of the same viewer."""
    findings = {name: rule(file, thresholds) for name, rule in RULES.items()}
    findings["strategic_portfolio"] = strategic_portfolio(file, position, thresholds)
    return Study(file, thresholds, findings)
