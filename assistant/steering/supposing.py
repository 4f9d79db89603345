"""What-ifs from a sentence, by simple rules: who leaves, who grows, where our days go.

“if Borealis leaves”, “if Meridian grows by 20 %”, “if we move two days a week to the nurture
list”; several joined by “and”. A sentence that no rule reads is refused with the forms that are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistant.insight.team_time import WEEK
from assistant.insight.what_if import Change, Grows, Leaves
from knowledge.errors import BadInput

_ANY = re.IGNORECASE
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "half a": "0.5",
    "einen": 1,
    "ein": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
}
_LEAVES = (
    re.compile(r"^we (?:lose|lost) (?P<who>.+)$", _ANY),
    re.compile(r"^(?P<who>.+?) (?:leaves|left|goes|is gone|is lost|walks away|quits)$", _ANY),
    re.compile(r"^wir (?P<who>.+) verlieren$", _ANY),
    re.compile(r"^(?P<who>.+?) (?:geht|wegfällt|kündigt)$", _ANY),
    re.compile(r"^мы потеряем (?P<who>.+)$", _ANY),
    re.compile(r"^(?P<who>.+?) (?:уходит|уйд[её]т)$", _ANY),
)
_CHANGES = (
    re.compile(
        r"^(?P<who>.+?) (?P<how>grows|rises|increases|shrinks|falls|drops|declines) "
        r"by (?P<much>\d+(?:[.,]\d+)?) ?(?:%|per ?cent)$",
        _ANY,
    ),
    re.compile(
        r"^(?P<who>.+?) um (?P<much>\d+(?:[.,]\d+)?) ?(?:%|prozent) (?P<how>wächst|fällt|sinkt)$",
        _ANY,
    ),
    re.compile(
        r"^(?P<who>.+?) (?P<how>раст[её]т|вырастет|падает|упад[её]т|сократится) "
        r"на (?P<much>\d+(?:[.,]\d+)?) ?(?:%|процент\w*)$",
        _ANY,
    ),
)
_DAYS = (
    re.compile(
        r"^(?:we )?(?:move|shift|give) (?P<much>[\w.,]+(?: a)?) days?(?:(?: a| per|/) ?week)?"
        r" (?:to|for) (?P<who>.+)$",
        _ANY,
    ),
    re.compile(
        r"^wir (?P<much>[\w.,]+) tage?(?: (?:pro|die|in der) woche)? (?:auf|für|an) (?P<who>.+?)"
        r" (?:legen|verlegen|geben)$",
        _ANY,
    ),
)
_OPENS = re.compile(
    r"^(?:and |und |а )?"
    r"(?:what (?:happens )?if|was (?:wäre|ist|passiert)?,? ?wenn|что,? если)\b[,: ]*",
    _ANY,
)
_JOINED = re.compile(r",? (?:and|und|и) (?:if |wenn |если )?|; ?(?:if |wenn |если )?")
_LIST = re.compile(r"^(?:the |die )?(?:nurture[ -]list|nurture|förderliste|nurture-liste)$", _ANY)
_FALLING = {
    *("shrinks", "falls", "drops", "declines", "fällt", "sinkt"),
    *("падает", "упадет", "упадёт", "сократится"),
}
_FORMS = (
    "“if NAME leaves”, “if NAME grows by 20 %” (or falls), "
    "“if we move two days a week to the nurture list” (or to NAME)"
)


@dataclass(frozen=True)
class Supposed:
    """What a sentence supposes; `asked` are its words without the “if”.

    `receivers` is None for the nurture list, and `days` where none are moved.
    """

    asked: str
    changes: tuple[Change, ...] = ()
    days: Decimal | None = None
    receivers: tuple[str, ...] | None = None


def supposes(sentence: str) -> bool:
    """Whether a sentence asks what if, in words that say so."""
    return _OPENS.match(" ".join(sentence.split())) is not None


def suppose(sentence: str, find: Callable[[str], tuple[str, str]]) -> Supposed:
    """Read a what-if. `find` turns a customer's name into the account's id and name.

    Raises:
        BadInput: no rule reads the sentence, or it moves more days than a week has.
    """
    changes: list[Change] = []
    days: Decimal | None = None
    receivers: tuple[str, ...] | None = None
    for part in _parts(sentence):
        if moved := _first(_DAYS, part):
            days = (days or Decimal(0)) + _number(moved["much"])
            if not _LIST.match(moved["who"]):
                receivers = (*(receivers or ()), find(moved["who"])[0])
        else:
            changes.append(_change(part, find))
    if days is not None and not 0 < days <= WEEK:
        raise BadInput(f"A week has {WEEK} working days: move more than none and at most {WEEK}.")
    return Supposed(_plain(sentence), tuple(changes), days, receivers)


def _change(part: str, find: Callable[[str], tuple[str, str]]) -> Change:
    if gone := _first(_LEAVES, part):
        return Leaves(*find(gone["who"]))
    if changed := _first(_CHANGES, part):
        percent = Decimal(changed["much"].replace(",", "."))
        down = changed["how"].casefold() in _FALLING
        return Grows(*find(changed["who"]), -percent if down else percent)
    raise BadInput(f"“{part}” is no what-if that can be computed. Say {_FORMS}.")


def _parts(sentence: str) -> list[str]:
    """The suppositions of a sentence: “A & B” and “Calder and Finch leaves” stay whole."""
    pieces = _JOINED.split(_plain(sentence))
    found: list[str] = []
    pending = ""
    for piece in pieces:
        whole = f"{pending} and {piece}" if pending else piece
        if any(_first(rules, whole) for rules in (_LEAVES, _CHANGES, _DAYS)):
            found.append(whole)
            pending = ""
        else:
            pending = whole
    return [*found, pending] if pending or not found else found


def _plain(sentence: str) -> str:
    text = _OPENS.sub("", " ".join(sentence.strip().rstrip("?.!").split()))
    return re.sub(r"^(?:what )?(?:if|wenn|was,? wenn|если)\b[, ]*", "", text, flags=_ANY)


def _first(rules: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((match for rule in rules if (match := rule.match(text))), None)


def _number(words: str) -> Decimal:
    word = words.casefold().strip()
    if word in _NUMBERS:
        return Decimal(str(_NUMBERS[word]))
    plain = word.replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        raise BadInput(f"“{words}” is no number of days. Say {_FORMS}.")
    return Decimal(plain)
