"""Why a deal was won or lost: the question, the form, and what deals have taught since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    asked,
    button,
    context,
    header,
    section,
    sections,
    text_input,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.views.message import Message, message
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.steering.debriefs import LessonLine, OwedDebrief, Share

_REASON, _NAME = 1_000, 120


def debrief_prompt(owed: OwedDebrief, language: str = "en", *, later: bool = True) -> Message:
    """The question to whoever owns the deal; `later` offers to ask once more."""
    told = words(language)
    asks = told.text(
        f"debrief.prompt_{owed.status}",
        deal=owed.deal,
        account=owed.account,
        day=told.day(owed.closed_on),
    )
    text = mrkdwn(line(asks))
    value = ids.pack(owed.deal_id)
    buttons = [button(told.text("debrief.open"), ids.DEBRIEF, value, "primary")]
    if later:
        buttons.append(button(told.text("debrief.later"), ids.DEBRIEF_LATER, value))
    return message(text, [section(text), actions(*buttons)])


def debrief_form(owed: OwedDebrief, language: str = "en", carried: str = "") -> Block:
    """What of the story is missing: the buyer's reason apart from ours."""
    told = words(language)
    of = told.text("debrief.of", deal=owed.deal, account=owed.account)
    blocks = [section(f"*{mrkdwn(line(of))}*")]
    if "buyer" in owed.missing:
        blocks += [
            _field(ids.BUYER_REASON, "debrief.buyer", told),
            _field(ids.SAID_BY, "debrief.said_by", told, lines=1),
        ]
    if "rep" in owed.missing:
        blocks.append(_field(ids.OUR_REASON, "debrief.ours", told))
    blocks += [
        _field(ids.AGAIN, "debrief.again", told),
        context(mrkdwn(told.text("debrief.apart"))),
    ]
    return dialog(told, "debrief.title", blocks, callback=ids.DEBRIEF_FORM, carried=carried)


def debrief_kept(owed: OwedDebrief, missing: Sequence[str], language: str = "en") -> Message:
    """That the story is kept, what of it is still `missing`, and where it leads."""
    told = words(language)
    text = mrkdwn(line(told.text("debrief.kept", deal=owed.deal)))
    blocks = [section(text)]
    buttons = [button(told.text("debrief.lessons"), ids.DEAL_LESSONS, ids.pack(owed.account_id))]
    if missing:
        what = told.names(told.text(f"debrief.left_{one}") for one in missing)
        blocks.append(context(mrkdwn(line(told.text("debrief.left", what=what)))))
        tell = button(told.text("debrief.open"), ids.DEBRIEF, ids.pack(owed.deal_id))
        buttons.insert(0, tell)
    return message(text, [*blocks, actions(*buttons)])


def lessons_message(
    account_id: str, account: str, lessons: Sequence[LessonLine], language: str = "en"
) -> Message:
    """What closed deals teach the open ones of an account, and what became of it here."""
    told = words(language)
    if not lessons:
        return sentence_message(told.text("deal_lesson.none", account=account))
    title = told.text("deal_lesson.title", account=account)
    blocks = [header(title)]
    for at, one in enumerate(lessons, start=1):
        blocks += _lesson(one, at, account_id, told)
    return message(mrkdwn(line(title)), blocks)


def left_form(language: str = "en", carried: str = "") -> Block:
    """Why a lesson was left aside."""
    told = words(language)
    why = text_input(ids.REASON, told.text("deal_lesson.why_hint"), lines=2, longest=500)
    blocks = [asked(told.text("deal_lesson.why"), why)]
    return dialog(told, "deal_lesson.form", blocks, callback=ids.LESSON_LEFT_FORM, carried=carried)


def _lesson(one: LessonLine, at: int, account_id: str, told: Captions) -> Iterator[Block]:
    """How often, alike in what, with which reasons; shares only where there is an interval."""
    how_often = told.counted(f"deal_lesson.{one.status}", one.n, deal=one.deal)
    names = told.names(told.text(f"deal_lesson.{part}") for part in one.on)
    rows = [f"• {mrkdwn(line(_share(share, told)))}" for share in one.shares]
    rows = rows or [mrkdwn(told.text("deal_lesson.no_reason"))]
    yield from sections("\n".join([f"*{mrkdwn(line(how_often))}*", *rows]))
    notes = [told.text("deal_lesson.alike", names=names)]
    if any(share.interval is None for share in one.shares):
        notes.append(told.text("deal_lesson.few"))
    if one.acted is not None:
        values = {"who": one.acted.told_by, "day": told.day(one.acted.told_on)}
        key = "acted" if one.acted.acted else "aside"
        notes.append(told.text(f"deal_lesson.{key}", why=one.acted.why or "", **values))
    yield context(*(mrkdwn(line(note)) for note in notes))
    value = ids.pack(account_id, one.key)
    yield actions(
        button(told.text("deal_lesson.used"), ids.numbered(ids.LESSON_USED, at), value),
        button(told.text("deal_lesson.left"), ids.numbered(ids.LESSON_LEFT, at), value),
    )


def _share(share: Share, told: Captions) -> str:
    values = {"theme": told.text(f"theme.{share.theme}"), "k": share.k, "n": share.n}
    if share.interval is None:
        return told.text("deal_lesson.share", **values)
    low, high = (told.number(round(one)) for one in share.interval)
    return told.text("deal_lesson.share_sure", low=low, high=high, **values)


def _field(field: str, label: str, told: Captions, lines: int = 3) -> Block:
    longest = _REASON if lines > 1 else _NAME
    entry = text_input(field, told.text(label), lines=lines, longest=longest)
    return asked(told.text(label), entry, optional=True)
