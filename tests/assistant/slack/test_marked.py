"""What somebody marks, types and changes, before anything is asked of Slack or the records."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.slack.intake import Request
from assistant.slack.listeners.edits import read_change
from assistant.slack.logged import faults, subject
from assistant.slack.marked import Marked, key_of, permalink
from assistant.slack.people import Identity
from assistant.slack.splitting import length
from assistant.slack.views import ids

ME = Identity("T1", "U9", "B9", "https://varnholt.slack.com/")
TODAY = date(2026, 9, 30)
TEXTS = st.text(max_size=4_000)


def body(**message: Any) -> dict[str, Any]:
    told = {"ts": "1790755200.000100", "user": "U1", "text": "Hello", **message}
    return {"channel": {"id": "C1", "name": "acct-borealis"}, "message": told}


def changed(subtype: str, **event: Any) -> Any:
    told = {"type": "message", "subtype": subtype, "channel": "C1", "event_ts": "30.0", **event}
    return read_change(Request({"type": "event_callback", "event": told}, ME, "T1"))


@given(TEXTS, st.lists(st.text(max_size=80), max_size=10))
def test_a_form_carries_what_was_marked_and_never_too_much(text: str, names: list[str]) -> None:
    files = [{"id": f"F{at}", "name": name} for at, name in enumerate(names)]
    marked = Marked.of(body(text=text, files=files))
    again = Marked.read(marked.carried)
    assert length(marked.carried) <= 3_000
    assert again.files == marked.files
    assert again.text in {text, None}


def test_what_can_be_kept_depends_on_what_is_there() -> None:
    file = [{"id": "F1", "name": "a.md"}]
    assert Marked.of(body()).scopes == ("message",)
    assert Marked.of(body(reply_count=2)).scopes == ("message", "thread")
    assert Marked.of(body(text="", files=file)).scopes == ("file",)
    assert Marked.of(body(files=[{**file[0], "mode": "tombstone"}])).scopes == ("message",)


def test_a_message_has_the_address_that_slack_gives_it() -> None:
    base = "https://varnholt.slack.com/archives/C1/p15"
    assert permalink(ME.url, "C1", "1.5") == base
    assert permalink(ME.url, "C1", "1.5", "1.5") == base
    assert permalink(ME.url, "C1", "1.5", "1.2") == f"{base}?thread_ts=1.2&cid=C1"
    assert key_of("C1", "1.5", "F1") == "slack-C1-1.5-F1"


def test_an_edit_is_followed_and_slacks_own_bookkeeping_is_not() -> None:
    before = {"ts": "1.5", "user": "U1", "text": "Old"}
    edit = changed("message_changed", previous_message=before, message={**before, "text": "New"})
    assert (edit.job, edit.payload["text"], edit.thread) == ("edited", "New", "capture:C1:1.5")
    unfolded = {**before, "attachments": [{}]}
    assert changed("message_changed", previous_message=before, message=unfolded) is None
    ours = {**before, "user": ME.user_id, "text": "New"}
    assert changed("message_changed", previous_message=before, message=ours) is None


def test_a_first_message_deleted_under_its_thread_and_a_deleted_file_are_followed() -> None:
    before = {"ts": "1.5", "user": "U1", "text": "Old", "files": [{"id": "F1"}]}
    tombstone = {"ts": "1.5", "user": "USLACKBOT", "subtype": "tombstone", "text": "deleted"}
    gone = changed("message_changed", previous_message=before, message=tombstone)
    assert (gone.job, gone.payload["files"]) == ("deleted", ["F1"])
    empty = {**before, "files": [{"id": "F1", "mode": "tombstone"}]}
    less = changed("message_changed", previous_message=before, message=empty)
    assert (less.job, less.payload["files"]) == ("edited", ["F1"])
    deleted = changed("message_deleted", deleted_ts="1.5", previous_message=before)
    assert (deleted.job, deleted.thread) == ("deleted", gone.thread)


def test_days_and_words_are_asked_for_in_the_form() -> None:
    touch = {"kind": "touch", "text": "Spoke.", "on": "2026-09-30"}
    assert faults(touch, TODAY) == {}
    assert faults({**touch, "on": ""}, TODAY) == {ids.DAY: "log.future"}
    assert faults({**touch, "on": "2026-10-01"}, TODAY) == {}  # tomorrow, somewhere on earth
    promise = {"kind": "promise", "text": "", "due": "2026-09-28"}
    assert faults(promise, TODAY) == {ids.TEXT: "log.empty", ids.DUE: "log.past"}
    role = {"kind": "role", "text": "Said so.", "roles": [], "stance": "unknown"}
    assert faults(role, TODAY) == {ids.ROLES: "log.nothing"}
    assert faults({**role, "stance": "against"}, TODAY) == {}


@given(TEXTS)
def test_a_heading_is_one_short_line_of_what_was_said(text: str) -> None:
    heading = subject(text)
    assert len(heading) <= 91
    assert len(heading.splitlines()) <= 1
