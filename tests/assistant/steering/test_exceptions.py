"""What was granted again and again goes to the pricing committee."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

from assistant.desk import Desk
from assistant.steering.exceptions import exceptions
from knowledge.records import Viewer
from knowledge.sample import SAMPLE

DAY = date(2026, 9, 30)


def test_the_committee_sees_what_a_recount_of_the_export_finds(sample_desk: Desk) -> None:
    with (SAMPLE / "export" / "Approval__c.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Decision__c"] == "approved"]
    recent = [row for row in rows if "2025-09-30" < row["Decided_On__c"] <= "2026-09-30"]
    counted = Counter((row["Account__c"], row["Subject__c"]) for row in recent)
    repeated = sorted(n for n in counted.values() if n > 1)
    found = exceptions(sample_desk.office, Viewer.operator(), DAY)
    assert sorted(one.n for one in found if one.scope == "account") == repeated
    assert repeated, "the sample has an account that was granted a discount twice"
    first = next(one for one in found if one.scope == "account")
    assert len(first.refs) == first.n
    assert first.highest is not None
    assert all(one.n == len(one.refs) for one in found)


def test_a_rep_sees_only_the_exceptions_of_their_accounts(sample_desk: Desk) -> None:
    for who in ("daniel.reyes@varnholt.example", "claire.okafor@varnholt.example"):
        viewer = sample_desk.viewer(who)
        mine = {one.name for one in sample_desk.office.ledger.accounts(viewer)}
        found = exceptions(sample_desk.office, viewer, DAY)
        assert {one.name for one in found if one.scope == "account"} <= mine
    assert exceptions(sample_desk.office, Viewer.outsider(), DAY) == []
