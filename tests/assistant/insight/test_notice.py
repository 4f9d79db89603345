"""The last day for notice: read from a contract's own terms, never assumed."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.insight.notice import notice_of
from assistant.insight.priorities import priorities
from assistant.insight.study import study
from assistant.thresholds import Thresholds
from knowledge.records.tables import Contract
from tests.assistant.insight.builders import account, file, row, user


def frame(terms: str | None, ends_on: date = date(2027, 3, 31)) -> Contract:
    return row(Contract, "c", name="Frame", ends_on=ends_on, terms=terms, account_id="acme")


@pytest.mark.parametrize(
    ("terms", "last"),
    [
        ("Reconditioning and stock; six months notice.", date(2026, 9, 30)),
        ("Notice period: 3 months.", date(2026, 12, 31)),
        ("30-day notice", date(2027, 3, 1)),
        ("Kündigungsfrist von drei Monaten", date(2026, 12, 31)),
        ("Уведомление не менее чем за 30 дней", date(2027, 3, 1)),
        ("Price changes at three months' notice.", None),
        ("Zahlung binnen einer Frist von 30 Tagen", None),
        ("Six visits a year; call-out at cost.", None),
        (None, None),
    ],
)
def test_the_last_day_for_notice_is_read_from_the_terms(
    terms: str | None, last: date | None
) -> None:
    contract = frame(terms)
    found = notice_of(file(account(), contract), contract)
    assert (found.last_day if found else None) == last


def test_a_day_for_notice_is_told_in_time_though_the_contract_runs_for_half_a_year() -> None:
    marcus = user("marcus", name="Marcus Bell")
    near = file(account(owner_id="marcus"), marcus, frame("six months notice"))
    (first, *_) = priorities(study(near, None, Thresholds()))
    assert (first.kind, first.owner, first.by) == (
        "decide_renewal",
        "Marcus Bell",
        date(2026, 9, 30),
    )
    far = file(account(), frame("one month notice", date(2027, 9, 30)))
    kinds = {one.kind for one in priorities(study(far, None, Thresholds()))}
    assert not kinds & {"decide_renewal", "prepare_renewal"}
