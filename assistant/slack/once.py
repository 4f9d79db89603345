"""Clicks that come twice: whoever asks for the same thing again finds it said already."""

from __future__ import annotations

from assistant.work import Job


def once(job: Job, what: str) -> Job:
    """The job under a name that every click on the same thing shares.

    What is posted for it is found again and brought up to date instead of being said twice.

    Args:
        job: one of perhaps several clicks.
        what: the thing itself, such as a message or a scene.
    """
    return Job(what, job.name, job.payload, job.received, again=True)
