"""A manager at the portfolio desk of the sample: the list, the review, the what-ifs."""

from __future__ import annotations

import inspect
import time

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.steering import SORTINGS, Steering, TeamView
from knowledge.errors import Ambiguous, BadInput, NotFound
from knowledge.records import Viewer

CLAIRE, TOMASZ = "claire.okafor@varnholt.example", "tomasz.wierzba@varnholt.example"


@pytest.fixture(scope="module")
def view(sample_desk: Desk) -> TeamView:
    claire = sample_desk.viewer(CLAIRE)
    return sample_desk.steering.team(claire, CLAIRE, sample_desk.day(None))


def said(draft: Draft) -> str:
    assert not draft.withheld, draft.withheld
    assert {claim.verdict for claim in draft.claims()} == {"supported"}
    return "\n".join(claim.text for claim in draft.claims())


def imagine(desk: Desk, sentence: str) -> str:
    return said(desk.steering.what_if(desk.viewer(CLAIRE), CLAIRE, sentence, desk.day(None)))


def test_a_manager_sees_the_teams_accounts_with_cell_stage_and_what_waits(view: TeamView) -> None:
    assert (view.k, view.n, len(view.lines)) == (5, 16, 19)
    borealis = view.line("0015g0000000001AAA")
    assert borealis is not None
    assert (borealis.name, borealis.cell, borealis.rank, borealis.core) == (
        "Borealis Dairy Group",
        "strategic",
        1,
        True,
    )
    assert (borealis.overdue, borealis.touches, borealis.asked) == (2, 42, 26)
    assert {line.name for line in view.lines if line.moved} == {
        "Hexley Polymers",
        "Sablon Textiles",
    }
    assert {line.name for line in view.lines if line.nurture} == {"Meridian Breweries"}
    assert {line.name for line in view.lines if line.gone_quiet} == {"Corvane Chemicals"}


@pytest.mark.parametrize("by", list(SORTINGS))
def test_sorting_loses_nobody(view: TeamView, by: str) -> None:
    assert sorted(line.name for line in view.sort(by).lines) == [one.name for one in view.lines]


def test_the_most_urgent_account_comes_first(view: TeamView) -> None:
    assert view.sort("attention").lines[0].name == "Sablon Textiles"
    assert view.sort("revenue").lines[0].name == "Borealis Dairy Group"


def test_a_manager_asks_for_the_accounts_of_one_rep_in_one_cell(view: TeamView) -> None:
    names = [line.name for line in view.filter("owner", "marcus").filter("cell", "direct").lines]
    assert all(line.owner == "Marcus Bell" for line in view.filter("owner", "Marcus Bell").lines)
    assert names == [
        line.name for line in view.lines if line.owner == "Marcus Bell" and line.cell == "direct"
    ]
    assert [line.name for line in view.filter("moved").lines] == [
        "Hexley Polymers",
        "Sablon Textiles",
    ]
    assert sum(len(some) for some in view.cells().values()) == len(view.lines)


@pytest.mark.parametrize("by", ["mood", ""])
def test_an_order_or_a_filter_that_nobody_knows_is_refused(view: TeamView, by: str) -> None:
    with pytest.raises(BadInput, match="sorted by attention"):
        view.sort(by)
    with pytest.raises(BadInput, match="filtered by cell"):
        view.filter(by)


def test_nobody_looks_into_a_team_they_do_not_oversee(sample_desk: Desk) -> None:
    steering, day = sample_desk.steering, sample_desk.day(None)
    for who in (TOMASZ, "daniel.reyes@varnholt.example"):
        stranger = sample_desk.viewer(who)
        with pytest.raises(NotFound):
            steering.team(stranger, CLAIRE, day)
        with pytest.raises(NotFound):
            steering.what_if(stranger, CLAIRE, "if Borealis leaves", day)
        with pytest.raises(NotFound):
            steering.close_team(stranger, CLAIRE, day)


def test_everything_at_the_desk_asks_who_is_looking() -> None:
    methods = inspect.getmembers(Steering, inspect.isfunction)
    public = {name: list(inspect.signature(one).parameters) for name, one in methods}
    for name, given in public.items():
        assert name.startswith("_") or given[1] == "viewer", name


def test_a_rep_sees_their_own_accounts_and_no_more(sample_desk: Desk) -> None:
    daniel = sample_desk.viewer("daniel.reyes@varnholt.example")
    mine = sample_desk.steering.team(daniel, daniel.email or "", sample_desk.day(None))
    assert {line.owner for line in mine.lines} == {"Daniel Reyes"}


def test_the_whole_company_answers_in_seconds(sample_desk: Desk) -> None:
    started = time.monotonic()
    everything = sample_desk.steering.team(
        Viewer.operator(), "ingrid.solheim@varnholt.example", sample_desk.day(None)
    )
    assert len(everything.lines) == 34
    assert time.monotonic() - started < 20  # under two on an idle machine


def test_what_if_the_giant_leaves(sample_desk: Desk) -> None:
    told = imagine(sample_desk, "if Borealis leaves")
    assert "Borealis Dairy Group leaves with all that belongs to it" in told
    assert "€9.48\xa0million instead of €16.06\xa0million" in told
    assert "7 of 15 customers would bring 80\xa0% of it; today 5 of 16 do." in told
    assert "New in the core would be Brightmoor Foods, Meridian Breweries" in told
    assert "No longer in the core" not in told  # whoever left is not said to drop out as well


def test_what_if_a_customer_grows(sample_desk: Desk) -> None:
    assert "buys 20\xa0% more" in imagine(sample_desk, "if Meridian grows by 20 %")


def test_what_if_time_goes_to_the_nurture_list(sample_desk: Desk) -> None:
    told = imagine(sample_desk, "if we move half a day a week to the nurture list")
    assert "0.5 of 5 working days move to Meridian Breweries" in told
    assert "41 touches instead of 11; its tier asks for 12." in told


def test_a_what_if_says_in_its_title_that_nothing_has_happened(sample_desk: Desk) -> None:
    claire = sample_desk.viewer(CLAIRE)
    draft = sample_desk.review_team(
        claire, CLAIRE, sample_desk.day(None), ["if Borealis leaves", "if we lose Corvane"]
    )
    titles = [s.title for s in draft.sections if s.id.startswith("what_if")]
    assert titles == [
        "What if Borealis leaves? Nothing here has happened",
        "What if we lose Corvane? Nothing here has happened",
    ]


def test_a_what_if_names_only_accounts_of_the_team(sample_desk: Desk) -> None:
    with pytest.raises(NotFound):
        imagine(sample_desk, "if Osterby leaves")
    with pytest.raises(Ambiguous):
        imagine(sample_desk, "if o leaves")
