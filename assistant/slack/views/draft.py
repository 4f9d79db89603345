"""A draft in Slack: the first screen is enough to act, the rest stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.claims import Claim, Draft, Section
from assistant.rendering.captions import Captions
from assistant.slack.links import NO_LINKS, Links
from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.views import ids
from assistant.slack.views.answer import MARKS, feedback
from assistant.slack.views.blocks import (
    Block,
    Option,
    actions,
    button,
    context,
    divider,
    header,
    overflow,
    section,
    sections,
    small,
)
from assistant.slack.views.citing import Labels, sentence
from assistant.slack.views.message import Message, message
from assistant.slack.words import words

#: The sections that decide; the others are opened by whoever doubts.
_FIRST = {
    "account_plan": ("summary",),
    "account_review": ("state", "decide"),
    "review_meeting": ("last_promises", "state", "decide", "ask"),
    "portfolio_review": ("portfolio", "attention"),
    "value_proposition": ("reader", "alternative", "differences", "parity", "gather"),
    "follow_up": ("subject", "message", "notes"),
}
#: What can be done with each kind, in the order of the buttons.
_DEEDS = {
    "account_plan": (ids.CANVAS, ids.WORD, ids.CHARTS, ids.REVISE),
    "account_review": (ids.SAVE_REVIEW, ids.WORD, ids.CHARTS, ids.REVISE),
    "review_meeting": (ids.DECIDE, ids.CLOSE_REVIEW, ids.WORD, ids.REVISE),
    "portfolio_review": (ids.WORD, ids.SLIDES, ids.CHARTS, ids.REVISE),
    "value_proposition": (ids.WORD, ids.REVISE),
    "follow_up": (ids.MAIL, ids.REVISE),
}
#: The sentences of a message to the customer are shown as they will be read.
_AS_SENT = frozenset({"subject", "message"})
#: Three moves are a plan, ten are a list.
_MOST_MOVES = 3
_TITLE = 150


def draft_message(draft: Draft, key: str, links: Links = NO_LINKS) -> Message:
    """A draft as a message; its `replies` hold the rest, for when somebody opens it.

    Args:
        draft: checked; written in its own language, so are the words around it.
        key: under which the draft is kept; every button carries it.
        links: where citations may lead.
    """
    told = words(draft.language)
    labels = draft.sources
    wanted = _FIRST.get(draft.kind, ())
    first = [part for part in draft.sections if part.id in wanted] or list(draft.sections[:1])
    rest = [part for part in draft.sections if part not in first]
    blocks: list[Block] = [header(draft.title), _stamp(draft, told)]
    blocks += [block for notice in draft.notices for block in small(mrkdwn(line(notice)))]
    for at, part in enumerate(first):
        blocks += _first_section(part, key, labels, links, told, headline=at == 0)
    blocks += [divider(), *_deeds(draft, key, told, whole=bool(rest)), feedback(key, told)]
    replies = message(mrkdwn(line(draft.title)), list(_rest(rest, key, labels, links, told)))
    pages = (replies, *replies.replies) if rest else ()
    notified = mrkdwn(line(f"{draft.title}: {_decision(first)}"))
    return message(notified, blocks, [Message(one.text, one.blocks) for one in pages])


def section_blocks(
    part: Section, key: str, labels: Labels, links: Links, told: Captions
) -> list[Block]:
    """One section under its title, with the menu that opens its reasons and sources."""
    menu = overflow(
        ids.SECTION_MENU,
        [
            Option(told.text("draft.why"), ids.pack("why", key, part.id)),
            Option(told.text("draft.sources"), ids.pack("sources", key, part.id)),
        ],
    )
    title = section(f"*{mrkdwn(plain(part.title, _TITLE))}*", menu)
    lines = [_bullet(claim, labels, links) for claim in part.claims]
    return [title, *sections("\n".join(lines))] if lines else [title]


def _first_section(
    part: Section, key: str, labels: Labels, links: Links, told: Captions, *, headline: bool
) -> Iterator[Block]:
    """Facts as a paragraph; each move on its own, with its reason one click away."""
    if part.id in _AS_SENT:
        text = "\n\n".join(mrkdwn(line(claim.text)) for claim in part.claims)
        yield section(f"*{mrkdwn(plain(part.title, _TITLE))}*")
        yield from sections("\n".join(f">{one}" if one else ">" for one in text.split("\n")))
        return
    moves = [claim for claim in part.claims if claim.kind == "recommendation"]
    facts = [claim for claim in part.claims if claim not in moves]
    before = [claim for claim in facts if not moves or _stands_before(claim, part.claims, moves)]
    after = [claim for claim in facts if claim not in before]
    if not headline:
        yield section(f"*{mrkdwn(plain(part.title, _TITLE))}*")
    if before:
        yield from _paragraphs(before, labels, links, headline=headline)
    for at, move in enumerate(moves):
        why = button(
            told.text("draft.why_short"), ids.WHY, ids.pack(key, part.id, _position(part, move))
        )
        shown = at < _MOST_MOVES or not headline
        yield from sections(
            f"→ {sentence(move, labels, links)}", why if shown or at == len(moves) - 1 else None
        )
        if headline and at == _MOST_MOVES - 1 and after:
            yield from small("  ".join(sentence(one, labels, links) for one in after))
            after = []
    if after:
        yield from sections("\n".join(sentence(one, labels, links) for one in after))


def _paragraphs(
    claims: Sequence[Claim], labels: Labels, links: Links, *, headline: bool
) -> Iterator[Block]:
    """Sentences line by line; a headline stands alone above them."""
    rows = [MARKS[one.kind] + sentence(one, labels, links) for one in claims]
    if headline:
        yield from sections(sentence(claims[0], labels, links, bold=True))
        rows = rows[1:]
    if rows:
        yield from sections("\n".join(rows))


def _stands_before(claim: Claim, claims: Sequence[Claim], moves: Sequence[Claim]) -> bool:
    return claims.index(claim) < claims.index(moves[0])


def _position(part: Section, claim: Claim) -> str:
    return str(part.claims.index(claim))


def _bullet(claim: Claim, labels: Labels, links: Links) -> str:
    return (MARKS[claim.kind] or "• ") + sentence(claim, labels, links)


def _rest(
    parts: Sequence[Section], key: str, labels: Labels, links: Links, told: Captions
) -> Iterator[Block]:
    for part in parts:
        yield from section_blocks(part, key, labels, links, told)


def _stamp(draft: Draft, told: Captions) -> Block:
    """As of when, by whom, how much of it was checked, what was withheld."""
    claims = list(draft.claims())
    supported = sum(claim.verdict == "supported" for claim in claims)
    writer = told.text("draft.template") if draft.writer == "template" else draft.writer
    shown = [
        told.text("draft.as_of", day=told.day(draft.as_of)),
        told.text("draft.checked", supported=supported, total=len(claims)),
        writer,
    ]
    if draft.withheld:
        shown.append(told.counted("answer.withheld", len(draft.withheld)))
    return context("  ·  ".join(mrkdwn(line(one)) for one in shown))


def _deeds(draft: Draft, key: str, told: Captions, *, whole: bool) -> Iterator[Block]:
    known = draft.kind if draft.kind in _FIRST else "follow_up"
    buttons = []
    if whole:
        buttons.append(button(told.text(f"open.{known}"), ids.OPEN_DRAFT, ids.pack(key), "primary"))
    buttons += [
        button(told.text(f"deed.{deed.partition('.')[2]}"), deed, ids.pack(key))
        for deed in _DEEDS.get(draft.kind, (ids.WORD, ids.REVISE))
    ]
    if draft.kind in {"account_review", "review_meeting"}:
        buttons += _reviewing(draft, told)
    if draft.sources:
        count = told.counted("answer.all_sources", len(draft.sources))
        buttons.append(button(count, ids.SOURCES, ids.pack(key, "")))
    if draft.withheld:
        buttons.append(button(told.text("draft.withheld"), ids.WITHHELD, ids.pack(key)))
    yield actions(*buttons)
    yield context(mrkdwn(told.text("draft.decides")))


def _reviewing(draft: Draft, told: Captions) -> Iterator[Block]:
    """What belongs to a review besides its draft: the meeting, and what closed deals taught."""
    if draft.kind == "account_review":
        yield button(told.text("deed.prepare"), ids.PREPARE, ids.pack(draft.account_id))
    else:
        yield button(told.text("deed.lessons"), ids.DEAL_LESSONS, ids.pack(draft.account_id))


def _decision(first: Sequence[Section]) -> str:
    return next((claim.text for part in first for claim in part.claims), "")
