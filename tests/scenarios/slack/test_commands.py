"""Slash commands: a draft at once where it is clear what is wanted, a question where it is not."""

from __future__ import annotations

from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.scenarios.slack.telling import click, plan_of, posted, under, use

STRANGER = "Nora Quist"


def test_a_plan_is_there_after_one_line_and_its_rest_opens_in_the_thread_once(
    house: House,
) -> None:
    plan = plan_of(house, PRIYA, "Meridian")
    (working,) = house.slack.ephemerals(house.person(PRIYA))
    assert working.text == "Working on the plan for Meridian …"
    assert "Account plan: Meridian Breweries" in plan.words
    assert "→ First: Priya Natarajan keeps our promise" in plan.words
    assert under(house, plan) == []
    click(house, PRIYA, plan, "draft.open")
    rest = under(house, plan)
    assert any("Gareth Pugh" in page.words for page in rest)
    click(house, PRIYA, plan, "draft.open")
    assert len(under(house, plan)) == len(rest)


def test_a_name_that_fits_several_accounts_is_chosen_and_never_guessed(house: House) -> None:
    use(house, CLAIRE, "/plan", "borealis")
    (chooser,) = posted(house, house.dm(CLAIRE))
    assert "Several accounts go by “borealis”. Which one do you mean?" in chooser.words
    click(house, CLAIRE, chooser, "draft.account.3")
    (plan,) = under(house, chooser)
    assert "Account plan: Borealis Ingredients" in plan.words


def test_an_account_one_may_not_see_and_one_that_is_not_there_get_the_same_words(
    house: House,
) -> None:
    use(house, JONAS, "/plan", "Meridian Breweries")
    use(house, JONAS, "/plan", "Atlantis Breweries")
    hidden, absent = posted(house, house.dm(JONAS))
    assert "that you may see" in hidden.words
    assert hidden.words.replace("Meridian", "Atlantis") == absent.words


def test_a_command_without_words_asks_in_a_form_and_the_reader_may_be_a_role(
    house: House,
) -> None:
    priya = house.person(PRIYA)
    house.slack.command(priya, "/value", "Meridian", house.dm(PRIYA))
    form = house.slack.wait_for(lambda: house.slack.open_views(priya))[-1]
    offered = [one["text"]["text"] for one in house.slack.options(priya, form, "account", "bor")]
    assert all("bor" in name.lower() for name in offered)
    people = [one["text"]["text"] for one in house.slack.options(priya, form, "stakeholder", "ga")]
    assert people == ["Gareth Pugh", "“ga”, as a role"]
    gareth = house.slack.options(priya, form, "stakeholder", "Gareth")[0]["value"]
    house.slack.submit(priya, form, {"stakeholder": gareth})
    house.settled()
    (draft,) = posted(house, house.dm(PRIYA))
    assert "Gareth Pugh" in draft.words
    assert "Meridian Breweries" in draft.words


def test_only_the_viewer_s_own_accounts_are_offered_while_typing(house: House) -> None:
    jonas = house.person(JONAS)
    house.slack.command(jonas, "/plan", "", house.dm(JONAS))
    form = house.slack.wait_for(lambda: house.slack.open_views(jonas))[-1]
    assert house.slack.options(jonas, form, "account", "meridian") == []
    mine = house.slack.options(jonas, form, "account", "e")
    ledger = house.service.desk.workspace.ledger
    known = {one.name for one in ledger.accounts(house.service.desk.viewer("Jonas Albrecht"))}
    assert mine
    assert {one["text"]["text"] for one in mine} <= known


def test_a_review_looks_back_to_the_day_that_was_typed(house: House) -> None:
    use(house, PRIYA, "/review", "Meridian since 2026-06-30")
    (review,) = posted(house, house.dm(PRIYA))
    click(house, PRIYA, review, "draft.open")
    assert any("30 June 2026" in page.words for page in under(house, review))
    click(house, PRIYA, review, "draft.save_review")
    assert "The next one will tell what changed" in under(house, review)[-1].words


def test_a_manager_who_names_no_account_gets_the_review_of_the_team_alone(house: House) -> None:
    team = house.channel("sales", CLAIRE, PRIYA)
    use(house, CLAIRE, "/review", "", team)
    assert posted(house, team) == []
    (review,) = posted(house, house.dm(CLAIRE))
    assert "Claire Okafor" in review.words
    assert "so it stands here" in review.words


def test_a_plan_is_posted_in_a_channel_where_everybody_may_see_the_account(house: House) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    use(house, PRIYA, "/plan", "Meridian", team)
    (plan,) = posted(house, team)
    assert "Account plan: Meridian Breweries" in plan.words
    assert posted(house, house.dm(PRIYA)) == []


def test_where_one_member_may_not_see_the_account_only_the_asker_gets_the_plan_and_the_reason(
    house: House,
) -> None:
    mixed = house.channel("mixed", PRIYA, JONAS)
    use(house, PRIYA, "/plan", "Meridian", mixed)
    assert posted(house, mixed) == []
    *_, note = house.slack.ephemerals(house.person(PRIYA))
    assert "not everybody here may see this account" in note.words
    assert house.slack.ephemerals(house.person(JONAS)) == []
    (plan,) = posted(house, house.dm(PRIYA))
    assert house.slack.workspace.permalink(plan) in note.links
    assert "Account plan: Meridian Breweries" in plan.words


def test_a_channel_the_app_was_not_invited_to_costs_nothing_but_a_look_elsewhere(
    house: House,
) -> None:
    closed = house.channel("lunch", PRIYA, CLAIRE, invited=False)
    use(house, PRIYA, "/plan", "Meridian", closed)
    (plan,) = posted(house, house.dm(PRIYA))
    assert "that I am not a member of" in plan.words


def test_a_german_colleague_is_spoken_to_in_german(house: House) -> None:
    jonas = house.slack.workspace.person(JONAS, "jonas.albrecht@varnholt.example", locale="de-DE")
    own = house.slack.workspace.dm(jonas)
    house.slack.command(jonas, "/plan", "Atlantis", own)
    house.settled()
    house.slack.command(jonas, "/plan", "Lindauer Papierwerke", own)
    house.settled()
    first, second = (one for one in house.slack.answers(own) if not one.thread_ts)
    assert "Ich finde keinen Kunden „Atlantis“" in first.words
    assert house.slack.ephemerals(jonas)[-1].text.startswith("Ich schreibe den Plan")
    assert "Lindauer Papierwerke" in second.words


def test_somebody_the_records_do_not_know_gets_the_playbook_and_a_way_in(house: House) -> None:
    use(house, STRANGER, "/plan", "Meridian")
    use(house, STRANGER, "/playbook", "How do I prepare a first meeting?")
    way_in, answer = posted(house, house.dm(STRANGER))
    assert "stands in no record here" in way_in.words
    assert "Meridian" not in way_in.words
    assert "How do I prepare a first meeting?" in answer.words
    assert "[1]" in answer.words


def test_the_playbook_without_a_question_shows_its_topics(house: House) -> None:
    nora = house.person(STRANGER)
    house.slack.command(nora, "/playbook", "", house.dm(STRANGER))
    topics = house.slack.wait_for(lambda: house.slack.open_views(nora))[-1]
    assert topics.title == "Playbook"
    house.slack.click(nora, topics, "playbook.open.1")
    article = house.slack.wait_for(lambda: house.slack.open_views(nora)[1:])[-1]
    assert "What good looks like" in article.words
    assert "##" not in article.words


def test_the_same_command_delivered_twice_drafts_once(house: House) -> None:
    delivery = house.slack.command(house.person(PRIYA), "/plan", "Meridian", house.dm(PRIYA))
    house.slack.redeliver(delivery)
    house.settled()
    assert len(posted(house, house.dm(PRIYA))) == 1


def test_a_plan_asked_for_in_words_follows_its_announcement(house: House) -> None:
    question = house.ask(PRIYA, "Draft an account plan for Meridian Breweries")
    announced, plan = house.answers(question)
    assert "I will draft it" in announced.words
    assert "Account plan: Meridian Breweries" in plan.words
