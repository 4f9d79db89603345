"""What is opened from a list: an account with what it asks for, or a request to decide."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting import Pen
from assistant.rendering.captions import Captions, captions
from assistant.slack.approving.requests import shown_to
from assistant.slack.home.accounts import attention_of
from assistant.slack.home.team import stage_of
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, divider, fields, header, modal, section, sections
from assistant.slack.views.home import account_buttons, reason_line
from assistant.slack.words import words
from assistant.steering import LEADS, Approvals, TeamLine, Wanting
from knowledge.errors import NotFound
from knowledge.records import Viewer


def waiting_view(language: str) -> Block:
    """What is there until the account is."""
    return _modal([section(mrkdwn(words(language).text("account.looking")))], words(language))


def account_view(reception: Reception, viewer: Viewer, account_id: str, language: str) -> Block:
    """An account for whoever may see it; else a word that they may not."""
    told, desk = words(language), reception.desk
    day = desk.day(None)
    try:
        account = desk.workspace.ledger.find_account(viewer, account_id)
    except NotFound:
        return _modal([section(mrkdwn(told.text("account.gone")))], told)
    wanting = desk.steering.worklist(viewer, day).account(account.id)
    row = None
    if viewer.role in LEADS:
        row = desk.steering.team(viewer, viewer.email or viewer.name, day).line(account.id)
    pen = Pen(language, desk.workspace.ledger.currency)
    blocks = [header(account.name)]
    if told_facts := list(_facts(row, wanting, pen)):
        blocks.append(
            fields(f"*{mrkdwn(line(value))}*\n{mrkdwn(key)}" for key, value in told_facts)
        )
    blocks += [divider(), *_asks(wanting, pen), account_buttons(account.id, told)]
    return _modal(blocks, told)


def approval_view(reception: Reception, viewer: Viewer, request_id: str, language: str) -> Block:
    """A request that waits for the viewer, to be decided on the spot."""
    told = words(language)
    waiting = Approvals(reception.desk.office).open_for(viewer)
    request = next((one for one in waiting if one.id == request_id), None)
    if request is None:
        return _modal([section(mrkdwn(told.text("account.decided")))], told)
    return _modal(list(shown_to(reception, viewer, request, language).blocks), told)


def _facts(row: TeamLine | None, wanting: Wanting | None, pen: Pen) -> Iterator[tuple[str, str]]:
    told = words(pen.language)
    if row is None:
        if wanting is not None:
            yield told.text("account.revenue"), pen.money(wanting.revenue)
        return
    yield told.text("account.owner"), row.owner or told.text("team.nobody")
    yield told.text("account.cell"), captions(pen.language).text(f"cells.{row.cell}")
    yield told.text("account.stage"), stage_of(row, pen)
    yield told.text("account.revenue"), pen.money(row.revenue)
    touches = told.text("team.of", count=row.touches, total=row.asked)
    yield told.text("account.touches"), touches
    if row.silent is not None and row.limit is not None:
        silent = f"{row.silent} / {told.number(round(row.limit))}"
        yield told.text("account.silent"), silent
    yield told.text("account.promises"), f"{row.overdue} / {row.promised}"
    if row.next_review is not None:
        yield told.text("account.review"), told.day(row.next_review)


def _asks(wanting: Wanting | None, pen: Pen) -> list[Block]:
    told = words(pen.language)
    if wanting is None or not wanting.priorities:
        return [section(mrkdwn(told.text("account.steady")))]
    (one,) = attention_of([wanting], pen)
    title = f"*{mrkdwn(told.text('account.asks'))}*"
    return sections("\n".join([title, *map(reason_line, one.reasons)]))


def _modal(blocks: list[Block], told: Captions) -> Block:
    return modal(
        told.text("account.title"),
        blocks,
        callback=ids.ACCOUNT_VIEW,
        close=told.text("modal.close"),
    )
