"""How far free text bears out a sentence, and how well that does on real claims."""

import json
import os
from pathlib import Path

import pytest

import assistant.grounding as room
from assistant.grounding import evaluate_grounding, support
from knowledge.errors import BadInput

PAGE = [
    "The award was founded in 1998 by the Danish Dairy Board.",
    "It goes to plants that save energy.",
    "In 2025 the Viborg plant of Borealis received the award for its heat pump.",
]


def test_what_a_page_says_scores_higher_than_what_it_does_not() -> None:
    said = support("The Viborg plant received the award in 2025 for its heat pump.", PAGE)
    other = support("The Hjørring plant received a prize in 2019 from Arla for its robots.", PAGE)
    assert said.score > 0.5 > other.score
    assert said.missing == ()
    assert {"Hjørring", "2019", "Arla", "robots"} <= set(other.missing)


def test_words_from_all_over_a_page_count_less_than_words_that_stand_together() -> None:
    filler = ["Nothing of note was reported."] * 4
    together = support("Viborg received the award for its heat pump.", PAGE)
    apart = support(
        "Viborg received the award for its heat pump.",
        ["Viborg is a town.", *filler, "An award exists.", *filler, "They received a heat pump."],
    )
    assert together.score > apart.score


def test_no_evidence_is_no_support() -> None:
    assert support("Viborg received the award.", []).score < 0.5
    assert support("", []).missing == ()


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


GOOD = json.dumps({"claim": "Viborg received the award.", "evidence": PAGE, "label": 1})
BAD = json.dumps({"claim": "Arla closed five plants in 2019.", "evidence": PAGE, "label": 0})


def test_an_evaluation_counts_both_labels(tmp_path: Path) -> None:
    report = evaluate_grounding(write(tmp_path / "f.jsonl", GOOD, "", BAD, ""))
    assert report.to_json() == {
        "n": 2,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "balanced_accuracy": 1.0,
        "threshold": 0.5,
    }


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("{", "not a JSON object"),
        ("[]", "not a JSON object"),
        ('{"claim": "", "evidence": [], "label": 1}', "“claim”"),
        ('{"claim": "A.", "evidence": "B.", "label": 1}', "“evidence”"),
        ('{"claim": "A.", "evidence": ["B."], "label": 2}', "“label”"),
        ('{"claim": "A.", "evidence": ["B."]}', "“label”"),
    ],
)
def test_a_malformed_line_is_named_by_its_number(tmp_path: Path, line: str, trouble: str) -> None:
    with pytest.raises(BadInput, match=rf"line 2.*{trouble}"):
        evaluate_grounding(write(tmp_path / "f.jsonl", GOOD, line))


def test_an_empty_or_missing_file_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no claims"):
        evaluate_grounding(write(tmp_path / "f.jsonl", ""))
    with pytest.raises(BadInput, match="cannot be read"):
        evaluate_grounding(tmp_path / "nothing.jsonl")


def test_the_public_surface() -> None:
    assert set(room.__all__) == {
        "Examined",
        "Fault",
        "Ground",
        "Grounds",
        "GroundingReport",
        "LedgerGrounds",
        "Particular",
        "Statement",
        "Support",
        "check",
        "evaluate_grounding",
        "examine",
        "restating_faults",
        "support",
    }


def real_claims() -> Path:
    """The labelled real claims, beside the checkout or where LIAISON_REAL_DATA says."""
    told = os.environ.get("LIAISON_REAL_DATA")
    folders = [Path(told)] if told else [p / "shared" / "data" for p in Path(__file__).parents]
    for folder in folders:
        path = folder / "grounding" / "wice_dev" / "claims.jsonl"
        if path.is_file():
            return path
    pytest.skip("the folder of real data is not beside the checkout")


@pytest.mark.real_data
def test_real_claims_are_judged_well_on_the_part_the_constants_never_saw(tmp_path: Path) -> None:
    from assistant.grounding.evaluation import read_labelled
    from assistant.grounding.fitting import fold_of

    path = real_claims()
    unseen = [
        json.dumps({"claim": c.claim, "evidence": c.evidence, "label": int(c.label)})
        for c in read_labelled(path)
        if fold_of(c, 2) == 1
    ]
    assert evaluate_grounding(write(tmp_path / "f.jsonl", *unseen)).balanced_accuracy >= 0.76
    assert evaluate_grounding(path).balanced_accuracy >= 0.76


@pytest.mark.real_data
def test_the_figure_is_no_luck_of_one_split() -> None:
    import numpy as np

    from assistant.grounding.evaluation import read_labelled
    from assistant.grounding.fitting import crossed
    from assistant.grounding.support import measure

    claims = read_labelled(real_claims())
    table = np.array([list(measure(c.claim, c.evidence)[0].values()) for c in claims])
    labels = np.array([float(claim.label) for claim in claims])
    assert np.mean([crossed(claims, table, labels, salt) for salt in range(5)]) >= 0.76
