"""What people say in Slack becomes history: kept for an account, cited, changed and erased."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from assistant.slack.listeners.capture import SHORTCUT
from assistant.slack.views import ids
from knowledge.records.tables import Source, SourceVersion
from tests.assistant.slack.house import CLAIRE, JONAS, House, shown
from tests.doubles.slack import Channel, Message, Submission, View

DANIEL = "Daniel Reyes"
BOREALIS = "Borealis Dairy Group"
SAID = "Katrin Vestergaard told me they only take seals with an FDA certificate from January."
ASKED = f"What did Katrin Vestergaard say about the FDA certificate at {BOREALIS}?"


def marks(house: House, who: str, message: Message) -> View:
    """Somebody chooses “Remember for an account” from a message's menu."""
    person = house.person(who)
    before = house.slack.open_views(person)
    house.slack.message_shortcut(person, SHORTCUT, message)
    view: View = house.slack.wait_for(
        lambda: [one for one in house.slack.open_views(person) if one not in before]
    )[0]
    return view


def keeps(house: House, who: str, message: Message, **answers: object) -> Submission:
    """Somebody remembers a message, for the account that stands in the form."""
    sent = house.slack.submit(house.person(who), marks(house, who, message), answers)
    house.settled()
    return sent


def picks(house: House, who: str, view: View, account: str) -> str:
    """The value of the account that somebody finds by typing its name."""
    offered = house.slack.options(house.person(who), view, ids.ACCOUNT, account)
    return str(next(one["value"] for one in offered if one["text"]["text"] == account))


def told(house: House, who: str) -> str:
    """What was last whispered to somebody."""
    return house.slack.ephemerals(house.person(who))[-1].words


def own(house: House, who: str) -> list[Message]:
    """What the app told somebody in their own conversation."""
    return house.slack.answers(house.dm(who))


def kept(house: House, kind: str = "activity") -> list[str]:
    """The ids of everything that was captured."""
    query = select(Source.id).where(Source.id.startswith(f"{kind}:slack-")).order_by(Source.id)
    with house.service.desk.workspace.database.reading() as session:
        return list(session.scalars(query))


def versions(house: House, source_id: str) -> int:
    query = select(func.count()).where(SourceVersion.source_id == source_id)
    with house.service.desk.workspace.database.reading() as session:
        return session.scalar(query) or 0


@pytest.fixture
def team(house: House) -> Channel:
    """The channel of those who look after Borealis."""
    return house.channel("acct-borealis-dairy-group", DANIEL, CLAIRE)


@pytest.fixture
def message(house: House, team: Channel) -> Message:
    """What Daniel brought back from a fair."""
    return house.slack.say(house.person(DANIEL), team, SAID)


def test_a_rep_keeps_a_message_and_the_next_answer_cites_it(house: House, message: Message) -> None:
    form = marks(house, DANIEL, message)
    assert BOREALIS in form.words  # the channel's name says whose it is
    house.slack.submit(house.person(DANIEL), form, {})
    house.settled()
    link = house.slack.workspace.permalink(message)
    [confirmed] = house.slack.ephemerals(house.person(DANIEL))
    assert f"Kept for {BOREALIS}" in confirmed.words
    assert confirmed.links == [link]
    answer = house.answer(house.ask(DANIEL, ASKED))
    assert SAID in answer.words
    assert answer.links == [link]


def test_whoever_may_not_see_the_account_neither_finds_the_note_nor_its_account(
    house: House, message: Message
) -> None:
    keeps(house, DANIEL, message)
    assert "FDA" not in shown(house.answer(house.ask(JONAS, ASKED))).replace(ASKED, "")
    common = house.channel("borealis-dairy-group", DANIEL, JONAS)
    said = house.slack.say(house.person(JONAS), common, f"{BOREALIS} was at the fair too.")
    form = marks(house, JONAS, said)
    assert BOREALIS not in form.words.replace(said.text, "")
    assert house.slack.options(house.person(JONAS), form, ids.ACCOUNT, "Borealis Dairy") == []


def test_a_name_that_fits_several_accounts_is_chosen_by_the_person(house: House) -> None:
    lunch = house.channel("lunch", DANIEL, CLAIRE)
    said = house.slack.say(house.person(DANIEL), lunch, "Borealis will visit us in October.")
    form = marks(house, DANIEL, said)
    account = picks(house, DANIEL, form, BOREALIS)
    house.slack.submit(house.person(DANIEL), form, {ids.ACCOUNT: account})
    house.settled()
    assert f"Kept for {BOREALIS}" in told(house, DANIEL)


def test_the_same_message_remembered_again_and_again_is_one_note(
    house: House, message: Message
) -> None:
    sent = keeps(house, DANIEL, message)
    house.slack.redeliver(sent.delivery)
    house.settled()
    keeps(house, CLAIRE, message)
    [note] = kept(house)
    assert versions(house, note) == 1


def test_an_edited_message_answers_with_its_new_words(house: House, message: Message) -> None:
    keeps(house, DANIEL, message)
    house.slack.edit(message, SAID.replace("January", "March"))
    house.settled()
    answer = house.answer(house.ask(DANIEL, ASKED))
    assert "from March" in answer.words
    assert "January" not in answer.words


def test_what_is_edited_while_the_form_is_open_is_kept_as_it_was_meant(
    house: House, message: Message
) -> None:
    form = marks(house, DANIEL, message)
    house.slack.edit(message, SAID.replace("January", "March"))
    house.slack.submit(house.person(DANIEL), form, {})
    house.settled()
    assert "from March" in house.answer(house.ask(DANIEL, ASKED)).words


def test_a_deleted_message_is_gone_from_answers_and_from_the_source_that_was_cited(
    house: House, message: Message
) -> None:
    keeps(house, DANIEL, message)
    before = house.answer(house.ask(DANIEL, ASKED))
    house.slack.delete(message)
    house.settled()
    assert "only take seals" not in house.answer(house.ask(DANIEL, ASKED)).words
    daniel = house.person(DANIEL)
    house.slack.click(daniel, before, ids.numbered(ids.SOURCE, 1))
    [view] = house.slack.wait_for(lambda: house.slack.open_views(daniel))
    assert "took this source back on 30 September 2026" in view.words
    assert "FDA" not in view.words


def test_a_message_that_is_deleted_while_the_form_is_open_is_not_kept(
    house: House, message: Message
) -> None:
    form = marks(house, DANIEL, message)
    house.slack.delete(message)
    house.slack.submit(house.person(DANIEL), form, {})
    house.settled()
    assert "Not kept. The message is no longer there." in told(house, DANIEL)
    assert kept(house) == []


def test_a_thread_is_one_note_in_which_everybody_speaks_for_themselves(
    house: House, team: Channel, message: Message
) -> None:
    claire, daniel = house.person(CLAIRE), house.person(DANIEL)
    reply = house.slack.say(claire, team, "Who signs the FDA form?", thread_ts=message.ts)
    third = house.slack.say(daniel, team, "Søren Thorup signs it.", thread_ts=message.ts)
    keeps(house, CLAIRE, reply, **{ids.SCOPE: "thread"})
    [note] = kept(house)
    ledger = house.service.desk.workspace.ledger
    viewer = house.service.desk.viewer("claire.okafor@varnholt.example")
    _, version = ledger.source_text(viewer, f"{note}@1")
    assert f"{DANIEL}: {SAID}\n{CLAIRE}: Who signs the FDA form?" in version.text
    house.slack.delete(third)
    house.settled()
    _, version = ledger.source_text(viewer, f"{note}@2")
    assert "Søren" not in version.text
    assert "Who signs" in version.text


def test_a_shared_file_is_read_kept_and_cited(house: House, team: Channel) -> None:
    minutes = b"# Minutes\n\nKatrin Vestergaard wants the FDA certificate for every seal.\n"
    said = house.slack.say(house.person(DANIEL), team, "", files={"minutes.md": minutes})
    keeps(house, DANIEL, said)
    assert f"Kept for {BOREALIS}: minutes" in told(house, DANIEL)
    answer = house.answer(house.ask(DANIEL, ASKED))
    assert "wants the FDA certificate for every seal" in answer.words
    assert answer.links == [house.slack.workspace.permalink(said)]


def test_a_file_that_cannot_be_read_is_refused_with_a_way_out(house: House, team: Channel) -> None:
    said = house.slack.say(
        house.person(DANIEL), team, "Their plan", files={"plan.xlsx": b"PK\x03\x04 rows"}
    )
    keeps(house, DANIEL, said, **{ids.SCOPE: "file"})
    assert "Not kept." in told(house, DANIEL)
    assert "save it as one of" in told(house, DANIEL)
    assert kept(house, "document") == []


def test_hostile_words_and_names_of_files_neither_ping_nor_link_in_the_confirmation(
    house: House, team: Channel
) -> None:
    bait = "<!channel> see [here](https://evil.example/x) <https://evil.example|our page> @here"
    name = "<!here> https:evil.example <@U0000000001>.md"
    said = house.slack.say(house.person(DANIEL), team, bait, files={name: b"# Words\n\nHello."})
    for scope in ("message", "file"):
        keeps(house, DANIEL, said, **{ids.SCOPE: scope})
    for confirmed in house.slack.ephemerals(house.person(DANIEL)):
        assert "Kept for" in confirmed.words
        assert confirmed.pings == []
        assert confirmed.links == [house.slack.workspace.permalink(said)]


def test_in_a_channel_with_another_company_nothing_about_the_account_is_said(
    house: House,
) -> None:
    buyer = house.slack.workspace.person("Katrin V", "katrin@borealis.example", team_id="T9")
    shared = house.slack.workspace.channel(
        "borealis-varnholt", [house.person(DANIEL), buyer], shared_with="T9"
    )
    said = house.slack.say(buyer, shared, "We only take seals with the FDA certificate.")
    form = marks(house, DANIEL, said)
    account = picks(house, DANIEL, form, BOREALIS)
    house.slack.submit(house.person(DANIEL), form, {ids.ACCOUNT: account})
    house.settled()
    assert house.slack.ephemerals(house.person(DANIEL)) == []
    assert house.slack.answers(shared) == []
    assert f"Kept for {BOREALIS}" in own(house, DANIEL)[0].words
    answer = house.answer(house.ask(DANIEL, ASKED))
    assert "Katrin V (Slack)" in answer.words


def test_a_stranger_who_bears_a_colleagues_name_is_not_taken_for_her(house: House) -> None:
    stranger = house.slack.workspace.person(CLAIRE, "claire@elsewhere.example", team_id="T9")
    shared = house.slack.workspace.channel(
        "borealis-dairy-group", [house.person(DANIEL), stranger], shared_with="T9"
    )
    said = house.slack.say(stranger, shared, "I promise you the seals for nothing.")
    keeps(house, DANIEL, said)
    [note] = kept(house)
    operator = house.service.desk.viewer(None)
    source, version = house.service.desk.workspace.ledger.source_text(operator, f"{note}@1")
    assert version.payload["messages"][0]["author"] == f"{CLAIRE} (Slack)"
    assert "user_id" not in version.payload
    assert source.account_id is not None


def test_where_we_are_no_member_the_words_that_were_marked_are_kept(house: House) -> None:
    apart = house.channel("borealis-dairy-group", DANIEL, CLAIRE, invited=False)
    said = house.slack.say(house.person(DANIEL), apart, SAID)
    keeps(house, DANIEL, said)
    assert f"Kept for {BOREALIS}" in own(house, DANIEL)[0].words
    assert SAID in house.answer(house.ask(DANIEL, ASKED)).words


def test_somebody_the_records_do_not_know_is_told_so_at_once(house: House, team: Channel) -> None:
    newcomer = house.person("Nora Quist")
    house.slack.join(newcomer, team)
    said = house.slack.say(newcomer, team, "They like our seals.")
    assert "yours does not" in marks(house, "Nora Quist", said).words


def test_our_own_answers_are_not_kept_as_history(house: House, message: Message) -> None:
    assert message.text == SAID
    answer = house.answer(house.ask(DANIEL, f"Who decides at {BOREALIS}?"))
    assert "my own words" in marks(house, DANIEL, answer).words
