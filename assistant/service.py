"""The service: a desk, the durable work and Slack, put together and kept running."""

from __future__ import annotations

import logging
import re
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

from slack_sdk.errors import SlackApiError

from assistant.desk import Desk
from assistant.errors import BadSettings, TryLater
from assistant.settings import Settings
from assistant.slack import (
    HttpDoor,
    Identity,
    Meters,
    Reception,
    SlackClient,
    SocketDoor,
    build_app,
)
from assistant.slack.client import refusal
from assistant.slack.embedding import Embedding
from assistant.work import Work
from knowledge.index.embedding import cores

log = logging.getLogger(__name__)

#: Seconds that work under way may take to end when the service is stopped.
DRAIN = 25.0
#: Threads change hands this often (seconds): an acknowledgement never waits behind an answer.
_SWITCH = 0.001
#: Processor cores that reading for meaning leaves to those who ask.
_KEPT_FREE = 1
_SECRET = re.compile(
    r"\b(?:xox[a-z]|xapp|xwfp)-[\w-]+|\bsk-[\w-]{8,}|(?i:bearer)\s+[\w.~+/-]+=*"
    r"|(?<=://)[^\s:/@]+:[^\s@/]+(?=@)"
)


class Discreet(logging.Formatter):
    """Formats records, traces included, without tokens and passwords."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with `…` where a secret stood."""
        return _SECRET.sub("…", super().format(record))


@dataclass(frozen=True)
class Ways:
    """Which ways in are open: a socket that we open, or HTTP; where health is read."""

    socket: bool
    http: bool
    listen: tuple[str, int] | None


class Service:
    """Everything that runs while Liaison serves Slack."""

    def __init__(self, desk: Desk, work: Work, reception: Reception, ways: Ways) -> None:
        self.desk, self.work, self.reception = desk, work, reception
        settings = desk.settings
        secret = settings.slack_signing_secret if ways.http else None
        app = build_app(reception, secret.get_secret_value() if secret else None)
        self._socket: SocketDoor | None = None
        self.http: HttpDoor | None = None
        if ways.socket and settings.slack_app_token:
            token = settings.slack_app_token.get_secret_value()
            self._socket = SocketDoor(app, token, reception.client)
        if ways.listen is not None:
            host, port = ways.listen
            events = app if ways.http else None
            self.http = HttpDoor(reception, host, port, events=events, other=self._socket)

    @classmethod
    def open(cls, settings: Settings, listen: str | None = None, poll: float = 0.1) -> Service:
        """Put everything together and begin to serve.

        Args:
            settings: of the home folder, with Slack's tokens.
            listen: `HOST:PORT` for HTTP; with a signing secret Slack's requests come there.
            poll: seconds between two looks for work.

        Raises:
            BadSettings: a token is missing or refused; says where to get it.
            WorkHeld: another process serves this home.
        """
        ways = _ways(settings, listen)
        client, me = _introduced(settings)
        meters = Meters()
        database_url = settings.database_url.get_secret_value()
        hands = settings.company.slack.hands
        work = Work(settings.home, database_url, hands=hands, poll=poll, tally=meters.tally)
        try:
            desk = Desk.open(settings, threads=max(1, cores() - _KEPT_FREE))
        except BaseException:
            work.close()
            raise
        desk.models.count(meters.tokens)
        service = cls(desk, work, Reception(desk, work, client, me, meters), ways)
        try:
            service.start()
        except BaseException:
            service.close(0.0)
            raise
        return service

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Take up what was left behind, then let Slack in."""
        self.work.start()
        for door in (self.http, self._socket):
            if door is not None:
                door.open()
        log.info("serving %s as %s", self.reception.me.url, self.reception.me.user_id)

    def close(self, drain: float = DRAIN) -> None:
        """Let nobody in, finish what is under way, give everything back."""
        with ExitStack() as last_first:
            last_first.callback(self.desk.close)
            last_first.callback(self.work.close, drain)
            for door in (self.http, self._socket):
                if door is not None:
                    last_first.callback(door.close)


def serve(settings: Settings, listen: str | None, told: Callable[[str], None]) -> None:
    """Serve Slack until the process is asked to end; `told` hears when it is ready."""
    _log_to_stderr()
    sys.setswitchinterval(_SWITCH)
    asked_to_end = threading.Event()
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: asked_to_end.set())
    with Service.open(settings, listen) as service, Embedding(service.reception):
        told(_ready(service))
        asked_to_end.wait()
        log.info("ending: no new work, waiting for what is under way")


def _ready(service: Service) -> str:
    where = f"; health and metrics on port {service.http.port}" if service.http else ""
    return f"Serving {service.reception.me.url or 'Slack'}{where}. Stop with Ctrl-C."


def _ways(settings: Settings, listen: str | None) -> Ways:
    if settings.slack_bot_token is None:
        raise BadSettings(
            "SLACK_BOT_TOKEN is not set: create the app from manifest.json at "
            "https://api.slack.com/apps, install it, and copy the token that begins with xoxb-."
        )
    signed = settings.slack_signing_secret is not None
    socket = settings.slack_app_token is not None and not (signed and listen)
    if not socket and not signed:
        raise BadSettings(
            "Set SLACK_APP_TOKEN (an app-level token with connections:write, for Socket Mode) or "
            "SLACK_SIGNING_SECRET (for HTTP); both are under Basic Information of your Slack app."
        )
    address = listen or (None if socket else settings.company.slack.listen)
    return Ways(socket, http=signed and not socket, listen=_address(address) if address else None)


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit():
        raise BadSettings(f"“{listen}” is no address; write it as HOST:PORT, such as 0.0.0.0:3000.")
    return host.strip("[]"), int(port)


def _introduced(settings: Settings) -> tuple[SlackClient, Identity]:
    """A client, and who Slack says it is."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    client = SlackClient(token, settings.slack_api_url)
    try:
        return client, Identity.read(client)
    except SlackApiError as error:
        raise BadSettings(
            f"SLACK_BOT_TOKEN: Slack refuses it ({refusal(error)}); copy it again from "
            "OAuth & Permissions of your Slack app."
        ) from None
    except TryLater:
        raise BadSettings(
            f"Slack does not answer at {settings.slack_api_url}; "
            "check the network, the proxy and SLACK_API_URL."
        ) from None


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
    for loud in ("slack_sdk", "waitress", "alembic", "httpx", "chromadb"):
        logging.getLogger(loud).setLevel(logging.WARNING)
