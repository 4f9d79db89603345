"""The queue: jobs are kept, and done by as many hands as there are."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from dbos import DBOS, DBOSClient, DBOSConfig
from filelock import FileLock
from sqlalchemy import Connection, make_url

from assistant.work.doing import Worker
from assistant.work.group_commit import GroupCommit
from assistant.work.job import Apology, Handler, Job, Tally
from assistant.work.store import STORE, hold, patient_engine, seated, write_ahead

#: Work that an older release left behind is taken up by a newer one: handlers stay compatible.
_VERSION = "liaison-1"
_NAME, _QUEUE, _WORKFLOW = "liaison", "work", "job"
#: Finished jobs are forgotten after this; Slack repeats itself for at most an hour.
KEPT = timedelta(days=7)
#: Hearing goes before doing: a job begins once no new one has arrived for `_LULL` seconds.
_LULL, _LONGEST_LULL = 0.05, 2.0


def _untold(_job: Job, _reference: str) -> None:
    """Nobody is told of a failure; the log has it."""


def _uncounted(_name: str, _outcome: str, _seconds: float) -> None:
    """Nobody counts."""


def _log_like_everybody() -> None:
    """DBOS would write to the terminal by itself, past whoever leaves secrets out of the log."""
    logger = logging.getLogger("dbos")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = True


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
        self._timetable: dict[str, tuple[str, str]] = {}
        self._hands, self._poll = hands, poll
        self._worker = Worker(tally, self._wait_for_a_lull)
        self._heard = 0.0
        self._embedded = make_url(database_url).get_backend_name() == "sqlite"
        self._lock: FileLock | None = None
        self._seat: Connection | None = None
        executor = "local"
        if self._embedded:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = hold(home)
            write_ahead(home / STORE)
            database_url = f"sqlite:///{home / STORE}"
        else:
            executor, self._seat = seated(database_url)
        _log_like_everybody()
        DBOS(config=self._config(database_url, executor))
        self._fire = self._workflows()
        self._engine = patient_engine(database_url)
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
        self._worker.handlers[name] = (handler, apology)

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
        if name not in self._worker.handlers:
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
            return self._worker.do(kept)

        @DBOS.workflow(name="due")
        def due(moment: datetime, name: Any) -> None:
            self._due(moment, name)

        return due

    def _wait_for_a_lull(self) -> None:
        until = time.monotonic() + _LONGEST_LULL
        while time.monotonic() < min(self._heard + _LULL, until):
            time.sleep(_LULL / 5)

    def _due(self, moment: datetime, name: str) -> None:
        due = moment.astimezone(UTC).isoformat()
        self.enqueue(f"{name}:{due}", name, {"due": due}, thread=name)
