"""Who may read a canvas: exactly those of us who may see its account, and are in Slack.

People are let in by name and never by channel: who joins a channel tomorrow was not asked about
today. A plan's canvas in a channel's tabs, which is all that Slack's free plan has, is shut again
as soon as somebody in the channel may not see the account.
"""

from __future__ import annotations

from assistant.slack.canvas.paper import Paper
from assistant.slack.people import Person
from assistant.slack.reception import Reception
from knowledge.errors import NotFound
from knowledge.journal.canvases import Canvas
from knowledge.records import Viewer


def readers_of(reception: Reception, account_id: str) -> list[Person]:
    """The colleagues in Slack who may see an account, by name."""
    people = reception.people
    users = reception.desk.workspace.ledger.readers(Viewer.operator(), account_id)
    found = ((user, people.with_address(user.email)) for user in users)
    return [
        person
        for user, person in found
        if person is not None and people.viewer_of(person).user_id == user.id
    ]


def let_in(reception: Reception, canvas: Canvas, paper: Paper) -> int:
    """Let in whoever may see the account, show out whoever no longer may; how many may."""
    wanted = [person.id for person in readers_of(reception, canvas.account_id)]
    paper.let_in([one for one in wanted if one not in canvas.readers])
    paper.show_out([one for one in canvas.readers if one not in wanted])
    channel = canvas.channel
    if channel is not None:
        verdict = reception.audience.verdict(channel, (canvas.account_id,))
        if verdict.reach != "everyone":
            paper.show_channel_out(channel)
            channel = None
    if (wanted, channel) != (canvas.readers, canvas.channel):
        with reception.desk.workspace.database.writing() as session:
            kept = session.get_one(Canvas, canvas.canvas_id)
            kept.readers, kept.channel = wanted, channel
    return len(wanted)


def eyes_of(reception: Reception, canvas: Canvas) -> tuple[Person, Viewer] | None:
    """Through whose eyes a canvas is looked after: its maker's, or another reader's."""
    maker = reception.people.person(canvas.created_by)
    viewer = reception.people.viewer_of(maker)
    try:
        reception.desk.workspace.ledger.readers(viewer, canvas.account_id)
    except NotFound:
        others = readers_of(reception, canvas.account_id)
        return (others[0], reception.people.viewer_of(others[0])) if others else None
    return maker, viewer
