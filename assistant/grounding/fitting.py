"""Fit the constants of `support` offline: `python -m assistant.grounding.fitting F.jsonl`.

The file is the one `liaison evaluate grounding` takes. A claim's hash decides whether it belongs
to the part the constants are fitted on (every other one) or to the part they are reported on.
Printed besides: five-fold cross-validation over several splits, because one split of a few
hundred claims may be lucky. `--write` puts the constants into `weights.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.grounding.evaluation import Labelled, balanced_accuracy, read_labelled
from assistant.grounding.support import FEATURES, measure

_RIDGE = 3.0
_STEPS = 50
_FOLDS = 5
_Vector = NDArray[np.float64]


def fitted(features: _Vector, labels: _Vector) -> _Vector:
    """Intercept and weights of a ridge-penalised logistic regression; both labels weigh alike."""
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    table = np.column_stack([np.ones(len(labels)), (features - middle) / spread])
    share = labels.mean()
    weight = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share))
    penalty = np.array([0.0] + [_RIDGE] * features.shape[1])
    constants: _Vector = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-table @ constants))
        slope = table.T @ (weight * (chance - labels)) + penalty * constants
        bend = (table.T * (weight * chance * (1 - chance))) @ table + np.diag(penalty)
        constants = constants - np.linalg.solve(bend, slope)
    plain = constants[1:] / spread
    return np.concatenate([[constants[0] - plain @ middle], plain])


def fold_of(claim: Labelled, folds: int, salt: int = 0) -> int:
    """The fold a claim falls into: its hash decides, so that it never moves."""
    digest = sha256(f"{salt}:{claim.claim}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % folds


def crossed(claims: Sequence[Labelled], table: _Vector, labels: _Vector, salt: int) -> float:
    """The balanced accuracy when each fold is judged by constants fitted on the others."""
    folds = np.array([fold_of(claim, _FOLDS, salt) for claim in claims])
    said = np.zeros(len(labels), dtype=bool)
    for fold in range(_FOLDS):
        constants = fitted(table[folds != fold], labels[folds != fold])
        said[folds == fold] = constants[0] + table[folds == fold] @ constants[1:] >= 0
    return balanced_accuracy(said.tolist(), [bool(label) for label in labels])


def main() -> None:
    """Fit, report, and on `--write` keep the constants."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true", help="write weights.toml")
    options = parser.parse_args()
    claims = read_labelled(options.file)
    table = np.array([list(measure(c.claim, c.evidence)[0].values()) for c in claims])
    labels = np.array([float(claim.label) for claim in claims])
    fit = np.array([fold_of(claim, 2) == 0 for claim in claims])
    constants = fitted(table[fit], labels[fit])
    report = [f"{len(claims)} claims; fitted on {fit.sum()}, reported on {(~fit).sum()}"]
    for name, part in (("fitted part", fit), ("held-out part", ~fit)):
        said = constants[0] + table[part] @ constants[1:] >= 0
        score = balanced_accuracy(said.tolist(), [bool(label) for label in labels[part]])
        report.append(f"balanced accuracy, {name}: {score:.3f}")
    crosses = [crossed(claims, table, labels, salt) for salt in range(20)]
    report.append(
        f"five-fold cross-validation, 20 splits: mean {np.mean(crosses):.3f}, "
        f"from {min(crosses):.3f} to {max(crosses):.3f}"
    )
    print("\n".join(report))  # noqa: T201 - a command's output
    if options.write:
        path = Path(__file__).with_name("weights.toml")
        path.write_text(_written(constants, options.file.name, report), encoding="utf-8")


def _written(constants: _Vector, source: str, report: Sequence[str]) -> str:
    head = [
        "# The constants of `support`, written by `python -m assistant.grounding.fitting --write`",
        f"# from {source}:",
        *(f"#   {line}" for line in report),
    ]
    numbers = [f"{name} = {value:.4f}" for name, value in zip(FEATURES, constants[1:], strict=True)]
    fixed = [f"intercept = {constants[0]:.4f}", "threshold = 0.5", "", "[features]"]
    return "\n".join([*head, "", *fixed, *numbers, ""])


if __name__ == "__main__":
    main()
