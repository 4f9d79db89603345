"""A role play in a thread of one's own conversation: choose somebody, talk, be debriefed."""

from __future__ import annotations

from assistant.slack.capturing import said_words
from assistant.slack.delivery import Place
from assistant.slack.drafting.places import thread_clicked
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.once import once
from assistant.slack.reception import Reception
from assistant.slack.scenes import root_of
from assistant.slack.views import ids
from assistant.slack.views.notices import sentence_message
from assistant.slack.views.role_play import (
    debrief_message,
    personas_message,
    reply_message,
    scene_message,
)
from assistant.slack.words import words
from assistant.slack.wrong import in_words
from assistant.tutoring.role_play import Scene
from assistant.work import Job
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer


def register(board: Switchboard) -> None:
    """What is said in the thread comes from whoever reads the messages, as `scene.say`."""
    board.job("scenes", offer)
    board.job("scene.begin", begin)
    board.job("scene.say", say)
    board.job("scene.end", end)
    board.action(ids.ROLE_PLAY, lambda request: Order("scenes", request.actor))
    board.action(ids.every(ids.BEGIN_SCENE), read_choice)
    board.action(ids.every(ids.SAY_IN_SCENE), read_move)
    board.action(ids.END_SCENE, read_end)


def read_choice(request: Request) -> Order:
    """Whom somebody wants to talk to."""
    payload = {**request.actor, "of": list(ids.unpack(request.action["value"]))}
    return Order("scene.begin", payload, thread=f"learning:{request.user}")


def read_move(request: Request) -> Order:
    """One of the things that could be said."""
    return _in_thread(request, "scene.say")


def read_end(request: Request) -> Order:
    """Enough: what came of it?"""
    return _in_thread(request, "scene.end")


def offer(reception: Reception, job: Job) -> None:
    """Show whom one can talk to."""
    user = job.payload["user"]
    shown = personas_message(reception.desk.role_play.personas(), reception.language(user))
    reception.delivery.direct(job, user, shown)


def begin(reception: Reception, job: Job) -> None:
    """Begin a scene; its thread hangs on the message with the first words."""
    viewer, language = reception.asker(job.payload)
    (persona,) = job.payload["of"]
    play = reception.desk.role_play
    begun = play.resume(viewer, persona) if job.again else None
    if begun is None or begun.lines[0].at != job.received:
        begun = play.begin(viewer, persona, job.received, language)
    place = reception.delivery.alone_with(job.payload["user"])
    reception.delivery.post(once(job, root_of(begun.id)), place, scene_message(begun, language))


def say(reception: Reception, job: Job) -> None:
    """Say something once, and post what the persona answers; at the end the debrief follows."""
    viewer, language = reception.asker(job.payload)
    scene_id, *option = job.payload["of"]
    place = Place.of(job.payload)
    try:
        scene = _said(reception, viewer, job)
    except NotFound:
        _tell(reception, job, place, words(language).text("scene.gone"))
        return
    except BadInput as why:
        _tell(reception, job, place, in_words(why, language))
        return
    if scene is None:
        return
    number = int(option[1]) + 2 if option else len(scene.lines)
    shown = reply_message(scene, number, language, quoted=bool(option))
    reception.delivery.post(job, place, shown)
    if option:
        _settle(reception, job, place, scene)
    if scene.over:
        _debrief(reception, job, viewer, place, scene_id)


def end(reception: Reception, job: Job) -> None:
    """End a scene with its debrief, once."""
    viewer, language = reception.asker(job.payload)
    (scene_id,) = job.payload["of"]
    place = Place.of(job.payload)
    try:
        _debrief(reception, job, viewer, place, scene_id)
    except NotFound:
        _tell(reception, job, place, words(language).text("scene.gone"))


def _said(reception: Reception, viewer: Viewer, job: Job) -> Scene | None:
    """The scene after what was said; None for a click on what was answered before."""
    scene_id, *option = job.payload["of"]
    play = reception.desk.role_play
    scene = play.scene(viewer, scene_id)
    if job.again and any(one.at == job.received for one in scene.lines):
        return scene
    if not option:
        said = said_words(reception, job.payload["text"])
        return play.say(viewer, scene_id, said, job.received)
    letter, answered = option
    if len(scene.lines) != int(answered):
        return None
    return play.say(viewer, scene_id, letter, job.received)


def _settle(reception: Reception, job: Job, place: Place, scene: Scene) -> None:
    """Take the buttons from the message whose line was answered."""
    language = reception.language(job.payload["user"])
    _, _, answered = job.payload["of"]
    number, ts = int(answered), job.payload["message"]
    if number == 1:
        root = once(job, root_of(scene.id))
        shown = scene_message(scene, language, playing=False)
        reception.delivery.update(root, Place(place.channel), ts, shown)
        return
    shown = reply_message(scene, number, language, quoted=True, playing=False)
    reception.delivery.update(once(job, f"said/{scene.id}/{number}"), place, ts, shown)


def _debrief(reception: Reception, job: Job, viewer: Viewer, place: Place, scene_id: str) -> None:
    found = reception.desk.role_play.end(viewer, scene_id, job.received)
    shown = debrief_message(found, reception.language(job.payload["user"]))
    reception.delivery.post(once(job, f"debrief/{scene_id}"), place, shown)


def _in_thread(request: Request, job: str) -> Order:
    """A click in the thread of a scene, or on the message it hangs on."""
    place = thread_clicked(request)
    payload = {
        **request.actor,
        "channel": place.channel,
        "thread_ts": place.thread_ts,
        "message": request.body["container"]["message_ts"],
        "of": list(ids.unpack(request.action["value"])),
    }
    return Order(job, payload, thread=place.key)


def _tell(reception: Reception, job: Job, place: Place, said: str) -> None:
    reception.delivery.post(job, place, sentence_message(said))
