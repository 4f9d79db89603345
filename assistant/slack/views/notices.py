"""Short notices: an error with its reference, somebody unknown, why only you see this."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn, mrkdwn_link
from assistant.slack.views import ids
from assistant.slack.views.blocks import actions, button, context, sections
from assistant.slack.views.message import Message, message
from assistant.slack.words import words


def sentence_message(text: str) -> Message:
    """A sentence or two on one line, whoever wrote the names in it: it becomes safe here."""
    shown = mrkdwn(line(text))
    return message(shown, sections(shown))


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
    text = mrkdwn(way_in(email, ask, told))
    read = button(told.text("do.playbook"), ids.PLAYBOOK, ids.pack(""))
    return message(text, [*sections(text), actions(read)])


def way_in(email: str | None, ask: Sequence[str], told: Captions) -> str:
    """Whom to ask, for somebody whose address stands in no record or is not told."""
    who = told.names(ask) or told.text("outsider.administrator")
    if email is None:
        return told.text("outsider.no_address", who=who)
    return told.text("outsider.unknown", email=email, who=who)


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
    return sentence_message(words(language).text("capture.not_kept", why=why))
