"""What happened since the last export is told with a form, and counts at once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from assistant.slack.listeners.capture_forms import SHORTCUT
from assistant.slack.views import ids
from knowledge.records.tables import Contact, Source
from tests.assistant.slack.house import House
from tests.doubles.slack import Message, Submission, View

DANIEL = "Daniel Reyes"
BOREALIS = "Borealis Dairy Group"
KATRIN = "Katrin Vestergaard"


def opens(house: House, who: str) -> View:
    """Somebody uses the shortcut “Log a touch or promise”."""
    person = house.person(who)
    house.slack.shortcut(person, SHORTCUT)
    view: View = house.slack.wait_for(lambda: house.slack.open_views(person))[-1]
    return view


def form_for(house: House, kind: str) -> View:
    """The form for something that happened at Borealis."""
    daniel, first = house.person(DANIEL), opens(house, DANIEL)
    account = found(house, first, ids.ACCOUNT, BOREALIS)
    sent = house.slack.submit(daniel, first, {ids.LOGGED: kind, ids.ACCOUNT: account})
    assert sent.outcome == "update"
    assert sent.view is not None
    return sent.view


def found(house: House, view: View, field: str, typed: str) -> str:
    """The value of what somebody finds by typing."""
    offered = house.slack.options(house.person(DANIEL), view, field, typed)
    return str(next(one["value"] for one in offered if one["text"]["text"] == typed))


def submits(house: House, view: View, **answers: object) -> Submission:
    sent = house.slack.submit(house.person(DANIEL), view, answers)
    house.settled()
    return sent


def told(house: House) -> list[Message]:
    """What the app says in Daniel's own conversation."""
    return house.slack.answers(house.dm(DANIEL))


def logged(house: House) -> int:
    """How many records were told with a form."""
    query = select(func.count()).where(Source.id.contains(":slack-view-"))
    with house.service.desk.workspace.database.reading() as session:
        return session.scalar(query) or 0


def on_record(house: House, contact_id: str) -> Contact:
    """Somebody at Borealis as the records have them."""
    desk = house.service.desk
    viewer = desk.viewer("daniel.reyes@varnholt.example")
    ledger = desk.workspace.ledger
    file = ledger.account_file(viewer, ledger.find_account(viewer, BOREALIS).id, desk.day(None))
    return next(one for one in file.contacts if one.id == contact_id)


@pytest.fixture
def touch(house: House) -> View:
    """The form for a touch at Borealis."""
    return form_for(house, "touch")


def test_a_call_is_logged_and_is_the_last_touch_from_then_on(house: House, touch: View) -> None:
    who = found(house, touch, ids.STAKEHOLDER, KATRIN)
    words = "Katrin asked for two dates in October."
    answers = {ids.KIND: "call", ids.DAY: "2026-09-29", ids.STAKEHOLDER: who, ids.TEXT: words}
    assert submits(house, touch, **answers).outcome == "closed"
    [confirmed] = told(house)
    assert f"Kept for {BOREALIS}: {words}" in confirmed.words
    answer = house.answer(house.ask(DANIEL, f"When did we last speak with {KATRIN}?"))
    assert "29 September 2026" in answer.words


def test_how_it_happened_may_be_left_as_the_form_has_it(house: House, touch: View) -> None:
    assert submits(house, touch, **{ids.TEXT: "Katrin showed us line 2."}).outcome == "closed"
    [confirmed] = told(house)
    assert f"Kept for {BOREALIS}: Katrin showed us line 2." in confirmed.words
    assert logged(house) == 1


def test_a_touch_in_the_future_and_without_words_is_told_in_the_form(
    house: House, touch: View
) -> None:
    sent = submits(house, touch, **{ids.DAY: "2026-11-02", ids.TEXT: "  "})
    assert sent.errors == {
        ids.DAY: "A touch has happened: choose today or an earlier day.",
        ids.TEXT: "Say it in a few words.",
    }
    assert logged(house) == 0


def test_only_people_of_that_account_are_offered(house: House, touch: View) -> None:
    person = house.person(DANIEL)
    assert house.slack.options(person, touch, ids.STAKEHOLDER, "Katrin")
    assert not house.slack.options(person, touch, ids.STAKEHOLDER, "Willem de Groot")


def test_somebody_of_another_account_is_not_put_down_here(house: House, touch: View) -> None:
    who = found(house, touch, ids.STAKEHOLDER, KATRIN)
    other = found(house, touch, ids.ACCOUNT, "Borealis Ingredients")
    answers = {ids.ACCOUNT: other, ids.STAKEHOLDER: who, ids.TEXT: "A short call."}
    submits(house, touch, **answers)
    [confirmed] = told(house)
    assert "Not kept. This person is not at that account." in confirmed.words
    assert logged(house) == 0


def test_a_promise_is_owed_from_then_on_and_once_however_often_slack_sends_it(
    house: House,
) -> None:
    form = form_for(house, "promise")
    sent = submits(house, form, **{ids.TEXT: "Two reference visits", ids.DUE: "2026-10-16"})
    house.slack.redeliver(sent.delivery)
    house.settled()
    assert logged(house) == 1
    assert len(told(house)) == 1
    answer = house.answer(house.ask(DANIEL, f"What did we promise {BOREALIS}?"))
    assert "Two reference visits" in answer.words
    assert "16 October 2026" in answer.words


def test_a_promise_for_yesterday_is_no_promise(house: House) -> None:
    form = form_for(house, "promise")
    sent = submits(house, form, **{ids.TEXT: "A visit", ids.DUE: "2026-09-01"})
    assert sent.errors == {ids.DUE: "A promise is still to be kept: choose today or a later day."}


def test_where_somebody_stands_may_be_told_without_their_part(house: House) -> None:
    form = form_for(house, "role")
    who = found(house, form, ids.STAKEHOLDER, "Birgit Aagaard")
    answers = {ids.STAKEHOLDER: who, ids.STANCE: "supports", ids.REASON: "She said so herself."}
    before = on_record(house, who).buying_roles
    assert submits(house, form, **answers).outcome == "closed"
    birgit = on_record(house, who)
    assert (birgit.stance, birgit.buying_roles) == ("supporter", before)


def test_a_role_is_set_by_a_person_with_a_reason_that_can_be_cited(house: House) -> None:
    form = form_for(house, "role")
    who = found(house, form, ids.STAKEHOLDER, "Birgit Aagaard")
    reason = "She asked the COO for the payback of line 3 and wants to present it herself."
    answers = {
        ids.STAKEHOLDER: who,
        ids.ROLES: ["champion", "sponsor"],
        ids.STANCE: "supports",
        ids.REASON: reason,
    }
    assert submits(house, form, **answers).outcome == "closed"
    birgit = on_record(house, who)
    assert birgit.buying_roles == ["champion", "sponsor"]
    assert birgit.stance == "supporter"
    question = f"Why is Birgit Aagaard presenting the payback of line 3 at {BOREALIS}?"
    assert "present it herself" in house.answer(house.ask(DANIEL, question)).words


def test_somebody_without_records_is_told_so_and_gets_no_form(house: House) -> None:
    assert "yours does not" in opens(house, "Nora Quist").words
