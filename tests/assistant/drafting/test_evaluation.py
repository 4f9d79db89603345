"""Drafts are measured by what can be counted, and by a judge only where one is asked for."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.evaluating import DeskWriting
from assistant.desk import Desk
from assistant.drafting import evaluation
from assistant.prompting import Score, Scores
from knowledge.records import Viewer
from tests.assistant.drafting.authored.desk import writer_over
from tests.doubles.model import say


def written_by(desk: Desk) -> list[evaluation.Written]:
    writing = DeskWriting(desk, Viewer.operator(), desk.day(None))
    return evaluation.write_cases(writing, writing.cases(2))


def test_the_templates_are_the_baseline_every_figure_right_and_every_fact_cited(
    sample_desk: Desk,
) -> None:
    figures = evaluation.figures_of(written_by(sample_desk))
    assert set(figures) == {*("account_plan", "value_proposition", "follow_up", "account_review")}
    for found in figures.values():
        assert found["writers"] == {"template": 2}
        assert found["cited"] == found["supported"] == 1.0
        assert found["figures_right"] >= 0.95
        assert found["banned_words"] == 0
        assert found["parts_present"] >= 0.75
    page = evaluation.page_of([("templates", figures)])
    assert page.count("| templates |") == 4
    assert "Nobody has added the row of a language model yet" in page


def test_a_judge_scores_each_kind_by_its_own_criteria(sample_desk: Desk, tmp_path: Path) -> None:
    [plan, *_] = written_by(sample_desk)
    scores = Scores(
        scores=(Score(criterion="decides", seen="Decision: defend.", score=3),), change="Cut it."
    )
    with writer_over(tmp_path, sample_desk.workspace.database, say(scores)) as (writer, server):
        told = evaluation.judge(
            writer.models, writer.prompts["judge_draft"], [plan], Viewer.operator()
        )
    assert told == {"account_plan": {"decides": 3}}
    assert "account_plan" in server.sent[0].user


def test_words_that_say_nothing_are_counted() -> None:
    assert len(evaluation.BANNED.findall("We leverage robust synergies on this journey.")) == 4
