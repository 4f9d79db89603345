"""Learning: the tutor in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import Invocation, account_command

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.tutoring import Card, Grade, Role, Tutor
    from knowledge.records import Viewer

_ROLES = click.Choice(["new hire", "rep", "manager"])
_GRADES = click.Choice(["again", "hard", "good", "easy"])
_KEYS: dict[str, Grade] = {"a": "again", "h": "hard", "g": "good", "e": "easy"}
_SITTING = 10  # questions in one go, unless asked otherwise


@click.command()
@click.option("--role", type=_ROLES, help="Whose path to follow (default: as the records say).")
@click.option("--path", "wanted", flag_value="path", help="Show the path.")
@click.option("--progress", "wanted", flag_value="progress", help="Show how far you have come.")
@click.option("--lesson", metavar="ID", help="Read a lesson.")
@click.option("--quiz", type=click.IntRange(1, 30), metavar="N", help="Answer up to N questions.")
@click.option("--card", metavar="ID", help="Answer one question, with --reply or --grade.")
@click.option("--reply", help="The reply to --card: a letter, or your own words.")
@click.option("--grade", type=_GRADES, help="How well you knew it.")
@click.option("--role-play", metavar="PERSONA", help="Talk to an invented customer (or: list).")
@click.option("--share", metavar="EMAIL", help="Let a manager see your summary.")
@click.option("--unshare", metavar="EMAIL", help="Stop it.")
@click.option("--summary", metavar="EMAIL", help="The summary of a learner who agreed.")
@account_command
def learn(call: Invocation, **asked: Any) -> None:
    """Learn from the playbook: lessons, and questions that come back in time."""
    given = [name for name in _ACTIONS if asked[name]]
    if len(given) > 1:
        raise click.UsageError(f"--{given[0]} and --{given[1]} do not go together.")
    if (asked["reply"] or asked["grade"]) and not asked["card"]:
        raise click.UsageError("--reply and --grade belong to --card.")
    sitting = _Sitting(call, asked["role"])
    if not given:
        return sitting.progress() if call.as_json else sitting.converse()
    if given == ["wanted"]:
        return sitting.path() if asked["wanted"] == "path" else sitting.progress()
    return _ACTIONS[given[0]](sitting, asked)


@dataclass
class _Sitting:
    """Somebody in front of the tutor."""

    call: Invocation
    role: Role | None

    @cached_property
    def tutor(self) -> Tutor:
        return self.call.desk.tutor

    @cached_property
    def viewer(self) -> Viewer:
        """The learner; an address that the records do not know yet may learn, too."""
        from knowledge.errors import NotFound
        from knowledge.records import Viewer

        who = self.call.who
        try:
            return self.call.viewer
        except NotFound:
            if who is None or "@" not in who:
                raise
            return Viewer.outsider(who)

    @property
    def now(self) -> datetime:
        """The time of day now, on the day that the command looks from."""
        return datetime.combine(self.call.day, datetime.now(UTC).time(), UTC)

    @cached_property
    def console(self) -> Console:
        from assistant.tutoring.screen import screen

        return screen()

    def tell(self, document: dict[str, Any], view: Any) -> None:
        """Print the document or the view, as the command was called."""
        if self.call.as_json:
            self.call.tell(document, str)
        else:
            self.console.print(view)

    def path(self) -> None:
        from assistant.tutoring.documents import path_to_json
        from assistant.tutoring.screen import path_view

        path = self.tutor.path(self.viewer, self.role)
        self.tell(path_to_json(path), path_view(path))

    def progress(self) -> None:
        from assistant.tutoring.documents import progress_to_json
        from assistant.tutoring.screen import progress_view

        progress = self.tutor.progress(self.viewer, self.now, self.role)
        self.tell(progress_to_json(progress), progress_view(progress))

    def lesson(self, lesson: str) -> None:
        from assistant.tutoring.documents import lesson_to_json
        from assistant.tutoring.screen import lesson_view

        read = self.tutor.lesson(self.viewer, lesson, self.call.day)
        self.tell(lesson_to_json(read), lesson_view(read))
        self.tutor.finish(self.viewer, lesson, self.now)

    def quiz(self, count: int) -> None:
        from assistant.tutoring.documents import quiz_to_json

        cards = self.tutor.due(self.viewer, self.now, count)
        if self.call.as_json:
            asked = [(card, self.tutor.ask(self.viewer, card)) for card in cards]
            self.call.tell(quiz_to_json(asked), str)
            return
        if not cards:
            self.console.print("Nothing is waiting. Read a lesson, or come back tomorrow.")
        for number, card in enumerate(cards, start=1):
            if not self._question(card, number, len(cards)):
                break

    def answer(self, card: str, reply: str | None, grade: Grade | None) -> None:
        from assistant.tutoring.documents import outcome_to_json
        from assistant.tutoring.screen import outcome_view

        outcome = self.tutor.answer(self.viewer, card, reply=reply, grade=grade, now=self.now)
        self.tell(outcome_to_json(outcome), outcome_view(outcome))

    def role_play(self, persona: str) -> None:
        from assistant.cli.rehearsing import rehearse

        rehearse(self.call, self.viewer, self.console, persona, lambda: self.now)

    def share(self, manager: str, *, yes: bool) -> None:
        shared = self.tutor.agree(self.viewer, manager, self.now, yes=yes)
        document = {"shared_with": {who: since.isoformat() for who, since in shared.items()}}
        names = ", ".join(shared) or "nobody"
        self.tell(document, f"Your summary can be seen by {names}. See it yourself: --progress")

    def summary(self, learner: str) -> None:
        from assistant.tutoring.documents import summary_to_json
        from assistant.tutoring.screen import summary_view

        summary = self.tutor.summary(self.viewer, learner, self.now)
        self.tell(summary_to_json(summary), summary_view(summary))

    def converse(self) -> None:
        """Ask what to do until the learner has had enough."""
        while True:
            progress = self.tutor.progress(self.viewer, self.now, self.role)
            summary, coming = progress.summary, progress.summary.next_lesson
            self.console.print(
                f"\n[bold]{summary.read} of {summary.lessons}[/bold] lessons read, "
                f"[bold]{summary.mastered} of {summary.questions}[/bold] questions mastered, "
                f"[bold]{progress.due}[/bold] waiting."
            )
            title = f"read “{coming.title}”, {coming.minutes} minutes" if coming else "all read"
            self.console.print(f"  l  {title}\n  a  answer questions\n  p  the path\n  q  enough")
            said = self._hear("What now? ", "l" if coming and not summary.read else "a")
            if said == "q":
                return
            if said == "l" and coming:
                self.lesson(coming.lesson)
            elif said == "p":
                self.path()
            elif said == "a":
                self.quiz(_SITTING)

    def _question(self, card: Card, number: int, total: int) -> bool:
        """Ask one question and keep the grade; False when the learner stops."""
        from assistant.tutoring.screen import outcome_view, question_view, when

        asked = self.tutor.ask(self.viewer, card)
        self.console.print(question_view(card, asked, number, total))
        choices = set("abcdefgh"[: len(asked.options)])
        reply = self._hear("Your answer (q to stop): ", "")
        while choices and reply.lower() not in {*choices, "q"}:
            reply = self._hear(f"A letter from A to {max(choices).upper()}, or q: ", "")
        if reply.lower() == "q":
            return False
        now = self.now
        outcome = self.tutor.answer(self.viewer, card.id, reply=reply, now=now)
        self.console.print(outcome_view(outcome))
        if outcome.grade is None:
            offer = "Did you know it? (a)gain, (h)ard, (g)ood, (e)asy"
            said = self._hear(f"{offer}; enter for {outcome.suggestion}: ", outcome.suggestion)
            if said == "q":
                return False
            grade = _KEYS.get(said[:1].lower(), outcome.suggestion)
            outcome = self.tutor.answer(self.viewer, card.id, reply=reply, grade=grade, now=now)
        if outcome.due:
            self.console.print(f"[dim]Again {when(outcome.due, now)}.[/dim]")
        return True

    def _hear(self, prompt: str, default: str) -> str:
        """A line from the learner; the end of the input is a wish to stop."""
        try:
            return self.console.input(f"[bold]{prompt}[/bold]", markup=True).strip() or default
        except EOFError:
            self.console.print()
            return "q"


_ACTIONS: dict[str, Callable[[_Sitting, dict[str, Any]], None]] = {
    "wanted": lambda sitting, _: sitting.path(),
    "lesson": lambda sitting, asked: sitting.lesson(asked["lesson"]),
    "quiz": lambda sitting, asked: sitting.quiz(asked["quiz"]),
    "card": lambda sitting, a: sitting.answer(a["card"], a["reply"], a["grade"]),
    "role_play": lambda sitting, asked: sitting.role_play(asked["role_play"]),
    "share": lambda sitting, asked: sitting.share(asked["share"], yes=True),
    "unshare": lambda sitting, asked: sitting.share(asked["unshare"], yes=False),
    "summary": lambda sitting, asked: sitting.summary(asked["summary"]),
}
