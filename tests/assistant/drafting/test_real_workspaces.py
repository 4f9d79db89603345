"""Plans from exports that were made for other purposes: whole, cited, supported, and right."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.settings import read_settings
from knowledge.records import Viewer

pytestmark = pytest.mark.real_data

OPERATOR = Viewer.operator()
ACCOUNTS = 12
DAYS = {
    "maven": date(2017, 12, 31),
    "scuba": date(2025, 6, 30),
    "workbench": date(2023, 11, 30),
}


@pytest.fixture(scope="module", params=sorted(DAYS))
def real_desk(
    request: pytest.FixtureRequest, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, date, Path]]:
    folder = real_data / "crm" / request.param
    desk = Desk.open(read_settings(tmp_path_factory.mktemp(request.param) / "home"))
    desk.take_in([folder])
    yield desk, DAYS[request.param], folder
    desk.close()


def test_every_account_gets_a_plan_that_holds(real_desk: tuple[Desk, date, Path]) -> None:
    desk, day, folder = real_desk
    lines = sorted(desk.accounts(OPERATOR, day), key=lambda line: (-line.revenue, line.name))
    began = time.perf_counter()
    plans = [desk.plan(OPERATOR, line.id, day) for line in lines[:ACCOUNTS]]
    claims = [claim for plan in plans for claim in plan.claims()]
    stated = [claim for claim in claims if claim.kind in {"fact", "inference"}]
    withheld = [w for plan in plans for w in plan.withheld]
    seconds = (time.perf_counter() - began) / len(plans)
    print(f"\n{folder.name}: {len(claims)} sentences, {seconds:.2f} s a plan")  # noqa: T201
    assert all(claim.evidence and claim.verdict == "supported" for claim in stated)
    assert len(withheld) <= len(claims) * 0.01, withheld
    if folder.name == "maven":
        _assert_revenue(plans, folder)


def _assert_revenue(plans: list[Draft], folder: Path) -> None:
    """Won deals of twelve months, summed apart from the product."""
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["close_date"])
    won = deals[(deals.deal_stage == "Won") & (deals.close_date > "2016-12-31")]
    sums = won.groupby("account").close_value.sum()
    for plan in plans:
        cited = (e for claim in plan.claims() for e in claim.evidence)
        latest = next(e for e in cited if e.ref.startswith("computed:revenue:"))
        assert latest.value == Decimal(int(sums[plan.account_name])), plan.account_name
