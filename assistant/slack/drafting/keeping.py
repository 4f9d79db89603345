"""The drafts that were handed over: kept under a key that their buttons carry, opened again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.claims import Draft
from assistant.drafting.stored import restored, stored
from assistant.slack.delivery import Place
from assistant.slack.reception import Reception
from assistant.work import Job
from knowledge.errors import NotFound
from knowledge.journal.drafts import Drafts, KeptDraft
from knowledge.records import Viewer

_KEY = 20


@dataclass(frozen=True)
class Opened:
    """A draft, and what is kept with it."""

    kept: KeptDraft
    draft: Draft


def key_of(job: Job) -> str:
    """The key of the draft that a job makes: short enough for a menu, the same every time."""
    return hashlib.sha256(job.id.encode()).hexdigest()[:_KEY]


def keep(
    reception: Reception, viewer: Viewer, key: str, draft: Draft, thread_id: str | None = None
) -> None:
    """Keep a draft for whoever sees its account; one about many accounts for its asker alone."""
    Drafts(reception.desk.workspace.database).keep(
        viewer,
        key,
        stored(draft),
        account_id=about(draft),
        thread_id=thread_id,
        now=datetime.now(UTC),
    )


def hand_over(reception: Reception, key: str, place: Place, ts: str) -> None:
    """Remember in which thread a draft stands: what is said there is said about it."""
    thread = Place(place.channel, place.thread_ts or ts)
    Drafts(reception.desk.workspace.database).hand_over(key, thread.key, now=datetime.now(UTC))


def opened(reception: Reception, viewer: Viewer, key: str) -> Opened:
    """A draft by its key; raises `NotFound` where it is not the viewer's to open."""
    kept = Drafts(reception.desk.workspace.database).get(viewer, key)
    return Opened(kept, restored(kept.content))


def draft_above(reception: Reception, viewer: Viewer, place: Place) -> KeptDraft | None:
    """The newest version of the draft that a thread is about; None where it is about none."""
    return Drafts(reception.desk.workspace.database).last(viewer, place.key)


def made_before(reception: Reception, viewer: Viewer, job: Job) -> Draft | None:
    """The draft that an earlier attempt of a job has made."""
    if not job.again:
        return None
    try:
        return opened(reception, viewer, key_of(job)).draft
    except NotFound:
        return None


def about(draft: Draft) -> str | None:
    """The account a draft tells of; None if it tells of many."""
    return None if draft.kind in {"portfolio_review", "what_if"} else draft.account_id or None
