"""The tests of the five stages: what each stage asks of a relationship, and what answers it.

A test is met, not met, or open (None) where the records cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.claims import Evidence, Gist, Quantity
from assistant.insight import relationship as between
from assistant.insight.evidence import recorded
from assistant.insight.figures import days_since, number
from assistant.insight.periods import months_between
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

Stage = Literal["pre_relationship", "early", "development", "long_term", "final"]


@dataclass(frozen=True)
class StageTest:
    """One condition of a stage. `wanted` says what would meet it."""

    wanted: Gist
    met: bool | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class StageCase:
    """A stage with all its tests: `holds` when every one is met, None while one is open."""

    stage: Stage
    tests: tuple[StageTest, ...]

    @property
    def holds(self) -> bool | None:
        """Whether the account is in this stage (or beyond it)."""
        answers = {test.met for test in self.tests}
        if False in answers:
            return False
        return None if None in answers else True

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for the stage."""
        return _of(self.tests, met=True)

    @property
    def against(self) -> tuple[Evidence, ...]:
        """What speaks against it."""
        return _of(self.tests, met=False)

    @property
    def missing(self) -> tuple[Gist, ...]:
        """What one would have to find for the stage to hold."""
        return tuple(test.wanted for test in self.tests if not test.met)


def cases(file: AccountFile, thresholds: Thresholds) -> tuple[StageCase, ...]:
    """The five stages in order, each with its tests against this account."""
    enough, old = _enough_orders(file, thresholds), _old_enough(file, thresholds)
    adapted, lasting = _adapted(file), _lasting(file, thresholds)
    established = (lasting, _agreed(file), adapted)
    return (
        StageCase("pre_relationship", (_nothing_won(file),)),
        StageCase("early", (_won(file), _young(enough, old, thresholds))),
        StageCase("development", (enough, old, _growing(file, thresholds), adapted)),
        StageCase("long_term", established),
        StageCase("final", (*established, *_quiet(file, thresholds))),
    )


def _nothing_won(file: AccountFile) -> StageTest:
    shown = between.dealings(file)
    met = True if between.nothing_won(file) else (False if shown else None)
    count = between.order_days(file)
    return StageTest(Gist("wanted.nothing_won"), met, shown or (count,))


def _won(file: AccountFile) -> StageTest:
    shown = between.dealings(file)
    met = True if shown else (False if between.nothing_won(file) else None)
    return StageTest(Gist("wanted.first_order"), met, shown[:1])


def _young(enough: StageTest, old: StageTest, thresholds: Thresholds) -> StageTest:
    months = Quantity(thresholds.early_months, "months")
    wanted = Gist("wanted.young", orders=thresholds.early_orders, age=months)
    if False in {enough.met, old.met}:
        shown = [e for test in (enough, old) if test.met is False for e in test.evidence]
        return StageTest(wanted, met=True, evidence=tuple(shown))
    met = None if None in {enough.met, old.met} else False
    return StageTest(wanted, met, (*enough.evidence, *old.evidence))


def _enough_orders(file: AccountFile, thresholds: Thresholds) -> StageTest:
    count = between.order_days(file)
    known = bool(file.revenue) or between.nothing_won(file)
    met = (number(count) or 0) >= thresholds.early_orders if known else None
    wanted = Gist("wanted.orders", orders=thresholds.early_orders)
    return StageTest(wanted, met, (count,) if known else ())


def _old_enough(file: AccountFile, thresholds: Thresholds) -> StageTest:
    return _aged(file, thresholds, thresholds.early_months)


def _lasting(file: AccountFile, thresholds: Thresholds) -> StageTest:
    return _aged(file, thresholds, thresholds.long_term_months)


def _aged(file: AccountFile, thresholds: Thresholds, months: int) -> StageTest:
    wanted = Gist("wanted.tenure", age=Quantity(months, "months"))
    age, shown = between.tenure_months(file, thresholds), between.tenure(file, thresholds)
    if age is None or shown is None:
        return StageTest(wanted, met=False if between.nothing_won(file) else None)
    return StageTest(wanted, age >= months, (shown,))


def _growing(file: AccountFile, thresholds: Thresholds) -> StageTest:
    met, steps = between.growth(file, thresholds)
    return StageTest(Gist("wanted.growth"), met, steps)


def _adapted(file: AccountFile) -> StageTest:
    shown = between.adaptations(file)
    return StageTest(Gist("wanted.adaptation"), True if shown else None, shown)


def _agreed(file: AccountFile) -> StageTest:
    wanted = Gist("wanted.agreement")
    shown = between.agreements(file)
    if shown:
        return StageTest(wanted, met=True, evidence=shown)
    ended = tuple(recorded(row, "ends_on") for row in file.contracts)
    return StageTest(wanted, met=False if ended else None, evidence=ended)


def _quiet(file: AccountFile, thresholds: Thresholds) -> tuple[StageTest, ...]:
    months = thresholds.final_quiet_months
    newest = {
        "stakeholder": between.newest_stakeholder(file),
        "product": between.newest_product(file),
        "term": between.newest_term(file),
    }
    return tuple(_unchanged(file, kind, event, months) for kind, event in newest.items())


def _unchanged(file: AccountFile, kind: str, event: Evidence | None, months: int) -> StageTest:
    wanted = Gist(f"wanted.same_{kind}", age=Quantity(months, "months"))
    if event is None or not isinstance(event.value, date):
        return StageTest(wanted, met=None)
    shown = days_since(
        f"newest_{kind}:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: the last new {kind} ({event.title})",
        event=event,
        on=event.value,
        today=file.as_of,
    )
    return StageTest(wanted, months_between(event.value, file.as_of) >= months, (shown,))


def _of(tests: tuple[StageTest, ...], *, met: bool) -> tuple[Evidence, ...]:
    kept = (e for test in tests if test.met is met for e in test.evidence)
    return tuple(dict.fromkeys(kept))
