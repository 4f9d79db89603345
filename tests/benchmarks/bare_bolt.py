"""A Bolt app that acknowledges and does nothing else: what ours is measured against."""

from __future__ import annotations

import os
import threading

import click
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


def main() -> None:
    """Serve until killed."""
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(client=client, token=client.token)
    app.event("message")(lambda ack: ack())
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=client).client.connect()
    click.echo("Serving; health and metrics on port 0.")
    threading.Event().wait()


if __name__ == "__main__":
    main()
