"""“Nothing is overdue” rests on a count that found none, and on no other."""

from __future__ import annotations

import pytest

from assistant.claims import Claim, Evidence, Input
from assistant.grounding import check
from assistant.insight.evidence import computed
from tests.assistant.grounding.workspace import Account, Shelf

HOUSE = "Nothing we owe is open or overdue; keine Zusage ist überfällig; ничего не просрочено"


@pytest.fixture
def account() -> Account:
    return Account(Shelf(), "borealis", "Borealis Dairy Group")


def count(name: str, *found: str) -> Evidence:
    items = [Input("promise", one, ()) for one in found]
    return computed(
        f"{name}:borealis:2026-09-30",
        title=f"Borealis: {name.replace('_', ' ')}",
        value=len(items),
        unit="promises",
        formula="count(promise)",
        inputs=items,
    )


def stands(account: Account, text: str, *evidence: Evidence) -> bool:
    claim = Claim(text, "inference", evidence)
    (judged,) = check([claim], account.shelf, account="borealis", house=lambda _: HOUSE)
    return judged.verdict == "supported"


@pytest.mark.parametrize(
    "said",
    [
        "Nothing we owe is overdue.",
        "Keine Zusage ist überfällig.",
        "С нашей стороны ничего не просрочено.",
    ],
)
def test_nothing_is_overdue_where_none_was_counted(account: Account, said: str) -> None:
    assert stands(account, said, count("overdue"))


def test_where_one_was_counted_it_is_a_lie(account: Account) -> None:
    assert not stands(account, "Nothing we owe is overdue.", count("overdue", "Energy baseline"))


def test_a_count_of_something_else_says_nothing_of_it(account: Account) -> None:
    assert not stands(account, "Nothing we owe is open.", count("overdue"))
    assert not stands(account, "Nothing we owe is overdue.", count("open_deals"))


def test_a_record_beside_the_count_that_says_otherwise_wins(account: Account) -> None:
    late = account.record("commitment", "7", "status", "overdue", name="Energy baseline")
    assert not stands(account, "Nothing we owe is overdue.", count("overdue"), late)
