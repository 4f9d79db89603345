"""Short notices: an error with its reference, somebody unknown, why only you see this."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.slack.safety import line, mrkdwn, mrkdwn_link
from assistant.slack.views import ids
from assistant.slack.views.blocks import actions, button, context, sections
from assistant.slack.views.message import Message, message
from assistant.slack.words import words


def error_message(reference: str, language: str = "en", sentence: str = "") -> Message:
    """Something failed: what, in one kind sentence, and the number to name when asking for help."""
    told = words(language)
    text = mrkdwn(line(sentence or told.text("error.unexpected")))
    number = mrkdwn(told.text("error.reference", reference=reference))
    return message(text, [*sections(text), context(number)])


def unknown_user_message(
    email: str | None, ask: Sequence[str] = (), language: str = "en"
) -> Message:
    """Somebody whose address stands in no record: the playbook, and whom to ask."""
    told = words(language)
    who = told.names(ask) or told.text("outsider.administrator")
    key = "outsider.no_address" if email is None else "outsider.unknown"
    text = mrkdwn(told.text(key, **({} if email is None else {"email": email}), who=who))
    read = button(told.text("do.playbook"), ids.PLAYBOOK, ids.pack(""))
    return message(text, [*sections(text), actions(read)])


def private_notice(reason: str, language: str = "en") -> Message:
    """Stands above an answer that only the asker sees, and says why.

    Args:
        reason: `outside` (another organisation reads along), `guests`, `unseen` (somebody here may
            not see this account), `unsure` (who is here could not be learned) or `bots`.
        language: of the asker.
    """
    text = mrkdwn(words(language).text(f"private.{reason}"))
    return message(text, [context(text)])


def waiting_message(language: str = "en") -> Message:
    """The place where an answer will stand, until it does."""
    text = mrkdwn(words(language).text("waiting.text"))
    return message(text, [context(text)])


def late_note(language: str = "en") -> Message:
    """An answer that took long, after a restart or a failure, says so."""
    text = mrkdwn(words(language).text("waiting.late"))
    return message(text, [context(text)])


def kept_message(what: str, account: str, language: str = "en", link: str | None = None) -> Message:
    """Something was captured: what, for which account, where it came from, and how to find it."""
    told = words(language)
    text = mrkdwn(line(told.text("capture.kept", what=what, account=account)))
    source = f"\n{mrkdwn_link(link, told.text('capture.source'))}" if link else ""
    found = context(mrkdwn(told.text("capture.found", account=account)))
    return message(text, [*sections(text + source), found])


def not_kept(why: str, language: str = "en") -> Message:
    """Something was not captured, and why; `why` is one sentence."""
    text = mrkdwn(line(words(language).text("capture.not_kept", why=why)))
    return message(text, sections(text))
