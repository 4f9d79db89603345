"""Lists for a spreadsheet: whole, and never executed."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import liaison
from assistant.cli.steering import _LISTS
from assistant.desk import Desk
from assistant.steering.asks import Asks
from assistant.steering.exporting import TABLES, Table, csv_text, inert
from assistant.steering.imperatives import SelfCheck
from knowledge.records import Viewer
from tests.assistant.steering.workplaces import DAY, NOW, small_company

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " \"=cmd|' /C calc'!A0\"",
    "'=1+1",
    "“=1+1”",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u200b=1",
    "\ufeff=1",
    "\xa0=1",
    "\u202e=1",
    "−1",
    "–cmd",
    "%0A=1",
    "|calc",
    ";=1"[1:],
]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_known_trick_reaches_the_spreadsheet_as_a_formula(words: str) -> None:
    assert inert(words) == f"'{words}"


@pytest.mark.parametrize("words", ["Send the drawing", "5 % off", "Müller & Söhne", "", "«Да»"])
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    assert inert(words) == words


def runs(cell: str) -> bool:
    """What a spreadsheet could take for a formula, thought of independently: strip, then look."""
    plain = unicodedata.normalize("NFKC", cell)
    shown = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Cc"})
    return shown.strip().lstrip("\"'`").strip()[:1] in set("=+-@") or cell[:1] in set("\t\r\n")


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=4))
def test_whatever_is_written_comes_back_whole_and_inert(rows: list[list[str]]) -> None:
    table = Table(("one", "two"), tuple(tuple(row) for row in rows))
    back = cells(csv_text(table))
    assert back[0] == ["one", "two"]
    for row, read in zip(rows, back[1:], strict=True):
        for words, cell in zip(row, read, strict=True):
            assert cell.removeprefix("'") == words.removeprefix("'") or cell == f"'{words}"
            assert cell.startswith("'") or not runs(cell)


@given(
    prefix=st.text(st.sampled_from(" \t\r\n\"'\u200b\ufeff\xa0"), max_size=4),
    sign=st.sampled_from("=+-@＝＋－＠"),
    rest=st.text(max_size=8),
)
def test_nothing_in_front_of_a_sign_disarms_the_guard(prefix: str, sign: str, rest: str) -> None:
    assert inert(prefix + sign + rest).startswith("'")
    assert inert(prefix + sign + rest)[1:] == prefix + sign + rest


def test_figures_and_days_stay_figures_and_days() -> None:
    table = Table(("a", "b", "c", "d"), ((-5, Decimal("-1.50"), date(2026, 9, 30), None),))
    assert cells(csv_text(table))[1] == ["-5", "-1.50", "2026-09-30", ""]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = small_company(tmp_path)
    yield desk
    desk.close()


def test_every_list_can_be_written_by_whoever_may_see_it(desk: Desk) -> None:
    piet, mara = desk.viewer("piet@varn.example"), desk.viewer("mara@varn.example")
    Asks(desk.office).make(piet, "Northmoor", "=HYPERLINK(A1)", target="marketing", on=DAY, now=NOW)
    SelfCheck(desk.office).answer(mara, "integrity", 2, "+ we said no", on=DAY, now=NOW)
    written = {name: cells(csv_text(make(desk.office, mara, DAY))) for name, make in TABLES.items()}
    assert written["asks"][1][:3] == ["Northmoor Dairies", "marketing", "'=HYPERLINK(A1)"]
    assert written["imperatives"][1][4] == "'+ we said no"
    assert [row[0] for row in written["team"][1:]] == ["Northmoor Dairies", "Southgate Paper"]
    assert [row[7] for row in written["team"][1:]] == ["1", "0"]
    assert len({len(row) for rows in written.values() for row in rows}) == len(
        {len(rows[0]) for rows in written.values()}
    )
    rena = desk.viewer("rena@varn.example")
    assert cells(csv_text(TABLES["asks"](desk.office, rena, DAY)))[1:] == []
    assert cells(csv_text(TABLES["team"](desk.office, Viewer.outsider(), DAY)))[1:] == []


def test_the_command_writes_the_file(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "team.csv"
    home = str(desk.settings.home)
    told = CliRunner().invoke(
        liaison, ["export", "team", "--out", str(out), "--home", home, "--json"]
    )
    assert told.exit_code == 0, told.output
    assert json.loads(told.output) == {"list": "team", "rows": 2, "file": str(out)}
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert set(_LISTS) == set(TABLES)
