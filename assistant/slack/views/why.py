"""“Why?” as a modal: the framework, the rule with its numbers, what speaks for and against."""

from __future__ import annotations

from assistant.claims import Draft
from assistant.slack.links import NO_LINKS, Links
from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.splitting import VIEW_BLOCKS
from assistant.slack.views import ids
from assistant.slack.views.answer import MARKS
from assistant.slack.views.blocks import Block, context, modal, section, sections
from assistant.slack.views.citing import sentence, source_buttons
from assistant.slack.words import words

_TITLE = 150
#: The row of sources at the end, and the line above it that says there was more.
_END = 2


def why_view(draft: Draft, key: str, links: Links = NO_LINKS) -> Block:
    """The reasons of a sentence or section, each with its sources.

    Args:
        draft: of the kind `why`, checked.
        key: under which it is kept; its sources open by it.
        links: where citations may lead.
    """
    told = words(draft.language)
    labels = draft.sources
    blocks: list[Block] = [section(f"*{mrkdwn(plain(draft.title, _TITLE))}*")]
    for part in draft.sections:
        blocks.append(section(f"*{mrkdwn(plain(part.title, _TITLE))}*"))
        rows = [(MARKS[one.kind] or "• ") + sentence(one, labels, links) for one in part.claims]
        blocks += sections("\n".join(rows))
    if len(blocks) > VIEW_BLOCKS - _END:
        cut = context(mrkdwn(told.text("why.cut")))
        blocks = [*blocks[: VIEW_BLOCKS - _END], cut]
    if labels:
        blocks.append(source_buttons(key, labels, told))
    return _modal(draft.language, blocks)


def why_waiting(language: str = "en") -> Block:
    """Stands there until the reasons are put together."""
    return _modal(language, [context(mrkdwn(words(language).text("why.waiting")))])


def why_notice(text: str, language: str = "en") -> Block:
    """There is no reason to show, and why that is."""
    return _modal(language, sections(mrkdwn(line(text))))


def _modal(language: str, blocks: list[Block]) -> Block:
    told = words(language)
    return modal(
        told.text("why.title"), blocks, callback=ids.WHY_VIEW, close=told.text("modal.close")
    )
