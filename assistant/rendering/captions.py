"""The words around a draft's sentences and inside its charts, one TOML file a language.

A key is `table.name`. Every language has the same keys with the same placeholders (a test sees to
it). A language that has no file is captioned in English: the sentences are what counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent / "captions"
_TERRITORY = {"en": "en_GB", "de": "de_DE", "ru": "ru_RU"}


@dataclass(frozen=True)
class Captions:
    """The captions of one language, and how it writes figures and days."""

    language: str
    texts: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """A caption with its placeholders filled; a missing key or value raises `KeyError`."""
        return self.texts[key].format(**values)

    def counted(self, key: str, count: int, **values: object) -> str:
        """A counted phrase in the form its number wants; two to four are written as words."""
        form = self._locale.plural_form(count)
        told = self.texts.get(f"number.{count}", str(count))
        return self.text(f"{key}_{form}", count=told, **values)

    def number(self, value: Decimal | int, places: int = 0) -> str:
        """A figure with exactly so many decimals."""
        pattern = "#,##0." + "0" * places if places else "#,##0"
        return format_decimal(value, pattern, locale=self._locale)

    def percent(self, value: Decimal | int) -> str:
        """`23 %`, `4.5 %`: at most one decimal."""
        return f"{format_decimal(value, '#,##0.#', locale=self._locale)} %"

    def change(self, value: Decimal) -> str:
        """A change with its sign in front: `−24.3 %`."""
        sign = "−" if value < 0 else "+"
        return sign + self.percent(abs(value))

    def day(self, when: date) -> str:
        """A day in full."""
        return format_date(when, "long" if self.language != "en" else "d MMMM y", self._locale)

    def short_day(self, when: date) -> str:
        """A day without its year."""
        return format_date(when, "d MMM", self._locale)

    def quarter(self, number: int) -> str:
        """What a calendar quarter is called where there is little room."""
        return str(self._locale.quarters["stand-alone"]["abbreviated"][number])

    def names(self, names: Iterable[str]) -> str:
        """`A, B and C`."""
        listed = list(names)
        return format_list(listed, locale=self._locale) if listed else ""

    @property
    def tag(self) -> str:
        """The language as documents declare it, such as `en-GB`."""
        return str(self._locale).replace("_", "-")

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(_TERRITORY[self.language])


@lru_cache
def captions(language: str) -> Captions:
    """The captions of a language, or the English ones."""
    known = language if language in _TERRITORY else "en"
    tables = tomllib.loads((FOLDER / f"{known}.toml").read_text(encoding="utf-8"))
    return Captions(
        known,
        {f"{table}.{name}": text for table, rows in tables.items() for name, text in rows.items()},
    )
