"""A draft as files: Word with its charts, the charts alone, or a mail to be sent by a person."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.rendering import write_draft
from assistant.slack.delivery import Place
from assistant.slack.drafting.keeping import Opened, opened
from assistant.slack.drafting.places import clicked, place_of, tell, thread_key, verdict_on
from assistant.slack.drafting.uploading import File, upload
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.listeners.drafts import excuse, said
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import NotFound
from knowledge.records import Viewer

_FORMS = {ids.WORD: "word", ids.SLIDES: "slides", ids.CHARTS: "charts", ids.MAIL: "mail"}
_SUFFIX = {"word": ".docx", "slides": ".pptx", "mail": ".eml"}
_LONGEST_NAME = 80


def register(board: Switchboard) -> None:
    """The buttons under a draft become the job `draft_file`."""
    board.job("draft_file", send_file, excuse)
    for action, form in _FORMS.items():
        board.action(action, partial(read_file, form))


def read_file(form: str, request: Request) -> Order:
    """Which draft, and as what."""
    key, *_ = ids.unpack(request.action["value"])
    payload = {**clicked(request), "key": key, "form": form}
    return Order("draft_file", payload, thread=thread_key(payload))


def send_file(reception: Reception, job: Job) -> None:
    """Upload a draft where it stands; to the asker alone where others may not read it."""
    user, form = job.payload["user"], job.payload["form"]
    viewer, language = reception.asker(job.payload)
    place = place_of(reception, job.payload)
    try:
        found = opened(reception, viewer, job.payload["key"])
    except NotFound:
        tell(reception, job, place, said(language, "no_draft"))
        return
    if form == "mail" and found.draft.section("message") is None:
        tell(reception, job, place, said(language, "no_mail"))
        return
    files = list(_files(reception, viewer, found, form))
    if not files:
        tell(reception, job, place, said(language, "no_charts"))
        return
    if verdict_on(reception, place, found.draft).reach != "everyone":
        place = reception.delivery.alone_with(user)
    _send(reception, job, place, found, files)
    if found.draft.kind == "account_plan":
        reception.desk.steering.keep_plan(viewer, found.draft)


def _send(reception: Reception, job: Job, place: Place, found: Opened, files: list[File]) -> None:
    told = words(reception.language(job.payload["user"]))
    comment = told.text("drafting.file", title=found.draft.title, number=found.kept.version)
    first, *more = files
    for file in (replace(first, comment=mrkdwn(line(comment))), *more):
        upload(reception, job, place, file)


def _files(reception: Reception, viewer: Viewer, found: Opened, form: str) -> Iterator[File]:
    draft = found.draft
    named = f"{_plain(draft.title)} {draft.as_of.isoformat()} v{found.kept.version}"
    if form == "charts":
        for figure in reception.desk.charts(viewer, draft):
            yield File(f"{named} {_plain(f'{figure.name} {figure.about}')}.png", figure.png)
        return
    figures = () if form == "mail" else reception.desk.charts(viewer, draft)
    with tempfile.TemporaryDirectory(prefix="liaison-") as folder:
        path = Path(folder) / f"draft{_SUFFIX[form]}"
        write_draft(draft, path, figures)
        yield File(named + path.suffix, path.read_bytes())


def _plain(text: str) -> str:
    """A name that every computer can keep."""
    words_only = re.sub(r"[^\w .&()-]+", " ", line(text))
    return " ".join(words_only.split())[:_LONGEST_NAME].strip()
