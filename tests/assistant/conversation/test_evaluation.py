"""The sixty questions: what is promised of the answers without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.evaluation import evaluate_answers, page_of, read_cases
from assistant.desk import Desk
from knowledge.errors import BadInput

QUESTIONS = Path(__file__).parents[2] / "evaluation"


def test_nine_of_ten_questions_are_answered_right_without_a_model(sample_desk: Desk) -> None:
    cases = read_cases(QUESTIONS / "questions.toml")
    assert len(cases) >= 60
    report = evaluate_answers(sample_desk.conversation, sample_desk.workspace.ledger, cases)
    figures = report.to_json()
    assert figures["right"] >= 0.9, figures["wrong"]
    assert figures["citation_precision"] == 1
    assert figures["numbers_right"] >= 0.9
    assert figures["abstains_when_it_should"] >= 0.9
    assert figures["answers_when_it_should"] >= 0.9
    assert "rules, without a model" in page_of([("rules, without a model", figures)])


def test_a_file_of_questions_with_a_mistake_names_the_case(tmp_path: Path) -> None:
    file = tmp_path / "questions.toml"
    file.write_text('[[case]]\nfamily = "x"\nask = "y"\nfcats = ["z"]\n', encoding="utf-8")
    with pytest.raises(BadInput, match="case 1, fcats"):
        read_cases(file)
    file.write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match="holds no"):
        read_cases(file)
