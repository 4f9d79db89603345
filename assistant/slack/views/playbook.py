"""The playbook in modals: its articles as a list, and one to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn
from assistant.slack.splitting import VIEW_BLOCKS
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    button,
    context,
    header,
    modal,
    section,
    sections,
)
from assistant.slack.words import words
from knowledge.playbook import Article

_EMPHASIS = re.compile(r"(?<![\w*])\*{1,2}([^*\n]+)\*{1,2}(?![\w*])")


def topics_view(articles: Sequence[Article], command: str, language: str = "en") -> Block:
    """The articles, each with what it is about and the button that opens it.

    Args:
        articles: in the order to show them.
        command: how somebody asks the playbook a question.
        language: of the words around them.
    """
    told = words(language)
    blocks = [
        context(mrkdwn(told.text("drafting.topics_hint", command=command))),
        *in_english(told),
        actions(
            button(told.text("lesson.today"), ids.CARDS, ids.pack("")),
            button(told.text("do.role_play"), ids.ROLE_PLAY, ids.pack("")),
        ),
    ]
    for at, article in enumerate(articles, start=1):
        read = button(told.text("do.read"), ids.numbered(ids.PLAYBOOK, at), ids.pack(article.slug))
        about = f"*{mrkdwn(line(article.title))}*\n{mrkdwn(line(article.summary))}"
        blocks.append(section(about, read))
    return modal(
        told.text("drafting.topics"),
        blocks[:VIEW_BLOCKS],
        callback=ids.TOPICS_VIEW,
        close=told.text("modal.close"),
    )


def article_view(article: Article, language: str = "en") -> Block:
    """One article whole, with what it rests on and how good that is."""
    told = words(language)
    return modal(
        told.text("drafting.topics"),
        [_lesson(article, told), *in_english(told), *_article(article)][:VIEW_BLOCKS],
        callback=ids.TOPICS_VIEW,
        close=told.text("modal.close"),
    )


def _lesson(article: Article, told: Captions) -> Block:
    send = button(told.text("lesson.here"), ids.LESSON, ids.pack(article.slug))
    return actions(send)


def _article(article: Article) -> Iterator[Block]:
    yield header(article.title)
    yield context(mrkdwn(line(article.summary)))
    opening, *parts = re.split(r"^## ", article.text, flags=re.MULTILINE)
    yield from sections(plainly(opening))
    for part in parts:
        heading, _, body = part.partition("\n")
        yield from sections(f"*{mrkdwn(line(heading))}*\n{plainly(body)}")
    yield context(mrkdwn(line(article.evidence_note)))
    for source in article.sources:
        year = f" ({source.year})" if source.year else ""
        told = f"{source.author}{year}: {source.title}, {source.where}"
        yield context(mrkdwn(line(told)))


def in_english(told: Captions) -> Iterator[Block]:
    """What the reader of another language should know before they meet the playbook's words."""
    if told.language != "en":
        yield context(mrkdwn(told.text("playbook.english")))


def plainly(text: str) -> str:
    """Words without the marks of Markdown, which Slack would show."""
    bare = _EMPHASIS.sub(r"\1", re.sub(r"^[-*] ", "• ", text.strip(), flags=re.MULTILINE))
    return mrkdwn(bare) or "–"
