"""The relationship life cycle: five stages read from the records, with the evidence against.

Source: Ford (1980), Wilkinson & Young (1997). Research finds stages less clear-cut than the
model: they overlap, and their order is not guaranteed, so a stage chooses a conversation and
scores nobody. *Final* means institutionalised, not ending; decline is a separate rule.

The tests of the stages are defaults of ours. A stage holds only when all of its tests are met:
nothing is rounded up, and taking knowledge away can only open a test, never turn it round. An
account past `early` whose records show neither repeated growth nor an adaptation has no stage.
"""

from __future__ import annotations

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.relationship import FEATURES, Feature, known_features
from assistant.insight.stages import Stage, StageCase, cases
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "life_cycle"

_SHOWN = 3
#: The question that each feature nobody knows asks.
_QUESTIONS: dict[Feature, str] = {
    "orders": "orders",
    "tenure": "tenure",
    "contracts": "contract",
    "adaptations": "adaptations",
    "contacts": "contacts",
}


def life_cycle(file: AccountFile, thresholds: Thresholds) -> Finding:
    """The stage of a relationship.

    Outcome: `pre_relationship`, `early`, `development`, `long_term`, `final`, or `unknown` when
    under `features_known` % of the features are on record or no stage's tests are all met.
    Confidence is the share of the five features that are known. `settled` says that no open
    test leaves a later stage possible; `possible` names every stage the records do not exclude.
    """
    known = known_features(file, thresholds)
    share = _share(file, known)
    all_cases = cases(file, thresholds)
    enough = len(known) * 100 >= thresholds.features_known * len(FEATURES)
    holding = [case for case in all_cases if case.holds]
    chosen = holding[-1] if enough and holding else None
    later = all_cases[all_cases.index(chosen) + 1 :] if chosen else all_cases
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=chosen.stage if chosen else "unknown",
        values={
            "known": tuple(name for name in FEATURES if name in known),
            "known_share": share.value,
            "stages": all_cases,
            "possible": _possible(all_cases),
            "settled": chosen is not None and all(case.holds is False for case in later),
            "next": later[0].stage if chosen and later else None,
        },
        evidence=(*(chosen.evidence if chosen else ()), share),
        against=_against(file, chosen, later) if chosen else (),
        confidence=len(known) / len(FEATURES),
        would_change=_would_change(file, chosen, all_cases),
        thresholds={
            name: getattr(thresholds, name)
            for name in (
                "features_known",
                "early_orders",
                "early_months",
                "growth_percent",
                "long_term_months",
                "final_quiet_months",
            )
        },
        questions=_questions(file, known, settled=chosen is not None),
    )


def _share(file: AccountFile, known: frozenset[Feature]) -> Evidence:
    return computed(
        f"features_known:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: features of the relationship on record",
        value=len(known) * 100 // len(FEATURES),
        unit="%",
        formula="count(known) / features * 100",
        inputs=[
            *(Input("known", name) for name in FEATURES if name in known),
            Input("features", len(FEATURES)),
        ],
        as_of=file.as_of,
    )


def _possible(all_cases: tuple[StageCase, ...]) -> tuple[Stage, ...]:
    return tuple(case.stage for case in all_cases if case.holds is not False)


def _against(
    file: AccountFile, chosen: StageCase, later: tuple[StageCase, ...]
) -> tuple[Evidence, ...]:
    """What points to another stage, and what strains the one that was found."""
    own = set(chosen.evidence)
    pointing = [e for case in later for e in case.evidence if e not in own]
    strained = [] if chosen.stage == "pre_relationship" else _strains(file)
    return tuple(dict.fromkeys([*chosen.against, *strained, *pointing]))


def _strains(file: AccountFile) -> list[Evidence]:
    """Promises of ours that are overdue, and deals lost within a year."""
    overdue = [
        recorded(row, "due_on")
        for row in sorted(file.commitments, key=lambda row: (str(row.due_on), row.id))
        if row.side == "ours" and row.done_on is None and row.due_on and row.due_on < file.as_of
    ]
    lost = [recorded(deal, "status") for deal in centre.closed_lately(file, "lost")]
    return overdue[:_SHOWN] + lost[-_SHOWN:]


def _would_change(
    file: AccountFile, chosen: StageCase | None, all_cases: tuple[StageCase, ...]
) -> Gist | None:
    name = file.account.name
    if chosen is None:
        return _would_settle(name, all_cases)
    after = all_cases[all_cases.index(chosen) + 1 :]
    if after:
        return Gist("would_change.stage", account=name, way=_way(after[0]))
    return Gist("would_change.renewal", account=name)


def _would_settle(name: str, all_cases: tuple[StageCase, ...]) -> Gist | None:
    """What the stages that are still possible wait for. Final waits for long-term."""
    waiting = [case for case in all_cases if case.holds is None and case.stage != "final"]
    if len(waiting) > _SHOWN:
        return Gist("would_change.anything", account=name)
    if not waiting:
        return None
    way, *others = map(_way, waiting)
    for other in others:
        way = Gist("way.either", one=way, other=other)
    return Gist("would_change.stage", account=name, way=way)


def _way(case: StageCase) -> Gist:
    """A stage with what it still waits for."""
    return Gist(f"way.{case.stage}", missing=case.missing)


def _questions(
    file: AccountFile, known: frozenset[Feature], *, settled: bool
) -> tuple[Question, ...]:
    asked = tuple(
        Question(
            name, Gist(f"question.{_QUESTIONS[name]}", account=file.account.name), centre.rep(file)
        )
        for name in FEATURES
        if name not in known
    )
    if asked or settled:
        return asked
    news = Gist("question.news", account=file.account.name)
    return (Question("stage", news, centre.rep(file)),)
