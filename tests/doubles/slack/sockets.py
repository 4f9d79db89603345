"""Socket Mode: a real WebSocket server that sends envelopes and takes acknowledgements."""

from __future__ import annotations

import itertools
import json
import logging
import threading
import time
from http import HTTPStatus

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from tests.doubles.slack.deliveries import Attempt, Delivery, PostOffice
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Json
from tests.doubles.slack.workspace import Workspace

MOST_SOCKETS = 10
SILENT = logging.getLogger("slack-double-sockets")
SILENT.setLevel(logging.CRITICAL)


class Sockets:
    """The app's open connections; envelopes go to them in turn."""

    def __init__(self, workspace: Workspace, post: PostOffice) -> None:
        self._workspace, self._post = workspace, post
        self._tickets = itertools.count(1)
        self._valid: set[str] = set()
        self._refusing = False
        self.connections: list[ServerConnection] = []
        self._turn = itertools.count()
        self._server = serve(
            self._connected,
            "127.0.0.1",
            0,
            process_request=self._admit,
            compression=None,
            ping_interval=None,
            close_timeout=0.2,
            logger=SILENT,
        )
        self._port = self._server.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Cut every connection and stop listening."""
        self._server.shutdown()
        self.cut()
        self._thread.join(timeout=10)

    def link(self) -> str:
        """A fresh address for one connection, as `apps.connections.open` gives."""
        if self._refusing:
            raise Refused("internal_error")
        ticket = f"ticket-{next(self._tickets)}"
        self._valid.add(ticket)
        return f"ws://127.0.0.1:{self._port}/link/?ticket={ticket}&app_id={self._workspace.app_id}"

    def lock_out(self) -> None:
        """Let no new connection in until `let_in`."""
        self._refusing = True

    def let_in(self) -> None:
        """Let new connections in again."""
        self._refusing = False

    def cut(self) -> None:
        """Drop every connection without a word, as a network does."""
        for connection in list(self.connections):
            connection.close_socket()

    def ask_to_reconnect(self, reason: str) -> None:
        """Send `disconnect`, as Slack does before it refreshes a connection."""
        message: Json = {"type": "disconnect", "reason": reason, "debug_info": {"host": "double"}}
        for connection in list(self.connections):
            self._sent(connection, message)

    def send(self, delivery: Delivery, attempt: Attempt) -> None:
        """Send an envelope over the next living connection; without one it stays unsent."""
        envelope: Json = {
            "envelope_id": attempt.envelope_id,
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
        living = list(self.connections)
        start = next(self._turn)
        for offset in range(len(living)):
            attempt.sent_at = time.monotonic()
            if self._sent(living[(start + offset) % len(living)], envelope):
                return
        attempt.sent_at = None

    @staticmethod
    def _sent(connection: ServerConnection, message: Json) -> bool:
        try:
            connection.send(json.dumps(message))
        except (ConnectionClosed, OSError):
            return False
        return True

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = request.path.partition("ticket=")[2].partition("&")[0]
        full = len(self.connections) >= MOST_SOCKETS
        if self._refusing or full or ticket not in self._valid:
            return connection.respond(HTTPStatus.FORBIDDEN, "this link is not valid\n")
        self._valid.discard(ticket)
        return None

    def _connected(self, connection: ServerConnection) -> None:
        hello: Json = {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "debug_info": {"host": "applink-double", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._workspace.app_id},
        }
        self._sent(connection, hello)
        with self._workspace.change():
            self.connections.append(connection)
        try:
            for raw in connection:
                answer = json.loads(raw)
                self._post.acknowledge(str(answer.get("envelope_id")), answer.get("payload"))
        except (ConnectionClosed, OSError):
            pass
        finally:
            with self._workspace.change():
                self.connections.remove(connection)
