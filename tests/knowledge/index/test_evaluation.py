from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.index.evaluation import evaluate_retrieval
from tests.knowledge.index.library import BagOfWords

CORPUS = {
    "charter": "The charter says what the account plan is for and who owns it.",
    "champion": "A champion sells inside the customer when you are not in the room.",
    "whitespace": "Whitespace is what a customer could buy from you and does not.",
}
QUERIES = {"q1": "Who sells inside the customer?", "q2": "What is whitespace?", "q3": "unjudged"}


def collection(folder: Path, judged: str) -> Path:
    rows = [{"_id": i, "title": i.title(), "text": text} for i, text in CORPUS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    asked = [{"_id": i, "text": text} for i, text in QUERIES.items()]
    (folder / "queries.jsonl").write_text("\n".join(json.dumps(row) for row in asked))
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}")
    return folder


@pytest.mark.parametrize("embedder", [None, BagOfWords()])
def test_a_collection_is_searched_as_people_would(
    tmp_path: Path, embedder: BagOfWords | None
) -> None:
    judged = "q1\tchampion\t1\nq2\twhitespace\t1\nq2\tcharter\t0\n"
    report = evaluate_retrieval(collection(tmp_path, judged), embedder)
    assert (report.documents, report.passages, report.queries) == (3, 3, 2)
    assert (report.ndcg_at_10, report.recall_at_100) == (1.0, 1.0)
    assert 0 < report.latency_p50 <= report.latency_p95


def test_a_wrong_answer_costs(tmp_path: Path) -> None:
    judged = "q1\tcharter\t1\nq2\twhitespace\t1\n"
    report = evaluate_retrieval(collection(tmp_path, judged), None)
    assert 0.5 <= report.ndcg_at_10 < 1


def test_a_folder_in_another_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        evaluate_retrieval(tmp_path / "nowhere", None)
    with pytest.raises(Unreadable, match="no question"):
        evaluate_retrieval(collection(tmp_path, ""), None)
    (tmp_path / "qrels" / "test.tsv").write_text("something else\n1\n")
    with pytest.raises(Unreadable, match="no table"):
        evaluate_retrieval(tmp_path, None)
