"""Role plays in a thread: which scene a thread belongs to."""

from __future__ import annotations

from assistant.slack.delivery import Place
from assistant.slack.reception import Reception
from knowledge.journal.deliveries import delivered_at

_SCENE = "scene/"


def root_of(scene_id: str) -> str:
    """The name under which the message is posted that a scene's thread hangs on."""
    return f"{_SCENE}{scene_id}"


def scene_in(reception: Reception, place: Place) -> str | None:
    """The id of the scene that is played in a thread; None where it is an ordinary talk."""
    if place.thread_ts is None:
        return None
    with reception.desk.workspace.database.reading() as session:
        found = delivered_at(session, place.channel, place.thread_ts, _SCENE)
    return found.removeprefix(_SCENE) if found else None
