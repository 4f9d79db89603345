"""The questions on the shipped playbook: answerable, checked, no two alike, worth asking."""

from __future__ import annotations

import ast
import operator
import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from assistant.desk import Desk
from assistant.errors import BadTemplate
from assistant.grounding import check, support
from assistant.grounding.support import threshold
from assistant.tutoring import read_questions, shipped_questions
from assistant.tutoring.bank import FOLDER, KINDS
from knowledge.playbook import read_playbook
from knowledge.records import Viewer

PLAYBOOK = read_playbook()
QUESTIONS = shipped_questions()
EMPTY = re.compile(
    r"\b(?:leverag\w*|synerg\w*|seamless\w*|world-class|robust\w*|unlock\w*|delv\w*|journeys?|"
    r"in today's fast-paced)\b|!",
    re.IGNORECASE,
)
_ALIKE = 80  # of 100; the nearest pair of the shipped questions stands at 73
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SUM = re.compile(rf"({_NUMBER}(?: [×÷+−] {_NUMBER})+) = ({_NUMBER})( ?%| per cent)?")
_SIGNS = {"×": "*", "÷": "/", "−": "-", "+": "+"}
_OPERATORS = {
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Sub: operator.sub,
    ast.Add: operator.add,
}


def test_there_are_three_hundred_of_four_kinds_and_every_article_has_some() -> None:
    assert len(QUESTIONS) >= 300
    assert {question.article for question in QUESTIONS.values()} == set(PLAYBOOK)
    kinds = Counter(question.kind for question in QUESTIONS.values())
    assert min(kinds[kind] for kind in KINDS) >= len(PLAYBOOK)


def test_every_question_that_was_written_is_asked() -> None:
    written = sum(path.read_text(encoding="utf-8").count("\nask = ") for path in FOLDER.iterdir())
    assert len(QUESTIONS) == written + len(PLAYBOOK)  # one more an article, on its move


def test_every_answer_is_borne_out_by_the_passage_it_cites(school: Desk) -> None:
    versions = school.office.versions
    claims = [q.claim(versions[f"playbook:{q.article}"]) for q in QUESTIONS.values()]
    outsider = school.office.grounds(Viewer.outsider("new@firm.example"))
    assert [c.text for c in check(claims, outsider) if c.verdict != "supported"] == []


def test_the_words_of_every_answer_stand_together_in_its_passage() -> None:
    weak = [
        question.answer
        for question in QUESTIONS.values()
        if support(question.answer, [question.quote]).score < threshold()
    ]
    assert weak == []


def test_no_two_questions_are_alike() -> None:
    asks = [" ".join(question.ask.casefold().split()) for question in QUESTIONS.values()]
    assert len(set(asks)) == len(asks)
    near = [
        pair for pair in combinations(asks, 2) if fuzz.token_sort_ratio(*pair, score_cutoff=_ALIKE)
    ]
    assert near == []


def test_no_two_questions_have_the_same_passage_for_an_answer() -> None:
    passages = Counter((q.article, q.quote) for q in QUESTIONS.values())
    assert max(passages.values()) == 1


def test_one_option_is_right_and_it_does_not_stand_out() -> None:
    chosen = [question for question in QUESTIONS.values() if question.options]
    for question in chosen:
        assert len(question.options) == len(set(question.options)) == 4
        assert question.right is not None
    positions = Counter(question.right for question in chosen)
    assert min(positions.values()) > len(chosen) / 8
    longest = [q for q in chosen if max(q.options, key=len) == q.options[q.right or 0]]
    assert len(longest) < len(chosen) * 0.35


def test_a_case_comes_with_a_sum_that_comes_out() -> None:
    sums = 0
    for question in QUESTIONS.values():
        for formula, result, unit in _SUM.findall(question.here or ""):
            told = float(result.replace(",", ""))
            shown = told / 100 if unit and "÷" in formula else told
            assert _value(formula) == pytest.approx(shown), question.here
            sums += 1
    assert sums >= 10


def test_a_question_says_none_of_the_empty_words() -> None:
    for question in QUESTIONS.values():
        said = " ".join([question.ask, question.answer, question.here or "", *question.options])
        assert not EMPTY.search(said), said


def test_a_question_whose_passage_has_left_the_article_is_not_asked() -> None:
    article = PLAYBOOK["decline"]
    lost = next(q for q in QUESTIONS.values() if q.article == "decline" and q.kind == "spot")
    edited = replace(article, text=article.text.replace(lost.quote, "Something else."))
    still = read_questions(FOLDER, {**PLAYBOOK, "decline": edited})
    assert set(QUESTIONS) - set(still) == {lost.id}
    without = {slug: a for slug, a in PLAYBOOK.items() if slug != "decline"}
    assert not [q for q in read_questions(FOLDER, without).values() if q.article == "decline"]


def test_the_same_files_give_the_same_questions_in_the_same_order() -> None:
    assert list(read_questions(FOLDER, PLAYBOOK).items()) == list(QUESTIONS.items())


@pytest.mark.parametrize(
    "text",
    [
        '[[recall]]\nask = "Why?"\n',
        '[[guess]]\nask = "Why?"\n',
        '[[spot]]\nask = "A"\nhint = "B"\n',
    ],
)
def test_a_file_with_a_wrong_question_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "decline.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadTemplate, match=r"decline\.toml"):
        read_questions(tmp_path, PLAYBOOK)


def test_the_mistaken_statement_is_not_what_the_article_says() -> None:
    wrong = [q for q in QUESTIONS.values() if q.kind == "spot"]
    assert [q.ask for q in wrong if q.ask in PLAYBOOK[q.article].text] == []


def _value(formula: str) -> float:
    """What a sum such as `4 × 3 × 1,000` comes to."""
    for sign, plain in _SIGNS.items():
        formula = formula.replace(sign, plain)

    def of(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return float(_OPERATORS[type(node.op)](of(node.left), of(node.right)))
        assert isinstance(node, ast.Constant)
        return float(str(node.value))

    return of(ast.parse(formula.replace(",", ""), mode="eval").body)
