"""Durable work: what was promised to somebody survives a crash, and is done once.

A job is kept before anybody is told that it was heard, under an id that its sender chose, so the
same request twice is one job. A job that was cut short begins again from its start; its handler
learns so from `Job.again`, and looks for what it has already done before it does it twice. Jobs
of one thread run one after the other. SQLite serves one process, PostgreSQL any number.

    Work          the queue of a home, and the handlers that do its jobs
    Job           something that was promised
    hold          the lock of a home's work, for whoever must be alone with it
    forget_jobs   take a person's words out of what is kept

This is the only room that knows `dbos`, which keeps one process-wide instance: one `Work` may be
open at a time.
"""

from assistant.work.forgetting import forget_jobs
from assistant.work.job import Job
from assistant.work.queue import Work
from assistant.work.store import LOCK, STORE, hold

__all__ = ["LOCK", "STORE", "Job", "Work", "forget_jobs", "hold"]
