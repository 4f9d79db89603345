"""Reading what somebody marked for remembering, and whose account it is about.

What is kept is read from Slack when the job runs, so that an edit made while the form was open
counts; what was seen when the form opened is used where we are no members of the conversation
and cannot read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.conversation.understanding import Directory
from assistant.slack.client import refusal
from assistant.slack.marked import Marked, key_of, moment
from assistant.slack.people import Person
from assistant.slack.reading import words_of
from assistant.slack.reception import Reception
from assistant.slack.views.blocks import Option
from knowledge.errors import BadInput
from knowledge.intake import Message
from knowledge.records import Viewer
from knowledge.records.roster import Named

#: Of a longer thread the end is kept: it is what was agreed.
MOST_MESSAGES = 400
_PAGE = 200
_BOOKKEEPING = frozenset({"channel_join", "channel_leave", "group_join", "tombstone", "bot_add"})
_UNREADABLE = frozenset({"channel_not_found", "not_in_channel", "missing_scope", "no_permission"})
_MISSING = frozenset({"thread_not_found", "message_not_found"})


class Gone(BadInput):
    """The message is no longer there."""


class NotHere(BadInput):
    """We are no member of the conversation, and cannot read what stands there."""


def named_account(reception: Reception, viewer: Viewer, *texts: str) -> Option | None:
    """The one account the first of some texts names, of those the viewer may see.

    A text that could mean several names none: the person chooses.
    """
    accounts = reception.desk.workspace.ledger.accounts(viewer)
    directory = Directory.of([Named("account", one.id, one.name, one.id) for one in accounts])
    for text in texts:
        found = directory.mentions(text).of("account")
        fits = {one for mention in found for one in mention.fits}
        if len(fits) == 1:
            (only,) = fits
            return Option(only.name, only.id)
        if fits:
            return None
    return None


def author_of(reception: Reception, person: Person) -> str:
    """How the author of a message is named in the records: one of us as there, others with more.

    Whoever is none of us never bears the bare name of one of us: a name can be chosen.
    """
    viewer = reception.people.viewer_of(person)
    if viewer.role != "outsider":
        return viewer.name
    return f"{person.name} ({person.email or 'Slack'})"


def message_of(reception: Reception, marked: Marked) -> Message:
    """The marked message as it stands now, else as it was seen.

    Raises:
        Gone: it was deleted meanwhile.
        NotHere: we cannot read it, and it was too long to be carried by a form.
    """
    known = _thread(reception, marked, only=marked.ts)
    if known is None:
        if marked.text is None:
            raise NotHere(marked.channel)
        seen = {"ts": marked.ts, "user": marked.author, "username": marked.name}
        return _told(reception, marked.channel, {**seen, "text": marked.text})
    standing = next((one for one in known if one["ts"] == marked.ts), None)
    if standing is None:
        raise Gone(marked.ts)
    return _told(reception, marked.channel, standing)


def thread_of(reception: Reception, marked: Marked) -> list[Message]:
    """The whole thread, what we said in it ourselves left out.

    Raises:
        Gone: it was deleted meanwhile.
        NotHere: we cannot read it.
    """
    known = _thread(reception, marked)
    if known is None:
        raise NotHere(marked.channel)
    # What we said rests on the records already, and must not become their proof.
    said = [one for one in known if not reception.me.wrote(one) and _is_said(one)]
    return [_told(reception, marked.channel, one) for one in said[-MOST_MESSAGES:]]


def said_words(reception: Reception, text: str) -> str:
    """A message's words, names in the place of ids."""
    return words_of(text, reception.me.user_id, lambda one: reception.people.person(one).name)


def _told(reception: Reception, channel: str, message: Mapping[str, Any]) -> Message:
    user = message.get("user")
    author = (
        author_of(reception, reception.people.person(user))
        if user
        else f"{message.get('username') or message.get('name') or 'An app'} (Slack)"
    )
    ts = message["ts"]
    text = said_words(reception, message.get("text") or "")
    return Message(key_of(channel, ts), author, moment(ts), text)


def _thread(
    reception: Reception, marked: Marked, only: str | None = None
) -> Sequence[Mapping[str, Any]] | None:
    """The messages of a thread, or one of them; None where we may not read the conversation."""
    try:
        return list(_pages(reception, marked, only))
    except SlackApiError as error:
        if refusal(error) in _UNREADABLE:
            return None
        if refusal(error) in _MISSING:
            raise Gone(marked.ts) from None
        raise


def _pages(reception: Reception, marked: Marked, only: str | None) -> Iterator[Mapping[str, Any]]:
    cursor: str | None = None
    while cursor != "":
        page = reception.client.conversations_replies(
            channel=marked.channel,
            ts=marked.root,
            cursor=cursor,
            limit=_PAGE,
            oldest=only,
            latest=only,
            inclusive=True if only else None,
        )
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""


def _is_said(message: Mapping[str, Any]) -> bool:
    return bool(message.get("text")) and message.get("subtype") not in _BOOKKEEPING
