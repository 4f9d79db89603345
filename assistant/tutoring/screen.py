"""The tutor on a terminal: lessons, questions and progress, laid out with rich."""

from __future__ import annotations

from datetime import datetime, timedelta

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from assistant.tutoring.bank import Kind
from assistant.tutoring.cards import Asked, Card, Outcome
from assistant.tutoring.lessons import Lesson
from assistant.tutoring.path import Path
from assistant.tutoring.progress import Progress, Summary

_WIDEST = 92
_LETTERS = "ABCDEFGH"
_ASKS: dict[Kind, str] = {
    "recall": "In your own words",
    "choose": "Choose one",
    "apply": "A case, with an invented customer",
    "spot": "What is wrong with this sentence?",
}


def screen() -> Console:
    """The terminal, no wider than a page."""
    console = Console(highlight=False)
    return Console(highlight=False, width=min(console.width, _WIDEST))


def lesson_view(lesson: Lesson) -> RenderableType:
    """A lesson to read from top to bottom."""
    parts: list[RenderableType] = [
        Panel(
            Text(lesson.summary, style="italic"),
            title=f"[bold]{lesson.title}[/bold] · {lesson.minutes} minutes",
            title_align="left",
        )
    ]
    for part in lesson.parts:
        parts += [Text(f"\n{part.title}", style="bold cyan"), Markdown(part.text)]
        if part.id == "example":
            parts.append(Text("(The people and accounts of the example are fictional.)", "dim"))
    if lesson.fits:
        named = ", ".join(f"{fit.account} ({fit.because})" for fit in lesson.fits)
        parts.append(Text(f"Of your own accounts it fits {named}.", style="green"))
    parts.append(Text("\nQuestions to take along", style="bold cyan"))
    parts += [Padding(Text(question), (0, 0, 0, 2)) for question in lesson.questions]
    works = "; ".join(f"{work.author} ({work.year or 'n.d.'})" for work in lesson.sources)
    parts.append(
        Text(
            f"\nHow well this is borne out: {lesson.evidence}. {lesson.note}\n{works}", style="dim"
        )
    )
    return Group(*parts)


def path_view(path: Path) -> RenderableType:
    """The lessons of a role, with what is read and mastered."""
    parts: list[RenderableType] = [Text(f"Learning path of a {path.role}", style="bold")]
    titles = {unit.id: unit.title for unit in path.units}
    coming = path.next.lesson if path.next else None
    for unit in path.units:
        parts.append(Text(f"\n{unit.title}", style="bold cyan"))
        after = ", ".join(f"“{titles[need]}”" for need in unit.needs)
        parts.append(Text(f"{unit.purpose}{f' After {after}.' if after else ''}", style="dim"))
        table = Table(box=None, padding=(0, 1), show_header=False)
        for width, justify in ((1, "left"), (34, "left"), (26, "left"), (5, "right")):
            table.add_column(width=width, justify=justify)  # type: ignore[arg-type]
        for step in unit.steps:
            mark = "✓" if step.read else "→" if step.lesson == coming else "·"
            known = f"{step.mastered}/{step.questions}"
            table.add_row(mark, step.title, Text(step.lesson, style="dim"), known)
        parts.append(table)
    parts.append(
        Text("\n✓ read, → next, and how many of its questions you have mastered.", style="dim")
    )
    return Group(*parts)


def question_view(card: Card, asked: Asked, number: int, total: int) -> RenderableType:
    """A question, with its options under it."""
    fresh = " · new" if card.fresh else ""
    said = f"“{asked.text}”" if asked.kind == "spot" else asked.text
    parts: list[RenderableType] = [
        Text(f"\n{number} of {total} · {asked.title}{fresh}", style="dim"),
        Text(_ASKS[asked.kind], style="bold cyan"),
        Text(said),
    ]
    for letter, option in zip(_LETTERS, asked.options, strict=False):
        parts.append(Padding(Text(f"{letter}  {option}"), (0, 0, 0, 2)))
    return Group(*parts)


def outcome_view(outcome: Outcome) -> RenderableType:
    """The answer with its passage."""
    parts: list[RenderableType] = []
    if outcome.right is not None:
        verdict = "Right." if outcome.right else f"Not that one. {outcome.correct}"
        parts.append(Text(verdict, style="bold green" if outcome.right else "bold red"))
    if outcome.here:
        parts.append(Text(outcome.here, style="bold"))
    for claim in outcome.explanation:
        if not any(claim.text in passage.quote for passage in claim.evidence):
            parts.append(Text(claim.text, style="" if outcome.here else "bold"))
        for passage in claim.evidence:
            quoted = Group(
                Markdown(passage.quote),
                Text(f"{passage.title}, {passage.ref}", style="dim"),
            )
            parts.append(Padding(quoted, (0, 0, 0, 4)))
    return Group(*parts)


def progress_view(progress: Progress) -> RenderableType:
    """How far the learner has come, and who sees the same table."""
    parts = [summary_view(progress.summary)]
    fresh = f", {progress.fresh} of them new" if progress.fresh else ""
    parts.append(
        Text(
            f"\n{progress.due} questions are waiting{fresh}; {progress.left_today} left for today."
        )
    )
    if progress.reread:
        again = ", ".join(f"{one.title} (missed {one.missed})" for one in progress.reread)
        parts.append(Text(f"Worth reading again: {again}."))
    if progress.retired:
        parts.append(
            Text(f"{progress.retired} cards are retired: their article has changed or gone.")
        )
    if progress.shared_with:
        who = ", ".join(
            f"{name} since {day:%d.%m.%Y}" for name, day in progress.shared_with.items()
        )
        parts.append(Text(f"This table, and nothing else, can also be seen by {who}."))
    else:
        parts.append(Text("Nobody else sees this. To show the table: --share EMAIL.", style="dim"))
    return Group(*parts)


def summary_view(summary: Summary) -> RenderableType:
    """The table that a learner and the manager they agreed to both see."""
    table = Table(box=None, padding=(0, 2), header_style="dim")
    table.add_column("Unit")
    table.add_column("lessons read", justify="right")
    table.add_column("questions mastered", justify="right")
    for unit in summary.units:
        table.add_row(
            unit.title, f"{unit.read} of {unit.lessons}", f"{unit.mastered} of {unit.questions}"
        )
    table.add_row(
        Text("In all", style="bold"),
        f"{summary.read} of {summary.lessons}",
        f"{summary.mastered} of {summary.questions}",
    )
    lines: list[RenderableType] = [
        Text(f"{summary.learner} · path of a {summary.role}", style="bold"),
        table,
    ]
    lines.append(
        Text(f"Last 30 days: {summary.answered} answers, {summary.right} of them not missed.")
    )
    if summary.next_lesson:
        lines.append(Text(f"Next lesson: {summary.next_lesson.title}."))
    return Group(*lines)


def when(due: datetime, now: datetime) -> str:
    """How long until a card comes up again, as a person would say it."""
    gap = due - now
    if gap < timedelta(hours=1):
        return f"in {max(1, round(gap / timedelta(minutes=1)))} minutes"
    days = max(1, round(gap / timedelta(days=1)))
    return "tomorrow" if days == 1 else f"in {days} days, on {due:%d.%m.%Y}"
