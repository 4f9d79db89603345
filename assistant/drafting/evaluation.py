"""Measuring drafts: what can be counted first, a judge apart from it.

Each draft is checked anew, so that a writer is not measured by what it says of itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from time import perf_counter
from typing import Any, Protocol

from assistant.claims import Draft
from assistant.grounding import Grounds, examine
from assistant.models import Models, RunFor
from assistant.prompting import Prompt, Scores, SourceText, fence
from knowledge.records import Viewer

#: Words that lose a point wherever they stand.
BANNED = re.compile(
    r"\b(?:leverag\w+|synerg\w+|seamless\w*|world-class|robust\w*|unlock\w*|delv\w+|journey\w*|"
    r"in today['’]s fast-paced)\b",
    re.IGNORECASE,
)
#: What a draft of a kind is not one without; of alternatives in a tuple one is enough.
_PARTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "account_plan": (("summary",), ("objectives",), ("people", "stakeholders"), ("unknown",)),
    "value_proposition": (("reader",), ("alternative",), ("differences", "gather")),
    "follow_up": (("subject",), ("message",)),
    "account_review": (("state",), ("changes",), ("decide",)),
}
_FIGURES = frozenset({"formula", "number", "unit", "date"})


@dataclass(frozen=True)
class Case:
    """A draft to be written: its kind, the account, and for a proposition its reader."""

    kind: str
    account: str
    reader: str = ""


class Writing(Protocol):
    """Whoever writes drafts: with a model or without."""

    def draft(self, case: Case) -> Draft:
        """The draft of a case, checked."""

    def grounds(self) -> Grounds:
        """What it is checked against."""


@dataclass(frozen=True)
class Written:
    """A case with its draft, the seconds it took, and its sentences by what holds of them."""

    case: Case
    draft: Draft
    seconds: float
    stated: int
    cited: int
    supported: int
    figures_right: int

    @property
    def first_screen(self) -> int:
        """Words of the first section; of a letter, those of the message."""
        section = self.draft.section("message") or self.draft.sections[0]
        return sum(len(claim.text.split()) for claim in section.claims)

    @property
    def parts(self) -> float:
        """The share of the parts that belong to its kind."""
        wanted = _PARTS[self.draft.kind]
        there = {part.id for part in self.draft.sections}
        return sum(bool(there & set(one)) for one in wanted) / len(wanted)


def write_cases(writing: Writing, cases: Iterable[Case]) -> list[Written]:
    """Write every case and count what holds of its sentences."""
    grounds = writing.grounds()
    return [_written(writing, grounds, case) for case in cases]


def _written(writing: Writing, grounds: Grounds, case: Case) -> Written:
    began = perf_counter()
    draft = writing.draft(case)
    seconds = perf_counter() - began
    stated = [one for one in draft.claims() if one.kind in {"fact", "inference"} and not one.author]
    # Names and denials of phrases need the vocabulary of the brief; sources and figures do not.
    examined = examine(stated, grounds, as_of=draft.as_of, vocabulary=[draft.account_name])
    faults = [{fault.kind for fault in one.faults} for one in examined]
    return Written(
        case=case,
        draft=draft,
        seconds=seconds,
        stated=len(stated),
        cited=sum(bool(one.evidence) and "missing_source" not in found
                  for one, found in zip(stated, faults, strict=True)),
        supported=sum(one.verdict == "supported" for one in stated),
        figures_right=sum(not found & _FIGURES for found in faults),
    )  # fmt: skip


def figures_of(written: Sequence[Written]) -> dict[str, Any]:
    """The measures by kind of draft; shares are 0 to 1."""
    kinds = dict.fromkeys(one.draft.kind for one in written)
    return {kind: _figures([one for one in written if one.draft.kind == kind]) for kind in kinds}


def _figures(some: Sequence[Written]) -> dict[str, Any]:
    stated = sum(one.stated for one in some)
    texts = [claim.text for one in some for claim in one.draft.claims()]
    return {
        "drafts": len(some),
        "writers": dict(Counter(one.draft.writer for one in some)),
        "factual_sentences": stated,
        "cited": _share(sum(one.cited for one in some), stated),
        "supported": _share(sum(one.supported for one in some), stated),
        "figures_right": _share(sum(one.figures_right for one in some), stated),
        "withheld": sum(len(one.draft.withheld) for one in some),
        "banned_words": sum(len(BANNED.findall(text)) for text in texts),
        "parts_present": round(mean(one.parts for one in some), 3),
        "first_screen_words": round(median(one.first_screen for one in some)),
        "seconds_median": round(median(one.seconds for one in some), 2),
    }


def judge(
    models: Models, prompt: Prompt, written: Sequence[Written], viewer: Viewer
) -> dict[str, dict[str, float]]:
    """A model's scores (0 to 4) by kind and criterion, on average; raises `ModelFailure`."""
    scores: dict[str, dict[str, list[int]]] = {}
    for one in written:
        labels = one.draft.sources
        lines = [
            f"{part.title}\n"
            + "\n".join(
                f"- {claim.text} [{', '.join(labels[e] for e in claim.evidence)}]"
                for claim in part.claims
            )
            for part in one.draft.sections
        ]
        sources = [
            SourceText(label, source.kind, source.title, source.quote, source.dated)
            for source, label in labels.items()
        ]
        filled = prompt.fill(
            kind=f"{one.draft.kind} ({one.draft.title})",
            draft="\n\n".join(lines),
            sources=fence(sources),
        )
        judged = models.write(filled, Scores, RunFor(viewer, "judge"))
        of_kind = scores.setdefault(one.draft.kind, {})
        for score in judged.scores:
            of_kind.setdefault(score.criterion, []).append(score.score)
    return {
        kind: {name: round(mean(given), 2) for name, given in found.items()}
        for kind, found in scores.items()
    }


def table(rows: Sequence[tuple[str, Mapping[str, Mapping[str, Any]]]]) -> str:
    """The results as Markdown: a row a writer and kind."""
    shares = ("cited", "supported", "figures_right", "parts_present")
    counts = ("withheld", "banned_words", "first_screen_words")
    head = ["written by", "kind", "drafts", "factual sentences", *shares, *counts]
    lines = [
        f"| {' | '.join(name.replace('_', ' ') for name in head)} |",
        "|---|---|" + "---:|" * (len(head) - 2),
    ]
    for writer, kinds in rows:
        for kind, found in kinds.items():
            cells = [writer, kind.replace("_", " "), str(found["drafts"])]
            cells += [str(found["factual_sentences"])]
            cells += [f"{found[name] * 100:.1f} %" for name in shares]
            cells += [str(found[name]) for name in counts]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


_PAGE = """# How good the drafts are

Written by `liaison evaluate drafts --home HOME --page docs/evaluation-drafts.md` on the sample
workspace (`liaison demo --home HOME`): a plan, a value proposition, a follow-up and a review of
every account. The templates are the baseline. Nobody has added the row of a language model yet:
whoever has a key sets `OPENAI_API_KEY` and runs the same command, with `--judge` for the scores of
the rubric in `prompts/judge_draft.md` besides.

{table}

Cited: the source opens for the reader. Figures right: every figure, day and unit stands in the
sources or is computed again from them. First screen: words of the first section, of a letter those
of the message, as a median. Banned are words that say nothing, such as “leverage”.
"""


def page_of(rows: Sequence[tuple[str, Mapping[str, Mapping[str, Any]]]]) -> str:
    """The page of results."""
    return _PAGE.format(table=table(rows))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
