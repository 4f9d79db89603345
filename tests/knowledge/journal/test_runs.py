"""The journal of model calls, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from knowledge.journal.runs import Allowance, ModelRun, Runs, Usage
from knowledge.records import Database

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
DAY = NOW.date()


def begun(tokens: int, micros: int | None = None, about: str | None = None) -> ModelRun:
    return ModelRun(
        at=NOW,
        day=DAY,
        user="u1",
        task="answer",
        about=about,
        model="m",
        prompt=None,
        prompt_version=None,
        prompt_hash=None,
        tokens_in=tokens,
        tokens_cached=0,
        tokens_out=0,
        cost_micros=micros,
        milliseconds=0,
        attempts=0,
        outcome="running",
    )


def test_a_run_holds_its_place_in_the_budget_until_it_ends(database: Database) -> None:
    runs, allowance = Runs(database), Allowance(tokens=1_000, micros=1_000_000)
    first = runs.open(begun(800, 40, "plan"), allowance)
    assert first is not None
    assert runs.open(begun(800), allowance) is None
    runs.close(first, "complete", Usage(90, 10, 20, 7), milliseconds=1_200, attempts=2)
    assert runs.spent("u1", DAY) == Usage(90, 10, 20, 7)
    assert runs.open(begun(800), allowance) is not None
    [kept] = runs.about("plan")
    assert (kept.outcome, kept.milliseconds, kept.attempts) == ("complete", 1_200, 2)


def test_a_call_that_was_not_allowed_leaves_no_open_run(database: Database) -> None:
    runs = Runs(database)
    assert runs.open(begun(10, 50), Allowance(tokens=100, micros=40)) is None
    assert runs.spent("u1", DAY) == Usage(0, 0, 0, 0)


def test_a_run_without_a_price_counts_its_tokens(database: Database) -> None:
    runs = Runs(database)
    assert runs.open(begun(10), Allowance(tokens=100, micros=0)) is not None
    assert runs.spent("u1", DAY).tokens == 10


def test_callers_who_come_together_never_share_what_is_left(database: Database) -> None:
    runs, allowance = Runs(database), Allowance(tokens=250, micros=0)
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: runs.open(begun(100), allowance), range(8)))
    assert sum(one is not None for one in opened) == 2
    assert runs.spent("u1", DAY).tokens == 200
