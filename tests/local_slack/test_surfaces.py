"""What people do in Slack, in a Slack whose makers never heard of us."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.local_slack.look_alike import BOT, Json, LookAlike

PRIYA, CLAIRE, JONAS = "U0PRIYA", "U0CLAIRE", "U0JONAS"
DECIDES = "Who decides at Meridian Breweries?"


def words(message: Json) -> str:
    """Everything that a message holds."""
    return json.dumps([message.get("text"), message.get("blocks")], ensure_ascii=False)


def answered(slack: LookAlike, question: Json, part: str) -> Json:
    """The answer to a question, once it says something; there is one."""
    slack.wait_for(lambda: [one for one in slack.answers(question) if part in words(one)])
    (answer,) = slack.answers(question)
    return answer


def actions(message: Json) -> Iterator[Json]:
    """The buttons of a message."""
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            if "action_id" in element:
                yield {**element, "block_id": block.get("block_id")}


def test_a_question_in_a_direct_message_is_answered_with_citations(slack: LookAlike) -> None:
    question = slack.say(PRIYA, BOT, DECIDES)
    answer = answered(slack, question, "Rachel Amadi")
    assert "https://crm.varnholt.example/" in words(answer)
    assert "edited" in answer, "without streams a placeholder becomes the answer"


def test_a_mention_is_answered_once_for_everybody_and_in_full_for_her_alone(
    slack: LookAlike,
) -> None:
    question = slack.say(PRIYA, "C1", f"<@{BOT}> {DECIDES}")
    slack.wait_for(lambda: len(slack.answers(question)) == 2)
    (alone,) = [one for one in slack.answers(question) if one.get("ephemeral_to")]
    (public,) = [one for one in slack.answers(question) if not one.get("ephemeral_to")]
    assert alone["ephemeral_to"] == PRIYA
    assert "Rachel Amadi" in words(alone)
    slack.wait_for(lambda: "answered the person who asked alone" in str(slack.answers(question)))
    assert "Rachel Amadi" not in words(public)


def test_a_suggested_question_is_asked_with_a_click(slack: LookAlike) -> None:
    question = slack.say(PRIYA, BOT, DECIDES)
    answer = answered(slack, question, "Rachel Amadi")
    button = next(one for one in actions(answer) if "answer.ask" in one["action_id"])
    slack.click(PRIYA, {**answer, "channel": question["channel"]}, button)
    slack.wait_for(lambda: len(slack.answers(question)) == 2)


def test_a_plan_is_there_after_a_command(slack: LookAlike) -> None:
    before = slack.say(PRIYA, BOT, DECIDES)["channel"]
    slack.command(PRIYA, before, "/plan", "Meridian")
    slack.wait_for(
        lambda: [one for one in slack.messages(before) if "Account plan: Meridian" in words(one)]
    )


def test_the_home_is_there_when_it_is_opened(slack: LookAlike) -> None:
    slack.open_home(PRIYA)
    home = slack.wait_for(lambda: slack.state()["homeViews"].get(PRIYA))
    assert "Meridian Breweries" in json.dumps(home)


def test_a_form_opens_and_what_is_filled_in_becomes_a_draft(slack: LookAlike) -> None:
    channel = slack.say(PRIYA, BOT, DECIDES)["channel"]
    slack.command(PRIYA, channel, "/value", "Meridian")
    form = slack.wait_for(lambda: slack.state()["modalStack"])[-1]
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if "element" in block}
    account = fields["account"]["initial_option"]
    reader = {"value": "Gareth Pugh", "text": {"type": "plain_text", "text": "Gareth Pugh"}}
    chosen = {"account": account, "stakeholder": reader}
    slack.submit(PRIYA, {one: {one: {"selected_option": told}} for one, told in chosen.items()})
    said = slack.wait_for(
        lambda: [one for one in slack.messages(channel) if "Value proposition" in words(one)]
    )
    assert "Gareth Pugh" in words(said[0])
