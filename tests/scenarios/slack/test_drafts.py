"""Drafts in Slack: taken away as files, changed in their thread, and never there twice."""

from __future__ import annotations

import email
import io
import signal
from pathlib import Path

import docx

from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House, manifest, shown
from tests.assistant.slack.processes import served
from tests.doubles.slack import SlackDouble
from tests.scenarios.slack.telling import click, drafted, plan_of, posted, under, use


def say(house: House, name: str, text: str, *, thread: str) -> None:
    """Say something in a thread of one's own conversation with the app."""
    house.slack.say(house.person(name), house.dm(name), text, thread_ts=thread)
    house.settled()


def test_the_plan_as_a_word_file_opens_and_holds_what_the_message_says(house: House) -> None:
    plan = plan_of(house, PRIYA, "Meridian")
    click(house, PRIYA, plan, "draft.word")
    (upload,) = under(house, plan)
    (file,) = upload.files
    assert file.name == "Account plan Meridian Breweries 2026-09-30 v1.docx"
    assert upload.words.startswith("Account plan: Meridian Breweries, version 1.")
    document = docx.Document(io.BytesIO(file.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "be there without an offer" in text
    assert document.inline_shapes


def test_a_file_whose_arrival_was_not_confirmed_is_not_sent_again(house: House) -> None:
    plan = plan_of(house, PRIYA, "Meridian")
    house.slack.faults.lose_reply("files.completeUploadExternal", 1)
    click(house, PRIYA, plan, "draft.word")
    assert len([file for message in under(house, plan) for file in message.files]) == 1


def test_the_charts_come_as_pictures(house: House) -> None:
    plan = plan_of(house, PRIYA, "Meridian")
    click(house, PRIYA, plan, "draft.charts")
    files = [file for message in under(house, plan) for file in message.files]
    assert len(files) > 1
    assert all(file.content.startswith(b"\x89PNG") for file in files)


def test_the_mail_is_an_unsent_draft_to_the_person_on_record(house: House) -> None:
    draft = drafted(house, PRIYA, "/followup", "Meridian")
    click(house, PRIYA, draft, "draft.mail")
    (file,) = under(house, draft)[-1].files
    mail = email.message_from_bytes(file.content)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "oliver.prescott@meridian-breweries.example"
    assert file.name.endswith(".eml")


def test_shorter_said_in_the_thread_makes_a_second_version_with_its_citations(
    house: House,
) -> None:
    plan = plan_of(house, PRIYA, "Meridian")
    say(house, PRIYA, "shorter", thread=plan.ts)
    *_, short = under(house, plan)
    assert "after “shorter”. What did not change keeps its sources." in short.words
    assert "be there without an offer" in short.words
    assert "[1]" in short.words
    click(house, PRIYA, short, "draft.word")
    (file,) = under(house, plan)[-1].files
    assert file.name.endswith("v2.docx")


def test_a_question_in_the_thread_is_answered_and_is_about_the_draft_s_account(
    house: House,
) -> None:
    plan = plan_of(house, PRIYA, "Meridian")
    say(house, PRIYA, "Who decides there?", thread=plan.ts)
    (answer,) = under(house, plan)
    assert "Rachel Amadi" in answer.words


def test_a_value_proposition_for_another_reader_is_written_anew(house: House) -> None:
    first = drafted(house, PRIYA, "/value", "Meridian for Gareth Pugh")
    say(house, PRIYA, "for Rachel Amadi", thread=first.ts)
    (second,) = under(house, first)
    assert "Value proposition for Rachel Amadi" in second.words
    assert "for another reader" in second.words


def test_what_no_rule_can_change_is_said_with_what_can_be(house: House) -> None:
    draft = drafted(house, PRIYA, "/value", "Meridian for Gareth Pugh")
    say(house, PRIYA, "translate it into Norwegian", thread=draft.ts)
    (told,) = under(house, draft)
    assert "without a language model" in told.words
    assert "The reader, The alternative" in told.words


def test_the_form_offers_what_can_be_changed_and_wants_an_answer(house: House) -> None:
    plan, priya = plan_of(house, PRIYA, "Meridian"), house.person(PRIYA)
    house.slack.click(priya, plan, "draft.revise")
    form = house.slack.wait_for(lambda: house.slack.open_views(priya))[-1]
    empty = house.slack.submit(priya, form, {})
    assert empty.errors == {"text": "Say what to change, or choose one of the ways above."}
    house.slack.submit(priya, form, {"kind": "for the customer"})
    house.settled()
    (version,) = under(house, plan)
    assert "Version 2, after “for the customer”" in version.words


def test_colleagues_in_a_channel_discuss_a_plan_and_only_its_author_changes_it(
    house: House,
) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    use(house, PRIYA, "/plan", "Meridian", team)
    (plan,) = posted(house, team)
    house.slack.say(house.person(CLAIRE), team, "shorter would be nice", thread_ts=plan.ts)
    house.settled()
    assert under(house, plan) == []
    house.slack.say(house.person(PRIYA), team, "shorter", thread_ts=plan.ts)
    house.settled()
    (version,) = under(house, plan)
    assert "Version 2" in version.words


def test_somebody_who_joins_later_and_may_not_see_the_account_opens_nothing(
    house: House,
) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    use(house, PRIYA, "/plan", "Meridian", team)
    (plan,) = posted(house, team)
    house.slack.join(house.person(JONAS), team)
    house.reception.audience.__dict__["_known"].clear()
    click(house, JONAS, plan, "draft.open")
    click(house, JONAS, plan, "draft.word")
    assert under(house, plan) == []
    assert all(
        "no longer have this draft" in one.words
        for one in house.slack.ephemerals(house.person(JONAS))
    )
    click(house, PRIYA, plan, "draft.word")
    assert under(house, plan) == []
    assert any(one.files for one in house.slack.answers(house.dm(PRIYA)))


def test_killed_after_posting_the_plan_it_is_not_posted_again(home: Path) -> None:
    with SlackDouble(manifest()) as slack:
        priya = slack.workspace.person(PRIYA, "priya.natarajan@varnholt.example")
        own = slack.workspace.dm(priya)
        with served(slack, home) as process:
            gate = slack.faults.hold_reply("chat.postMessage")
            slack.command(priya, "/plan", "Meridian", own)
            gate.wait_reached(60)
            process.end(signal.SIGKILL)
            slack.faults.clear()
            process.start()
            slack.wait_for(lambda: slack.calls_of("chat.update"), 60)
            assert process.end(signal.SIGTERM) == 0
        (plan,) = [one for one in slack.answers(own) if not one.thread_ts and not one.deleted]
        assert "Account plan: Meridian Breweries" in shown(plan)
