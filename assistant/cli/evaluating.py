"""The drafts of a desk, as they are measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.claims import Draft
    from assistant.desk import Desk
    from assistant.drafting.evaluation import Case
    from assistant.grounding import Grounds
    from knowledge.records import Viewer


@dataclass(frozen=True)
class DeskWriting:
    """Every draft of a workspace, through somebody's eyes."""

    desk: Desk
    viewer: Viewer
    day: date

    def cases(self, most: int | None = None) -> Iterator[Case]:
        """Each kind of draft for each account, for at most so many accounts."""
        from assistant.drafting.evaluation import Case

        for line in self.desk.accounts(self.viewer, self.day)[:most]:
            yield Case("plan", line.id)
            brief = self.desk.office.brief(self.viewer, line.id, self.day)
            for person in brief.file.contacts[:1]:
                yield Case("value", line.id, person.name)
            yield Case("follow_up", line.id)
            yield Case("review", line.id)

    def draft(self, case: Case) -> Draft:
        """The draft of a case, checked."""
        desk, viewer, day = self.desk, self.viewer, self.day
        if case.kind == "value":
            return desk.value(viewer, case.account, case.reader, day)
        if case.kind == "follow_up":
            return desk.follow_up(viewer, case.account, None, day)
        if case.kind == "review":
            return desk.review(viewer, case.account, day)
        return desk.plan(viewer, case.account, day)

    def grounds(self) -> Grounds:
        """What the drafts are checked against."""
        return self.desk.office.grounds(self.viewer)
