"""What an account's team asks of others in the house: on record, in the plan, answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.errors import AlreadyDecided
from assistant.steering.asks import Asks
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer
from tests.assistant.steering.workplaces import DAY, NOW, small_company


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = small_company(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def asks(desk: Desk) -> Asks:
    return Asks(desk.office)


@pytest.fixture
def piet(desk: Desk) -> Viewer:
    return desk.viewer("piet@varn.example")


def test_an_ask_of_marketing_stands_in_the_plan_until_it_is_answered(
    desk: Desk, asks: Asks, piet: Viewer
) -> None:
    assert desk.plan(piet, "Northmoor", DAY).section("marketing") is None
    ask = asks.make(
        piet,
        "Northmoor",
        "A case study on chiller skids in dairies",
        target="marketing",
        owner="Vera Holt",
        due_on=date(2026, 9, 15),
        on=date(2026, 8, 31),
        now=NOW,
    )
    for language, words in (("en", "Asked of marketing"), ("de", "das Marketing"), ("ru", "марке")):
        section = desk.plan(piet, "Northmoor", DAY, language).section("marketing")
        assert section is not None
        (claim,) = section.claims
        assert words in claim.text
        assert "A case study on chiller skids in dairies" in claim.text
        assert claim.verdict == "supported"
        assert ask.ref in {evidence.ref.partition("#")[0] for evidence in claim.evidence}
    (line,) = asks.lines(piet, DAY)
    assert (line.account, line.age, line.overdue) == ("Northmoor Dairies", 30, 15)
    asks.close(piet, line.id, "done", answer="It is on the site.", on=DAY, now=NOW)
    assert asks.lines(piet, DAY) == []
    assert desk.plan(piet, "Northmoor", DAY).section("marketing") is None


@pytest.mark.parametrize("target", ["marketing", "service", "product", "management"])
@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_an_ask_reads_well_whoever_is_asked(
    desk: Desk, asks: Asks, piet: Viewer, target: str, language: str
) -> None:
    asks.make(piet, "Northmoor", "A trial unit", target=target, on=DAY, now=NOW)  # type: ignore[arg-type]
    later = DAY + timedelta(days=30)
    asks.make(piet, "Northmoor", "A test rig", target=target, due_on=later, on=DAY, now=NOW)  # type: ignore[arg-type]
    section = desk.plan(piet, "Northmoor", DAY, language).section("marketing")
    assert section is not None
    assert [claim.verdict for claim in section.claims] == ["supported", "supported"]
    assert "test rig" in section.claims[0].text


def test_an_ask_is_made_once_and_closed_once(desk: Desk, asks: Asks, piet: Viewer) -> None:
    made = [
        asks.make(piet, "Northmoor", "A trial unit", target="service", on=DAY, now=NOW)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    with pytest.raises(BadInput, match="why"):
        asks.close(piet, made[0].id, "declined", on=DAY, now=NOW)
    asks.close(piet, made[0].id, "declined", answer="None left.", on=DAY, now=NOW)
    with pytest.raises(AlreadyDecided, match="Piet Olsen"):
        asks.close(piet, made[0].id, "done", on=DAY, now=NOW)
    (line,) = asks.lines(piet, DAY, status=None)
    assert (line.status, line.answer) == ("declined", "None left.")
    assert asks.lines(desk.viewer("rena@varn.example"), DAY, status=None) == []


def test_a_stranger_neither_asks_nor_answers(desk: Desk, asks: Asks, piet: Viewer) -> None:
    rena = desk.viewer("rena@varn.example")
    with pytest.raises(NotFound):
        asks.make(rena, "Northmoor", "A trial unit", target="service", on=DAY, now=NOW)
    ask = asks.make(piet, "Northmoor", "A trial unit", target="service", on=DAY, now=NOW)
    with pytest.raises(NotFound):
        asks.close(rena, ask.id, "done", on=DAY, now=NOW)
    with pytest.raises(BadInput, match="catering"):
        asks.make(piet, "Northmoor", "Lunch", target="catering", on=DAY, now=NOW)  # type: ignore[arg-type]
