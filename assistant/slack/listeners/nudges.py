"""The digest: sent once at the right hour, changed, stopped, and silent about an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from slack_bolt import Ack, BoltContext

from assistant.slack import modals
from assistant.slack.intake import Json, Order, Request, Switchboard
from assistant.slack.nudging import (
    Recipient,
    chosen_by,
    due,
    news,
    recipient,
    recipients,
)
from assistant.slack.reception import Reception
from assistant.slack.rounds import keep_round, take_back
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, section
from assistant.slack.views.message import message
from assistant.slack.views.notices import unknown_user_message
from assistant.slack.views.nudge import (
    WEEKDAYS,
    DigestSettings,
    Frequency,
    digest_form,
    digest_message,
    snooze_form,
)
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import NotFound
from knowledge.journal.preferences import choose, is_quiet, snooze_account

#: Everybody's hour comes at a quarter of some hour of the world's clock.
ROUND = "*/15 * * * *"
#: A round that was held up for longer leaves it to the next one.
_STALE = timedelta(minutes=45)
_MIDNIGHT = 24
_OFTEN: dict[str, Frequency] = {"daily": "daily", "weekly": "weekly", "off": "never"}


def register(board: Switchboard) -> None:
    """A round each quarter of an hour; what somebody chooses becomes a job."""
    reception = board.reception
    keep_round(board, "digest_round", ROUND, go_round)
    board.job("digest", send_digest, take_back)
    board.job("digest_stop", stop_digest)
    board.action(ids.STOP_DIGEST, lambda request: Order("digest_stop", request.actor))
    board.job("digest_choose", keep_choice)
    board.job("digest_snooze", keep_snooze)
    board.submission(ids.DIGEST_FORM, read_form)
    board.app.action(ids.DIGEST_SETTINGS)(_opens(reception, _settings))
    board.app.action(ids.SNOOZE)(_opens(reception, _snooze))
    board.app.action(ids.SECTION_MENU, matchers=[_wants_snooze])(_opens(reception, _snooze))


def go_round(reception: Reception, job: Job) -> None:
    """Ask for the digest of everybody for whom it is time."""
    due_at = datetime.fromisoformat(job.payload["due"])
    if job.age > _STALE:
        return
    for one in recipients(reception):
        period = due(reception, one, due_at)
        if period is not None:
            payload = {"user": one.person.id, "due": job.payload["due"], "of": period.isoformat()}
            reception.work.enqueue(
                f"{job.id}/{one.person.id}", "digest", payload, thread=f"digest:{one.person.id}"
            )


def send_digest(reception: Reception, job: Job) -> None:
    """Tell somebody what is new, once; nothing where nothing is, or where they now want quiet."""
    one = recipient(reception, reception.people.person(job.payload["user"]))
    due_at = datetime.fromisoformat(job.payload["due"])
    if one is None or is_quiet(chosen_by(reception, one), due_at + job.age):
        return
    digest = news(reception, one, datetime.fromisoformat(job.payload["of"]).date(), due_at)
    if digest is not None:
        reception.delivery.direct(job, one.person.id, digest_message(digest))


def stop_digest(reception: Reception, job: Job) -> None:
    """Send no more."""
    _choose(reception, job, "digest.stopped", digest="off")


def read_form(request: Request) -> Order:
    """Either when to hear from us, or how long to hear nothing of an account."""
    view = request.body["view"]
    if view.get("private_metadata"):
        _, account_id = ids.unpack(view["private_metadata"])
        days = _field(view, ids.SNOOZE_DAYS)["selected_option"]["value"]
        payload = {**request.actor, "account": account_id, "days": int(days)}
        return Order("digest_snooze", payload)
    day = _field(view, ids.DAY).get("selected_option")
    often = _field(view, ids.FREQUENCY)["selected_option"]["value"]
    payload = {
        **request.actor,
        "often": "off" if often == "never" else often,
        "weekday": WEEKDAYS.index(day["value"]) if day else 0,
        "quiet_from": time.fromisoformat(_field(view, ids.QUIET_FROM)["selected_time"]).hour,
        "quiet_until": _next_hour(_field(view, ids.QUIET_TO)["selected_time"]),
    }
    return Order("digest_choose", payload)


def keep_choice(reception: Reception, job: Job) -> None:
    """Keep when somebody wants to hear from us: a digest comes when the quiet ends."""
    told = job.payload
    often, until = told["often"], told["quiet_until"]
    _choose(
        reception,
        job,
        "digest.stopped" if often == "off" else f"digest.saved_{often}",
        digest=often,
        hour=until,
        weekday=told["weekday"],
        quiet_from=told["quiet_from"],
        quiet_until=until,
    )


def keep_snooze(reception: Reception, job: Job) -> None:
    """Say nothing of an account for some days."""
    told = job.payload
    one = _known(reception, job)
    if one is None:
        return
    try:
        account = reception.desk.workspace.ledger.find_account(one.viewer, told["account"])
    except NotFound:
        return
    until = job.received + timedelta(days=told["days"])
    with reception.desk.workspace.database.writing() as session:
        snooze_account(session, one.key, account.id, until)
    say = words(reception.language(one.person.id))
    day = say.day(until.date())
    _tell(reception, job, say.text("digest.snoozed", account=account.name, day=day))


def _choose(reception: Reception, job: Job, key: str, **wanted: Any) -> None:
    """Keep a choice and say what it means."""
    one = _known(reception, job)
    if one is None:
        return
    chosen = chosen_by(reception, one)
    for name, value in wanted.items():
        setattr(chosen, name, value)
    with reception.desk.workspace.database.writing() as session:
        choose(session, chosen)
    say = words(reception.language(one.person.id))
    shown = say.text(
        key,
        weekday=say.text(f"weekday.{WEEKDAYS[chosen.weekday]}"),
        hour=_clock(chosen.hour),
        first=_clock(chosen.quiet_from),
        last=_clock(chosen.quiet_until),
    )
    _tell(reception, job, shown)


def _known(reception: Reception, job: Job) -> Recipient | None:
    """Whoever clicked; who is nobody on record is told how to get in."""
    user = job.payload["user"]
    viewer = reception.people.viewer(user, job.payload["team"])
    if viewer.role != "outsider":
        return Recipient(reception.people.person(user), viewer)
    admins = reception.desk.settings.company.company.admins
    shown = unknown_user_message(viewer.email, admins, reception.language(user))
    reception.delivery.direct(job, user, shown)
    return None


def _tell(reception: Reception, job: Job, said: str) -> None:
    text = mrkdwn(line(said))
    reception.delivery.direct(job, job.payload["user"], message(text, [section(text)]))


def _opens(
    reception: Reception, form: Callable[[Reception, Request, Recipient], Block | None]
) -> Callable[[Ack, dict[str, Any], BoltContext], None]:
    """A listener that opens a form for whoever the records know."""

    def listener(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        request = Request(body, reception.me, context.actor_team_id)
        viewer = reception.people.viewer(request.user, request.actor_team)
        if viewer.role == "outsider":
            return
        one = Recipient(reception.people.person(request.user), viewer)
        if (view := form(reception, request, one)) is not None:
            modals.show(reception.client, body, view)

    return listener


def _settings(reception: Reception, request: Request, one: Recipient) -> Block:
    chosen = chosen_by(reception, one)
    return digest_form(
        DigestSettings(
            _OFTEN[chosen.digest],
            WEEKDAYS[chosen.weekday],
            time(chosen.quiet_from),
            time(chosen.quiet_until),
            reception.spoken(request.user),
        )
    )


def _snooze(reception: Reception, request: Request, one: Recipient) -> Block | None:
    chosen = request.action.get("selected_option")
    *_, account_id = ids.unpack((chosen or request.action)["value"])
    try:
        account = reception.desk.workspace.ledger.find_account(one.viewer, account_id)
    except NotFound:
        return None
    return snooze_form(account.id, account.name, reception.spoken(request.user))


def _wants_snooze(body: Json) -> bool:
    value = body["actions"][0].get("selected_option", {}).get("value", "")
    return bool(value) and ids.unpack(value)[0] == "snooze"


def _field(view: Json, name: str) -> Json:
    told: Json = view["state"]["values"][name][name]
    return told


def _next_hour(told: str) -> int:
    """Whole hours only: quiet that ends within one ends with it."""
    at = time.fromisoformat(told)
    return (at.hour + bool(at.minute)) % _MIDNIGHT


def _clock(hour: int) -> str:
    return f"{hour}:00"
