"""What a review refuses to say: changes of a day to come, and an agreement nobody recorded."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.desk import Desk
from knowledge.errors import BadInput
from knowledge.records import Viewer

EVERYBODY = Viewer.operator()


def test_a_review_since_a_day_to_come_is_refused(sample_desk: Desk) -> None:
    with pytest.raises(BadInput, match="2027-01-01 is after 2026-09-30"):
        sample_desk.review(EVERYBODY, "Corvane Chemicals", date(2026, 9, 30), date(2027, 1, 1))


def test_what_any_rep_may_grant_is_no_news_to_a_review(sample_desk: Desk) -> None:
    day = sample_desk.day(None)
    for draft in (
        sample_desk.review(EVERYBODY, "Corvane Chemicals", day),
        sample_desk.plan(EVERYBODY, "Corvane Chemicals", day),
    ):
        assert not any("is inside what" in claim.text for claim in draft.claims())
        assert any("the last day for notice is 30 September" in c.text for c in draft.claims())


def test_reasons_that_share_no_theme_are_told_side_by_side(sample_desk: Desk) -> None:
    plan = sample_desk.plan(EVERYBODY, "Borealis Dairy Group", sample_desk.day(None))
    lost = [claim.text for claim in plan.claims() if "Sealwright bought the business" in claim.text]
    assert lost
    assert all("We had written:" in text for text in lost)
    assert not any("We agree" in text for text in lost)


def test_nobody_is_said_to_be_met_who_only_wrote(sample_desk: Desk) -> None:
    plan = sample_desk.plan(EVERYBODY, "Borealis Dairy Group", sample_desk.day(None))
    people = plan.section("stakeholders")
    assert people is not None
    (katrin,) = [c.text for c in people.claims if c.text.startswith("Katrin Vestergaard")]
    assert "last in touch on 25 August 2026, with" in katrin
