"""Measuring: how well retrieval and the check of claims do on judged data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from assistant.cli.options import Invocation, workspace_command


@click.group()
def evaluate() -> None:
    """Measure retrieval, grounding or answers on judged data."""


@evaluate.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@workspace_command
def retrieval(call: Invocation, directory: Path) -> None:
    """DIRECTORY in BEIR layout: nDCG@10, recall@100 and latency."""
    from assistant.models import embedder
    from knowledge.index.evaluation import evaluate_retrieval

    report = evaluate_retrieval(directory, embedder(call.settings))
    figures = {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in asdict(report).items()
    }
    call.tell(figures, lambda: _lines(figures))


@evaluate.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@workspace_command
def grounding(call: Invocation, file: Path) -> None:
    """FILE of {"claim", "evidence", "label"} lines: precision, recall, F1, balanced accuracy."""
    from assistant.grounding import evaluate_grounding

    report = evaluate_grounding(file)
    call.tell(report.to_json(), lambda: _lines(report.to_json()))


@evaluate.command()
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("tests/evaluation/questions.toml"),
)
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the results to this Markdown file, too.",
)
@workspace_command
def answers(call: Invocation, file: Path, page: Path | None) -> None:
    """FILE of [[case]] questions: citations, numbers, route, refusals and latency of the answers.

    Ask a home folder with the sample workspace: `liaison demo --home HOME` makes one.
    """
    from assistant.conversation.evaluation import evaluate_answers, page_of, read_cases

    report = evaluate_answers(call.desk.conversation, call.desk.workspace.ledger, read_cases(file))
    figures = report.to_json()
    if page is not None:
        page.write_text(page_of([("rules, without a model", figures)]), encoding="utf-8")
    call.tell(figures, lambda: _lines({**figures, "wrong": _told(figures["wrong"])}))


def _told(wrong: Sequence[Mapping[str, object]]) -> str:
    return "".join(f"\n  {one['ask']}: {one['why']}" for one in wrong) or "nothing"


def _lines(figures: Mapping[str, object]) -> str:
    width = max(map(len, figures))
    return "\n".join(
        f"{name.replace('_', ' '):<{width}}  {value}" for name, value in figures.items()
    )
