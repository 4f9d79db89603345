"""Files in Slack: three steps, and once. A file that is there already is not sent again."""

from __future__ import annotations

import http.client
import urllib.request
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from assistant.errors import TryLater
from assistant.slack.delivery import Place
from assistant.slack.reception import Reception
from assistant.work import Job

_TIMEOUT = 60


@dataclass(frozen=True)
class File:
    """What is uploaded, under what name, and what is said with it."""

    name: str
    content: bytes
    comment: str = ""


def upload(reception: Reception, job: Job, place: Place, file: File) -> None:
    """Put a file into a conversation, unless an earlier attempt of the job has done so.

    Slack's uploads carry no mark of ours, so the name must say which version it is.

    Raises:
        TryLater: the file did not get through.
        SlackApiError: Slack refuses it.
    """
    if job.again and _is_there(reception, job, place, file.name):
        return
    told = reception.client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
    _send(str(told["upload_url"]), file.content)
    reception.client.files_completeUploadExternal(
        files=[{"id": told["file_id"], "title": file.name}],
        channel_id=place.channel,
        thread_ts=place.thread_ts,
        initial_comment=file.comment,
    )


def _is_there(reception: Reception, job: Job, place: Place, name: str) -> bool:
    return any(
        file.get("name") == name or file.get("title") == name
        for message in reception.delivery.messages(job, place)
        if reception.me.wrote(message)
        for file in message.get("files") or ()
    )


def _send(url: str, content: bytes) -> None:
    """The bytes, to the address that Slack named."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError("Slack named no web address for the file")
    request = urllib.request.Request(url, data=content, method="POST")  # noqa: S310 - checked above
    request.add_header("Content-Type", "application/octet-stream")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT):  # noqa: S310 - checked above
            return
    except HTTPError as error:
        error.close()
        raise TryLater(f"Slack did not take the file ({error.code})") from None
    except (URLError, OSError, http.client.HTTPException) as error:
        raise TryLater(f"Slack did not take the file ({type(error).__name__})") from None
