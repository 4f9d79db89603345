"""The portfolio desk on the command line, over the sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import liaison
from tests.sample import copied

CLAIRE = "claire.okafor@varnholt.example"


@pytest.fixture(scope="module")
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(sample_home, tmp_path_factory.mktemp("desk"))


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(liaison, [*words, "--home", str(home)])


def test_a_manager_lists_what_needs_attention_in_a_cell(home: Path) -> None:
    result = run(home, "review", "--team", CLAIRE, "--filter", "moved", "--json")
    told = json.loads(result.stdout)
    assert [line["name"] for line in told["lines"]] == ["Sablon Textiles", "Hexley Polymers"]
    assert all(line["moved"] for line in told["lines"])
    text = run(home, "review", "--team", CLAIRE, "--sort", "revenue").stdout
    assert text.startswith("Claire Okafor, 2026-09-30: 5 of 16 customers bring the core share")
    assert "Hexley Polymers              over demander (was direct)" in text
    assert "No account fits." in run(home, "review", "--team", CLAIRE, "--filter", "tier=X").stdout


def test_a_deck_with_a_what_if_is_one_command(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "team.pptx"
    words = ("review", "--team", CLAIRE, "--what-if", "if Borealis leaves", "--out", str(out))
    assert run(home, *words).exit_code == 0
    assert out.stat().st_size > 50_000


def test_a_meeting_is_prepared_and_closed(home: Path) -> None:
    words = ("review", "Corvane Chemicals", "--meeting", "--save", "--as", CLAIRE)
    result = run(home, *words)
    assert "No decisions are on record from an earlier review." in result.stdout
    assert result.stderr == "Closed; the next review is on 2026-12-29.\n"


def test_a_plan_that_is_written_to_a_file_is_remembered(home: Path, tmp_path: Path) -> None:
    plan = ("plan", "Stratton Water", "--as", CLAIRE, "--out", str(tmp_path / "plan.md"))
    assert run(home, *plan).exit_code == 0
    found = run(home, "review", "--team", CLAIRE, "--filter", "plan=current", "--json")
    assert [line["name"] for line in json.loads(found.stdout)["lines"]] == ["Stratton Water"]
