"""A model's judgement of answers, apart from what can be counted; and what answers cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import mean, median

from assistant.conversation.answer import Answer
from assistant.models import Models, RunFor
from assistant.prompting import Prompt, Scores, SourceText, fence
from knowledge.journal.runs import ModelRun, Runs
from knowledge.records import Viewer


def judge_answers(
    models: Models, prompt: Prompt, answers: Sequence[Answer], viewer: Viewer
) -> dict[str, float]:
    """A model's scores (0 to 4) by criterion, on average; raises `ModelFailure`."""
    scores: dict[str, list[int]] = {}
    for one in answers:
        labels = one.sources
        lines = [
            f"- {claim.text} [{', '.join(labels[e] for e in claim.evidence)}]"
            for claim in one.claims
        ]
        sources = [
            SourceText(label, source.kind, source.title, source.quote, source.dated)
            for source, label in labels.items()
        ]
        filled = prompt.fill(
            question=one.question,
            answer="\n".join(lines) or (one.reason or ""),
            sources=fence(sources),
        )
        for score in models.write(filled, Scores, RunFor(viewer, "judge", one.id)).scores:
            scores.setdefault(score.criterion, []).append(score.score)
    return {name: round(mean(given), 2) for name, given in scores.items()}


def tokens_of(runs: Runs, answers: Sequence[Answer]) -> dict[str, float]:
    """How many of the answers asked a model, and the median of the tokens those took."""
    asked = [found for one in answers if (found := runs.about(one.id))]
    return {
        "asked_a_model": len(asked),
        "tokens_sent_median": _middle(asked, lambda run: run.tokens_in),
        "tokens_written_median": _middle(asked, lambda run: run.tokens_out),
    }


def _middle(asked: Sequence[Sequence[ModelRun]], count: Callable[[ModelRun], int]) -> float:
    return median(sum(count(run) for run in runs) for runs in asked) if asked else 0
