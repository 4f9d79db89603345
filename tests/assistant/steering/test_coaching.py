"""Coaching is about plans: a rep sees every word that is shown about them, in no ranking."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from assistant.desk import Desk
from assistant.insight.plan_quality import plan_quality
from assistant.steering.coaching import ARTICLES, Coaching, coaching
from knowledge.playbook import read_playbook
from knowledge.records import Viewer

DAY = date(2026, 9, 30)
CLAIRE = "claire.okafor@varnholt.example"


def test_a_rep_sees_exactly_what_the_manager_sees_about_them(sample_desk: Desk) -> None:
    office = sample_desk.office
    shown = coaching(office, sample_desk.viewer(CLAIRE), DAY)
    assert len(shown) > 2
    for one in shown:
        if one.name != "Claire Okafor":
            assert coaching(office, sample_desk.viewer(one.name), DAY) == [one]


def test_people_stand_in_the_order_of_their_names_and_have_no_score(sample_desk: Desk) -> None:
    shown = coaching(sample_desk.office, Viewer.operator(), DAY)
    assert [one.name for one in shown] == sorted(one.name for one in shown)
    assert {field.name for field in fields(Coaching)} == {
        *("user_id", "name", "accounts", "thin", "articles")
    }


def test_a_thin_part_names_the_accounts_and_an_article_that_helps(sample_desk: Desk) -> None:
    office = sample_desk.office
    daniel = sample_desk.viewer("daniel.reyes@varnholt.example")
    (mine,) = coaching(office, daniel, DAY)
    for part in mine.thin:
        for name in part.accounts:
            found = office.ledger.find_account(daniel, name)
            file = office.ledger.account_file(daniel, found.id, DAY)
            assert part.element in plan_quality(file, office.rules).values["blank"]
    helped = {element for article in mine.articles for element in article.elements}
    assert helped == {part.element for part in mine.thin}


def test_every_element_of_a_plan_has_an_article_in_the_playbook(sample_desk: Desk) -> None:
    office = sample_desk.office
    operator = Viewer.operator()
    first = office.ledger.accounts(operator)[0]
    file = office.ledger.account_file(operator, first.id, DAY)
    elements = plan_quality(file, office.rules).values["elements"]
    assert {one.name for one in elements} == set(ARTICLES)
    assert set(ARTICLES.values()) <= {one.slug for one in read_playbook().values()}


def test_an_outsider_is_shown_nobody(sample_desk: Desk) -> None:
    assert coaching(sample_desk.office, Viewer.outsider(), DAY) == []
