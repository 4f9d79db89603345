"""Runs of words, by which what they wrote is found again where others copied it.

A run is long enough to be somebody's own: thanks and regards are everybody's, and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.records.erasing.marks import folded

_WORD = re.compile(r"\w+")
_RUN, _SHORTEST = 8, 24  # words, characters


def runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Every run of words: where it stands, and how it is compared; copies are wrapped anew."""
    if len(text) < _SHORTEST:
        return
    words = [(match.start(), match.end(), folded(match[0])) for match in _WORD.finditer(text)]
    for first in range(len(words) - _RUN + 1):
        run = words[first : first + _RUN]
        yield run[0][0], run[-1][1], " ".join(word for _, _, word in run)


def own_runs(text: str) -> set[str]:
    """The runs of a text without what it quotes, which is somebody else's."""
    own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
    return {key for _, _, key in runs(own)}
