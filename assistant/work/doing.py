"""Doing a job: tried again where that helps, and told to whoever asked where it does not."""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dbos import DBOS

from assistant.errors import TryLater
from assistant.work.job import Apology, Handler, Job, Tally

log = logging.getLogger(__name__)

#: How often something outside may ask for patience (an hour and more in all), and how often
#: anything else may fail.
PATIENCE, TRIES = 20, 2
_LONGEST_WAIT = 300.0


@dataclass
class Worker:
    """Does jobs in this process.

    Attributes:
        tally: hears of every try: the job's name, its outcome, and how many seconds it took.
        before: called before every try; may wait for a better moment.
        handlers: who does the jobs of a name, and who tells that one could not be done.
        boot: of this process: a job begun under another was cut short.
    """

    tally: Tally
    before: Callable[[], None]
    handlers: dict[str, tuple[Handler, Apology]] = field(default_factory=dict)
    boot: str = field(default_factory=lambda: uuid.uuid4().hex)

    def do(self, kept: str) -> str:
        """Do what was kept; each step's result is kept, one that was cut short runs again."""
        content = json.loads(kept)
        job = Job(
            id=DBOS.workflow_id or "",
            name=content["name"],
            payload=content["payload"],
            received=datetime.fromisoformat(content["received"]),
        )
        begun_by = DBOS.run_step({"name": "begin"}, lambda: self.boot)
        failures = patience = 0
        while failures < TRIES and patience < PATIENCE:
            again = bool(failures or patience or begun_by != self.boot)
            tried = DBOS.run_step({"name": "try"}, self._try, replace(job, again=again))
            if tried["outcome"] == "done":
                return "done"
            failures += tried["outcome"] == "failed"
            patience += tried["outcome"] == "later"
            DBOS.sleep(min(tried["seconds"] or 2.0 ** (failures + patience), _LONGEST_WAIT))
        return self._apologise(job, tried["reference"])

    def _try(self, job: Job) -> dict[str, Any]:
        self.before()
        begun = time.monotonic()
        tried = self._outcome(job)
        self.tally(job.name, tried["outcome"], time.monotonic() - begun)
        return tried

    def _outcome(self, job: Job) -> dict[str, Any]:
        reference = uuid.uuid4().hex[:8]
        try:
            self.handlers[job.name][0](job)
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
        apology = self.handlers[job.name][1]
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
