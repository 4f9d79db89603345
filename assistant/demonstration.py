"""The demonstration: the sample workspace, and the main job done on it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.settings import FILE_NAME, read_settings
from knowledge.errors import BadInput
from knowledge.intake import ImportReport
from knowledge.records import Viewer
from knowledge.records.importing import Progress
from knowledge.sample import ACCOUNT, READER, SAMPLE

_MARK = "sample"


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration did."""

    home: Path
    report: ImportReport
    drafts: tuple[Draft, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything in one document."""
        return {
            "home": str(self.home),
            "import": self.report.to_json(),
            "drafts": [draft.to_json() for draft in self.drafts],
        }


def set_up_sample(home: Path, progress: Progress) -> tuple[Desk, ImportReport]:
    """Make a home folder the sample workspace, or bring it up to date.

    Raises:
        BadInput: the folder already holds another workspace.
    """
    settings = home / FILE_NAME
    if (home / "liaison.db").exists() and not (home / _MARK).exists():
        raise BadInput(
            f"{home} already holds a workspace of yours: name another folder with --home."
        )
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / _MARK).touch()
    if not settings.exists():
        shutil.copyfile(SAMPLE / FILE_NAME, settings)
    desk = Desk.open(read_settings(home))
    return desk, desk.take_in([SAMPLE / "export", SAMPLE / "documents"], progress=progress)


def main_job(desk: Desk) -> tuple[Draft, ...]:
    """An account plan, a value proposition and a follow-up for one account of the sample."""
    viewer, day = Viewer.operator(), desk.day(None)
    return (
        desk.plan(viewer, ACCOUNT, day),
        desk.value(viewer, ACCOUNT, READER, day),
        desk.follow_up(viewer, ACCOUNT, None, day),
    )
