"""Short ways to tell a story about drafts in Slack."""

from __future__ import annotations

from tests.assistant.slack.house import House
from tests.doubles.slack import Channel, Message


def use(
    house: House, name: str, command: str, text: str = "", where: Channel | None = None
) -> None:
    """Use a command and wait until everything it asks for is done."""
    house.slack.command(house.person(name), command, text, where or house.dm(name))
    house.settled()


def click(house: House, name: str, message: Message, action: str) -> None:
    """Press a button and wait until everything it asks for is done."""
    house.slack.click(house.person(name), message, action)
    house.settled()


def posted(house: House, where: Channel) -> list[Message]:
    """What the app said in a conversation outside of threads."""
    return [one for one in house.slack.answers(where) if not one.thread_ts and not one.deleted]


def under(house: House, message: Message) -> list[Message]:
    """What the app said in the thread of a message of its own."""
    said = house.slack.answers(message.channel, message.thread_ts or message.ts)
    return [one for one in said if one.ts != message.ts and not one.deleted]


def plan_of(house: House, name: str, account: str) -> Message:
    """A plan that somebody asked for in their own conversation with the app."""
    use(house, name, "/plan", account)
    (plan,) = posted(house, house.dm(name))
    return plan
