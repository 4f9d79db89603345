"""Measuring answers on typed cases: facts, figures, sources, route, refusals; no judge."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Protocol
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.claims import Claim
from assistant.conversation.answer import Answer
from knowledge.errors import BadInput, NotFound
from knowledge.records import Ledger, Viewer


class Case(BaseModel):
    """One question and what a right answer holds.

    `facts` stand in the answer (one of them where `any` is set), `forbidden` do not; `sources`
    are kinds or ids that it must cite.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    ask: str
    before: tuple[str, ...] = ()
    viewer: str | None = Field(None, alias="as")
    facts: tuple[str, ...] = ()
    any: bool = False
    forbidden: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    route: str | None = None
    language: str | None = None
    draft: str | None = None
    abstain: bool = False
    choices: bool = False


class Answering(Protocol):
    """Whoever answers: the conversation, with a model or without."""

    def reply(self, viewer: Viewer, question: str, *, thread_id: str | None = None) -> Answer:
        """The answer to a question in a thread."""


@dataclass(frozen=True)
class Outcome:
    """A case with the answer it got, what was wrong with it, and how long it took (seconds)."""

    case: Case
    answer: Answer
    wrong: tuple[str, ...]
    seconds: float
    cited: int
    citable: int
    found: int
    wanted: int


@dataclass(frozen=True)
class AnswerReport:
    """The measures over all cases; shares are 0 to 1, times in seconds."""

    outcomes: tuple[Outcome, ...]

    def to_json(self) -> dict[str, Any]:
        """The measures by name, and every case that went wrong."""
        some = self.outcomes
        answered = [one for one in some if not one.case.abstain]
        refused = [one for one in some if one.case.abstain]
        figures = [(fact, one) for one in answered for fact in one.case.facts if _figure(fact)]
        routed = [one for one in answered if one.case.route]
        times = sorted(one.seconds for one in some)
        right = Counter(one.case.family for one in some if not one.wrong)
        asked = Counter(one.case.family for one in some)
        return {
            "cases": len(some),
            "right": _share(sum(not one.wrong for one in some), len(some)),
            "citation_precision": _share(sum(o.cited for o in some), sum(o.citable for o in some)),
            "citation_recall": _share(sum(o.found for o in some), sum(o.wanted for o in some)),
            "numbers_right": _share(
                sum(_stands(fact, one.answer) for fact, one in figures), len(figures)
            ),
            "route_accuracy": _share(
                sum(one.answer.route == one.case.route for one in routed), len(routed)
            ),
            "abstains_when_it_should": _share(
                sum(one.answer.abstained for one in refused), len(refused)
            ),
            "answers_when_it_should": _share(
                sum(not one.answer.abstained for one in answered), len(answered)
            ),
            "seconds_median": round(median(times), 2) if times else 0.0,
            "seconds_p95": round(times[int(len(times) * 0.95)], 2) if times else 0.0,
            "families": {name: f"{right[name]}/{asked[name]}" for name in asked},
            "wrong": [
                {"ask": o.case.ask, "why": list(o.wrong), "answer": o.answer.text[:300]}
                for o in some
                if o.wrong
            ],
        }


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a TOML file; raises `BadInput` that names the case."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path} cannot be read as TOML: {error}.") from None
    cases = []
    for number, row in enumerate(rows, start=1):
        try:
            cases.append(Case.model_validate(row))
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise BadInput(f"{path}, case {number}, {where}: {first['msg']}.") from None
    if not cases:
        raise BadInput(f"{path} holds no [[case]].")
    return tuple(cases)


def evaluate_answers(answering: Answering, ledger: Ledger, cases: Iterable[Case]) -> AnswerReport:
    """Ask every question, each sequence in a thread of its own, and judge the last answer."""
    return AnswerReport(tuple(_outcome(answering, ledger, case) for case in cases))


def _outcome(answering: Answering, ledger: Ledger, case: Case) -> Outcome:
    viewer = ledger.viewer(case.viewer) if case.viewer else Viewer.operator()
    thread = f"evaluation-{uuid4().hex}"
    for earlier in case.before:
        answering.reply(viewer, earlier, thread_id=thread)
    began = perf_counter()
    answer = answering.reply(viewer, case.ask, thread_id=thread)
    seconds = perf_counter() - began
    stated = [claim for claim in answer.claims if claim.kind in {"fact", "inference"}]
    refs = [ref for source in answer.sources for ref in source.refs or (source.ref,)]
    found = [want for want in case.sources if any(ref.startswith(want) for ref in refs)]
    return Outcome(
        case=case,
        answer=answer,
        wrong=tuple(_wrong(case, answer)),
        seconds=seconds,
        cited=sum(_cited(claim, ledger, viewer) for claim in stated),
        citable=len(stated),
        found=len(found),
        wanted=len(case.sources),
    )


def _wrong(case: Case, answer: Answer) -> Iterable[str]:
    if answer.abstained != case.abstain:
        yield "answered, though it cannot be known" if case.abstain else "did not answer"
    if case.choices and not answer.choices:
        yield "gave no choice"
    lacking = [fact for fact in case.facts if not _stands(fact, answer)]
    if lacking and not (case.any and len(lacking) < len(case.facts)):
        yield f"lacks {', '.join(lacking)}"
    yield from (f"says {one}" for one in case.forbidden if _stands(one, answer))
    if case.route and answer.route != case.route:
        yield f"route {answer.route} in place of {case.route}"
    if case.language and answer.language != case.language:
        yield f"language {answer.language} in place of {case.language}"
    if case.draft and answer.draft != case.draft:
        yield f"draft {answer.draft} in place of {case.draft}"


def _cited(claim: Claim, ledger: Ledger, viewer: Viewer) -> bool:
    """Whether a statement passed the check and every source of it opens for this viewer."""
    if claim.verdict != "supported" or not claim.evidence:
        return False
    return all(_opens(ref, ledger, viewer) for e in claim.evidence for ref in e.refs[:3])


def _opens(ref: str, ledger: Ledger, viewer: Viewer) -> bool:
    try:
        ledger.source_text(viewer, ref)
    except NotFound:
        return False
    return True


def _stands(fact: str, answer: Answer) -> bool:
    return _plain(fact) in _plain(answer.text)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").casefold().split())


def _figure(fact: str) -> bool:
    return any(char.isdigit() for char in fact)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


def table(rows: Sequence[tuple[str, dict[str, Any]]]) -> str:
    """The results as Markdown, one row a writer."""
    names = (
        "right",
        "citation_precision",
        "citation_recall",
        "numbers_right",
        "route_accuracy",
        "abstains_when_it_should",
        "answers_when_it_should",
    )
    head = ["answers by", "questions", *(name.replace("_", " ") for name in names)]
    lines = [
        f"| {' | '.join([*head, 'seconds, median'])} |",
        "|---|" + "---:|" * (len(head)),
    ]
    for writer, figures in rows:
        shares = [f"{figures[name] * 100:.1f} %" for name in names]
        cells = [writer, str(figures["cases"]), *shares, f"{figures['seconds_median']:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _modelled(rows: Sequence[tuple[str, dict[str, Any]]]) -> Iterable[str]:
    """What only a model's answers have: their tokens; and what a judge thinks of each writer's."""
    for writer, figures in rows:
        if "asked_a_model" in figures:
            yield (
                f"{writer} was asked for {figures['asked_a_model']} of {figures['cases']} answers; "
                f"the median of those took {figures['tokens_sent_median']:.0f} tokens sent and "
                f"{figures['tokens_written_median']:.0f} written."
            )
            yield ""
        if judge := figures.get("judge"):
            scores = ", ".join(f"{name.replace('_', ' ')} {score}" for name, score in judge.items())
            yield f"Judged, answers by {writer}: {scores}."
            yield ""


def page_of(rows: Sequence[tuple[str, dict[str, Any]]]) -> str:
    """The page of results, with the families and what went wrong in the first row."""
    _, first = rows[0]
    families = [f"| {name} | {share} |" for name, share in first["families"].items()]
    wrong = [f"- {one['ask']} ({'; '.join(one['why'])})" for one in first["wrong"]]
    return "\n".join(
        [
            "# How good the answers are",
            "",
            "Written by `liaison evaluate answers --home HOME --page docs/evaluation.md` on the",
            "sample workspace (`liaison demo --home HOME`), with the questions in",
            "`tests/evaluation/questions.toml`. A question is right when every expected fact",
            "stands in the answer, nothing forbidden does, and route, language and refusal fit.",
            "",
            table(rows),
            "",
            "Precision is the share of statements that passed the check and whose sources open",
            "for the asker; recall the share of expected sources that were cited. Seconds depend",
            "on the machine.",
            "",
            "The rules were tuned on these questions, so the figures say what they cover, not how",
            "they fare with the next one. Paraphrases written afterwards, in two sets, were right",
            "in 11 of 15 and 13 of 15 cases on their first run (`tests/evaluation/held_out.toml`):",
            "without a model, expect about four of five new questions to be answered right.",
            "",
            *_modelled(rows),
            "With `OPENAI_API_KEY` set the same command adds a row for the language model and what",
            "its answers take in tokens; with `--judge` the scores (0 to 4) of the rubric in",
            "`prompts/judge_answer.md` besides.",
            "",
            "## By family",
            "",
            "| family | right |",
            "|---|---:|",
            *families,
            "",
            "## Wrong",
            "",
            *(wrong or ["Nothing."]),
            "",
        ]
    )
