"""Of whom nothing is known, nothing is said: unknowns and questions, no statement."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.settings import read_settings
from knowledge.records import Viewer

OPERATOR = Viewer.operator()


@pytest.fixture
def bare_desk(tmp_path: Path) -> Iterator[Desk]:
    """A workspace in which one account has a name and nothing else."""
    export = tmp_path / "Account.csv"
    export.write_text("Id,Name\n001,Quietwater Mills\n", encoding="utf-8")
    desk = Desk.open(read_settings(tmp_path / "home"))
    desk.take_in([export])
    yield desk
    desk.close()


def test_a_name_alone_yields_questions_and_no_statement(bare_desk: Desk) -> None:
    day = bare_desk.day(None)
    for draft in (
        bare_desk.plan(OPERATOR, "Quietwater Mills", day),
        bare_desk.value(OPERATOR, "Quietwater Mills", "decider", day),
        bare_desk.follow_up(OPERATOR, "Quietwater Mills", None, day),
        bare_desk.review(OPERATOR, "Quietwater Mills", day),
    ):
        assert _invented(draft) == []
        assert [claim for claim in draft.claims() if claim.kind == "unknown"]


def test_an_account_with_almost_no_data_is_not_talked_up(sample_desk: Desk) -> None:
    day = sample_desk.day(None)
    plan = sample_desk.plan(OPERATOR, "Pelagia Processing", day)
    assert _invented(plan) == []
    questions = [claim for claim in plan.claims() if claim.kind == "unknown"]
    assert len(questions) > len([c for c in plan.claims() if c.kind in {"fact", "inference"}])
    proposition = sample_desk.value(OPERATOR, "Pelagia Processing", "decider", day)
    assert all(claim.kind == "unknown" for claim in proposition.claims())


def _invented(draft: Draft) -> list[str]:
    """Statements that do not follow from there being nothing, or from a name on record."""
    return [
        claim.text
        for claim in draft.claims()
        if claim.kind in {"fact", "inference"}
        and not all(evidence.value == 0 or "#name" in evidence.ref for evidence in claim.evidence)
    ]
