"""The tasks a model is asked to do: what each prompt must be given, and what comes back.

A prompt's front matter must say the same, so an edited file that lost a placeholder fails when
the product starts and not in front of a rep.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The name of the form of a reply in plain words.
PLAIN = "text"


@dataclass(frozen=True)
class Task:
    """The placeholders of a prompt and the form of its reply."""

    inputs: frozenset[str]
    output: str


def _task(output: str, *inputs: str) -> Task:
    return Task(frozenset(inputs), output)


TASKS = {
    "answer": _task("AnswerOut", "question", "thread", "language", "today", "asker"),
    "ask_back": _task("AskBack", "question", "readings", "language"),
    "draft": _task(
        "DraftOut",
        "kind",
        "sections",
        "findings",
        "slots",
        "sources",
        "language",
        "today",
        "company",
    ),
    "revise": _task("DraftOut", "instruction", "draft", "slots", "sources", "language"),
    "repair": _task("RepairOut", "failed", "slots", "sources", "language"),
    "judge_answer": _task("Scores", "question", "answer", "sources"),
    "judge_draft": _task("Scores", "kind", "draft", "sources"),
    "role_play": _task("RoleReply", "persona", "account", "goal", "said", "language"),
}
