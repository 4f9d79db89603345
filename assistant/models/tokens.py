"""How many tokens a text is about, without a tokenizer that would have to be downloaded."""

from __future__ import annotations

import math

#: Characters a token carries at least, measured generously: a text is rather called too long
#: than sent and refused. English has about 4, German 3.5, Russian 2.5, Chinese and Japanese 1.
_PLAIN, _ALPHABETIC, _IDEOGRAPHIC = 3.2, 1.8, 0.8
_FIRST_IDEOGRAPH = 0x2E80


def estimate_tokens(text: str) -> int:
    """About how many tokens a text is, rather too many than too few."""
    plain = sum(char.isascii() for char in text)
    ideographic = sum(ord(char) >= _FIRST_IDEOGRAPH for char in text)
    other = len(text) - plain - ideographic
    return math.ceil(plain / _PLAIN + other / _ALPHABETIC + ideographic / _IDEOGRAPHIC)
