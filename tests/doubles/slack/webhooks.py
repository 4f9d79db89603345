"""Signed HTTP: deliveries posted to the app's own address."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from urllib.parse import urlencode, urlsplit

from tests.doubles.slack.deliveries import Attempt, Delivery, PostOffice
from tests.doubles.slack.values import Json
from tests.doubles.slack.workspace import Workspace

PATIENCE = 10.0


class Webhooks:
    """Posts deliveries, each on a thread of its own, signed with the app's secret."""

    def __init__(self, workspace: Workspace, post: PostOffice, url: str) -> None:
        self._workspace, self._post, self.url = workspace, post, url

    def send(self, delivery: Delivery, attempt: Attempt) -> None:
        """Begin an attempt; what comes of it is noted when the app answers."""
        threading.Thread(target=self._send, args=(delivery, attempt), daemon=True).start()

    def _send(self, delivery: Delivery, attempt: Attempt) -> None:
        headers: dict[str, str] = {}
        if delivery.kind == "events_api":
            body, kind = json.dumps(delivery.payload), "application/json"
            if attempt.number:
                headers["x-slack-retry-num"] = str(attempt.number)
                headers["x-slack-retry-reason"] = attempt.reason
        else:
            command = delivery.kind == "slash_commands"
            fields = delivery.payload if command else {"payload": json.dumps(delivery.payload)}
            body, kind = urlencode(fields), "application/x-www-form-urlencoded"
        attempt.sent_at = time.monotonic()
        try:
            status, answer = self.post(body, kind, headers)
        except OSError:
            self._post.acknowledge(attempt.envelope_id, None, 0)
            return
        self._post.acknowledge(attempt.envelope_id, _told(answer), status)

    def post(
        self,
        body: str,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
        *,
        timestamp: str = "",
        secret: str = "",
    ) -> tuple[int, str]:
        """Post a body with a signature; another `timestamp` or `secret` makes a forgery.

        Raises:
            OSError: The app is not there, or cut the connection.
        """
        stamp = timestamp or str(int(time.time()))
        key = (secret or self._workspace.signing_secret).encode()
        signature = hmac.new(key, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        signed = {
            "content-type": kind,
            "user-agent": "Slackbot 1.0",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
            **(headers or {}),
        }
        where = urlsplit(self.url)
        connection = http.client.HTTPConnection(where.netloc, timeout=PATIENCE)
        try:
            connection.request("POST", where.path or "/", body.encode(), signed)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except http.client.HTTPException as error:
            raise ConnectionError("The app cut the connection.") from error
        finally:
            connection.close()


def _told(answer: str) -> Json | None:
    """What the app said with its acknowledgement: JSON, or a text to show."""
    if not answer:
        return None
    try:
        told = json.loads(answer)
    except ValueError:
        return {"text": answer}
    return told if isinstance(told, dict) else {"text": answer}
