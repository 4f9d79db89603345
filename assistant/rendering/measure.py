"""How much room words take, measured in DejaVu Sans.

It is wider than the fonts of office programs, so what fits here fits there. Lengths are points.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

_EM = 100
#: Ems of room for a letter that only another font has; a Chinese one is as wide as high.
_UNKNOWN = 1.2
_ELLIPSIS = "…"
_BOX = "□"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide one line of text is at a font size."""
    return sum(_advance(letter, bold) for letter in text) * size / _EM


def lines(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Text broken into lines that fit a width; a word longer than a line is broken too."""
    found: list[str] = []
    line = ""
    for word in re.split(r"(?<=[ \-/])", text):
        if width((line + word).rstrip(), size, bold=bold) <= room:
            line += word
            continue
        if line:
            found.append(line.rstrip())
        *full, line = _broken(word, room, size, bold=bold)
        found += full
    return [*found, line.rstrip()] if line.strip() or not found else found


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """One line of text, cut with an ellipsis where it would not fit."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + _ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def clamped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """Text broken into at most so many lines; the last is cut where there were more."""
    found = lines(text, room, size, bold=bold)
    if len(found) <= most:
        return found
    return [*found[: most - 1], shortened(" ".join(found[most - 1 :]), room, size, bold=bold)]


def drawable(text: str) -> str:
    """Text with a box for every character that the font lacks: nothing is left out unseen."""
    known = _font(bold=False).get_charmap()
    return "".join(letter if ord(letter) in known else _BOX for letter in text)


def _broken(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and width((piece + letter).rstrip(), size, bold=bold) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:  # noqa: FBT001 - a cache key
    font = _font(bold=bold)
    if not font.get_char_index(ord(letter)):
        return _UNKNOWN * _EM
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536


@cache
def _font(*, bold: bool) -> FT2Font:
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = FT2Font(f"{get_data_path()}/fonts/ttf/{name}")
    font.set_size(_EM, 72)
    return font
