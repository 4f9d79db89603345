"""Durable work, as somebody who asked for something sees it."""

from __future__ import annotations

import base64
import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from dbos import DBOS

from assistant.errors import TryLater, WorkHeld
from assistant.work import Job, Work, doing, forget_jobs, store

Bench = Callable[..., Work]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Opens work over one home, again and again; whatever is open at the end is closed."""
    with ExitStack() as stack:

        def opened(hands: int = 4) -> Work:
            work = Work(tmp_path, f"sqlite:///{tmp_path / 'liaison.db'}", poll=0.01, hands=hands)
            stack.callback(work.close)
            return work

        yield opened


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "_LONGEST_WAIT", 0.01)


def test_a_question_that_arrives_three_times_is_answered_once(bench: Bench) -> None:
    work = bench()
    done: list[Job] = []
    work.register("ask", done.append)
    work.start()
    for _ in range(3):
        work.enqueue("Ev1", "ask", {"text": "Who decides at Halden?"})
    assert work.settle(10)
    assert [(job.id, job.payload["text"], job.again) for job in done] == [
        ("Ev1", "Who decides at Halden?", False)
    ]


def test_an_answer_that_was_given_is_not_given_again_after_a_restart(bench: Bench) -> None:
    done: list[Job] = []
    first = bench()
    first.register("ask", done.append)
    first.start()
    first.enqueue("Ev1", "ask", {})
    assert first.settle(10)
    first.close()
    second = bench()
    second.register("ask", done.append)
    second.start()
    second.enqueue("Ev1", "ask", {})
    second.enqueue("Ev2", "ask", {})
    assert second.settle(10)
    assert [job.id for job in done] == ["Ev1", "Ev2"]


def test_questions_of_one_thread_are_answered_in_the_order_they_came(bench: Bench) -> None:
    work = bench(hands=4)
    order: list[str] = []
    both = threading.Barrier(2, timeout=10)

    def answer(job: Job) -> None:
        order.append(job.id)
        if job.payload["meets"]:
            both.wait()

    work.register("ask", answer)
    work.start()
    work.enqueue("a1", "ask", {"meets": True}, thread="A")
    work.enqueue("a2", "ask", {"meets": False}, thread="A")
    work.enqueue("b1", "ask", {"meets": True}, thread="B")
    assert work.settle(10)
    assert order.index("a1") < order.index("a2")
    assert set(order) == {"a1", "a2", "b1"}


def test_slack_asks_for_patience_and_the_answer_comes_all_the_same(bench: Bench) -> None:
    work, seen = bench(), []

    def answer(job: Job) -> None:
        seen.append(job.again)
        if len(seen) < 3:
            raise TryLater("Slack is busy", 30)

    work.register("ask", answer)
    work.start()
    work.enqueue("Ev1", "ask", {})
    assert work.settle(10)
    assert seen == [False, True, True]


def test_patience_lasts_as_long_as_was_asked_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(doing, "_LONGEST_WAIT", 300.0)
    monkeypatch.setattr(DBOS, "sleep", waits.append)
    work, tries = bench(), []

    def answer(job: Job) -> None:
        tries.append(job)
        if len(tries) == 1:
            raise TryLater("Slack is busy", 37)

    work.register("ask", answer)
    work.start()
    work.enqueue("Ev1", "ask", {})
    assert work.settle(10)
    assert waits == [37]


def test_what_cannot_be_done_is_told_once_with_a_number_that_the_log_knows(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    work, told = bench(), []

    def answer(_job: Job) -> None:
        raise ZeroDivisionError

    work.register("ask", answer, lambda job, reference: told.append((job.id, reference)))
    work.start()
    work.enqueue("Ev1", "ask", {})
    assert work.settle(10)
    [(job_id, reference)] = told
    assert job_id == "Ev1"
    assert f"{reference}: job Ev1 (ask) failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_an_apology_that_cannot_be_delivered_yet_is_delivered_later(bench: Bench) -> None:
    work, told = bench(), []

    def apologise(_job: Job, reference: str) -> None:
        told.append(reference)
        if len(told) < 3:
            raise TryLater("Slack is down")

    def answer(_job: Job) -> None:
        raise TryLater("Slack is down")

    work.register("ask", answer, apologise)
    work.start()
    work.enqueue("Ev1", "ask", {})
    assert work.settle(10)
    assert len(told) == 3
    assert len(set(told)) == 1


def test_a_second_process_is_told_that_the_home_is_taken(bench: Bench, tmp_path: Path) -> None:
    bench()
    with pytest.raises(WorkHeld, match="Another process already serves"):
        Work(tmp_path, f"sqlite:///{tmp_path / 'liaison.db'}")


def test_the_morning_digest_is_enqueued_by_the_clock_once_for_each_moment(bench: Bench) -> None:
    work, fired = bench(), threading.Event()
    jobs: list[Job] = []

    def digest(job: Job) -> None:
        jobs.append(job)
        fired.set()

    work.register("digest", digest)
    work.every("digest", "* * * * * *")
    work.start()
    assert fired.wait(45)
    work.close()
    assert jobs[0].id == f"digest:{jobs[0].payload['due']}"


def test_the_queue_tells_its_age_and_forgets_what_is_long_done(bench: Bench) -> None:
    work, go = bench(), threading.Event()
    work.register("ask", lambda _job: [go.wait(10)].clear())
    work.start()
    work.enqueue("Ev1", "ask", {})
    count, age = work.waiting()
    assert count == 1
    assert age.total_seconds() < 60
    go.set()
    assert work.settle(10)
    assert work.waiting()[0] == 0


def test_postgresql_serves_several_processes_each_on_a_seat_of_its_own(
    tmp_path: Path, postgres_url: str
) -> None:
    done: list[str] = []
    _, other = store.seated(postgres_url)
    with Work(tmp_path, postgres_url, poll=0.01) as work:
        work.register("ask", lambda job: done.append(job.id))
        work.start()
        work.enqueue("Ev1", "ask", {})
        work.enqueue("Ev1", "ask", {})
        assert work.settle(20)
    other.close()
    other.engine.dispose()
    assert done == ["Ev1"]


def test_who_was_erased_is_in_no_job_and_nothing_is_done_twice(
    bench: Bench, tmp_path: Path
) -> None:
    done: list[str] = []

    def answer(job: Job) -> None:
        done.append(job.id)
        if job.payload.get("fails"):
            raise RuntimeError("Katalin Szentmiklosy is not there")

    first = bench()
    first.register("ask", answer)
    first.start()
    first.enqueue("Ev1", "ask", {"text": "Who is Katalin Szentmiklosy?"})
    first.enqueue("Ev2", "ask", {"text": "Katalin?", "fails": True})
    assert first.settle(20)
    first.close()
    late = bench()
    late.register("ask", answer)
    late.enqueue("Ev3", "ask", {"text": "And what does Katalin say?"})
    late.enqueue("Ev4", "ask", {"text": "Who decides at Halden?"})
    late.close()

    url = f"sqlite:///{tmp_path / 'liaison.db'}"
    assert forget_jobs(tmp_path, url, lambda given: "Katalin" in json.dumps(given)) == 3
    for path in tmp_path.glob("work.db*"):
        for words in (b"Katalin", b"Szentmiklosy", base64.b64encode(b"Katalin")):
            assert words not in path.read_bytes()
    again = bench()
    again.register("ask", answer)
    again.start()
    again.enqueue("Ev1", "ask", {"text": "Who is Katalin Szentmiklosy?"})
    assert again.settle(20)
    assert [one for one in done if one in {"Ev1", "Ev3", "Ev4"}] == ["Ev1", "Ev4"]


def test_a_home_without_jobs_has_none_to_forget(tmp_path: Path) -> None:
    assert forget_jobs(tmp_path, f"sqlite:///{tmp_path / 'liaison.db'}", lambda _: True) == 0
    assert not (tmp_path / "work.db").exists()


def test_jobs_in_a_shared_database_forget_too(tmp_path: Path, postgres_url: str) -> None:
    def opened() -> Work:
        work = Work(tmp_path, postgres_url, poll=0.01)
        work.register("ask", lambda _: None)
        return work

    with opened() as work:
        work.start()
        work.enqueue("Ev1", "ask", {"text": "Who is Katalin Szentmiklosy?"})
        assert work.settle(20)
    with opened() as work:
        work.enqueue("Ev2", "ask", {"text": "And Katalin?"})
    assert forget_jobs(tmp_path, postgres_url, lambda given: "Katalin" in json.dumps(given)) == 2
    assert forget_jobs(tmp_path, postgres_url, lambda _: True) == 0


def test_the_library_below_logs_where_everything_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Work(tmp_path, f"sqlite:///{tmp_path / 'liaison.db'}", poll=0.01) as work:
        work.start()
        logging.getLogger("dbos").error("The queue is out of breath")
    assert "The queue is out of breath" in caplog.text
