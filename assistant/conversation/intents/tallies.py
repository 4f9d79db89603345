"""What answers about all accounts share: counts, lists of names, how many and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.matter import Matter
from assistant.conversation.understanding import ahead_in
from assistant.drafting import TeamBrief
from assistant.drafting.portfolio_review import SECTIONS
from assistant.insight.evidence import computed, recorded
from assistant.insight.periods import Window, months_before
from knowledge.records import AccountFile

T = TypeVar("T")
MOST_LISTED = 20
_MOST = "top|largest|biggest|best|first|größte|grösste|топ|крупнейш|больш|крупн"
_SINGLE = "account|customer|client|deal|opportunity|kunde|geschäft|клиент|сделка"
_OPEN = r"(?:open|running|current|offene\w*|laufende\w*|открыт\w*|текущ\w*)"
LISTED = 5
_WORDS = {"three": 3, "five": 5, "ten": 10, "drei": 3, "fünf": 5, "zehn": 10, "три": 3, "пять": 5}


def section(matter: Matter, name: str) -> list[Claim]:
    """A section of the team review, written from all briefs."""
    briefs = [matter.brief_of(one) for one in matter.ids]
    team = TeamBrief(
        name=matter.viewer.name,
        portfolio=matter.portfolio,
        briefs=briefs,
        moves=(),
        plans={},
        thresholds=matter.office.rules,
        pen=matter.voice,
        since=months_before(matter.day, matter.office.rules.period_months),
    )
    return list(SECTIONS[name](team))


def names_of(matter: Matter, files: Sequence[AccountFile]) -> str:
    """The accounts' names as a list; a long one is cut off."""
    names = [file.account.name for file in files[:MOST_LISTED]]
    if len(files) > MOST_LISTED:
        names.append("…")
    return matter.voice.wording.names(names)


def count_of(matter: Matter, name: str, files: Sequence[AccountFile], field: str) -> Evidence:
    """How many accounts there are, by a field of each."""
    inputs = [Input("item", file.account.name, (f"{file.account.ref}#{field}",)) for file in files]
    return counted(name, inputs, matter.day)


def counted(name: str, inputs: Sequence[Input], day: date, item: str = "item") -> Evidence:
    """How many things there are; `item` is what the formula calls each."""
    unit = {"promise": "promises", "deal": "deals", "contract": "contracts", "case": "cases"}
    return computed(
        f"count:{name.replace(' ', '_')}:{day}",
        title=f"{name[:1].upper()}{name[1:]}",
        value=len(inputs),
        unit=unit.get(
            item, name if name in {"deals", "contacts", "cases", "contracts"} else "accounts"
        ),
        formula=f"count({item})",
        inputs=[replace(one, name=item) for one in inputs],
        as_of=day,
    )


def at_once(found: Sequence[T]) -> Sequence[T]:
    """As many as an answer lists, one fewer where the rest is told in a sentence of its own."""
    return found if len(found) <= LISTED else found[: LISTED - 1]


def not_listed(matter: Matter, rest: Sequence[tuple[AccountFile, Input]]) -> Iterator[Claim]:
    """How many more there are than were listed, and at which accounts."""
    if rest:
        files = list({file.account.id: file for file, _ in rest}.values())
        inputs = [given for _, given in rest]
        yield matter.voice.fact(
            "say.not_listed",
            counted("not listed", inputs, matter.day, inputs[0].name),
            *(recorded(file.account, "name") for file in files[:MOST_LISTED]),
            count=len(rest),
            names=names_of(matter, files),
        )


def span_of(start: date, end: date, title: str | None = None) -> Evidence:
    """The days that a question named, the first and the last among them."""
    return computed(
        f"period:{start}:{end}",
        title=title or f"{start} to {end}",
        value=(end - start).days + 1,
        unit="days",
        formula="days(start, end) + 1",
        inputs=[Input("start", start), Input("end", end)],
        as_of=end,
    )


def many_asked(matter: Matter) -> int:
    """How many the asker wants to see."""
    text = matter.inquiry.masked
    word = next((number for word, number in _WORDS.items() if f" {word} " in f" {text} "), None)
    if found := re.search(rf"\b(?:{_MOST})\w*[- ]?(?:the )?(\d{{1,2}})\b(?! ?%)", text):
        return max(1, min(int(found[1]), MOST_LISTED))
    if word is None and re.search(rf"\b(?:{_MOST})\w* (?:{_OPEN} )?(?:{_SINGLE})\b", text):
        return 1
    return word or LISTED


def ahead_asked(matter: Matter) -> Window | None:
    """The days in which something is to close or end, where the question says."""
    fiscal_start = matter.office.company.company.fiscal_year_start
    return ahead_in(matter.inquiry.masked, matter.day, fiscal_start)
