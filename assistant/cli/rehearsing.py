"""Rehearsing: a role play in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from assistant.cli.options import Invocation

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.tutoring.role_play import RolePlay, Scene
    from knowledge.records import Viewer


def rehearse(
    call: Invocation, viewer: Viewer, console: Console, persona: str, clock: Callable[[], datetime]
) -> None:
    """Talk to a persona until it is over, then debrief; `personas` lists them.

    A role play that was left comes back where it stood. With `--json` nobody is asked anything:
    the scene is begun (or resumed) and printed.
    """
    from assistant.tutoring.role_play.documents import personas_to_json, scene_to_json
    from assistant.tutoring.role_play.screen import briefing_view, lines_view, personas_view

    stage = call.desk.role_play
    if persona == "list":
        known = stage.personas()
        if call.as_json:
            call.tell(personas_to_json(known), str)
        else:
            console.print(personas_view(known))
        return
    scene = stage.resume(viewer, persona)
    begun = scene is None
    scene = scene or stage.begin(viewer, persona, clock(), call.desk.office.pen().language)
    if call.as_json:
        call.tell(scene_to_json(scene), str)
        return
    if not begun:
        console.print("You were in the middle of this one.", style="dim")
    console.print(briefing_view(scene.persona))
    console.print("Answer with a letter or in your own words; q ends the talk.", style="dim")
    console.print(lines_view(scene.persona, scene.lines))
    _debrief(console, stage, viewer, _talk(console, stage, viewer, scene, clock), clock())


def _talk(
    console: Console,
    stage: RolePlay,
    viewer: Viewer,
    scene: Scene,
    clock: Callable[[], datetime],
) -> Scene:
    from assistant.tutoring.role_play.screen import lines_view, options_view
    from knowledge.errors import BadInput

    while not scene.over:
        console.print(options_view(scene))
        said = click.prompt("You", prompt_suffix=" > ")
        if said.strip().lower() == "q":
            break
        try:
            after = stage.say(viewer, scene.id, said, clock())
        except BadInput as fault:
            console.print(str(fault), style="dim")
            continue
        for notice in after.notices[len(scene.notices) :]:
            console.print(notice, style="dim")
        console.print()
        console.print(lines_view(after.persona, after.lines[len(scene.lines) :]))
        scene = after
    return scene


def _debrief(
    console: Console, stage: RolePlay, viewer: Viewer, scene: Scene, now: datetime
) -> None:
    from assistant.tutoring.role_play.screen import debrief_view
    from knowledge.playbook import read_playbook

    titles = {slug: article.title for slug, article in read_playbook().items()}
    console.print(debrief_view(stage.end(viewer, scene.id, now), titles))
