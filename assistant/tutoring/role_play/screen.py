"""A role play in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.tutoring.role_play.debriefing import Debrief, Scored
from assistant.tutoring.role_play.personas import Persona
from assistant.tutoring.role_play.scenes import Line, Scene


def personas_view(personas: Iterable[Persona]) -> RenderableType:
    """Whom one can talk to."""
    rows: list[RenderableType] = []
    for one in personas:
        rows += [
            Text(f"{one.id}", style="bold"),
            Padding(Text(f"{one.name}, {one.title}, {one.account}. {one.summary}"), (0, 0, 0, 4)),
        ]
    return Group(*rows)


def briefing_view(persona: Persona) -> RenderableType:
    """What the learner knows before the door opens."""
    facts = [Padding(Text(f"· {fact}"), (0, 0, 0, 2)) for fact in persona.facts]
    return Group(
        Text(f"{persona.name}, {persona.title}, {persona.account}", style="bold"),
        Text("The company and everybody in it are invented.", style="dim"),
        Text("What you know", style="bold cyan"),
        *facts,
        Text("What you want", style="bold cyan"),
        Padding(Text(persona.goal), (0, 0, 1, 2)),
    )


def lines_view(persona: Persona, lines: Iterable[Line]) -> RenderableType:
    """What was said."""
    shown: list[RenderableType] = []
    for line in lines:
        who = "You" if line.speaker == "learner" else persona.name
        style = "cyan" if line.speaker == "learner" else "bold"
        shown.append(Text.assemble((f"{who}: ", style), line.text))
    return Group(*shown)


def options_view(scene: Scene) -> RenderableType:
    """What could be said now."""
    rows = [Text(f"{one.letter}  {one.text}") for one in scene.options]
    return Group(*(Padding(row, (0, 0, 0, 2)) for row in rows))


def debrief_view(debrief: Debrief, titles: dict[str, str]) -> RenderableType:
    """The scores with the words they rest on; `titles` names the articles by slug."""
    parts: list[RenderableType] = [
        Text(f"\n{debrief.total} of {debrief.best}", style="bold"),
    ]
    parts += [_scored_view(one, titles) for one in debrief.scores]
    parts.append(Text("What stood behind it", style="bold cyan"))
    parts += [Padding(Text(f"· {words}"), (0, 0, 0, 2)) for words in debrief.revealed]
    return Group(*parts)


def _scored_view(one: Scored, titles: dict[str, str]) -> RenderableType:
    rows: list[RenderableType] = [
        Text.assemble((f"{one.score}  {one.title}. ", "bold"), one.looks),
    ]
    rows += [Padding(Text(f"line {number}: “{text}”"), (0, 4)) for number, text in one.seen]
    if one.reread is not None:
        aim = "" if one.aim == one.looks else f"A 4: {one.aim} "
        title = titles.get(one.reread, one.reread)
        reread = f"{aim}Reread “{title}”: liaison learn --lesson {one.reread}"
        rows.append(Padding(Text(reread, style="dim"), (0, 0, 1, 4)))
    return Group(*rows)
