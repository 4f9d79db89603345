"""Measuring: how well retrieval and the check of claims do on judged data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from assistant.cli.evaluating import DeskWriting
from assistant.cli.options import Invocation, workspace_command


@click.group()
def evaluate() -> None:
    """Measure retrieval, grounding, answers or drafts."""


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
@click.option("--judge", "judged", is_flag=True, help="Let the language model score them, too.")
@workspace_command
def answers(call: Invocation, file: Path, page: Path | None, *, judged: bool) -> None:
    """FILE of [[case]] questions: citations, numbers, route, refusals and latency of the answers.

    Ask a home folder with the sample workspace: `liaison demo --home HOME` makes one. With a key
    the language model is measured beside the rules, and what its answers take in tokens.
    """
    from assistant.cli.measuring_answers import answer_rows
    from assistant.conversation.evaluation import page_of, read_cases

    rows = answer_rows(call.desk, read_cases(file), judged=judged)
    name, figures = rows[-1]
    if page is not None:
        page.write_text(page_of(rows), encoding="utf-8")
    call.tell(
        {"answers_by": name, **figures},
        lambda: _lines({"answers_by": name, **figures, "wrong": _told(figures["wrong"])}),
    )


@evaluate.command()
@click.option("--judge", "judged", is_flag=True, help="Let the language model score them, too.")
@click.option("--accounts", "most", type=click.IntRange(1), help="Only that many accounts.")
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the results to this Markdown file, too.",
)
@workspace_command
def drafts(call: Invocation, most: int | None, page: Path | None, *, judged: bool) -> None:
    """Plan, proposition, follow-up and review of every account: sources, figures, length.

    Whoever writes the drafts of the home folder is measured: the templates, or with a key the
    language model. The judge needs a key.
    """
    from assistant.drafting import evaluation

    writing = DeskWriting(call.desk, call.viewer, call.day)
    written = evaluation.write_cases(writing, writing.cases(most))
    figures = evaluation.figures_of(written)
    told: dict[str, object] = {"drafts": figures}
    if judged:
        prompt = call.desk.prompts["judge_draft"]
        told["judge"] = evaluation.judge(call.desk.models, prompt, written, writing.viewer)
    name = call.desk.models.name if call.desk.models.available else "templates"
    if page is not None:
        page.write_text(evaluation.page_of([(name, figures)]), encoding="utf-8")
    call.tell(told, lambda: f"{evaluation.table([(name, figures)])}\n{told.get('judge', '')}")


def _told(wrong: Sequence[Mapping[str, object]]) -> str:
    return "".join(f"\n  {one['ask']}: {one['why']}" for one in wrong) or "nothing"


def _lines(figures: Mapping[str, object]) -> str:
    width = max(map(len, figures))
    return "\n".join(
        f"{name.replace('_', ' '):<{width}}  {value}" for name, value in figures.items()
    )
