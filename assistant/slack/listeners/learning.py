"""Learning in one's own conversation: lessons, cards one at a time, and who may see how far."""

from __future__ import annotations

from assistant.slack.delivery import Place
from assistant.slack.filled import clicked
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.once import once
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.learning import (
    card_message,
    lesson_message,
    nothing_due,
    outcome_message,
    read_message,
    revealed_message,
    sharing_message,
    summaries_message,
)
from assistant.slack.views.message import Message
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.tutoring import GRADES, Grade
from assistant.work import Job
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer
from knowledge.records.people import User


def register(board: Switchboard) -> None:
    """Every step is a job; the steps of one learner are done in order."""
    board.job("lesson", show_lesson)
    board.job("lesson.read", finish_lesson)
    board.job("card", ask_card)
    board.job("card.reveal", reveal_card)
    board.job("card.answer", answer_card)
    board.job("sharing", show_sharing)
    board.job("sharing.agree", agree)
    board.action(ids.every(ids.LESSON), lambda request: _order(request, "lesson"))
    board.action(ids.LESSON_READ, lambda request: _order(request, "lesson.read"))
    board.action(ids.CARDS, lambda request: _order(request, "card"))
    board.action(ids.CARD_REVEAL, lambda request: _order(request, "card.reveal"))
    for action in (ids.CARD_CHOICE, ids.CARD_GRADE):
        board.action(ids.every(action), lambda request: _order(request, "card.answer"))
    board.action(ids.SHARING, lambda request: _order(request, "sharing"))
    for action in (ids.SHARE, ids.UNSHARE):
        board.action(action, lambda request: _order(request, "sharing.agree"))


def show_lesson(reception: Reception, job: Job) -> None:
    """Lay out a lesson to be read."""
    viewer, language = reception.asker(job.payload)
    try:
        lesson = reception.desk.tutor.lesson(viewer, job.payload["of"][0])
    except NotFound:
        _tell(reception, job, "lesson.gone")
        return
    reception.delivery.direct(job, job.payload["user"], lesson_message(lesson, language))


def finish_lesson(reception: Reception, job: Job) -> None:
    """Keep that a lesson was read, and offer its questions; said once for a message."""
    viewer, language = reception.asker(job.payload)
    (slug,) = job.payload["of"]
    tutor = reception.desk.tutor
    try:
        tutor.finish(viewer, slug, job.received)
        title = tutor.lesson(viewer, slug).title
    except NotFound:
        _tell(reception, job, "lesson.gone")
        return
    shown = read_message(title, language)
    reception.delivery.direct(_about_message(job), job.payload["user"], shown, "read")


def ask_card(reception: Reception, job: Job) -> None:
    """Ask the next question that is due; without one, say which lesson comes next."""
    viewer, language = reception.asker(job.payload)
    tutor = reception.desk.tutor
    waiting = tutor.due(viewer, job.received, limit=1)
    if waiting:
        shown = card_message(tutor.ask(viewer, waiting[0]), language)
    else:
        coming = tutor.path(viewer).next
        shown = nothing_due((coming.lesson, coming.title) if coming else None, language)
    reception.delivery.direct(job, job.payload["user"], shown)


def reveal_card(reception: Reception, job: Job) -> None:
    """Show the answer where the question stands; nothing is kept yet."""
    viewer, language = reception.asker(job.payload)
    (card,) = job.payload["of"]
    tutor, place = reception.desk.tutor, Place(job.payload["channel"])
    if _answered(reception, job, place):
        return
    try:
        shown = revealed_message(tutor.ask(viewer, card), tutor.reveal(viewer, card), language)
    except NotFound:
        shown = _said(language, "card.gone")
    reception.delivery.update(job, place, job.payload["message"], shown)


def answer_card(reception: Reception, job: Job) -> None:
    """Keep an answer, and show in its place how it went; a message is answered once."""
    viewer, language = reception.asker(job.payload)
    card, said = job.payload["of"]
    tutor, place = reception.desk.tutor, Place(job.payload["channel"])
    if _answered(reception, job, place):
        return
    grade: Grade | None = next((one for one in GRADES if one == said), None)
    reply = None if grade else said
    try:
        outcome = tutor.answer(viewer, card, now=job.received, reply=reply, grade=grade)
        shown = outcome_message(tutor.ask(viewer, card), outcome, language)
    except (BadInput, NotFound):
        shown = _said(language, "card.gone")
    reception.delivery.update(_about_message(job), place, job.payload["message"], shown, "answer")


def show_sharing(reception: Reception, job: Job) -> None:
    """Show the learner exactly what their manager sees or would see."""
    viewer, language = reception.asker(job.payload)
    manager = _manager(reception, viewer)
    if manager is None or manager.email is None:
        _tell(reception, job, "sharing.nobody")
        return
    shown = _sharing(reception, viewer, manager, job, language)
    reception.delivery.direct(job, job.payload["user"], shown)


def agree(reception: Reception, job: Job) -> None:
    """Share the summary with a manager or take it back; the message shows how it stands then."""
    viewer, language = reception.asker(job.payload)
    manager = _manager(reception, viewer)
    (address,) = job.payload["of"]
    shares = job.payload["action"] == ids.SHARE
    if manager is None or manager.email is None or (shares and manager.email != address):
        _tell(reception, job, "sharing.nobody")
        return
    reception.desk.tutor.agree(viewer, address, job.received, yes=shares)
    shown = _sharing(reception, viewer, manager, job, language)
    place = Place(job.payload["channel"])
    reception.delivery.update(job, place, job.payload["message"], shown)
    key = "sharing.agreed" if shares else "sharing.stopped"
    _tell(reception, job, key, who=manager.name)


def show_learners(reception: Reception, job: Job) -> None:
    """The summaries that a manager may see, by name."""
    viewer, language = reception.asker(job.payload)
    tutor = reception.desk.tutor
    found = [tutor.summary(viewer, one, job.received) for one in tutor.learners(viewer)]
    users = reception.desk.workspace.ledger.catalogue(viewer).users.values()
    names = {user.email.lower(): user.name for user in users if user.email}
    named = sorted(((names.get(one.learner, one.learner), one) for one in found), key=_by_name)
    reception.delivery.direct(job, job.payload["user"], summaries_message(named, language))


def _by_name(shown: tuple[str, object]) -> str:
    return shown[0]


def _sharing(
    reception: Reception, viewer: Viewer, manager: User, job: Job, language: str
) -> Message:
    progress = reception.desk.tutor.progress(viewer, job.received)
    address = (manager.email or "").lower()
    since = progress.shared_with.get(address)
    named = (manager.email or "", manager.name)
    day = since.date() if since else None
    return sharing_message(progress.summary, viewer.name, named, language, day)


def _manager(reception: Reception, viewer: Viewer) -> User | None:
    """Whom the records say the learner reports to."""
    users = reception.desk.workspace.ledger.catalogue(viewer).users
    own = users.get(viewer.user_id or "")
    return users.get(own.manager_id or "") if own else None


def _answered(reception: Reception, job: Job, place: Place) -> bool:
    """Whether the message of a card already shows how it went."""
    return reception.delivery.trace(_about_message(job), place, "answer") is not None


def _about_message(job: Job) -> Job:
    """The job under the name of the message that was clicked."""
    return once(job, f"learning/{job.payload['channel']}/{job.payload['message']}")


def _order(request: Request, job: str) -> Order:
    """A click of a learner, in a message of ours or on Home."""
    channel, message_ts = clicked(request)
    payload = {
        **request.actor,
        "channel": channel,
        "message": message_ts,
        "action": request.action["action_id"],
        "of": list(ids.unpack(request.action["value"])),
    }
    return Order(job, payload, thread=f"learning:{request.user}")


def _tell(reception: Reception, job: Job, key: str, **values: object) -> None:
    user = job.payload["user"]
    reception.delivery.direct(job, user, _said(reception.language(user), key, **values), "told")


def _said(language: str, key: str, **values: object) -> Message:
    return sentence_message(words(language).text(key, **values))
