"""What of Home is on the screen is carried by Home itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.slack.home import Shown
from assistant.slack.views import ids
from assistant.slack.views.home_team import SORTS

SHOWN = st.builds(
    Shown,
    st.sampled_from([None, "accounts", "team", "learning"]),
    st.sampled_from(SORTS),
    st.sampled_from(["all", "late", "stale", "owner:Priya Natarajan"]),
    st.integers(0, 40),
)


@given(shown=SHOWN)
def test_it_comes_back_as_it_went(shown: Shown) -> None:
    assert Shown.of({"private_metadata": ids.pack(*shown.parts)}) == shown


@given(parts=st.lists(st.text(max_size=8), max_size=6))
def test_whatever_an_older_release_carried_can_be_read(parts: list[str]) -> None:
    read = Shown.of({"private_metadata": ids.pack(*parts)})
    assert read.sort in SORTS
    assert read.page >= 0


def test_nothing_shown_yet_is_the_first_screen() -> None:
    assert Shown.of(None) == Shown.of({"private_metadata": ""}) == Shown()


@given(shown=SHOWN)
def test_another_order_or_choice_begins_at_the_first_page(shown: Shown) -> None:
    order = {"action_id": ids.TEAM_SORT, "selected_option": {"value": "revenue"}}
    assert shown.turned(order) == Shown("team", "revenue", shown.only, 0)
    choice = {"action_id": ids.TEAM_FILTER, "selected_option": {"value": "late"}}
    assert shown.turned(choice) == Shown("team", shown.sort, "late", 0)


@given(shown=SHOWN, page=st.integers(0, 9))
def test_pages_and_tabs_leave_the_rest_as_it_is(shown: Shown, page: int) -> None:
    turn = {"action_id": f"{ids.TEAM_PAGE}.1", "value": ids.pack(str(page))}
    assert shown.turned(turn) == Shown("team", shown.sort, shown.only, page)
    tab = {"action_id": f"{ids.HOME_TAB}.2", "value": ids.pack("learning")}
    assert shown.turned(tab) == Shown("learning", shown.sort, shown.only, shown.page)
