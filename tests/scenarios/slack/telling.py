"""Short ways to tell a story in Slack."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistant.slack.views import ids
from tests.assistant.slack.house import CLAIRE, PRIYA, House
from tests.assistant.slack.teller import MERIDIAN
from tests.doubles.slack import Channel, Message, View


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
    return drafted(house, name, "/plan", account)


def drafted(house: House, name: str, command: str, text: str) -> Message:
    """The one draft that somebody asked for in their own conversation with the app."""
    use(house, name, command, text)
    (draft,) = posted(house, house.dm(name))
    return draft


def promised(house: House, text: str) -> None:
    """Priya tells of a promise to Meridian that should have been kept two days ago."""
    desk = house.service.desk
    today = desk.day(None)
    desk.steering.capture.log_promise(
        desk.viewer(house.person(PRIYA).email),
        MERIDIAN,
        text,
        side="ours",
        owner=PRIYA,
        due_on=today - timedelta(days=2),
        made_on=today - timedelta(days=9),
        now=datetime.now(UTC),
    )


def at_home(house: House, name: str) -> View:
    """Somebody opens Home."""
    house.slack.open_home(house.person(name))
    return home_of(house, name)


def home_of(house: House, name: str) -> View:
    """The Home that somebody has before them."""
    house.settled()
    shown = house.slack.home(house.person(name))
    assert shown is not None
    return shown


def pressed(house: House, name: str, action: str, value: str | None = None) -> View:
    """Somebody clicks on Home, and looks at it again."""
    house.slack.click(house.person(name), home_of(house, name), action, value)
    return home_of(house, name)


def learning(house: House, name: str) -> View:
    """Somebody opens the learning tab of Home."""
    at_home(house, name)
    return pressed(house, name, "home.tab.2")


def on_home(house: House, name: str, action: str) -> Message:
    """Somebody presses a button of the learning tab; what the app says to that."""
    learning(house, name)
    pressed(house, name, action)
    return posted(house, house.dm(name))[-1]


def listed(house: House, name: str) -> Message:
    """Claire chooses a list from behind the three dots of her team; what she reads."""
    at_home(house, CLAIRE)
    pressed(house, CLAIRE, ids.LISTS, ids.pack(name))
    return posted(house, house.dm(CLAIRE))[-1]


def actions_of(message: Message) -> list[str]:
    """The buttons of a message."""
    return [
        one["action_id"]
        for block in message.blocks
        for one in block.get("elements", ())
        if "action_id" in one
    ]


def latest(house: House, message: Message) -> Message:
    """A message as it stands now."""
    return next(one for one in house.slack.messages(message.channel) if one.ts == message.ts)


def prepared(house: House, name: str, account: str, where: Channel | None = None) -> Message:
    """What somebody holds a review from, out of the review they asked for."""
    channel = where or house.dm(name)
    use(house, name, "/review", account, channel)
    review = posted(house, channel)[-1]
    click(house, name, review, ids.PREPARE)
    return under(house, review)[-1]
