"""How sure a share is that rests on few cases: the score interval for a proportion.

Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

_Z = 1.959963984540054  # two-sided 95 %


def wilson(k: int, n: int) -> tuple[Decimal, Decimal]:
    """The 95 % interval of k of n, in whole per cent.

    Raises:
        ValueError: no cases, or more of them than there are.
    """
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share")
    share, spread = k / n, _Z * _Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return _percent(max(middle - half, 0.0)), _percent(min(middle + half, 1.0))


def _percent(share: float) -> Decimal:
    return (Decimal(str(round(share, 9))) * 100).quantize(Decimal(1), ROUND_HALF_UP)
