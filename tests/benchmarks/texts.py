"""Business English without end: paragraphs that nobody wrote, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

WHO: tuple[str, ...] = (
    "The plant manager",
    "Our service team",
    "Their purchasing lead",
    "The project engineer",
)
WHO += (
    "The board of the customer",
    "A new supplier",
    "The maintenance crew",
    "Our key account team",
)
DID: tuple[str, ...] = (
    "asked for",
    "postponed",
    "approved",
    "questioned",
    "compared",
    "rejected",
    "measured",
)
DID += ("negotiated", "documented", "escalated", "welcomed", "budgeted", "prepared", "cancelled")
WHAT: tuple[str, ...] = (
    "a frame agreement",
    "the retrofit of line",
    "spare parts for drive",
    "a price review of",
)
WHAT += ("the energy audit in hall", "a pilot with sensor", "the warranty claim on pump")
WHAT += ("training for shift", "the delivery schedule of order", "a second source for valve")
WHY: tuple[str, ...] = (
    "because downtime had become expensive",
    "after the quarterly review",
    "to lower scrap",
)
WHY += ("since the budget closes in autumn", "before the audit of their own customer")
WHY += ("although the competitor offered less", "while the merger is still being discussed")
THEN: tuple[str, ...] = (
    "and wants an answer by",
    "with a decision planned for",
    "and will report back in",
)
THEN += ("so that production can start in", "and expects savings from", "as agreed in")
WHEN = ("January", "March", "May", "June", "August", "October", "the second week of November")
SENTENCES = 5  # a little over 100 words


def paragraph(number: int, sentences: int = SENTENCES) -> str:
    """The paragraph with that number, of about 17 words a sentence."""
    chance = random.Random(number)
    return " ".join(_sentence(chance) for _ in range(sentences))


def documents(count: int, paragraphs: int = 10) -> Iterator[tuple[str, str]]:
    """Names and texts of Markdown documents."""
    for number in range(count):
        first = number * paragraphs
        body = "\n\n".join(paragraph(first + at) for at in range(paragraphs))
        yield f"visit-{number:04d}.md", f"# Visit report {number}\n\n{body}\n"


def question(number: int) -> str:
    """A question in the words of the paragraphs."""
    chance = random.Random(-1 - number)
    who, what = chance.choice(WHO).lower(), chance.choice(WHAT)
    return f"When has {who} {chance.choice(DID)} {what} {chance.randint(1, 999)}?"


def _sentence(chance: random.Random) -> str:
    what = f"{chance.choice(WHAT)} {chance.randint(1, 999)}"
    return (
        f"{chance.choice(WHO)} {chance.choice(DID)} {what} {chance.choice(WHY)} "
        f"{chance.choice(THEN)} {chance.choice(WHEN)}."
    )
