"""“Why?”: every rule, every section and every sentence has an answer that stands the check."""

from __future__ import annotations

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.drafting import Brief, TeamBrief, portfolio_review
from assistant.drafting.frameworks import read_frameworks
from assistant.drafting.plan import SECTIONS
from assistant.drafting.portfolio_review import SECTIONS as TEAM_SECTIONS
from assistant.drafting.why import article_of, topics, why, why_claim, why_section, why_team
from assistant.insight import RULES
from assistant.thresholds import Thresholds
from knowledge.errors import NotFound
from knowledge.playbook import read_playbook
from knowledge.records import Viewer
from tests.assistant.written import Written

ALL_RULES = [*RULES, "strategic_portfolio", "value"]
DECLINING, QUIET = "Borealis Dairy Group", "Nordvik Aquaculture"


def brief_of(desk: Desk, account: str, language: str | None = None) -> Brief:
    return desk.office.brief(Viewer.operator(), account, desk.day(None), language)


def checked(desk: Desk, brief: Brief | TeamBrief, draft: Draft) -> Draft:
    return desk.office.checked(Viewer.operator(), brief, draft)


def test_a_rep_asks_why_an_account_declines_and_sees_the_rule_with_its_numbers(
    sample_desk: Desk,
) -> None:
    found = sample_desk.why(Viewer.operator(), DECLINING, "decline", sample_desk.day(None))
    assert [section.id for section in found.sections] == [
        "framework",
        "rule",
        "speaks_for",
        "speaks_against",
        "would_change",
    ]
    told = " ".join(claim.text for claim in found.claims())
    assert "two successive periods each down by 20 %" in told
    assert "before = 2,620,736 EUR; latest = 1,807,759 EUR" in told
    assert "a fall counts from 20" in told
    assert "above €2,096,589 in that period" in told
    assert article_of(found.claims()) == "decline"
    assert not found.withheld


def test_no_rule_is_without_its_framework() -> None:
    assert set(ALL_RULES) <= read_frameworks().frameworks.keys()


def test_every_quote_of_a_framework_stands_word_for_word_in_its_article() -> None:
    for name, framework in read_frameworks().frameworks.items():
        article = read_playbook()[framework.article]
        assert len(framework.passages(article, 1)) == len(framework.quotes) == 2, name


def test_no_section_of_any_draft_is_without_an_answer(written: list[Written]) -> None:
    drafted = {part.id for one in written for part in one.raw.sections}
    assert drafted | SECTIONS.keys() <= topics().keys()
    assert TEAM_SECTIONS.keys() <= read_frameworks().team.keys()


def test_every_threshold_and_every_outcome_of_the_sample_can_be_told(
    sample_desk: Desk, written: list[Written]
) -> None:
    texts = brief_of(sample_desk, DECLINING).pen.phrases.texts
    told = {key.removeprefix("limit.") for key in texts if key.startswith("limit.")}
    findings = [f for one in written for f in one.brief.study.findings.values()]
    used = {name for finding in findings for name in finding.thresholds}
    assert used <= told <= Thresholds.model_fields.keys()
    assert {f"outcome.{finding.outcome}" for finding in findings} <= texts.keys()


@pytest.mark.parametrize("language", ["en", "de", "ru"])
@pytest.mark.parametrize("account", [DECLINING, QUIET])
def test_every_answer_stands_the_check_in_every_language(
    sample_desk: Desk, account: str, language: str
) -> None:
    brief = brief_of(sample_desk, account, language)
    for topic in dict.fromkeys([*ALL_RULES, *topics()]):
        found = checked(sample_desk, brief, why(brief, topic))
        assert not found.withheld, (topic, found.withheld[0])
        assert article_of(found.claims()) in read_playbook()
        assert len(found.sections) in {2, 5}


def test_a_name_that_is_a_rule_and_a_section_is_the_rule(sample_desk: Desk) -> None:
    brief = brief_of(sample_desk, DECLINING)
    assert "revenue" in topics()
    assert why(brief, "revenue").title == "Why: revenue, Borealis Dairy Group"
    assert why_section(brief, "revenue").title.startswith("Why: Revenue and room to grow")


def test_the_decision_is_explained_by_the_rule_that_made_it(sample_desk: Desk) -> None:
    found = why(brief_of(sample_desk, DECLINING), "summary")
    assert any("decline" in claim.text for claim in found.claims())


def test_every_sentence_of_every_kind_of_draft_has_an_answer(written: list[Written]) -> None:
    kinds: dict[str, Written] = {}
    for one in written:
        if one.brief.name == DECLINING:
            kinds.setdefault(one.kind, one)
    assert kinds.keys() >= {"account_plan", "account_review", "follow_up", "value_proposition"}
    for one in kinds.values():
        for section in one.draft.sections:
            for position in range(len(section.claims)):
                found = why_claim(one.brief, one.draft, section.id, position)
                assert article_of(found.claims()) in read_playbook()


def test_a_move_of_the_playbook_is_explained_by_its_own_article(
    sample_desk: Desk, written: list[Written]
) -> None:
    plan = next(w for w in written if w.kind == "account_plan" and w.draft.section("moves"))
    section = plan.draft.section("moves")
    assert section is not None
    slug = section.claims[0].evidence[0].ref.removeprefix("playbook:").partition("@")[0]
    found = sample_desk.why_sentence(Viewer.operator(), plan.draft, "moves", 0)
    assert article_of(found.claims()) == slug


def test_a_manager_asks_why_of_every_section_of_the_teams_review(sample_desk: Desk) -> None:
    lead = sample_desk.viewer("Claire Okafor")
    team = sample_desk.office.team(lead, sample_desk.day(None))
    review = portfolio_review(team)
    for section in review.sections:
        found = sample_desk.office.checked(lead, team, why_team(team, section.id))
        assert not found.withheld, (section.id, found.withheld[0])
        assert article_of(found.claims()) in read_playbook()


def test_what_is_neither_rule_nor_section_is_not_found(sample_desk: Desk) -> None:
    brief = brief_of(sample_desk, DECLINING)
    with pytest.raises(NotFound):
        why(brief, "astrology")
    plan = sample_desk.plan(Viewer.operator(), DECLINING, sample_desk.day(None))
    with pytest.raises(NotFound):
        why_claim(brief, plan, "summary", 99)
