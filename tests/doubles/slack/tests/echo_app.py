"""A small Bolt app that the double is tried with, and how to run it over both transports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from tests.doubles.slack import SlackDouble


@dataclass
class Heard:
    """What the app was told, by listener."""

    events: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)


def bolt_app(slack: SlackDouble, heard: Heard) -> App:
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = App(client=client, signing_secret=slack.signing_secret)
    listen(app, client, heard)
    ask(app, client, heard)
    return app


def listen(app: App, client: WebClient, heard: Heard) -> None:
    @app.event("message")
    def answer(event: dict[str, Any], body: dict[str, Any]) -> None:
        note(event, body)
        if not event.get("subtype") and event["channel_type"] == "im":
            words = f"You said: {event['text']}"
            thread_ts = event.get("thread_ts") or event["ts"]
            client.chat_postMessage(
                channel=event["channel"], thread_ts=thread_ts, text=words, blocks=with_button(words)
            )

    def note(event: dict[str, Any], body: dict[str, Any]) -> None:
        heard.events.append(event)
        heard.bodies.append(body)

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], body: dict[str, Any]) -> None:
        note(event, body)
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=home("Two accounts"))

    for name in ("app_mention", "app_context_changed", "agent_session_stopped"):
        app.event(name)(note)


def ask(app: App, client: WebClient, heard: Heard) -> None:
    @app.action("again")
    def again(ack: Callable[..., None], body: dict[str, Any], respond: Callable[..., Any]) -> None:
        ack()
        heard.bodies.append(body)
        respond(text=f"Again: {body['actions'][0]['value']}", replace_original=True)

    @app.action("snooze")
    def snooze(ack: Callable[..., None], body: dict[str, Any]) -> None:
        ack()
        shown = body["view"]
        client.views_update(view_id=shown["id"], hash=shown["hash"], view=home("All quiet"))

    @app.action("feedback")
    def feedback(ack: Callable[..., None], body: dict[str, Any]) -> None:
        ack()
        heard.bodies.append(body)

    @app.command("/plan")
    def plan(ack: Callable[..., None], command: dict[str, Any]) -> None:
        ack(text="One moment.")
        client.views_open(trigger_id=command["trigger_id"], view=chooser())

    @app.view("chooser")
    def chosen(ack: Callable[..., None], view: dict[str, Any], body: dict[str, Any]) -> None:
        heard.bodies.append(body)
        account = view["state"]["values"]["account"]["account"]["selected_option"]
        if account["value"] == "closed":
            ack(response_action="errors", errors={"account": "This account is closed."})
        else:
            ack()

    @app.options("account")
    def accounts(ack: Callable[..., None], payload: dict[str, Any]) -> None:
        names = ["Harbour Foods", "Harbour Steel", "closed"]
        found = [name for name in names if payload["value"].lower() in name.lower()]
        ack(options=[{"text": {"type": "plain_text", "text": n}, "value": n} for n in found])

    @app.shortcut("remember")
    def remember(ack: Callable[..., None], body: dict[str, Any]) -> None:
        ack()
        heard.bodies.append(body)


def home(words: str) -> dict[str, Any]:
    text = {"type": "mrkdwn", "text": words}
    snooze = {"type": "plain_text", "text": "Snooze"}
    button = {"type": "button", "action_id": "snooze", "text": snooze}
    return {"type": "home", "blocks": [{"type": "section", "text": text, "accessory": button}]}


def with_button(words: str) -> list[dict[str, Any]]:
    again = {"type": "plain_text", "text": "Again"}
    button = {"type": "button", "action_id": "again", "value": "once more", "text": again}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": words}},
        {"type": "actions", "elements": [button]},
    ]


def chooser() -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "chooser",
        "title": {"type": "plain_text", "text": "Plan"},
        "submit": {"type": "plain_text", "text": "Draft"},
        "blocks": [
            {
                "type": "input",
                "block_id": "account",
                "label": {"type": "plain_text", "text": "Account"},
                "element": {"type": "external_select", "action_id": "account"},
            },
            {
                "type": "input",
                "block_id": "note",
                "optional": True,
                "label": {"type": "plain_text", "text": "Note"},
                "element": {"type": "plain_text_input", "action_id": "note"},
            },
        ],
    }


def over_sockets(slack: SlackDouble, app: App) -> Iterator[App]:
    handler = SocketModeHandler(app, slack.app_token, ping_interval=0.3)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_connected()
    yield app
    handler.client.auto_reconnect_enabled = False
    slack.cut_sockets()  # the SDK's reader only wakes at once if the other side hangs up
    handler.close()  # type: ignore[no-untyped-call]


class Threaded(ThreadingMixIn, WSGIServer):
    request_queue_size = 1024
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def over_http(slack: SlackDouble, app: App) -> Iterator[App]:
    server = make_server("127.0.0.1", 0, SlackRequestHandler(app), Threaded, Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    slack.deliver_to(f"http://127.0.0.1:{server.server_port}/slack/events")
    yield app
    server.shutdown()
    thread.join()
    server.server_close()
