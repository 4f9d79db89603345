"""The answers of a desk, as they are measured: by the rules alone, and with a model beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.conversation.evaluation import Case
    from assistant.desk import Desk


def answer_rows(
    desk: Desk, cases: Sequence[Case], *, judged: bool
) -> list[tuple[str, dict[str, Any]]]:
    """Who answered, and the measures: the rules first, then the model where there is a key."""
    from assistant.conversation import Conversation
    from assistant.conversation.evaluation import evaluate_answers
    from assistant.conversation.judging import judge_answers, tokens_of
    from knowledge.journal.runs import Runs
    from knowledge.records import Viewer

    writers = [("rules, without a model", Conversation(desk.office))]
    if desk.models.available:
        writers.append((desk.models.name, desk.conversation))
    rows = []
    for name, talk in writers:
        report = evaluate_answers(talk, desk.workspace.ledger, cases)
        answers = [one.answer for one in report.outcomes]
        figures = report.to_json()
        if talk.author is not None:
            figures.update(tokens_of(Runs(desk.workspace.database), answers))
        if judged:
            prompt, who = desk.prompts["judge_answer"], Viewer.operator()
            figures["judge"] = judge_answers(desk.models, prompt, answers, who)
        rows.append((name, figures))
    return rows
