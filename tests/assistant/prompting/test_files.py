"""Prompt files: a sales manager may edit them, and a mistake is told with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import BadTemplate
from assistant.models import estimate_tokens
from assistant.prompting import Turn, read_prompts
from assistant.prompting.schemas import SCHEMAS
from assistant.prompting.tasks import PLAIN, TASKS

SHIPPED = Path(__file__).parents[3] / "prompts"
BANNED = ("leverage", "synergy", "seamless", "world-class", "robust", "unlock", "delve", "journey")


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    text = (SHIPPED / f"{name}.md").read_text(encoding="utf-8")
    assert old in text
    (folder / f"{name}.md").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_every_task_has_its_file_and_no_file_is_left_over() -> None:
    assert {path.stem for path in SHIPPED.glob("*.md")} == TASKS.keys() == read_prompts().keys()


@pytest.mark.parametrize("name", TASKS)
def test_a_prompt_fits_on_a_page_and_is_written_as_we_write(name: str) -> None:
    prompt = read_prompts()[name]
    assert estimate_tokens(prompt.system) < 900
    assert not [word for word in BANNED if word in prompt.system.lower()]
    assert "!" not in prompt.system
    assert prompt.purpose.endswith(".")
    assert (prompt.schema is None) == (prompt.output == PLAIN)
    assert all(prompt.inputs.values()), "each input says what it is"


def test_every_form_is_asked_for_by_some_task() -> None:
    assert {task.output for task in TASKS.values()} - {PLAIN} == SCHEMAS.keys()


def test_filling_puts_the_values_below_the_part_that_never_changes() -> None:
    prompt = read_prompts()["ask_back"]
    one = prompt.fill(question="Which deal?", readings="a\nb", language="English")
    other = prompt.fill(question="Which plan?", readings="c", language="German")
    assert one.system == other.system == prompt.system
    assert "Which deal?" in one.user
    assert one.hash == other.hash
    assert "{{" not in one.user


def test_a_placeholder_inside_a_value_is_not_filled_again() -> None:
    filled = read_prompts()["ask_back"].fill(
        question="{{readings}}", readings="the secret", language="English"
    )
    assert filled.user.count("the secret") == 1


def test_what_was_said_before_stands_between_the_rules_and_the_question() -> None:
    filled = read_prompts()["ask_back"].fill(question="Q", readings="R", language="English")
    turns = (Turn("user", "Good morning."), Turn("model", "Good morning."))
    assert filled.after(*turns).turns == turns


def test_a_value_too_many_or_too_few_is_refused() -> None:
    with pytest.raises(BadTemplate, match=r"ask_back\.md wants"):
        read_prompts()["ask_back"].fill(question="Q", language="English")


def test_an_edited_prompt_goes_before_the_shipped_one(tmp_path: Path) -> None:
    own = edited(tmp_path, "ask_back", "in one short sentence", "in one friendly sentence")
    prompts = read_prompts(own)
    assert "friendly" in prompts["ask_back"].system
    assert prompts["ask_back"].hash != read_prompts()["ask_back"].hash
    assert prompts["answer"] == read_prompts()["answer"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("The question: {{question}}", "The question:", r"line 13: “{{question}}” is missing"),
        ("{{readings}}", "{{meanings}}", r"line 19: nobody fills “{{meanings}}”"),
        ("{{readings}}", "{{readings", r"line 19: a placeholder is not closed"),
        ("Ask back once", "Ask {{question}} once", r"line 10: .* belongs below"),
        ("  readings: the", "  meanings: the", r"line 7: “meanings” is not given to it"),
        ("output: AskBack", "output: AnswerOut", r"line 4: its output is AskBack"),
        ("version: 1", "version: one", r"line 3: version"),
        ("purpose: Ask", "purpose: 'Ask", r"line \d+: the front matter is not YAML"),
        ("--- filled ---", "filled", r"line 1: wants front matter"),
        ("output: AskBack\n", "", r"output: Field required"),
        ("version: 1", "version: 1\nmood: calm", r"line 4: mood"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadTemplate, match=said) as raised:
        read_prompts(edited(tmp_path, "ask_back", old, new))
    assert str(tmp_path / "ask_back.md") in str(raised.value)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "ask_back.md", tmp_path)
    with (tmp_path / "ask_back.md").open("ab") as file:
        file.write("für".encode("latin-1"))
    with pytest.raises(BadTemplate, match="UTF-8"):
        read_prompts(tmp_path)
