"""The figures of the drafts against sums done anew, apart from the code under test."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from assistant.claims import Evidence, Finding, Value
from assistant.desk import Desk
from assistant.insight.eighty_twenty import eighty_twenty
from knowledge.records import Viewer
from tests.assistant.drafting.sums import Sums
from tests.assistant.written import Written


@pytest.fixture(scope="module")
def sums() -> Sums:
    return Sums()


def plans(written: list[Written]) -> Iterator[Written]:
    return (one for one in written if one.kind == "account_plan")


def cited(one: Written, beginning: str) -> Evidence | None:
    """The first evidence of a draft's sentences whose reference begins so."""
    found = (e for claim in one.draft.claims() for e in claim.evidence)
    return next((e for e in found if e.ref.startswith(f"computed:{beginning}:")), None)


def told(finding: Finding) -> Mapping[str, Any]:
    """What a finding speaks of."""
    return finding.values  # noqa: PD011 - no data frame


def concluded(one: Written, rule: str) -> Mapping[str, Any]:
    """What a rule's finding about a draft's account speaks of."""
    return told(one.brief.study[rule])


def figure(value: Value) -> float:
    assert isinstance(value, int | Decimal)
    return float(value)


def test_revenue_of_two_years_and_its_change(written: list[Written], sums: Sums) -> None:
    changes = 0
    for one in plans(written):
        key = one.draft.account_id
        latest, before = cited(one, "revenue"), cited(one, "revenue_before")
        assert latest is not None
        assert figure(latest.value) == pytest.approx(sums.latest[key], abs=0.01)
        if before is not None:
            assert figure(before.value) == pytest.approx(sums.before[key], abs=0.01)
        change = concluded(one, "revenue")["change"]
        if change is not None and sums.before[key]:
            expected = (sums.latest[key] / sums.before[key] - 1) * 100
            assert float(change) == pytest.approx(expected, abs=0.051)
            changes += 1
    assert changes > 25


def test_every_customers_share_and_rank(written: list[Written], sums: Sums) -> None:
    order = list(sums.customers.index)
    total = sums.customers.sum()
    for one in plans(written):
        share = cited(one, "share")
        assert share is not None
        customer = sums.group[one.draft.account_id]
        given = {entry.name: entry.value for entry in share.inputs}
        assert figure(share.value) == pytest.approx(
            sums.customers[customer] / total * 100, abs=0.05
        )
        assert figure(given["revenue"]) == pytest.approx(sums.customers[customer], abs=0.02)
        assert given["customers"] == len(order)
        if sums.customers[customer]:
            assert given["rank"] == order.index(customer) + 1


def test_the_core_the_concentration_and_the_dependence(sample_desk: Desk, sums: Sums) -> None:
    day = sample_desk.day(None)
    portfolio = sample_desk.workspace.ledger.portfolio(Viewer.operator(), day)
    found = told(eighty_twenty(portfolio, sample_desk.settings.company.rules))
    shares = sums.customers / sums.customers.sum()
    reached = shares.cumsum()
    assert found["n"] == len(shares)
    assert found["k"] == int((reached < 0.8).sum()) + 1
    assert list(found["core"]) == [sums.names[key] for key in shares.index[: found["k"]]]
    assert float(found["hhi"]) == pytest.approx((shares**2).sum(), abs=0.0006)
    assert float(found["top1"]) == pytest.approx(shares.iloc[0] * 100, abs=0.051)
    assert float(found["top5"]) == pytest.approx(shares.iloc[:5].sum() * 100, abs=0.051)


def test_what_is_overdue(written: list[Written], sums: Sums) -> None:
    promised = sums.overdue("promise") + sums.overdue("action")
    asked = sums.overdue("request")
    for one in plans(written):
        values = concluded(one, "promises")
        assert values["overdue"] == promised[one.draft.account_id], one.draft.account_name
        assert len(values["requests_overdue"]) == asked[one.draft.account_id]
    assert promised.sum() > 3
    assert asked.sum() > 1


def test_when_each_person_was_last_met(written: list[Written], sums: Sums) -> None:
    met = 0
    for one in plans(written):
        for person in concluded(one, "stakeholders")["people"]:
            expected = sums.last_met.get(person.contact_id)
            day = pd.Timestamp(person.last_touch) if person.last_touch else None
            assert day == expected, (one.draft.account_name, person.name)
            met += day is not None
    assert met > 50


def test_won_and_lost(written: list[Written], sums: Sums) -> None:
    won, lost = sums.closed(won=True), sums.closed(won=False)
    for one in plans(written):
        values, key = concluded(one, "win_loss"), one.draft.account_id
        assert (values["won"], values["lost"]) == (won[key], lost[key]), one.draft.account_name
    assert won.sum() > 30


@pytest.mark.parametrize(("end", "column"), [("low", "Low__c"), ("high", "High__c")])
def test_share_of_wallet(written: list[Written], sums: Sums, end: str, column: str) -> None:
    expected = sums.share_of_wallet(column)
    told = 0
    for one in plans(written):
        share = cited(one, f"share_of_wallet:{end}")
        if share is not None:
            assert figure(share.value) == pytest.approx(expected[one.draft.account_id], abs=0.051)
            told += 1
    assert told > 15
