"""The wire: HTTP on which the deadline of a call holds, however a server dawdles.

A read timeout alone is not enough: a server that sends a comment every few seconds would keep a
stream open for ever. So the time left is looked at before a request and after every piece.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx2

from assistant.models.deadline import Deadline

_LATE = "the time for this call is over"


class Bounded(httpx2.BaseTransport):
    """Sends through a shared client; each call ends in its own time, or with its job.

    The shared client keeps the connections, and the proxies that the environment names.
    """

    def __init__(self, shared: httpx2.Client, job: Deadline, call_seconds: float) -> None:
        self._shared, self._job, self._call_seconds = shared, job, call_seconds

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request; raises `httpx2.TimeoutException` when its time is over."""
        call = self._job.within(self._call_seconds)
        if not call.remaining:
            raise httpx2.ConnectTimeout(_LATE, request=request)
        request.extensions["timeout"] = httpx2.Timeout(call.remaining).as_dict()
        response = self._shared.send(request, stream=True)
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Pieces(response, call),
            extensions=response.extensions,
        )


class _Pieces(httpx2.SyncByteStream):
    """What arrives of a reply, as long as there is time."""

    def __init__(self, response: httpx2.Response, call: Deadline) -> None:
        self._response, self._call = response, call

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._response.iter_raw():
            if not self._call.remaining:
                raise httpx2.ReadTimeout(_LATE, request=self._response.request)
            yield piece

    def close(self) -> None:
        self._response.close()
