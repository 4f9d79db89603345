"""`/plan ACCOUNT canvas`: the plan as a canvas in one step, under the rules of the button."""

from __future__ import annotations

from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.scenarios.slack.telling import click, plan_of, posted, under, use

#: Sees every account of the sample.
INGRID = "Ingrid Solheim"


def test_one_line_makes_the_canvas_for_exactly_those_who_may_see_the_account(house: House) -> None:
    for name in (CLAIRE, JONAS, INGRID):
        house.person(name)
    use(house, PRIYA, "/plan", "Meridian canvas")
    (working,) = house.slack.ephemerals(house.person(PRIYA))
    assert working.text == "Working on the canvas for Meridian …"
    (canvas,) = house.slack.canvases()
    assert canvas.title == "Account plan: Meridian Breweries"
    assert "## What the customer wants" in canvas.markdown
    able = {house.person(one).id for one in (PRIYA, CLAIRE, INGRID)}
    assert canvas.user_access == dict.fromkeys(able, "write")
    (told,) = posted(house, house.dm(PRIYA))
    assert "is a canvas now" in told.words
    assert canvas.permalink in told.links


def test_where_there_is_one_already_it_is_brought_up_to_date_and_opened(house: House) -> None:
    click(house, PRIYA, plan_of(house, PRIYA, "Meridian"), "draft.canvas")
    (canvas,) = house.slack.canvases()
    use(house, CLAIRE, "/plan", "Meridian canvas")
    assert house.slack.canvases() == [canvas]
    (told,) = posted(house, house.dm(CLAIRE))
    assert canvas.permalink in told.links
    assert "up to date" in told.words


def test_the_same_command_delivered_twice_makes_one_canvas_and_says_so_once(house: House) -> None:
    text, own = "Meridian canvas", house.dm(PRIYA)
    delivery = house.slack.command(house.person(PRIYA), "/plan", text, own)
    house.slack.redeliver(delivery)
    house.settled()
    assert len(house.slack.canvases()) == 1
    assert len(posted(house, own)) == 1


def test_an_account_one_may_not_see_becomes_no_canvas(house: House) -> None:
    use(house, JONAS, "/plan", "Meridian canvas")
    use(house, JONAS, "/plan", "Atlantis canvas")
    hidden, absent = posted(house, house.dm(JONAS))
    assert "I find no account “Meridian” that you may see" in hidden.words
    assert hidden.words.replace("Meridian", "Atlantis") == absent.words
    assert house.slack.canvases() == []


def test_a_name_that_fits_several_accounts_becomes_the_canvas_of_the_chosen_one(
    house: House,
) -> None:
    use(house, CLAIRE, "/plan", "borealis canvas")
    (chooser,) = posted(house, house.dm(CLAIRE))
    assert house.slack.canvases() == []
    click(house, CLAIRE, chooser, "draft.account.3")
    (canvas,) = house.slack.canvases()
    assert canvas.title == "Account plan: Borealis Ingredients"
    assert "is a canvas now" in under(house, chooser)[-1].words


def test_in_a_channel_where_everybody_may_see_the_account_everybody_hears_of_it(
    house: House,
) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    use(house, PRIYA, "/plan", "Meridian canvas", team)
    (told,) = posted(house, team)
    assert "is a canvas now" in told.words


def test_in_a_channel_where_somebody_may_not_see_the_account_only_the_asker_hears(
    house: House,
) -> None:
    mixed = house.channel("mixed", PRIYA, JONAS)
    use(house, PRIYA, "/plan", "Meridian canvas", mixed)
    assert posted(house, mixed) == []
    assert house.slack.ephemerals(house.person(JONAS)) == []
    assert "is a canvas now" in posted(house, house.dm(PRIYA))[-1].words
    (canvas,) = house.slack.canvases()
    assert house.person(JONAS).id not in canvas.user_access


def test_from_a_channel_the_app_is_not_in_the_word_of_it_comes_in_private(house: House) -> None:
    lunch = house.channel("lunch", PRIYA, CLAIRE, invited=False)
    use(house, PRIYA, "/plan", "Meridian canvas", lunch)
    (told,) = posted(house, house.dm(PRIYA))
    assert "is a canvas now" in told.words
