"""files.*: uploads in three steps, and what is known of a file."""

from __future__ import annotations

from tests.doubles.slack.api.chat import new_message
from tests.doubles.slack.api.registry import web_api
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import File, Json
from tests.doubles.slack.workspace import Upload, Workspace

WRITE, READ = ("files:write",), ("files:read",)


@web_api("files.getUploadURLExternal", "filename", "length", scopes=WRITE)
def get_upload_url(workspace: Workspace, arguments: Json) -> Json:
    """Where to send the bytes of a file."""
    length = int(arguments["length"])
    if length <= 0:
        raise Refused("invalid_arguments", "length must be positive")
    file = workspace.new_file(workspace.bot, str(arguments["filename"]), b"")
    workspace.uploads[file.id] = Upload(file, length)
    return {"upload_url": f"{workspace.files_url}/upload/v1/{file.id}", "file_id": file.id}


@web_api("files.completeUploadExternal", "files", scopes=WRITE)
def complete_upload(workspace: Workspace, arguments: Json) -> Json:
    """Let uploaded files appear, in a channel or thread if one is named."""
    given = arguments["files"]
    if not isinstance(given, list) or not given or not all(isinstance(f, dict) for f in given):
        raise Refused("invalid_arguments", "files must be an array of {id, title}")
    channel_id = str(arguments.get("channel_id") or arguments.get("channels") or "")
    channel = workspace.writable_channel(channel_id) if channel_id else None
    files = [_received(workspace, one) for one in given]
    if channel is not None:
        message = new_message(workspace, channel, arguments)
        message.text, message.files = str(arguments.get("initial_comment") or ""), files
        message.subtype = "file_share"
        for file in files:
            file.channels.append(channel.id)
        workspace.post(message)
        workspace.echo(message)
    for file in files:
        workspace.files[file.id] = file
        del workspace.uploads[file.id]
    return {"files": [file.as_json() for file in files]}


def _received(workspace: Workspace, told: Json) -> File:
    upload = workspace.uploads.get(str(told.get("id")))
    if upload is None or not upload.received:
        raise Refused("file_not_found")
    upload.file.title = str(told.get("title") or upload.file.name)
    return upload.file


@web_api("files.info", "file", scopes=READ)
def file_info(workspace: Workspace, arguments: Json) -> Json:
    """What is known of a file or canvas."""
    wanted = str(arguments["file"])
    canvas = workspace.canvases.get(wanted)
    if canvas is not None and not canvas.deleted:
        if not workspace.canvas_level(canvas, workspace.bot):
            raise Refused("file_not_found")
        told = {"id": canvas.id, "title": canvas.title, "filetype": "quip", "mode": "quip"}
        return {"file": {**told, "permalink": canvas.permalink, "user": canvas.creator}}
    file = workspace.files.get(wanted)
    if file is None or not workspace.may_read(file, workspace.bot):
        raise Refused("file_not_found")
    return {"file": file.as_json()}
