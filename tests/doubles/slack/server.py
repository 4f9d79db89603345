"""The HTTP side: the Web API, uploads, downloads and response URLs on one free port."""

from __future__ import annotations

import json
import re
import select
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.doubles.slack import api
from tests.doubles.slack.faults import Fault
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.responses import ResponseUrls
from tests.doubles.slack.values import Json
from tests.doubles.slack.workspace import Workspace


@dataclass(eq=False)
class Call:
    """A call of the Web API, with its answer; `at` is in monotonic seconds."""

    method: str
    arguments: Json
    token: str
    at: float
    status: int = 0
    answer: Json | None = None
    fault: str = ""

    @property
    def ok(self) -> bool:
        """Whether the call took effect, answered or not."""
        return bool(self.answer and self.answer.get("ok"))

    @property
    def error(self) -> str:
        """Slack's name for why it did not."""
        return str((self.answer or {}).get("error", ""))


class Server:
    """Serves a workspace over HTTP and records every call in order."""

    def __init__(self, workspace: Workspace, urls: ResponseUrls) -> None:
        self.workspace, self.urls = workspace, urls
        self.calls: list[Call] = []
        self.accidents: list[BaseException] = []
        double = self

        class Handler(_Handler):
            server_of = double

        class Listening(ThreadingHTTPServer):
            request_queue_size = 1024
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """Keep what should not have happened; a client that died is no news."""
                error = sys.exception()
                if error is not None and not isinstance(error, OSError):
                    double.accidents.append(error)

        self._http = Listening(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._http.server_address[1]}"
        workspace.files_url = urls.base = self.base
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(timeout=10)

    def record(self, method: str, arguments: Json, token: str) -> Call:
        """Note a call that has begun."""
        call = Call(method, arguments, token, time.monotonic())
        with self.workspace.change():
            self.calls.append(call)
        return call

    def answered(self, call: Call, arguments: Json) -> Json:
        """Carry a call out and note its answer."""
        try:
            answer = api.call(self.workspace, call.method, arguments, call.token)
        except Refused as refusal:
            answer = refusal.as_json()
        with self.workspace.change():
            call.answer, call.status = answer, 200
        return answer


class _Handler(BaseHTTPRequestHandler):
    server_of: Server
    timeout = 60

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Web API calls without a body, and downloads."""
        path = urlsplit(self.path).path
        if path.startswith("/files/"):
            self._download(path.split("/")[2])
        else:
            self._route(path, b"")

    def do_POST(self) -> None:
        """Web API calls, uploads and answers to response URLs."""
        length = int(self.headers.get("content-length") or 0)
        self._route(urlsplit(self.path).path, self.rfile.read(length))

    def _route(self, path: str, body: bytes) -> None:
        if path.startswith("/api/"):
            self._call(path.removeprefix("/api/"), body)
        elif path.startswith("/upload/v1/"):
            self._upload(path.rpartition("/")[2], body)
        elif path.startswith("/respond/"):
            status, answer = self.server_of.urls.use(path.rpartition("/")[2], body)
            self._answer(status, answer.encode(), "application/json")
        else:
            self._answer(404, b"not found", "text/plain")

    def _call(self, method: str, body: bytes) -> None:
        double, faults = self.server_of, self.server_of.workspace.faults
        arguments = self._arguments(body)
        token = (self.headers.get("authorization") or "").removeprefix("Bearer ").strip()
        token = token or str(arguments.pop("token", ""))
        call = double.record(method, arguments, token)
        fault = faults.strike(method)
        if faults.pause(method, "before") and self._is_abandoned():
            with double.workspace.change():
                call.fault = "abandoned"
            return
        if fault is not None and fault.kind != "lose_reply":
            call.fault = fault.kind
            self._fail(call, fault)
            return
        answer = double.answered(call, arguments)
        faults.pause(method, "after")
        if fault is not None:
            call.fault = fault.kind
            self._cut()
            return
        scopes = {"x-oauth-scopes": ",".join(sorted(double.workspace.granted.scopes))}
        self._answer(200, json.dumps(answer).encode(), "application/json; charset=utf-8", scopes)

    def _arguments(self, body: bytes) -> Json:
        arguments: Json = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        kind = self.headers.get_content_type()
        if kind == "application/json" and body:
            return {**arguments, **json.loads(body)}
        if kind == "multipart/form-data":
            parts = _parts(self.headers["content-type"], body)
            return {**arguments, **{name: data.decode() for name, data in parts.items()}}
        return {**arguments, **dict(parse_qsl(body.decode(), keep_blank_values=True))}

    def _fail(self, call: Call, fault: Fault) -> None:
        call.status = fault.status
        if fault.kind == "drop":
            self._cut()
        elif fault.status == 429:
            after = {"retry-after": f"{fault.retry_after:g}"}
            body = json.dumps({"ok": False, "error": "ratelimited"}).encode()
            self._answer(429, body, "application/json; charset=utf-8", after)
        else:
            self._answer(fault.status, (fault.body or "<html>error</html>").encode(), "text/html")

    def _upload(self, file_id: str, body: bytes) -> None:
        world = self.server_of.workspace
        upload = world.uploads.get(file_id)
        if self.headers.get_content_type() == "multipart/form-data":
            body = next(iter(_parts(self.headers["content-type"], body).values()), b"")
        if upload is None or len(body) != upload.length:
            self._answer(400, b"the length is not the one announced", "text/plain")
            return
        with world.change():
            upload.file.content, upload.received = body, True
        self._answer(200, f"OK - {len(body)}".encode(), "text/plain")

    def _download(self, file_id: str) -> None:
        world = self.server_of.workspace
        file = world.files.get(file_id)
        allowed = self.headers.get("authorization") == f"Bearer {world.bot_token}"
        allowed = allowed and "files:read" in world.granted.scopes
        if not allowed or file is None or not world.may_read(file, world.bot):
            page = b"<!DOCTYPE html><title>Slack</title><p>Please sign in"
            self._answer(200, page, "text/html; charset=utf-8")
            return
        self._answer(200, file.content, file.mimetype)

    def _answer(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        told = {"content-type": kind, "content-length": str(len(body)), **(headers or {})}
        self.send_response(status)
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _is_abandoned(self) -> bool:
        """Whether the client has gone away while its call was held."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def _cut(self) -> None:
        """Reset the connection: the client sees it break, never an answer."""
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.shutdown(socket.SHUT_RDWR)


def _parts(content_type: str, body: bytes) -> dict[str, bytes]:
    head = f"content-type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    found: dict[str, bytes] = {}
    for part in message.iter_parts():
        name = re.search(r'name="([^"]*)"', str(part["content-disposition"]))
        payload = part.get_payload(decode=True)
        if name and isinstance(payload, bytes):
            found[name.group(1)] = payload
    return found
