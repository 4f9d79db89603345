"""What answers about all accounts share: counts, lists of names, how many and until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.matter import Matter
from assistant.drafting import TeamBrief
from assistant.drafting.portfolio_review import SECTIONS
from assistant.insight.evidence import computed
from knowledge.records import AccountFile

MOST_LISTED = 20
_MOST = "top|largest|biggest|best|first|größte|grösste|топ|крупнейш"
_SINGLE = "account|customer|client|deal|opportunity|kunde|geschäft|клиент|сделка"
_THIS, _NEXT = r"this|dies\w*|эт\w+", r"next|nächst\w*|следующ\w+"
_MONTH = r"month|monat|месяц\w*"
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
        since=matter.day,
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
        title=name.capitalize(),
        value=len(inputs),
        unit=unit.get(
            item, name if name in {"deals", "contacts", "cases", "contracts"} else "accounts"
        ),
        formula=f"count({item})",
        inputs=[replace(one, name=item) for one in inputs],
        as_of=day,
    )


def span_of(start: date, end: date) -> Evidence:
    """The days that a question named."""
    return computed(
        f"period:{start}:{end}",
        title=f"{start} to {end}",
        value=(end - start).days,
        unit="days",
        formula="days(start, end)",
        inputs=[Input("start", start), Input("end", end)],
        as_of=end,
    )


def many_asked(matter: Matter) -> int:
    """How many the asker wants to see."""
    text = matter.inquiry.masked
    word = next((number for word, number in _WORDS.items() if f" {word} " in f" {text} "), None)
    if found := re.search(rf"\b(?:{_MOST})\w*[- ]?(?:the )?(\d{{1,2}})\b(?! ?%)", text):
        return max(1, min(int(found[1]), MOST_LISTED))
    if word is None and re.search(rf"\b(?:{_MOST})\w* (?:{_SINGLE})\b", text):
        return 1
    return word or LISTED


def until_asked(matter: Matter) -> date | None:
    """The day until which something is to close or end, where the question says."""
    text, day = matter.inquiry.masked, matter.day
    month_end = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    known = (
        (rf"(?:{_THIS}) (?:{_MONTH})", month_end),
        (rf"(?:{_NEXT}) (?:{_MONTH})", day + timedelta(days=31)),
        (rf"(?:{_NEXT}|{_THIS}) (?:quarter|quartal\w*|квартал\w*)", day + timedelta(days=92)),
        (r"this year|dieses jahr|в этом году", date(day.year, 12, 31)),
        (r"year[- ]end|end of (?:the )?year|jahresende|конца года", date(day.year, 12, 31)),
    )
    return next((until for said, until in known if re.search(rf"\b(?:{said})", text)), None)
