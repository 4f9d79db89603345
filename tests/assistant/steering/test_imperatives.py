"""The organisation looks at itself: scored by those who lead, with evidence, over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.errors import NotAllowed
from assistant.steering.imperatives import IMPERATIVES, SelfCheck
from knowledge.errors import BadInput
from knowledge.playbook import read_playbook
from knowledge.records import Viewer
from tests.assistant.steering.workplaces import DAY, NOW, small_company


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = small_company(tmp_path)
    yield desk
    desk.close()


def test_a_manager_scores_with_evidence_and_sees_the_trend(desk: Desk) -> None:
    mara, check = desk.viewer("mara@varn.example"), SelfCheck(desk.office)
    check.answer(mara, "involvement", 1, "Sales was not asked.", on=date(2026, 3, 31), now=NOW)
    check.answer(mara, "involvement", 3, "A slip of the hand.", on=DAY, now=NOW)
    line = check.answer(mara, "involvement", 2, "We sat in on the plan.", on=DAY, now=NOW)
    assert [(one.on, one.score) for one in line.answers] == [(date(2026, 3, 31), 1), (DAY, 2)]
    assert line.change == 1
    assert line.latest is not None
    assert line.latest.evidence == "We sat in on the plan."
    first, *others = check.lines(desk.viewer("piet@varn.example"))
    assert first == line
    assert all(one.latest is None and one.change is None for one in others)


def test_a_score_needs_evidence_a_known_imperative_and_somebody_who_leads(desk: Desk) -> None:
    mara, check = desk.viewer("mara@varn.example"), SelfCheck(desk.office)
    with pytest.raises(BadInput, match="rests on"):
        check.answer(mara, "integrity", 2, "  ", on=DAY, now=NOW)
    with pytest.raises(BadInput, match="0 "):
        check.answer(mara, "integrity", 4, "We said no.", on=DAY, now=NOW)
    with pytest.raises(BadInput, match="ingenuity"):
        check.answer(mara, "ingenuity", 2, "We said no.", on=DAY, now=NOW)
    with pytest.raises(NotAllowed):
        check.answer(
            desk.viewer("piet@varn.example"), "integrity", 2, "We said no.", on=DAY, now=NOW
        )
    assert check.lines(Viewer.outsider()) == []


def test_the_playbook_has_an_article_on_every_imperative() -> None:
    articles = {one.slug: one for one in read_playbook().values()}
    assert {articles[name].kind for name in IMPERATIVES} == {"imperative"}
    assert {one.slug for one in articles.values() if one.kind == "imperative"} == set(IMPERATIVES)
