"""Sentences with their marks of citation, and the sources behind the marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.claims import Claim, Evidence
from assistant.drafting.titles import title_in
from assistant.rendering.captions import Captions
from assistant.slack.links import Links
from assistant.slack.safety import line, markdown, markdown_link, mrkdwn, mrkdwn_link
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, actions, button, context

#: Marks of one sentence; the rest is counted, and listed with the sources.
MOST_MARKS = 4
_MOST_NAMED = 6
_MOST_BUTTONS = 8
_TITLE = 70

_PERCENT = re.compile(r"(?<=\d) (?=%)")

Labels = Mapping[Evidence, str]


def number(label: str) -> str:
    """`S3` as it is shown: `3`."""
    return label.removeprefix("S")


def sentence(claim: Claim, labels: Labels, links: Links, *, bold: bool = False) -> str:
    """A sentence for a section, its marks behind it; each opens the page it cites if it has one."""
    text = mrkdwn(_kept_together(line(claim.text)), links)
    marks = [
        mrkdwn_link(url, f"[{number(labels[one])}]") if url else f"[{number(labels[one])}]"
        for one, url in _pages(claim, links)
    ]
    return _with_marks(f"*{text}*" if bold else text, marks)


def markdown_sentence(claim: Claim, labels: Labels, links: Links, *, bold: bool = False) -> str:
    """The same for a stream or a canvas."""
    text = markdown(line(claim.text), links)
    marks = [
        markdown_link(url, f"[{number(labels[one])}]") if url else f"[{number(labels[one])}]"
        for one, url in _pages(claim, links)
    ]
    return _with_marks(f"**{text}**" if bold else text, marks)


def sources_line(labels: Labels, links: Links, told: Captions) -> Block:
    """Small print: what the first marks stand for, each a link if it has a page."""
    named = [
        f"[{number(label)}] {_titled(evidence, links, told)}"
        for evidence, label in list(labels.items())[:_MOST_NAMED]
    ]
    if more := len(labels) - len(named):
        named.append(mrkdwn(told.counted("answer.more_sources", more)))
    return context(*named)


def source_buttons(key: str, labels: Labels, told: Captions) -> Block:
    """One button a source, which shows its words; behind the last all of them."""
    shown = list(labels.values())[:_MOST_BUTTONS]
    buttons = [
        button(f"[{number(label)}]", ids.numbered(ids.SOURCE, at), ids.pack(key, label))
        for at, label in enumerate(shown, start=1)
    ]
    every = told.counted("answer.all_sources", len(labels))
    return actions(*buttons, button(every, ids.SOURCES, ids.pack(key, "")))


def _kept_together(text: str) -> str:
    """No line ends between a figure and its per cent sign."""
    return _PERCENT.sub("\u00a0", text)


def _pages(claim: Claim, links: Links) -> Sequence[tuple[Evidence, str | None]]:
    return [(one, links.of(one)) for one in dict.fromkeys(claim.evidence)]


def _with_marks(text: str, marks: Sequence[str]) -> str:
    more = len(marks) - MOST_MARKS
    shown = [*marks[:MOST_MARKS], f"+{more}"] if more > 0 else marks
    return f"{text} {' '.join(shown)}" if shown else text


def _titled(evidence: Evidence, links: Links, told: Captions) -> str:
    title = line(title_in(evidence, told.language))
    shown = title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
    url = links.of(evidence)
    return mrkdwn_link(url, shown) if url else mrkdwn(shown)
