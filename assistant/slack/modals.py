"""Opening modals, which Slack allows for three seconds after a click; nothing here waits."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.errors import TryLater
from assistant.slack.client import SlackClient
from assistant.slack.safety import mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, modal, sections
from assistant.slack.words import words

log = logging.getLogger(__name__)


def show(client: SlackClient, body: Mapping[str, Any], view: Block) -> str | None:
    """Open a modal, on top of the one the click came from; the click may be repeated if it fails.

    Args:
        client: calls Slack.
        body: the payload of the click or shortcut.
        view: what to show.

    Returns:
        Its id, by which it can be changed; None where it could not be opened.
    """
    below = (body.get("view") or {}).get("type") == "modal"
    try:
        if below:
            shown = client.views_push(trigger_id=body["trigger_id"], view=view)
        else:
            shown = client.views_open(trigger_id=body["trigger_id"], view=view)
    except (SlackApiError, TryLater) as error:
        log.warning("a modal (%s) could not be opened: %s", view["callback_id"], error)
        return None
    return str(shown["view"]["id"])


def turn(client: SlackClient, body: Mapping[str, Any], view: Block) -> None:
    """Show something else in the modal that the click came from."""
    try:
        client.views_update(view_id=body["view"]["id"], view=view)
    except (SlackApiError, TryLater) as error:
        log.warning("a modal (%s) could not be turned: %s", view["callback_id"], error)


def notice_view(title: str, text: str, language: str) -> Block:
    """A modal that only says something; `text` is ours or a record's, and becomes safe here."""
    told = words(language)
    return modal(
        title, sections(mrkdwn(text)), callback=ids.NOTICE_VIEW, close=told.text("modal.close")
    )
