"""Durable work: what was promised to somebody survives a crash, and is done once.

A job is kept before anybody is told that it was heard, under an id that its sender chose, so the
same request twice is one job. A job that was cut short begins again from its start; its handler
learns so from `Job.again`, and looks for what it has already done before it does it twice. Jobs
of one thread run one after the other. SQLite serves one process, PostgreSQL any number.

This is the only module that knows `dbos`, which keeps one process-wide instance: one `Work` may
be open at a time.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from dbos import DBOS, DBOSClient, DBOSConfig
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from assistant.errors import TryLater, WorkHeld
from assistant.group_commit import GroupCommit

log = logging.getLogger(__name__)

#: Work that an older release left behind is taken up by a newer one: handlers stay compatible.
_VERSION = "liaison-1"
_NAME, _QUEUE, _WORKFLOW = "liaison", "work", "job"
_LOCK, _STORE = "work.lock", "work.db"
#: How often something outside may ask for patience (an hour and more in all), and how often
#: anything else may fail.
PATIENCE, TRIES = 20, 2
_LONGEST_WAIT = 300.0
#: Finished jobs are forgotten after this; Slack repeats itself for at most an hour.
KEPT = timedelta(days=7)
#: Hearing goes before doing: a job begins once no new one has arrived for `_LULL` seconds.
_LULL, _LONGEST_LULL = 0.05, 2.0
_SEATS = 64
_SEAT_KEY = 0x6C6961


@dataclass(frozen=True)
class Job:
    """Something that was promised.

    Attributes:
        id: chosen by whoever asked; the same id is the same job.
        name: which handler does it.
        payload: what it needs, as JSON has it.
        received: when it was asked for.
        again: whether it may have been begun before, so that its traces are to be looked for.
    """

    id: str
    name: str
    payload: Mapping[str, Any]
    received: datetime
    again: bool = False

    @property
    def age(self) -> timedelta:
        """How long ago it was asked for."""
        return datetime.now(UTC) - self.received


Handler = Callable[[Job], None]
Apology = Callable[[Job, str], None]
Tally = Callable[[str, str, float], None]


def _untold(_job: Job, _reference: str) -> None:
    """Nobody is told of a failure; the log has it."""


def _uncounted(_name: str, _outcome: str, _seconds: float) -> None:
    """Nobody counts."""


class Work:
    """A queue of jobs and the handlers that do them.

    `register` every handler, then `start`; `close` gives everything back.
    """

    def __init__(
        self,
        home: Path,
        database_url: str,
        *,
        hands: int = 4,
        poll: float = 0.1,
        tally: Tally = _uncounted,
    ) -> None:
        self._handlers: dict[str, tuple[Handler, Apology]] = {}
        self._timetable: dict[str, tuple[str, str]] = {}
        self._hands, self._poll, self._tally = hands, poll, tally
        self._boot = uuid.uuid4().hex
        self._heard = 0.0
        self._embedded = make_url(database_url).get_backend_name() == "sqlite"
        self._lock: FileLock | None = None
        self._seat: Connection | None = None
        executor = "local"
        if self._embedded:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = _held(home / _LOCK)
            _write_ahead(home / _STORE)
            database_url = f"sqlite:///{home / _STORE}"
        else:
            executor, self._seat = _seated(database_url)
        DBOS(config=self._config(database_url, executor))
        self._fire = self._workflows()
        self._engine = _engine(database_url)
        self._client = DBOSClient(
            system_database_engine=self._engine, application_name=_NAME, lazy=True
        )
        self._kept = GroupCommit(self._engine, self._keep)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def register(self, name: str, handler: Handler, apology: Apology = _untold) -> None:
        """Say who does the jobs of a name, and who tells that one could not be done.

        The handler may raise `TryLater`: it is called again, after as long as that asks for, up
        to `PATIENCE` times. Any other failure is tried `TRIES` times. Then the apology is called
        with the reference number under which the log has the failure.
        """
        self._handlers[name] = (handler, apology)

    def every(self, name: str, cron: str, timezone: str = "UTC") -> None:
        """Enqueue the job `name` whenever a cron expression says, once for each time.

        Its payload is `{"due": …}`, the moment in ISO form. Call before `start`.
        """
        self._timetable[name] = (cron, timezone)

    def start(self) -> None:
        """Take up what was left, and then what comes."""
        DBOS.launch()
        DBOS.register_queue(
            _QUEUE,
            worker_concurrency=self._hands,
            partition_concurrency=1,
            polling_interval_sec=self._poll,
            on_conflict="always_update",
        )
        self.forget(datetime.now(UTC) - KEPT)
        DBOS.apply_schedules(
            [
                {
                    "schedule_name": name,
                    "workflow_fn": self._fire,
                    "schedule": cron,
                    "context": name,
                    "cron_timezone": timezone,
                }
                for name, (cron, timezone) in self._timetable.items()
            ]
        )

    def enqueue(
        self, job_id: str, name: str, payload: Mapping[str, Any], *, thread: str | None = None
    ) -> None:
        """Keep a job; it is durable when this returns, and is done once however often it is asked.

        Jobs of the same `thread` are done in the order they came. Raises whatever the database
        raises when it cannot keep it.
        """
        if name not in self._handlers:
            raise KeyError(name)
        received = datetime.now(UTC).isoformat()
        kept = json.dumps({"name": name, "payload": payload, "received": received})
        self._heard = time.monotonic()
        self._kept.keep((job_id, thread or job_id, kept))
        self._heard = time.monotonic()

    def _keep(self, connection: Connection, row: tuple[str, str, str]) -> None:
        job_id, partition, kept = row
        self._client.enqueue_in_transaction(
            connection,
            {
                "workflow_name": _WORKFLOW,
                "queue_name": _QUEUE,
                "workflow_id": job_id,
                "queue_partition_key": partition,
                "app_version": _VERSION,
            },
            kept,
        )

    def waiting(self) -> tuple[int, timedelta]:
        """How many jobs are not done yet, and the age of the oldest; at most 1,000 are counted."""
        pending = DBOS.list_workflows(
            queue_name=_QUEUE,
            status=["ENQUEUED", "PENDING", "DELAYED"],
            limit=1_000,
            load_input=False,
            load_output=False,
        )
        if not pending:
            return 0, timedelta()
        oldest = min(one.created_at or 0 for one in pending) / 1_000
        return len(pending), timedelta(seconds=max(0.0, time.time() - oldest))

    def settle(self, seconds: float) -> bool:
        """Wait until nothing is left to do, at most so long; whether nothing is."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self.waiting()[0]:
                return True
            time.sleep(0.02)
        return not self.waiting()[0]

    def forget(self, before: datetime) -> None:
        """Drop what was finished before a moment: payloads hold people's words."""
        finished = DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=before.isoformat(),
            load_input=False,
            load_output=False,
        )
        if finished:
            DBOS.delete_workflows([one.workflow_id for one in finished])

    def close(self, drain: float = 0.0) -> None:
        """Stop taking up jobs, let those under way finish for so many seconds, and let go.

        What is not finished by then is finished after the next start.
        """
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=round(drain))
        self._client.destroy()
        self._engine.dispose()
        if self._seat is not None:
            self._seat.close()
            self._seat.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def _config(self, database_url: str, executor: str) -> DBOSConfig:
        return {
            "name": _NAME,
            "system_database_url": database_url,
            "enable_otlp": False,
            "log_level": "ERROR",
            "application_version": _VERSION,
            "executor_id": executor,
            "max_executor_threads": self._hands + 4,
            "notification_listener_polling_interval_sec": self._poll * 10,
        }

    def _workflows(self) -> Callable[[datetime, Any], None]:
        """What DBOS runs: it takes functions only, and knows them again by their names.

        Returns what is run when something is due.
        """

        @DBOS.workflow(name=_WORKFLOW)
        def job(kept: str) -> str:
            return self._do(kept)

        @DBOS.workflow(name="due")
        def due(moment: datetime, name: Any) -> None:
            self._due(moment, name)

        return due

    def _do(self, kept: str) -> str:
        """The workflow: each step's result is kept, and a step that was cut short runs again."""
        content = json.loads(kept)
        job = Job(
            id=DBOS.workflow_id or "",
            name=content["name"],
            payload=content["payload"],
            received=datetime.fromisoformat(content["received"]),
        )
        begun_by = DBOS.run_step({"name": "begin"}, lambda: self._boot)
        failures = patience = 0
        while failures < TRIES and patience < PATIENCE:
            again = bool(failures or patience or begun_by != self._boot)
            tried = DBOS.run_step({"name": "try"}, self._try, replace(job, again=again))
            if tried["outcome"] == "done":
                return "done"
            failures += tried["outcome"] == "failed"
            patience += tried["outcome"] == "later"
            DBOS.sleep(min(tried["seconds"] or 2.0 ** (failures + patience), _LONGEST_WAIT))
        return self._apologise(job, tried["reference"])

    def _try(self, job: Job) -> dict[str, Any]:
        self._wait_for_a_lull()
        begun = time.monotonic()
        tried = self._outcome(job)
        self._tally(job.name, tried["outcome"], time.monotonic() - begun)
        return tried

    def _outcome(self, job: Job) -> dict[str, Any]:
        reference = uuid.uuid4().hex[:8]
        try:
            self._handlers[job.name][0](job)
        except TryLater as error:
            log.warning(
                "%s: job %s (%s) will be tried later: %s", reference, job.id, job.name, error
            )
            return {"outcome": "later", "seconds": error.seconds, "reference": reference}
        except Exception:
            log.exception("%s: job %s (%s) failed", reference, job.id, job.name)
            return {"outcome": "failed", "seconds": 0.5, "reference": reference}
        return {"outcome": "done", "seconds": None, "reference": reference}

    def _apologise(self, job: Job, reference: str) -> str:
        apology = self._handlers[job.name][1]
        for attempt in range(1, PATIENCE + 1):
            told = DBOS.run_step(
                {"name": "apologise"}, self._told, apology, replace(job, again=True), reference
            )
            if told is None:
                break
            DBOS.sleep(min(told or 2.0**attempt, _LONGEST_WAIT))
        return f"failed {reference}"

    def _told(self, apology: Apology, job: Job, reference: str) -> float | None:
        try:
            apology(job, reference)
        except TryLater as error:
            return error.seconds or 0.0
        except Exception:
            log.exception("%s: nobody could be told that job %s failed", reference, job.id)
        return None

    def _wait_for_a_lull(self) -> None:
        until = time.monotonic() + _LONGEST_LULL
        while time.monotonic() < min(self._heard + _LULL, until):
            time.sleep(_LULL / 5)

    def _due(self, moment: datetime, name: str) -> None:
        due = moment.astimezone(UTC).isoformat()
        self.enqueue(f"{name}:{due}", name, {"due": due}, thread=name)


def _held(path: Path) -> FileLock:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WorkHeld(
            f"Another process already serves {path.parent}; stop it first, "
            "or set LIAISON_DATABASE_URL to a PostgreSQL database that several can share."
        ) from None
    return lock


def _write_ahead(path: Path) -> None:
    """Let the store append: a job is kept in a millisecond, and readers do not wait for it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _engine(database_url: str) -> Engine:
    """What jobs are kept through; a writer that has to wait for another waits."""
    engine = create_engine(database_url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def patient(connection: sqlite3.Connection, _: object) -> None:
            connection.isolation_level = "IMMEDIATE"
            connection.execute("PRAGMA busy_timeout = 30000")

    return engine


def _seated(database_url: str) -> tuple[str, Connection]:
    """A name no other running process has, and the connection that holds it.

    Whoever takes a seat next takes up what its last holder left undone.
    """
    connection = create_engine(database_url, isolation_level="AUTOCOMMIT").connect()
    take = text("SELECT pg_try_advisory_lock(:key, :seat)")
    for seat in range(_SEATS):
        if connection.scalar(take, {"key": _SEAT_KEY, "seat": seat}):
            return f"seat-{seat}", connection
    connection.close()
    raise WorkHeld(f"{_SEATS} processes already serve this database; stop one first.")
