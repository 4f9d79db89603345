"""Marking a reply: options exactly, own words by a suggestion that the learner may overrule."""

from __future__ import annotations

import string

from assistant.grounding.words import content_of, language_of
from assistant.tutoring.bank import Question
from assistant.tutoring.schedule import Grade
from knowledge.errors import BadInput

#: The share of the answer's own words and figures from which a reply is taken to say it.
_SAYS_IT, _SAYS_SOME = 0.34, 0.17


def judged(question: Question, reply: str | None, grade: Grade | None) -> tuple[bool | None, Grade]:
    """Whether the right option was chosen (None without options), and the grade that goes with it.

    Raises:
        BadInput: neither a reply nor a grade, or a reply that is none of the options.
    """
    if reply is None and grade is None:
        raise BadInput("An answer needs a reply, or a grade: again, hard, good or easy.")
    if not question.options:
        return None, grade or suggested(question, reply or "")
    position = chosen(question, reply or "")
    if position is None:
        last = string.ascii_uppercase[len(question.options) - 1]
        raise BadInput(
            f"“{reply or ''}” is none of the options: answer with a letter from A to {last}."
        )
    if position != question.right:
        return False, "again"
    return True, "good" if grade in (None, "again") else grade


def chosen(question: Question, reply: str) -> int | None:
    """The position of the option that a reply names by letter, number or wording."""
    said = reply.strip().strip("().").casefold()
    letters = string.ascii_lowercase[: len(question.options)]
    if len(said) == 1 and said in letters:
        return letters.index(said)
    if said.isdecimal() and 1 <= int(said) <= len(question.options):
        return int(said) - 1
    wordings = [option.strip().strip("().").casefold() for option in question.options]
    return wordings.index(said) if said in wordings else None


def suggested(question: Question, reply: str) -> Grade:
    """A first grade for a reply in one's own words, for the learner to confirm or change.

    It counts which words and figures of the answer (beyond those of the question) the reply has.
    """
    language = language_of(question.answer)
    asked = _keys(question.ask, language)
    wanted = _keys(f"{question.here or ''} {question.answer}", language)
    telling = wanted - asked or wanted
    said = _keys(reply, language)
    share = len(telling & said) / len(telling) if telling else 0.0
    if share >= _SAYS_IT:
        return "good"
    return "hard" if share >= _SAYS_SOME else "again"


def _keys(text: str, language: str) -> set[str]:
    return {key for _, key in content_of(text, language)}
