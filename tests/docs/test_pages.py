"""The documentation tells today's truth: generated pages, and commands that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cli import liaison
from assistant.desk import Desk
from knowledge.records import Viewer
from tests.docs.pages import DOCS, documents, pages
from tests.docs.projected import words_of
from tests.docs.slack import REP, answered
from tests.sample import copied, desk_over

PAGES = [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]
_LINK = re.compile(r"\]\(([^)#]+)\)")
_COMMAND = re.compile(r"^liaison ([a-z-]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_over(copied(sample_home, tmp_path_factory.mktemp("docs"))) as made:
        yield made


def test_the_generated_pages_are_what_the_code_generates(desk: Desk) -> None:
    stale = [
        path.name
        for path, text in pages(desk)
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, "run `make docs` and look at what changed"


def test_the_generated_documents_say_what_the_code_says(desk: Desk) -> None:
    stale = [
        path.name
        for path, content in documents(desk)
        if not path.exists()
        or words_of(path.name, path.read_bytes()) != words_of(path.name, content)
    ]
    assert not stale, "run `make docs` and look at what changed"


def test_the_pictured_answer_is_the_products_own_and_leads_on(desk: Desk) -> None:
    day = desk.day(None)
    viewer = desk.workspace.ledger.overseen(Viewer.operator(), REP)
    answer = answered(desk, viewer, day)
    assert answer.claims
    assert all(claim.verdict == "supported" for claim in answer.claims)
    assert answer.follow_ups
    for question in answer.follow_ups:
        assert not desk.conversation.reply(viewer, question, day=day).abstained, question


def test_what_the_readme_says_to_ask_is_answered_or_asked_back(desk: Desk) -> None:
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    asking = text[text.index("**Ask.**") : text.index("![An answer")]
    questions = re.findall("“([^”]+\\?)”", " ".join(asking.split()))
    assert questions
    for question in questions:
        answer = desk.conversation.reply(Viewer.operator(), question, day=desk.day(None))
        assert answer.claims or answer.choices, question
        assert not answer.withheld, question


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    here = [target for target in targets if "://" not in target]
    assert [target for target in here if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists(page: Path) -> None:
    named = set(_COMMAND.findall(page.read_text(encoding="utf-8")))
    assert named <= set(liaison.commands)
