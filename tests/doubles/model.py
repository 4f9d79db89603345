"""A scripted OpenAI-compatible server: a queue of replies, and a history of what was sent.

    with ScriptedOpenAI(say("Karl Weber decides."), fail(429, retry_after=2)) as server:
        settings = read_settings(home, server.environment)

A reply may be a function of the request, so a double can obey, lie, or count. `then` answers
whatever comes after the queue; without it one request too many fails, and so does one too few.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import httpx2
from pydantic import BaseModel

MODEL = "gpt-6.1-terra"
KEY = "sk-scripted"


@dataclass(frozen=True)
class Request:
    """What was sent."""

    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body["messages"])

    @property
    def system(self) -> str:
        return self._said("system")

    @property
    def user(self) -> str:
        """The last thing the user's side said."""
        return self._said("user")

    @property
    def text(self) -> str:
        """Everything that went over the wire, tool results included."""
        return "\n".join(str(message.get("content") or "") for message in self.messages)

    @property
    def tools(self) -> list[str]:
        return [tool["function"]["name"] for tool in self.body.get("tools", [])]

    @property
    def tool_results(self) -> list[str]:
        return [str(m["content"]) for m in self.messages if m["role"] == "tool"]

    @property
    def form(self) -> str | None:
        """The name of the JSON schema that was asked for."""
        given = self.body.get("response_format") or {}
        return given.get("json_schema", {}).get("name") if given else None

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    def _said(self, role: str) -> str:
        said = [m["content"] for m in self.messages if m["role"] == role]
        return str(said[-1]) if said else ""


@dataclass(frozen=True)
class Call:
    """A tool the model wants called."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What goes back: a status, headers, and the body in pieces."""

    status: int
    headers: Mapping[str, str]
    pieces: Callable[[], Iterator[bytes]]


Scripted = Callable[[Request], Reply]


def say(
    said: str | BaseModel,
    *calls: Call,
    finish: str | None = None,
    refusal: str | None = None,
    usage: tuple[int, int, int] | None = (100, 0, 10),
) -> Scripted:
    """A reply in words or in a form, streamed if that is asked for.

    `usage` is tokens sent, of those cached, and written; `finish` is by default what fits.
    """
    words = said if isinstance(said, str) else said.model_dump_json()
    reason = finish or ("tool_calls" if calls else "stop")
    message: dict[str, Any] = {"role": "assistant", "content": words or None, "refusal": refusal}
    if calls:
        message["tool_calls"] = [
            {
                "id": f"call_{at}",
                "index": at,
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments))},
            }
            for at, call in enumerate(calls)
        ]

    def reply(request: Request) -> Reply:
        if request.streams:
            return events(*_deltas(message, reason), *([_used(usage)] if usage else []), "[DONE]")
        whole = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": MODEL,
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
            **({"usage": _tokens(usage)} if usage else {}),
        }
        return body(json.dumps(whole))

    return reply


def fail(
    status: int, code: str = "", *, message: str = "No.", retry_after: str | float | None = None
) -> Scripted:
    """An error as OpenAI tells it."""
    told = json.dumps({"error": {"message": message, "type": code or None, "code": code or None}})
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return lambda _: body(told, status=status, headers=headers)


def body(
    text: str,
    *,
    status: int = 200,
    kind: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """A body as it is."""
    return Reply(status, {"Content-Type": kind, **(headers or {})}, lambda: iter([text.encode()]))


def events(*data: dict[str, Any] | str) -> Reply:
    """A stream of events; add `"[DONE]"` yourself, or do not."""

    def pieces() -> Iterator[bytes]:
        for one in data:
            yield f"data: {one if isinstance(one, str) else json.dumps(one)}\n\n".encode()

    return Reply(200, {"Content-Type": "text/event-stream"}, pieces)


def chunk(delta: Mapping[str, Any], finish: str | None = None) -> dict[str, Any]:
    """One event of a streamed reply."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return _event(choices=[choice])


class ScriptedOpenAI:
    """The server; `sent` is what it was asked, in order, `script` what is still to come."""

    def __init__(self, *script: Scripted, then: Scripted | None = None) -> None:
        self.script, self.then = list(script), then
        self.sent: list[Request] = []
        self.unexpected = 0
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def answer(self, request: Request) -> Reply:
        """The next reply of the script."""
        with self._lock:
            self.sent.append(request)
            scripted = self.script.pop(0) if self.script else self.then
            self.unexpected += scripted is None
        return (scripted or fail(500, message="nothing more in the script"))(request)

    @property
    def transport(self) -> httpx2.MockTransport:
        """The same script without a socket."""

        def handle(request: httpx2.Request) -> httpx2.Response:
            reply = self.answer(Request(json.loads(request.content), dict(request.headers)))
            return httpx2.Response(
                reply.status, headers=dict(reply.headers), content=reply.pieces()
            )

        return httpx2.MockTransport(handle)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead here."""
        return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": self.url, "LIAISON_MODEL": MODEL}

    @property
    def url(self) -> str:
        assert self._server is not None, "use it in a with statement"
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"scripted": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: object, __: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        if kind is None:
            self.check()

    def check(self) -> None:
        """Nothing was asked that the script does not have, and nothing of it was left over."""
        assert not self.unexpected, f"{self.unexpected} requests too many"
        assert not self.script, f"{len(self.script)} replies were never asked for"


class _Handler(BaseHTTPRequestHandler):
    scripted: ScriptedOpenAI

    def do_POST(self) -> None:
        given = self.rfile.read(int(self.headers["Content-Length"]))
        reply = self.scripted.answer(Request(json.loads(given), dict(self.headers)))
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in reply.pieces():
                self.wfile.write(piece)
                self.wfile.flush()
        except ConnectionError:
            self.close_connection = True  # whoever asked hung up

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _deltas(message: Mapping[str, Any], reason: str) -> Iterator[dict[str, Any]]:
    yield chunk({"role": "assistant", "content": ""})
    for word in str(message["content"] or "").split(" "):
        if word:
            yield chunk({"content": word + " "})
    if message["refusal"]:
        yield chunk({"refusal": message["refusal"]})
    if message.get("tool_calls"):
        yield chunk({"tool_calls": message["tool_calls"]})
    yield chunk({}, reason)


def _event(**given: Any) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": MODEL,
        **given,
    }


def _used(usage: tuple[int, int, int]) -> dict[str, Any]:
    return _event(choices=[], usage=_tokens(usage))


def _tokens(usage: tuple[int, int, int]) -> dict[str, Any]:
    sent, cached, written = usage
    return {
        "prompt_tokens": sent,
        "completion_tokens": written,
        "total_tokens": sent + written,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
