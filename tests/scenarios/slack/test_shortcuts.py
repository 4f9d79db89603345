"""Shortcuts: a draft from anywhere, and a follow-up that quotes the thread it came from."""

from __future__ import annotations

import email
import email.policy

from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.doubles.slack import Message, View
from tests.scenarios.slack.telling import click, posted, under

STRANGER = "Nora Quist"
PROMISE = "I will send Oliver the water balance for Norwich by 7 October."


def form_of(house: House, name: str) -> View:
    """The form that opened for somebody."""
    person = house.person(name)
    return house.slack.wait_for(lambda: house.slack.open_views(person))[-1]


def exchange(house: House, *said: tuple[str, str], invited: bool = True) -> Message:
    """A thread in the channel of an account; its last message."""
    names = {name for name, _ in said} | {PRIYA}
    team = house.channel("acct-meridian", *sorted(names), invited=invited)
    first: Message | None = None
    for name, text in said:
        root = first.ts if first else ""
        last = house.slack.say(house.person(name), team, text, thread_ts=root)
        first = first or last
    house.settled()
    return last


def test_a_follow_up_from_a_thread_quotes_what_was_promised_in_it(house: House) -> None:
    last = exchange(
        house,
        (CLAIRE, "Oliver called: where is the water balance?"),
        (PRIYA, f"My fault. {PROMISE} The discount stays with the pricing committee."),
        (CLAIRE, "Thanks. I will not tell him about the discount."),
    )
    priya = house.person(PRIYA)
    house.slack.message_shortcut(priya, "draft_from_thread", last)
    form = form_of(house, PRIYA)
    assert "every promise in the draft can be traced" in form.words
    house.slack.submit(priya, form, {})
    house.settled()
    *_, draft = under(house, house.slack.thread(last.channel, last.thread_ts)[0])
    assert "What you can count on from us:" in draft.words
    assert f"Priya Natarajan: “{PROMISE}”" in draft.words
    assert "pricing committee" not in draft.words
    click(house, PRIYA, draft, "draft.mail")
    file = house.slack.thread(last.channel, last.thread_ts)[-1].files[0]
    mail = email.message_from_bytes(file.content, policy=email.policy.default)
    assert PROMISE in str(mail.get_content())


def test_the_thread_is_a_note_of_the_account_from_then_on(house: House) -> None:
    last = exchange(house, (PRIYA, PROMISE))
    house.slack.message_shortcut(house.person(PRIYA), "draft_from_thread", last)
    house.slack.submit(house.person(PRIYA), form_of(house, PRIYA), {})
    house.settled()
    desk = house.service.desk
    (draft,) = under(house, last)
    assert PROMISE in draft.words
    hits = desk.search(desk.viewer("Claire Okafor"), "water balance for Norwich by 7 October").hits
    assert any(PROMISE in hit.text for hit in hits)


def test_a_thread_without_a_promise_says_so_and_still_helps(house: House) -> None:
    last = exchange(house, (CLAIRE, "Oliver seemed content."), (PRIYA, "Good to hear."))
    house.slack.message_shortcut(house.person(PRIYA), "draft_from_thread", last)
    house.slack.submit(house.person(PRIYA), form_of(house, PRIYA), {})
    house.settled()
    *_, draft = under(house, house.slack.thread(last.channel, last.thread_ts)[0])
    assert "Nobody in the thread promised anything" in draft.words
    assert "Follow-up to Meridian Breweries" in draft.words


def test_a_channel_without_the_app_is_not_read_and_says_how_to_mend_it(house: House) -> None:
    last = exchange(house, (CLAIRE, "Where is it?"), (PRIYA, PROMISE), invited=False)
    house.slack.message_shortcut(house.person(PRIYA), "draft_from_thread", last)
    house.slack.submit(house.person(PRIYA), form_of(house, PRIYA), {})
    house.settled()
    (told,) = posted(house, house.dm(PRIYA))
    assert "/invite" in told.words


def test_a_value_proposition_from_anywhere_asks_for_account_and_reader(house: House) -> None:
    priya = house.person(PRIYA)
    house.slack.shortcut(priya, "draft_value")
    form = form_of(house, PRIYA)
    account = house.slack.options(priya, form, "account", "merid")[0]["value"]
    house.slack.options(priya, form, "stakeholder", "CFO")
    house.slack.submit(priya, form, {"account": account, "stakeholder": "CFO", "language": "de"})
    house.settled()
    (draft,) = posted(house, house.dm(PRIYA))
    assert "Meridian Breweries" in draft.words
    assert "30. September 2026" in draft.words


def test_a_value_proposition_asked_for_in_words_asks_for_its_reader(house: House) -> None:
    question = house.ask(PRIYA, "Write a value proposition for Meridian Breweries")
    house.slack.click(house.person(PRIYA), house.answer(question), "draft.open")
    form, priya = form_of(house, PRIYA), house.person(PRIYA)
    gareth = house.slack.options(priya, form, "stakeholder", "Gareth")[0]["value"]
    house.slack.submit(priya, form, {"stakeholder": gareth})
    house.settled()
    _, draft = house.answers(question)
    assert "Value proposition for Gareth Pugh" in draft.words


def test_nobody_drafts_for_an_account_they_may_not_see_however_the_form_is_sent(
    house: House,
) -> None:
    team = house.channel("talk", JONAS)
    said = house.slack.say(house.person(JONAS), team, PROMISE)
    house.slack.message_shortcut(house.person(JONAS), "draft_from_thread", said)
    form = form_of(house, JONAS)
    assert house.slack.options(house.person(JONAS), form, "account", "Meridian") == []
    meridian = {"text": {"type": "plain_text", "text": "x"}, "value": "0015g0000000004AAA"}
    house.slack.submit(house.person(JONAS), form, {"account": meridian})
    house.settled()
    (told,) = posted(house, house.dm(JONAS))
    assert "that you may see" in told.words
    assert under(house, said) == []


def test_somebody_the_records_do_not_know_is_shown_a_way_in(house: House) -> None:
    nora = house.person(STRANGER)
    house.slack.shortcut(nora, "draft_plan")
    form = form_of(house, STRANGER)
    assert house.slack.options(nora, form, "account", "e") == []
