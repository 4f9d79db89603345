"""The preview: a person sees what Slack would show, and nothing in it can run or load."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import liaison
from assistant.rendering.preview import page

_VOID = {"meta", "br", "hr"}


class Reader(HTMLParser):
    """Reads a page: its words, links, and whether every element that opens also closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in _VOID and tag != "path":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "path":
            return
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def drawn(*blocks: Any, **more: Any) -> Reader:
    reader = Reader(page({"blocks": list(blocks), **more}))
    assert reader.open == []
    return reader


def test_a_message_shows_who_speaks_and_what_the_thread_says() -> None:
    reader = drawn(
        section("*Decision: defend.* <https://crm.varnholt.example/1|[1]>"),
        before=[{"who": "Daniel Reyes", "text": "What now?", "when": "09:12"}],
        replies=[{"blocks": [section("The rest.")]}],
        when="09:13",
    )
    assert "Daniel Reyes 09:12 What now?" in reader.text
    assert "Liaison APP 09:13 Decision: defend. [1]" in reader.text
    assert "1 reply" in reader.text
    assert reader.text.endswith("The rest.")
    assert reader.links == ["https://crm.varnholt.example/1"]


def test_mentions_code_quotes_and_strikes_look_as_in_slack() -> None:
    shown = page({"blocks": [section(">quoted\n`a &lt; b` ~gone~ _soft_ <!here> :red_circle:")]})
    assert "<blockquote>quoted</blockquote>" in shown
    assert "<code>a &lt; b</code> <s>gone</s> <em>soft</em>" in shown
    assert '<span class="mention">here</span>' in shown
    assert '<i class="dot red"></i>' in shown


def test_standard_markdown_is_drawn_in_a_canvas() -> None:
    text = (
        "# Plan\n\nA **bold** [page](https://crm.varnholt.example/1) &lt;b&gt;\n- one\n- two\n\n"
        "1. first\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n---\n"
    )
    shown = page({"surface": "canvas", "title": "Borealis", "markdown": text})
    for piece in (
        "<h1>Plan</h1>",
        "<b>bold</b>",
        "&lt;b&gt;",
        "<li>one</li><li>two</li>",
        "<ol><li>first</li></ol>",
        "<blockquote>said</blockquote>",
        "<th>a</th>",
        "<td>2</td>",
        "<pre>code</pre>",
        "<hr>",
    ):
        assert piece in shown
    assert Reader(shown).open == []


def test_a_form_shows_its_fields_and_what_is_filled_in() -> None:
    option = {"text": {"type": "plain_text", "text": "Ours"}, "value": "ours"}
    element = {"type": "radio_buttons", "options": [option], "initial_option": option}
    block = {"type": "input", "label": {"type": "plain_text", "text": "Whose"}, "element": element}
    reader = drawn(
        {**block, "optional": True},
        {**block, "element": {"type": "plain_text_input", "initial_value": "A baseline"}},
        {**block, "element": {"type": "datepicker", "initial_date": "2026-10-07"}},
        surface="modal",
        title={"type": "plain_text", "text": "Log a promise"},
        submit={"type": "plain_text", "text": "Save"},
    )
    said = "Log a promise Whose (optional) Ours Whose A baseline Whose 2026-10-07 Save"
    assert reader.text == f"Liaison {said}"


def test_rich_text_tables_and_tasks_are_drawn() -> None:
    words = {"type": "text", "text": "Hydrax", "style": {"bold": True}}
    link = {"type": "link", "url": "https://crm.varnholt.example/1", "text": "page"}
    part = {"type": "rich_text_section", "elements": [words, link]}
    listed = {"type": "rich_text_list", "style": "bullet", "elements": [part]}
    reader = drawn(
        {"type": "rich_text", "elements": [part, listed]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}]]},
        {"type": "plan", "title": "Work", "tasks": [{"type": "task_card", "title": "Searching"}]},
        {"type": "image", "image_url": "https://evil.example/x.png", "alt_text": "A chart"},
    )
    assert reader.text.endswith("Hydrax page Hydrax page cell Work Searching A chart")
    assert "img" not in reader.tags


def test_a_block_it_does_not_know_is_named_and_not_lost() -> None:
    assert "hologram" in drawn({"type": "hologram"}).text


@given(st.text(max_size=60), st.sampled_from(["message", "home", "modal", "canvas"]))
def test_no_words_can_run_or_load_anything(text: str, surface: str) -> None:
    hostile = f"<script>alert(1)</script><img src=x onerror=y>\"'>{text}"
    plain = {"type": "plain_text", "text": hostile}
    button = {"type": "button", "text": plain, "url": f"javascript:{text}"}
    shown = page(
        {
            "surface": surface,
            "title": plain if surface == "modal" else hostile,
            "app": hostile,
            "where": hostile,
            "markdown": hostile + f"[x](javascript:{text})",
            "blocks": [
                section(f"{hostile}<javascript:alert(1)|x>"),
                {"type": "header", "text": plain},
                {"type": "markdown", "text": hostile},
                {"type": "actions", "elements": [button]},
                {"type": hostile},
            ],
        }
    )
    reader = Reader(shown)
    assert not reader.tags & {"script", "img", "iframe", "object", "embed", "link"}
    assert not {name for name in reader.attributes if name.startswith(("on", "src"))}
    assert all(link.startswith("https://") for link in reader.links)


def test_the_command_draws_a_file(tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps([section("Hello")]), encoding="utf-8")
    done = CliRunner().invoke(liaison, ["preview", str(file)])
    assert done.exit_code == 0
    assert done.output == f"Written to {tmp_path / 'answer.html'}.\n"
    assert "Hello" in (tmp_path / "answer.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["{", '"words"'])
def test_a_file_that_holds_no_blocks_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(liaison, ["preview", str(file), "--out", str(tmp_path / "x.html")])
    assert type(done.exception).__name__ == "BadInput"
    assert not (tmp_path / "x.html").exists()
