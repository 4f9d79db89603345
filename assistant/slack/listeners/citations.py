"""Citations open what they cite: a source, all of them, or what was withheld."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from assistant.slack.cited import Cited, TakenBack, cited
from assistant.slack.filled import chooses, value_of
from assistant.slack.intake import Request, Switchboard
from assistant.slack.modals import notice_view, show, turn
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.sources import source_view, sources_view, withheld_view
from assistant.slack.words import words
from knowledge.errors import NotFound

Json = Mapping[str, Any]
#: Opens what a click asks for, of what its answer or draft rests on.
Opening = Callable[[Reception, Request, Cited], Block]


def register(board: Switchboard) -> None:
    """Clicks open modals, in Bolt's own listeners: Slack allows three seconds."""
    app, reception = board.app, board.reception
    app.action(ids.numbered(ids.SOURCE, 0))(only_acknowledge)
    app.action(ids.every(ids.SOURCE))(partial(open_cited, reception, one_source))
    app.action(ids.SOURCES)(partial(open_cited, reception, all_sources))
    app.action(ids.WITHHELD)(partial(open_cited, reception, what_was_withheld))
    app.action(ids.SECTION_MENU, matchers=[chooses("sources")])(
        partial(open_cited, reception, sources_of_section)
    )


def only_acknowledge(ack: Ack) -> None:
    """A button that is a link opens it without us."""
    ack()


def open_cited(
    reception: Reception, opening: Opening, ack: Ack, body: Json, context: BoltContext
) -> None:
    """Show what a click asks for, as far as whoever clicked may see it."""
    ack()
    request = Request(body, reception.me, context.actor_team_id)
    viewer, language = reception.asker(request.actor)
    told = words(language)
    title = told.text("source.all")
    try:
        view = opening(reception, request, cited(reception, viewer, value_of(request)[0]))
    except TakenBack as gone:
        day = told.day(gone.on)
        withdrawn = told.text("source.withdrawn", day=day)
        text = told.text("source.erased", day=day) if gone.erased else withdrawn
        view = notice_view(title, text, told.language)
    except NotFound:
        view = notice_view(title, told.text("source.hidden"), told.language)
    if _turns_a_page(request):
        turn(reception.client, body, view)
    else:
        show(reception.client, body, view)


def one_source(reception: Reception, request: Request, kept: Cited) -> Block:
    """The words of a source, or its sum done again."""
    _, label, *_ = value_of(request)
    evidence = kept.source(label)
    return source_view(evidence, label, reception.links, reception.language(request.user))


def all_sources(reception: Reception, request: Request, kept: Cited) -> Block:
    """Every source, so many a page."""
    page = value_of(request)[2:]
    language = reception.language(request.user)
    number = int(page[0]) if page else 0
    return sources_view(kept.visible(), kept.key, number, language, reception.links)


def sources_of_section(reception: Reception, request: Request, kept: Cited) -> Block:
    """The sources of one section of a draft."""
    _, section = value_of(request)
    language = reception.language(request.user)
    return sources_view(kept.visible(section), kept.key, 0, language, reception.links)


def what_was_withheld(reception: Reception, request: Request, kept: Cited) -> Block:
    """The sentences that failed the check, for whoever may know all of the answer."""
    told = words(reception.language(request.user))
    if not (kept.whole and kept.withheld):
        text = told.text("source.none_withheld")
        return notice_view(told.text("withheld.title"), text, told.language)
    return withheld_view(kept.withheld, told.language)


def _turns_a_page(request: Request) -> bool:
    in_list = (request.body.get("view") or {}).get("type") == "modal"
    return in_list and request.action.get("action_id") == ids.SOURCES
