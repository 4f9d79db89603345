"""`liaison learn`, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import liaison

MIRA = "mira@firm.example"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("learning")


def learn(home: Path, *words: str, typed: str = "", who: str = MIRA) -> Result:
    command = ["learn", "--home", str(home), "--as", who, "--as-of", "2026-10-05", *words]
    return CliRunner().invoke(liaison, command, input=typed, catch_exceptions=False)


def document(home: Path, *words: str, who: str = MIRA) -> Any:
    return json.loads(learn(home, "--json", *words, who=who).stdout)


def test_a_new_hire_sits_down_reads_and_answers(home: Path) -> None:
    told = learn(home, who="first@firm.example", typed="l\na\nno idea\n\n\na\nq\nq\n").stdout
    assert "Constant communication · 4 minutes" in told
    assert "Do it tomorrow with your account" in told
    assert "1 of 10 · Constant communication · new" in told
    assert "Again in 10 minutes." in told
    progress = document(home, "--progress", who="first@firm.example")
    assert progress["summary"]["lessons"]["read"] == 1
    assert progress["summary"]["last_30_days"]["answered"] >= 1


def test_the_end_of_the_input_is_a_polite_goodbye(home: Path) -> None:
    assert learn(home, typed="").exit_code == 0


def test_a_question_is_fetched_and_answered_without_a_conversation(home: Path) -> None:
    asked = document(home, "--quiz", "7")["questions"]
    assert len(asked) == 7
    choice = next(question for question in asked if question["options"])
    outcome = document(home, "--card", choice["card"], "--reply", "a")
    assert outcome["right"] is (outcome["correct"] == choice["options"][0])
    assert outcome["claims"][0]["verdict"] == "supported"
    assert outcome["sources"][0]["ref"].startswith(f"playbook:{choice['lesson']}@")
    assert outcome["due"]


def test_the_path_and_a_lesson_as_documents_and_as_pages(home: Path) -> None:
    path = document(home, "--path", "--role", "manager")
    assert path["role"] == "manager"
    assert path["units"][0]["id"] == "whom"
    assert "Learning path of a manager" in learn(home, "--path", "--role", "manager").stdout
    lesson = document(home, "--lesson", "charter")
    assert [part["id"] for part in lesson["parts"]][-1] == "tomorrow"
    assert "charter" in {
        step["id"]
        for unit in document(home, "--path")["units"]
        for step in unit["lessons"]
        if step["read"]
    }


def test_nobody_sees_a_summary_uninvited(home: Path) -> None:
    own = document(home, "--summary", MIRA)
    assert own["learner"] == MIRA
    assert "Nobody else sees this" in learn(home, "--progress").stdout
    command = ["learn", "--home", str(home), "--as", "other@firm.example", "--summary", MIRA]
    refused = CliRunner().invoke(liaison, command)
    assert str(refused.exception) == f"No learner “{MIRA}” that you may see."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--path", "--lesson", "charter"), "do not go together"),
        (("--reply", "a"), "belong to --card"),
    ],
)
def test_what_does_not_fit_together_is_said(home: Path, words: tuple[str, ...], said: str) -> None:
    result = learn(home, *words)
    assert result.exit_code == 2
    assert said in result.stderr
