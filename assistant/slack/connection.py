"""The ways in: a socket that Slack talks through, or signed HTTP; and how both are doing."""

from __future__ import annotations

import json
import logging
import re
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Protocol

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import text
from waitress import wasyncore
from waitress.server import create_server

from assistant.errors import BadSettings, TryLater
from assistant.slack.client import SlackClient, refusal
from assistant.slack.reception import Reception

log = logging.getLogger(__name__)

EVENTS, HEALTH, METRICS = "/slack/events", "/healthz", "/metrics"
#: Seconds between two looks at the socket, which ask nobody; slack_sdk itself needs fifty to see
#: that the other side hung up, and waits for it with a whole core.
PULSE = 1.0
#: How often Slack is asked whether it is there, and after how much silence the connection is
#: replaced: a socket can go deaf and still say that it is connected.
LOOK_AFTER, SILENCE = 20.0, 600.0
#: Work that has waited longer than this is a sign that something is stuck.
STUCK = timedelta(minutes=10)
_LARGEST_BODY = 2_000_000
#: Threads that keep what comes through the socket, and the bytes they are handed at a time.
_EARS, _BUFFER = 10, 16_384
#: Bolt fails on any other timestamp instead of refusing it.
_MOMENT = re.compile(r"[0-9]{1,12}")

Start = Callable[[str, list[tuple[str, str]]], Any]


class Door(Protocol):
    """A way in."""

    def open(self) -> None:
        """Let Slack in."""

    def sound(self) -> bool:
        """Whether Slack can reach us, as far as one can tell."""

    def close(self) -> None:
        """Let nobody in any more."""


class SocketDoor:
    """Socket Mode: we call Slack, and Slack talks through the socket."""

    def __init__(self, app: App, app_token: str, client: SlackClient) -> None:
        self._client = client
        opener = WebClient(base_url=client.base_url, timeout=client.timeout, retry_handlers=[])
        handler = SocketModeHandler(
            app, app_token, web_client=opener, concurrency=_EARS, receive_buffer_size=_BUFFER
        )
        self._socket = handler.client
        handler_log = logging.getLogger("slack_bolt.socket")
        self._socket.logger = handler_log
        self._socket.on_message_listeners.append(self._heard)
        self._last_heard = time.monotonic()
        self._reachable = True
        self._closing = threading.Event()
        self._guard = threading.Thread(target=self._look_after, name="slack-watch", daemon=True)

    def open(self) -> None:
        """Connect; raises `BadSettings` for a token that Slack refuses."""
        try:
            self._socket.connect()
        except SlackApiError as error:
            raise BadSettings(
                f"SLACK_APP_TOKEN: Slack refuses it ({refusal(error)}); make an app-level token "
                "with the scope connections:write under Basic Information of your Slack app."
            ) from None
        self._guard.start()

    def sound(self) -> bool:
        """Whether the socket is connected and Slack answered when last asked."""
        return self._reachable and bool(self._socket.is_connected())

    def close(self) -> None:
        """Disconnect; whoever could connect anew is stopped first."""
        self._closing.set()
        if self._guard.is_alive():
            self._guard.join(timeout=5)
        self._socket.default_auto_reconnect_enabled = self._socket.auto_reconnect_enabled = False
        session = self._socket.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):  # the reader wakes at once, and not at its next timeout
                session.sock.shutdown(socket.SHUT_RDWR)
        self._socket.closed = True
        self._socket.message_queue.put(None)  # and so does who waits for the next message
        try:
            self._socket.close()
        except AttributeError:  # slack_sdk hung up at the same moment, which it cannot bear
            self._socket.close()
        self._socket.disconnect()  # what it was connecting to while it was closed

    def look(self) -> None:
        """Ask Slack whether it is there; connect anew where the socket is dead or long silent."""
        try:
            self._client.auth_test()
            self._reachable = True
        except (TryLater, SlackApiError) as error:
            self._reachable = False
            log.warning("Slack does not answer: %s", error)
            return
        silent = time.monotonic() - self._last_heard > SILENCE
        if silent or not self._socket.is_connected():
            self._last_heard = time.monotonic()
            self._socket.connect_to_new_endpoint(force=True)

    def mend(self) -> None:
        """Connect anew where the other side hung up."""
        session = self._socket.current_session
        if self._closing.is_set():
            return
        if session is not None and _hung_up(session.sock):
            log.warning("Slack hung up; connecting anew")
            session.disconnect()
        if not self._socket.is_connected():
            self._socket.connect_to_new_endpoint()

    def _look_after(self) -> None:
        pause, looked = PULSE, time.monotonic()
        while not self._closing.wait(pause):
            try:
                self.mend()
                if time.monotonic() - looked >= LOOK_AFTER:
                    looked = time.monotonic()
                    self.look()
            except Exception as error:  # noqa: BLE001 - whatever it is, the guard goes on
                pause = min(pause * 2, LOOK_AFTER)
                log.warning("Slack cannot be reached (%s); again in %.0f s", error, pause)
            else:
                pause = PULSE

    def _heard(self, _message: str) -> None:
        self._last_heard = time.monotonic()


def _hung_up(sock: socket.socket | None) -> bool:
    """Whether there is nothing more to come; looks at what TCP holds, below any encryption."""
    if sock is None:
        return False
    try:
        with selectors.DefaultSelector() as ready:
            ready.register(sock, selectors.EVENT_READ)
            return bool(ready.select(0)) and not socket.socket.recv(sock, 1, socket.MSG_PEEK)
    except TimeoutError:  # the reader was faster: there was something
        return False
    except (OSError, ValueError):
        return True


class HttpDoor:
    """HTTP: Slack calls us, with a signature; health and metrics are read here in either mode.

    Without an app that takes events it serves health and metrics only.
    """

    def __init__(
        self, reception: Reception, host: str, port: int, *, events: App | None, other: Door | None
    ) -> None:
        self._reception, self._events, self._other = reception, events, other
        self._sockets: dict[int, Any] = {}
        self._server = create_server(
            self._serve,
            map=self._sockets,
            host=host,
            port=port,
            threads=8,
            ident="liaison",
            max_request_body_size=_LARGEST_BODY,
        )
        self.port = int(self._server.effective_port)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="http", daemon=True)

    def open(self) -> None:
        """Listen."""
        self._thread.start()

    def sound(self) -> bool:
        """Whether the server runs; Slack comes by itself."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Stop listening, and finish the requests under way."""
        self._closing.set()
        self._server.pull_trigger()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        else:
            wasyncore.close_all(self._sockets)

    def _listen(self) -> None:
        """Waitress's own loop does not end before its sockets are closed under it."""
        while not self._closing.is_set():
            wasyncore.loop(timeout=1.0, count=1, map=self._sockets)
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._sockets)

    def _serve(self, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if (method, path) == ("GET", HEALTH):
            return self._health(start)
        if (method, path) == ("GET", METRICS):
            body = self._reception.meters.exposition(self._reception.work.waiting)
            return _said(start, "200 OK", body, "text/plain; version=0.0.4; charset=utf-8")
        if (method, path) == ("POST", EVENTS) and self._events is not None:
            return self._event(self._events, environ, start)
        return _said(start, "404 Not Found", b"not found")

    def _event(self, app: App, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        headers = {
            name[len("HTTP_") :].replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        headers["content-type"] = environ.get("CONTENT_TYPE", "")
        try:
            body = environ["wsgi.input"].read().decode("utf-8")
        except UnicodeDecodeError:
            return _said(start, "400 Bad Request", b"bad request")
        moment = headers.get("x-slack-request-timestamp", "")
        if not _MOMENT.fullmatch(moment):
            return _said(start, "401 Unauthorized", b"unauthorized")
        request = BoltRequest(body=body, query=environ.get("QUERY_STRING", ""), headers=headers)
        response = app.dispatch(request)
        kind = (response.headers.get("content-type") or ["text/plain;charset=utf-8"])[0]
        return _said(start, _STATUS.get(response.status, "500 Error"), response.body.encode(), kind)

    def _health(self, start: Start) -> Iterable[bytes]:
        report = health(self._reception, self._other or self)
        status = "200 OK" if report["status"] == "ok" else "503 Service Unavailable"
        return _said(start, status, json.dumps(report).encode(), "application/json")


def health(reception: Reception, door: Door) -> dict[str, Any]:
    """How the service is: its database, its connection to Slack, and its queue."""
    try:
        with reception.desk.workspace.database.reading() as session:
            session.execute(text("SELECT 1"))
        count, age = reception.work.waiting()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the report is for
        log.warning("the database does not answer: %s", error)
        return {"status": "failing", "database": False, "slack": door.sound(), "queue": None}
    well = door.sound() and age < STUCK
    return {
        "status": "ok" if well else "failing",
        "database": True,
        "slack": door.sound(),
        "queue": {"waiting": count, "oldest_seconds": round(age.total_seconds(), 1)},
    }


_STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    401: "401 Unauthorized",
    404: "404 Not Found",
    500: "500 Internal Server Error",
}


def _said(
    start: Start, status: str, body: bytes, kind: str = "text/plain; charset=utf-8"
) -> Iterable[bytes]:
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
