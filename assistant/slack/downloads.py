"""Files that somebody shared: fetched from Slack, and from nowhere else, with our token.

The token goes to Slack's own hosts alone, also where an address redirects: a file that lives
elsewhere (linked from a drive) has an address that its owner chose.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import quote, urlsplit

from assistant.errors import TryLater
from assistant.slack.client import SlackClient
from knowledge.errors import Unreadable
from knowledge.passages import Limits

_TIMEOUT = 20
_OURS = ".slack.com"
_SERVER_ERROR, _TOO_MANY = 500, 429
_WEB = (".html", ".htm")
#: What an address may hold as it is; a space in a file's name is not among it.
_ADDRESS = "%/:?#[]@!$&'()*+,;=-._~"


def download(client: SlackClient, file: Mapping[str, Any]) -> bytes:
    """The bytes of a file, as `files.info` describes it.

    Raises:
        Unreadable: it lives outside Slack, is too large, or Slack does not hand it over.
        TryLater: Slack did not answer.
    """
    name = str(file.get("name") or file.get("title") or "file")
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    url = quote(url, safe=_ADDRESS)
    if file.get("is_external") or not _is_slacks(url, client.base_url):
        raise Unreadable(
            f"“{name}” is only linked here and lives elsewhere; share the file itself.",
            "file_elsewhere",
            name=name,
        )
    most = Limits().file_bytes
    if int(file.get("size") or 0) > most:
        raise _too_large(name, most)
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310
    opener = urllib.request.build_opener(_WithinSlack(client.base_url))
    try:
        with opener.open(request, timeout=_TIMEOUT) as reply:
            content: bytes = reply.read(most + 1)
            kind = reply.headers.get_content_type()
    except urllib.error.HTTPError as error:
        error.close()
        if error.code >= _SERVER_ERROR or error.code == _TOO_MANY:
            raise TryLater(f"Slack does not hand over a file now ({error.code})") from None
        raise _withheld(name) from None
    except (OSError, HTTPException) as error:
        raise TryLater(f"Slack did not hand over a file ({type(error).__name__})") from None
    if len(content) > most:
        raise _too_large(name, most)
    # Without the right to a file Slack sends its page for signing in, with status 200.
    if kind == "text/html" and not name.lower().endswith(_WEB):
        raise _withheld(name)
    return content


class _WithinSlack(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only while it stays with Slack."""

    def __init__(self, api: str) -> None:
        self._api = api

    def redirect_request(  # noqa: PLR0917 - as the library has it
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if not _is_slacks(newurl, self._api):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_slacks(url: str, api: str) -> bool:
    """Whether an address is one of Slack's over https, or on the very host we call its API at."""
    parts, ours = urlsplit(url), urlsplit(api)
    if parts.netloc == ours.netloc:
        return parts.scheme == ours.scheme
    host = parts.hostname or ""
    return parts.scheme == "https" and parts.netloc == host and host.endswith(_OURS)


def _too_large(name: str, most: int) -> Unreadable:
    size = most // 1024**2
    return Unreadable(
        f"“{name}” is larger than {size} MB; share the part that counts.",
        "file_large",
        name=name,
        most=size,
    )


def _withheld(name: str) -> Unreadable:
    return Unreadable(
        f"Slack does not hand “{name}” over; invite me to where it was shared.",
        "file_withheld",
        name=name,
    )
