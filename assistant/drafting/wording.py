"""How a language writes figures, days and lists: amounts short enough to read, never invented.

Babel knows the conventions. Amounts from a million on are told in millions with two decimals,
which the check against the sources accepts as rounding and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

_MILLION = Decimal(1_000_000)
_CENTS_BELOW = 1_000
_MILLIONS = {"de": "{}\u00a0Mio.\u00a0{}", "ru": "{}\u00a0млн\u00a0{}"}
_NO_BREAK = "\u00a0"


def inline(words: str) -> str:
    """A record's words on one line; the sentence around them brings the full stop."""
    return " ".join(words.split()).rstrip(".")


def introduced(name: str, title: str | None) -> str:
    """Somebody by name, with the title where one is known."""
    return f"{name}, {title}" if title else name


@dataclass(frozen=True)
class Wording:
    """The conventions of one language (`en`, `de`, `ru`)."""

    language: str

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse("en_GB" if self.language == "en" else self.language)

    def money(self, amount: Decimal, currency: str) -> str:
        """`€2.41 million`, `€148,200`; cents only where there are some below 1,000."""
        if abs(amount) >= _MILLION:
            return self._millions(amount / _MILLION, currency)
        return self.in_full(amount, currency)

    def in_full(self, amount: Decimal, currency: str) -> str:
        """`€2,096,589`, to the unit; cents only where there are some below 1,000."""
        places = 2 if abs(amount) < _CENTS_BELOW and amount != amount.to_integral_value() else 0
        pattern = self._locale.currency_formats["standard"].pattern
        positive = pattern.split(";")[0].replace(".00", ".00" if places else "")
        return format_currency(
            amount, currency, positive, locale=self._locale, currency_digits=False
        )

    def number(self, value: Decimal | int) -> str:
        """A plain number with the language's separators, at most two decimals."""
        return format_decimal(value, "#,##0.##", locale=self._locale)

    def percent(self, value: Decimal | int) -> str:
        """`23 %`, `4.5 %`: whole per cent are written whole."""
        return f"{format_decimal(value, '#,##0.#', locale=self._locale)}{_NO_BREAK}%"

    def days(self, count: Decimal | int) -> str:
        """A duration: `1 day`, `19 days`, `19 Tage`, `19 дней`."""
        return self._duration(count, "duration-day")

    def months(self, count: Decimal | int) -> str:
        """A duration: `1 month`, `24 months`, `24 Monate`, `24 месяца`."""
        return self._duration(count, "duration-month")

    def day(self, when: date) -> str:
        """A day in full: `3 March 2026`, `3. März 2026`, `3 марта 2026 г.`."""
        return format_date(when, "long" if self.language != "en" else "d MMMM y", self._locale)

    def names(self, names: Iterable[str]) -> str:
        """`A, B and C`."""
        listed = list(names)
        return format_list(listed, locale=self._locale) if listed else ""

    def _duration(self, count: Decimal | int, unit: str) -> str:
        # Babel takes the plural from the digits it is given: 90.00 is not 90 to it.
        return format_unit(round(count), unit, locale=self._locale, format="#,##0")

    def _millions(self, value: Decimal, currency: str) -> str:
        figure = format_decimal(value, "#,##0.##", locale=self._locale)
        sign = format_currency(1, currency, "¤", locale=self._locale).strip()
        if self.language == "en":
            return f"{sign}{'' if len(sign) == 1 else _NO_BREAK}{figure}{_NO_BREAK}million"
        return _MILLIONS[self.language].format(figure, sign)
