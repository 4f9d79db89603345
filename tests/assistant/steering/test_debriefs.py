"""Closed deals are told about, and what they teach reaches the next one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk import Desk
from assistant.insight.intervals import wilson
from assistant.insight.lessons import Lesson, Pattern, attached_to, drawn_from
from assistant.insight.win_loss import closed_deals
from assistant.steering.debriefs import QUESTIONS, Debrief, Debriefs, key_of, questions, shares
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer
from tests.assistant.steering.workplaces import DAY, NOW, sample_copy, small_company


@pytest.fixture
def desk(sample_desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = sample_copy(sample_desk, tmp_path / "home")
    yield desk
    desk.close()


@pytest.fixture
def debriefs(desk: Desk) -> Debriefs:
    return Debriefs(desk.office)


@pytest.fixture
def varn(tmp_path: Path) -> Iterator[Desk]:
    desk = small_company(tmp_path)
    yield desk
    desk.close()


def test_a_rep_owes_their_own_debriefs_and_the_manager_sees_the_teams(varn: Desk) -> None:
    debriefs = Debriefs(varn.office)
    team = debriefs.owed(varn.viewer("mara@varn.example"), DAY)
    assert [(one.deal, one.owner, one.status, one.days) for one in team] == [
        ("Pulp pump", "Rena Falk", "won", 15),
        ("Spare seals", "Piet Olsen", "lost", 46),
    ]
    assert debriefs.owed(varn.viewer("piet@varn.example"), DAY) == team[1:]
    assert debriefs.owed(varn.viewer("rena@varn.example"), DAY) == team[:1]
    assert debriefs.owed(Viewer.outsider(), DAY) == []


def test_the_sample_company_owes_none(debriefs: Debriefs) -> None:
    assert debriefs.owed(Viewer.operator(), DAY) == []


def test_a_debrief_settles_what_was_owed_and_can_be_cited(varn: Desk) -> None:
    debriefs, piet = Debriefs(varn.office), varn.viewer("piet@varn.example")
    (owed,) = debriefs.owed(piet, DAY)
    assert list(questions(owed)) == list(QUESTIONS)
    half = Debrief(None, None, "Price", None)
    debriefs.hold(piet, owed.deal_id, half, on=DAY, now=NOW)
    (owed,) = debriefs.owed(piet, DAY)
    assert owed.missing == ("buyer",)
    assert list(questions(owed)) == [*QUESTIONS[:2], QUESTIONS[3]]
    told = Debrief("The binder came four weeks late", "Ana Silva", None, "Send the binder first.")
    kept = debriefs.hold(piet, owed.deal_id, told, on=DAY, now=NOW)
    assert debriefs.owed(piet, DAY) == []
    file = varn.office.ledger.account_file(piet, owed.account_id, DAY)
    deal = next(one for one in file.opportunities if one.id == owed.deal_id)
    assert (deal.reason_buyer_said_by, deal.reason_rep) == ("Ana Silva", "Price")
    assert deal.ref == kept[0].ref
    texts = [varn.office.ledger.source_text(piet, one.ref)[1].text for one in kept]
    assert "binder came four weeks late" in texts[0]
    assert "Send the binder first." in texts[1]


def test_a_debrief_of_somebody_elses_deal_is_refused(desk: Desk, debriefs: Debriefs) -> None:
    told = Debrief("Too late", "Ana Silva", None, None)
    with pytest.raises(NotFound):
        debriefs.hold(Viewer.outsider(), "0065g0000000001AAA", told, on=DAY, now=NOW)
    with pytest.raises(BadInput, match="who"):
        debriefs.hold(
            desk.viewer("ingrid.solheim@varnholt.example"),
            "0065g0000000001AAA",
            Debrief("Too late", None, None, None),
            on=DAY,
            now=NOW,
        )


def test_a_lesson_reaches_an_open_deal_with_its_count_and_is_acted_on(
    desk: Desk, debriefs: Debriefs
) -> None:
    ingrid = desk.viewer("ingrid.solheim@varnholt.example")
    for account in desk.office.ledger.accounts(ingrid):
        lessons = debriefs.lessons(ingrid, account.id, DAY)
        if lessons:
            break
    lesson = lessons[0]
    assert lesson.acted is None
    assert len(lesson.on) > 1
    assert len(lesson.refs) == lesson.n
    with pytest.raises(BadInput, match="why"):
        debriefs.tell(ingrid, account.id, lesson.key, acted=False, why=" ", on=DAY)
    debriefs.tell(ingrid, account.id, lesson.key, acted=False, why="Another plant.", on=DAY)
    debriefs.tell(ingrid, account.id, lesson.key, acted=True, why=None, on=DAY)
    told = debriefs.lessons(ingrid, account.id, DAY)[0].acted
    assert told is not None
    assert (told.acted, told.told_by) == (True, ingrid.name)
    with pytest.raises(BadInput, match="lesson"):
        debriefs.tell(ingrid, account.id, "nothing", acted=True, why=None, on=DAY)


def test_lessons_are_those_that_the_whole_files_teach(desk: Desk, debriefs: Debriefs) -> None:
    ledger = desk.office.ledger
    claire = desk.viewer("claire.okafor@varnholt.example")
    files = [ledger.account_file(claire, one.id, DAY) for one in ledger.accounts(claire)]
    drawn = drawn_from(deal for file in files for deal in closed_deals(file))
    for file in files:
        expected = [
            (key_of(one.lesson), one.deal_ref, len(one.lesson.deals), one.on)
            for one in attached_to(file, drawn)
        ]
        found = debriefs.lessons(claire, file.account.id, DAY)
        assert [(one.key, one.deal_ref, one.n, one.on) for one in found] == expected


def test_a_lesson_of_few_deals_has_counts_and_no_percentages(
    desk: Desk, debriefs: Debriefs
) -> None:
    ingrid = desk.viewer("ingrid.solheim@varnholt.example")
    least = desk.office.rules.lessons_minimum
    for account in desk.office.ledger.accounts(ingrid)[:8]:
        for line in debriefs.lessons(ingrid, account.id, DAY):
            assert all((share.interval is None) == (line.n < least) for share in line.shares)


def test_four_deals_give_counts_and_five_give_an_interval(sample_desk: Desk) -> None:
    office = sample_desk.office
    ingrid = sample_desk.viewer("ingrid.solheim@varnholt.example")
    deals = tuple(
        deal
        for account in office.ledger.accounts(ingrid)
        for deal in closed_deals(office.ledger.account_file(ingrid, account.id, DAY))
    )[:5]
    assert len(deals) == 5
    for n, interval in ((4, None), (5, (Decimal(23), Decimal(88)))):
        lesson = Lesson(Pattern("Seals", None, None), "lost", deals[:n], (("price", 3),), ())
        (share,) = shares(lesson, 5)
        assert (share.k, share.n, share.interval) == (3, n, interval)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),  # as published tables of the score interval have them
    [(0, 10, 0, 28), (10, 10, 72, 100), (5, 10, 24, 76), (3, 5, 23, 88), (15, 148, 6, 16)],
)
def test_the_interval_is_wilsons(k: int, n: int, low: int, high: int) -> None:
    assert [int(bound) for bound in wilson(k, n)] == [low, high]


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_never_leaves_nought_to_a_hundred(
    case: tuple[int, int],
) -> None:
    k, n = case
    low, high = wilson(k, n)
    assert 0 <= low <= high <= 100
    assert low - 1 <= Decimal(k) / n * 100 <= high + 1
    assert (low, high) == (100 - wilson(n - k, n)[1], 100 - wilson(n - k, n)[0]) or n < 500


def test_no_deals_are_no_share() -> None:
    with pytest.raises(ValueError, match="0 of 0"):
        wilson(0, 0)
