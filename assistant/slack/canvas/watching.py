"""Canvases looked after: what rests on changed sources is marked, and its renewal offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.slack.canvas.making import give_up, live, shown
from assistant.slack.canvas.page import parts_of
from assistant.slack.canvas.paper import Gone, Paper
from assistant.slack.canvas.readers import eyes_of, let_in
from assistant.slack.canvas.renewing import Renewing
from assistant.slack.reception import Reception
from assistant.slack.views.canvas import gone_message, outdated_message
from assistant.work import Job
from knowledge.journal.canvases import Canvas, CanvasSection, arrived_since, sections_of
from knowledge.journal.plans import moved
from knowledge.records import Viewer
from knowledge.records.references import source_of


@dataclass(frozen=True)
class Change:
    """A section whose sources changed: its name, its heading, and what the sources are called."""

    section: str
    heading: str
    what: tuple[str, ...]


def look_after(reception: Reception, job: Job) -> None:
    """Mark what rests on changed sources, offer to renew it, and see to who may read it.

    The offer is kept before the first mark is made: a section that is marked counts as offered.
    """
    canvas = live(reception, job.payload["canvas"])
    eyes = eyes_of(reception, canvas) if canvas is not None else None
    if canvas is None or eyes is None:
        return
    person, viewer = eyes
    name = reception.desk.workspace.ledger.find_account(viewer, canvas.account_id).name
    about = shown(reception, canvas, name)
    paper = Paper(reception.client, about.id, about.title)
    try:
        paper.read()
    except Gone:
        gone = gone_message(canvas.account_id, name, reception.language(person.id))
        reception.delivery.direct(job, person.id, gone)
        give_up(reception, canvas)
        return
    let_in(reception, canvas, paper)
    if changes := changes_of(reception, viewer, canvas):
        told = {one.heading: list(one.what) for one in changes}
        offer = {"user": person.id, "canvas": canvas.canvas_id, "name": name, "changes": told}
        reception.work.enqueue(f"{job.id}/offer", "canvas.offer", offer)
        marks = {one.section: one.what for one in changes}
        renewing = Renewing(reception, canvas, paper, job.received)
        renewing.mark(marks, reception.desk.day(None))


def offer_update(reception: Reception, job: Job) -> None:
    """Tell whoever looks after a plan what it rests on has changed."""
    told = job.payload
    canvas = live(reception, told["canvas"])
    if canvas is not None:
        about = shown(reception, canvas, told["name"])
        offer = outdated_message(about, told["name"], told["changes"])
        reception.delivery.direct(job, told["user"], offer)


def changes_of(reception: Reception, viewer: Viewer, canvas: Canvas) -> list[Change]:
    """Sections not marked yet that cite what has changed, or would cite what has arrived since."""
    with reception.desk.workspace.database.reading() as session:
        rows = sections_of(session, canvas.canvas_id)
        known = {
            row.section: [one.title for one in moved(session, viewer, row.refs)]
            for row in rows.values()
            if _open(row)
        }
        seen = max((row.written_at for row in rows.values()), default=canvas.created_at)
        arrived = arrived_since(session, viewer, canvas.account_id, seen)
    for section, titles in (_citing(reception, viewer, canvas, arrived) if arrived else {}).items():
        if section in known:
            known[section] += titles
    return [
        Change(section, rows[section].heading or "", tuple(dict.fromkeys(titles)))
        for section, titles in known.items()
        if titles
    ]


def _open(row: CanvasSection) -> bool:
    return row.heading is not None and row.status in {"current", "edited"}


def _citing(
    reception: Reception, viewer: Viewer, canvas: Canvas, arrived: dict[str, str]
) -> dict[str, Sequence[str]]:
    """Which sections of a plan of today cite what has arrived."""
    desk = reception.desk
    draft = desk.plan(viewer, canvas.account_id, desk.day(None), canvas.language)
    cited = {
        part.id: dict.fromkeys(map(source_of, part.refs))
        for part in parts_of(draft, reception.links)
    }
    return {
        section: [arrived[one] for one in sources if one in arrived]
        for section, sources in cited.items()
    }
