"""The digest: sent once at the right hour, changed, stopped, and silent about an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from assistant.slack.apology import no_access
from assistant.slack.filled import answers_of, chooses, opens, value_of
from assistant.slack.intake import Order, Request, Switchboard
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
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.notices import sentence_message
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
    snooze = opens(reception, _for_known(_snooze))
    board.app.action(ids.DIGEST_SETTINGS)(opens(reception, _for_known(_settings)))
    board.app.action(ids.SNOOZE)(snooze)
    board.app.action(ids.SECTION_MENU, matchers=[chooses("snooze")])(snooze)


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
    carried, answers = request.body["view"].get("private_metadata"), answers_of(request)
    if carried:
        _, account_id = ids.unpack(carried)
        days = int(answers.option(ids.SNOOZE_DAYS) or 0)
        return Order("digest_snooze", {**request.actor, "account": account_id, "days": days})
    day, often = answers.option(ids.DAY), answers.option(ids.FREQUENCY)
    payload = {
        **request.actor,
        "often": "off" if often == "never" else often,
        "weekday": WEEKDAYS.index(day) if day else 0,
        "quiet_from": answers.time_of_day(ids.QUIET_FROM).hour,
        "quiet_until": _next_hour(answers.time_of_day(ids.QUIET_TO)),
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
    viewer, language = reception.asker(job.payload)
    if viewer.role != "outsider":
        return Recipient(reception.people.person(user), viewer)
    reception.delivery.direct(job, user, no_access(reception, viewer, language))
    return None


def _tell(reception: Reception, job: Job, said: str) -> None:
    reception.delivery.direct(job, job.payload["user"], sentence_message(said))


def _for_known(
    form: Callable[[Reception, Request, Recipient], Block | None],
) -> Callable[[Reception, Request], Block | None]:
    """A form for whoever the records know; None for anybody else."""

    def opened(reception: Reception, request: Request) -> Block | None:
        viewer = reception.asker(request.actor).viewer
        if viewer.role == "outsider":
            return None
        return form(reception, request, Recipient(reception.people.person(request.user), viewer))

    return opened


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
    (account_id,) = value_of(request)
    try:
        account = reception.desk.workspace.ledger.find_account(one.viewer, account_id)
    except NotFound:
        return None
    return snooze_form(account.id, account.name, reception.spoken(request.user))


def _next_hour(at: time) -> int:
    """Whole hours only: quiet that ends within one ends with it."""
    return (at.hour + bool(at.minute)) % _MIDNIGHT


def _clock(hour: int) -> str:
    return f"{hour}:00"
