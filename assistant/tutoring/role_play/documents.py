"""Role plays as JSON documents, for the command line and for tests over the wire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.tutoring.role_play.personas import Persona
from assistant.tutoring.role_play.scenes import Scene


def personas_to_json(personas: Iterable[Persona]) -> dict[str, Any]:
    """Whom one can talk to; nothing of what they hide."""
    return {"personas": [_persona(one) for one in personas]}


def scene_to_json(scene: Scene) -> dict[str, Any]:
    """A role play as it stands."""
    return {
        "id": scene.id,
        "persona": _persona(scene.persona),
        "mode": scene.mode,
        "lines": [
            {"number": one.number, "speaker": one.speaker, "text": one.text} for one in scene.lines
        ],
        "options": [{"letter": one.letter, "text": one.text} for one in scene.options],
        "over": scene.over,
        "notices": list(scene.notices),
    }


def _persona(persona: Persona) -> dict[str, Any]:
    return {
        "id": persona.id,
        "name": persona.name,
        "title": persona.title,
        "account": persona.account,
        "summary": persona.summary,
        "goal": persona.goal,
        "facts": list(persona.facts),
    }
