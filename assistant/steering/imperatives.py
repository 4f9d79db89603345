"""The imperatives self-check: how the organisation stands, in a manager's words, over time.

Source: the imperatives of the strategic sales organisation (Piercy & Lane 2009). The scores, 0 to
3, are a default of ours and compare nothing but the organisation with itself on another day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assistant.errors import NotAllowed
from assistant.office import Office
from knowledge.errors import BadInput
from knowledge.journal.imperatives import ImperativeCheck, checks
from knowledge.records import Viewer

#: Each imperative with what to ask oneself; the playbook has an article of the same name on it.
IMPERATIVES = {
    "involvement": "Does sales take part when strategy is decided, and where was it last heard?",
    "intelligence": "What did we tell a customer about their market that they did not know?",
    "integration": "Which functions spoke with one voice to a customer this quarter?",
    "internal-marketing": "Who in our house knows what our largest customers want, and from whom?",
    "infrastructure": "Do pay, tools and structure follow the accounts we say matter?",
    "inspiration": "What do our people say a good day with a customer is?",
    "influence": "Which decision elsewhere in the house changed because of a customer?",
    "integrity": "When did we last turn business down, or tell a customer bad news first?",
    "international": "Which customers do we serve across borders as one?",
}
SCORES = {0: "not at all", 1: "in places", 2: "mostly", 3: "as a habit"}
_MAY_CHECK = ("manager", "admin")


@dataclass(frozen=True)
class Scored:
    """One answer."""

    on: date
    score: int
    evidence: str
    by: str


@dataclass(frozen=True)
class ImperativeLine:
    """One imperative: every answer, the oldest first, and what changed since the one before."""

    imperative: str
    question: str
    answers: tuple[Scored, ...]

    @property
    def latest(self) -> Scored | None:
        """The newest answer."""
        return self.answers[-1] if self.answers else None

    @property
    def change(self) -> int | None:
        """Points since the answer before; None for a first answer."""
        return self.answers[-1].score - self.answers[-2].score if len(self.answers) > 1 else None


class SelfCheck:
    """The self-check of one company."""

    def __init__(self, office: Office) -> None:
        self._database = office.workspace.database

    def answer(
        self,
        viewer: Viewer,
        imperative: str,
        score: int,
        evidence: str,
        *,
        on: date,
        now: datetime,
    ) -> ImperativeLine:
        """Score one imperative; a second answer of a day replaces the first in the lists.

        Raises:
            NotAllowed: the viewer leads nobody.
            BadInput: an unknown imperative, a score outside 0 to 3, or no evidence.
        """
        if viewer.role not in _MAY_CHECK:
            raise NotAllowed("The self-check is for whoever leads people.")
        if imperative not in IMPERATIVES:
            raise BadInput(f"“{imperative}” is none of {', '.join(IMPERATIVES)}.")
        if score not in SCORES:
            raise BadInput("A score is 0 (not at all), 1 (in places), 2 (mostly) or 3 (a habit).")
        if not evidence.strip():
            raise BadInput("Say what the score rests on: a date, a decision, a customer.")
        with self._database.writing() as session:
            session.add(
                ImperativeCheck(
                    imperative=imperative,
                    score=score,
                    evidence=" ".join(evidence.split()),
                    checked_by=viewer.name,
                    checked_on=on,
                    kept_at=now,
                )
            )
        return next(one for one in self.lines(viewer) if one.imperative == imperative)

    def lines(self, viewer: Viewer) -> list[ImperativeLine]:
        """Every imperative with its answers, in the order of the source; none for an outsider."""
        if viewer.role == "outsider":
            return []
        with self._database.reading() as session:
            rows = checks(session)
        told: dict[str, dict[date, Scored]] = {name: {} for name in IMPERATIVES}
        for row in rows:
            if row.imperative in told:
                scored = Scored(row.checked_on, row.score, row.evidence, row.checked_by)
                told[row.imperative][row.checked_on] = scored
        return [
            ImperativeLine(name, question, tuple(told[name].values()))
            for name, question in IMPERATIVES.items()
        ]
