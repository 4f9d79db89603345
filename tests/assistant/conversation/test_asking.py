"""`liaison ask` and `liaison evaluate answers`: the contract of the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from assistant.cli import liaison
from assistant.desk import Desk

PRIYA = "priya.natarajan@varnholt.example"


def run(desk: Desk, *words: str) -> str:
    result = CliRunner().invoke(liaison, [*words, "--home", str(desk.settings.home)])
    assert result.exit_code == 0, result.output
    return result.output


def test_an_answer_as_json_has_the_shape_of_the_contract(sample_desk: Desk) -> None:
    answer = json.loads(run(sample_desk, "ask", "who decides at Corvane?", "--json"))
    assert {"answer", "claims", "sources", "abstained", "reason", "route"} <= answer.keys()
    assert answer["route"] == "computed"
    labels = {source["id"] for source in answer["sources"]}
    assert labels
    assert all(set(claim["citations"]) <= labels for claim in answer["claims"])


def test_a_person_reads_sentences_with_marks_and_their_sources(sample_desk: Desk) -> None:
    shown = run(sample_desk, "ask", "who decides?", "--account", "Corvane")
    assert "Thomas Wouters" in shown
    assert "[S1" in shown
    assert "contact:" in shown


def test_an_abstention_says_why_and_what_would_help(sample_desk: Desk) -> None:
    answer = json.loads(run(sample_desk, "ask", "who decides at Corvane?", "--json", "--as", PRIYA))
    assert answer["abstained"]
    assert answer["reason"]
    assert answer["help"]


def test_a_talk_goes_on_under_its_name(sample_desk: Desk) -> None:
    run(sample_desk, "ask", "who decides at Corvane?", "--thread", "monday")
    assert "Elise Vandamme" in run(sample_desk, "ask", "who left?", "--thread", "monday")


def test_answers_are_measured_and_the_page_is_written(sample_desk: Desk, tmp_path: Path) -> None:
    questions, page = tmp_path / "questions.toml", tmp_path / "evaluation.md"
    questions.write_text(
        '[[case]]\nfamily = "people"\nask = "who decides at Corvane?"\nfacts = ["Ines Baert"]\n'
        '[[case]]\nfamily = "people"\nask = "who decides at Corvane?"\nfacts = ["Nobody Known"]\n',
        encoding="utf-8",
    )
    told = run(sample_desk, "evaluate", "answers", str(questions), "--page", str(page))
    assert "0.5" in told
    assert "lacks Nobody Known" in page.read_text(encoding="utf-8")
