"""Sentences with their exact places: a full stop after “10.”, “Dr.” or “z. B.” ends none."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(r"[^\n.!?;]+(?:[.!?;](?![\"”“»']?(?:\s|$))[^\n.!?;]*)*[.!?;]?[\"”“»']?")
_LABEL = re.compile(r"[^\W\d_][\w /-]{1,30}: ")
_FULL_LINE = 60  # characters from which a line was broken because it was full
#: A single letter, or what is cut short by custom.
_SHORT = re.compile(
    r"(?<![\w])(?:[^\W\d_]|dr|prof|mr|mrs|ms|ing|dipl|fr|hr|nr|abs|ca|vgl|bzw|evtl|ggf|inkl|zzgl"
    r"|str|mio|mrd|tsd|vs|approx|incl|гг|руб|млн|млрд|тыс|стр)\.$",
    re.IGNORECASE,
)
#: “am 10.” and “bis zum 4.” are days, whatever follows; so is “10.” before a month.
_DAY = re.compile(
    r"(?<!\w)(?:am|vom|zum|bis|dem|den|der|des|das|die|im|ab|seit|beim|und|oder|nach|vor|zur)"
    r"\s\d{1,2}\.$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\.$")
_CALENDAR = re.compile(
    r"(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|quartal|halbjahr|kalenderwoche)",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence of a text; a line's end ends one, unless it was full."""
    begun: tuple[int, int] | None = None
    for match in _PIECE.finditer(text):
        start, end = _trimmed(match)
        if start == end:
            continue
        if begun is not None:
            if _goes_on(text[slice(*begun)], text[begun[1] : start], text[start:end]):
                begun = (begun[0], end)
                continue
            yield begun
        begun = (start, end)
    if begun is not None:
        yield begun


def _goes_on(said: str, between: str, following: str) -> bool:
    """Whether a full stop was none of a sentence's end."""
    if "\n" in between:
        if _LABEL.match(following):
            return False
        full = len(said.rpartition("\n")[2]) > _FULL_LINE or following[0].islower()
        return between.count("\n") == 1 and full and said[-1] not in '.!?;:"”“»'
    if not said.endswith("."):
        return False
    if _SHORT.search(said) or _DAY.search(said) or following[0].islower():
        return True
    return bool(_ORDINAL.search(said) and _CALENDAR.match(following))


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    words = match[0]
    start = match.start() + len(words) - len(words.lstrip())
    return start, start + len(words.strip())
