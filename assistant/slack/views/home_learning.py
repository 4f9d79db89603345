"""Home for whoever learns: the path, what is due today, and how far one has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    header,
    section,
    small,
)
from assistant.slack.views.home import Tab, home_view, tabs
from assistant.slack.words import words

#: Lessons shown: the done ones are counted, the far ones can wait.
_MOST_LESSONS = 12
_CELLS, _WHY = 10, 300


@dataclass(frozen=True)
class Lesson:
    """A step of the path: five minutes or so with one article."""

    id: str
    title: str
    minutes: int
    state: Literal["done", "next", "later"] = "later"
    why: str | None = None


@dataclass(frozen=True)
class LearnerHome:
    """What a learner sees. `due` cards are to be repeated today, `weak` are titles to reread.

    `shared_with` is the manager who sees a summary, because the learner agreed to it.
    """

    name: str
    path: str
    lessons: tuple[Lesson, ...]
    due: int = 0
    weak: tuple[str, ...] = ()
    shared_with: str | None = None
    language: str = "en"
    tabs: tuple[Tab, ...] = ("accounts", "learning")


def learner_home(home: LearnerHome) -> Block:
    """The learning path with progress: the next lesson first, today's questions, role play."""
    told = words(home.language)
    done = sum(lesson.state == "done" for lesson in home.lessons)
    blocks = [
        *tabs(home.tabs, "learning", told),
        header(told.text("learning.title", name=home.name)),
        section(
            f"*{mrkdwn(line(home.path))}*\n`{_bar(done, len(home.lessons))}` "
            + mrkdwn(told.text("learning.progress", done=done, total=len(home.lessons)))
        ),
        _today(home, told),
        divider(),
    ]
    ahead = [lesson for lesson in home.lessons if lesson.state != "done"][:_MOST_LESSONS]
    blocks += [_lesson(lesson, at, told) for at, lesson in enumerate(ahead, start=1)]
    if home.weak:
        weak = told.text("learning.weak", titles=told.names(home.weak))
        blocks += small(mrkdwn(line(weak)))
    seen = told.text("learning.private")
    if home.shared_with:
        seen = told.text("learning.shared", who=home.shared_with)
    blocks.append(context(mrkdwn(line(seen))))
    return home_view(blocks)


def _today(home: LearnerHome, told: Captions) -> Block:
    play = button(told.text("do.role_play"), ids.ROLE_PLAY, ids.pack(""))
    share = button(told.text("sharing.button"), ids.SHARING, ids.pack(""))
    plans = button(told.text("lists.own_plans"), ids.LISTS, ids.pack("coaching"))
    if not home.due:
        return actions(play, share, plans)
    cards = button(told.counted("learning.due", home.due), ids.CARDS, ids.pack(""), "primary")
    return actions(cards, play, share, plans)


def _lesson(lesson: Lesson, at: int, told: Captions) -> Block:
    minutes = told.counted("learning.minutes", lesson.minutes)
    text = f"*{mrkdwn(plain(lesson.title, _WHY))}*  {mrkdwn(minutes)}"
    if lesson.why:
        text += f"\n{mrkdwn(plain(lesson.why, _WHY))}"
    begin = button(
        told.text("do.begin"),
        ids.numbered(ids.LESSON, at),
        ids.pack(lesson.id),
        "primary" if lesson.state == "next" else None,
    )
    return section(text, begin)


def _bar(done: int, total: int) -> str:
    full = round(_CELLS * done / total) if total else 0
    return "█" * full + "░" * (_CELLS - full)
