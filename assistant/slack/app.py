"""The app: Bolt with our intake in front, and every listener connected."""

from __future__ import annotations

import logging

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from assistant.slack import listeners
from assistant.slack.intake import Intake, Switchboard
from assistant.slack.reception import Reception


def build_app(reception: Reception, signing_secret: str | None = None) -> App:
    """Bolt's app for a reception; `signing_secret` is needed where Slack calls over HTTP.

    Whose token it is was asked once, when the reception was made: nothing here calls Slack.
    """
    me = reception.me
    known = AuthorizeResult(
        enterprise_id=me.enterprise_id,
        team_id=me.team_id,
        bot_token=reception.client.token,
        bot_id=me.bot_id,
        bot_user_id=me.user_id,
    )
    app = App(
        name="liaison",
        logger=logging.getLogger("slack_bolt.liaison"),
        client=WebClient(base_url=reception.client.base_url, retry_handlers=[]),
        authorize=lambda **_: known,
        signing_secret=signing_secret or "unused over Socket Mode",
        request_verification_enabled=signing_secret is not None,
    )
    board = Switchboard(reception, app)
    listeners.register(board)
    app.use(Intake(board))
    return app
