"""Lessons, cards and summaries in somebody's own conversation with us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    header,
    section,
    sections,
    small,
)
from assistant.slack.views.message import Message, message
from assistant.slack.views.playbook import in_english, plainly
from assistant.slack.words import words
from assistant.tutoring import GRADES, Asked, Lesson, Outcome, Summary

_LETTERS = "ABCDEFGH"


def lesson_message(lesson: Lesson, language: str = "en") -> Message:
    """A lesson to be read in five minutes, with what to do when one has read it."""
    told = words(language)
    blocks: list[Block] = [
        header(lesson.title),
        context(mrkdwn(told.counted("learning.minutes", lesson.minutes))),
        *in_english(told),
        *sections(mrkdwn(line(lesson.summary))),
    ]
    for part in lesson.parts:
        title = told.text(f"part.{part.id}")
        blocks += sections(f"*{mrkdwn(line(title))}*\n{plainly(part.text)}")
    if lesson.questions:
        asked = "\n".join(f"• {mrkdwn(line(one))}" for one in lesson.questions)
        blocks += sections(f"*{mrkdwn(told.text('lesson.questions'))}*\n{asked}")
    if lesson.fits:
        names = told.names(
            f"{one.account} ({told.text(f'situation.{one.situation}')})" for one in lesson.fits
        )
        blocks += small(mrkdwn(line(told.text("lesson.fits", names=names))))
    blocks += small(mrkdwn(line(told.text("lesson.evidence", note=lesson.note))))
    blocks.append(
        actions(
            button(told.text("lesson.read"), ids.LESSON_READ, ids.pack(lesson.id), "primary"),
            button(told.text("lesson.article"), ids.PLAYBOOK, ids.pack(lesson.id)),
        )
    )
    return message(mrkdwn(line(lesson.title)), blocks)


def read_message(title: str, language: str = "en") -> Message:
    """That a lesson is kept as read, and where to go on."""
    told = words(language)
    text = mrkdwn(line(told.text("lesson.kept", title=title)))
    go_on = button(told.text("lesson.cards"), ids.CARDS, ids.pack(""), "primary")
    return message(text, [section(text), actions(go_on)])


def card_message(asked: Asked, language: str = "en") -> Message:
    """One question: its options as buttons, or a button that shows the answer."""
    told = words(language)
    blocks = list(_question(asked, told))
    if asked.options:
        buttons = [
            button(letter, ids.numbered(ids.CARD_CHOICE, at), ids.pack(asked.card, letter))
            for at, (letter, _) in enumerate(zip(_LETTERS, asked.options, strict=False), start=1)
        ]
        blocks.append(actions(*buttons))
    else:
        reveal = button(told.text("card.reveal"), ids.CARD_REVEAL, ids.pack(asked.card), "primary")
        blocks += [context(mrkdwn(told.text("card.think"))), actions(reveal)]
    return message(mrkdwn(line(asked.text)), blocks)


def revealed_message(asked: Asked, outcome: Outcome, language: str = "en") -> Message:
    """The question with its answer; the learner says how well they knew it."""
    told = words(language)
    grades = [
        button(
            told.text(f"card.{grade}"),
            ids.numbered(ids.CARD_GRADE, at),
            ids.pack(asked.card, grade),
        )
        for at, grade in enumerate(GRADES, start=1)
    ]
    blocks = [
        *_question(asked, told),
        *_answer(asked, outcome, told),
        section(mrkdwn(told.text("card.grade"))),
        actions(*grades),
    ]
    return message(mrkdwn(line(asked.text)), blocks)


def outcome_message(asked: Asked, outcome: Outcome, language: str = "en") -> Message:
    """The question, how it went, the passage that bears the answer, and when it comes again."""
    told = words(language)
    blocks = list(_question(asked, told))
    if outcome.right is not None:
        verdict = told.text("card.right")
        if not outcome.right:
            verdict = told.text("card.wrong", correct=outcome.correct)
        blocks += sections(f"*{mrkdwn(line(verdict))}*")
    blocks += _answer(asked, outcome, told)
    if outcome.due is not None:
        due = told.text("card.due", day=told.day(outcome.due.date()))
        blocks.append(context(mrkdwn(line(due))))
    go_on = button(told.text("card.next"), ids.CARDS, ids.pack(""), "primary")
    return message(mrkdwn(line(asked.text)), [*blocks, actions(go_on)])


def nothing_due(coming: tuple[str, str] | None, language: str = "en") -> Message:
    """That nothing is to be repeated; `coming` is the id and the title of the next lesson."""
    told = words(language)
    if coming is None:
        text = mrkdwn(told.text("card.none"))
        return message(text, [section(text)])
    lesson, title = coming
    text = mrkdwn(line(told.text("card.none_next", title=title)))
    return message(
        text, [section(text, button(told.text("do.begin"), ids.LESSON, ids.pack(lesson)))]
    )


def sharing_message(
    summary: Summary,
    learner: str,
    manager: tuple[str, str],
    language: str = "en",
    since: date | None = None,
) -> Message:
    """What a manager (address and name) sees or would see, with the say of the learner.

    Args:
        summary: the very one that the manager is shown.
        learner: the learner's name.
        manager: whom it is shared with.
        language: of the words around it.
        since: the day the learner agreed; None while it is not shared.
    """
    told = words(language)
    address, name = manager
    intro = told.text("sharing.preview", who=name)
    if since is not None:
        intro = told.text("sharing.shared", who=name, day=told.day(since))
    do, label = ids.SHARE, told.text("sharing.share", who=name)
    if since is not None:
        do, label = ids.UNSHARE, told.text("sharing.stop")
    text = mrkdwn(line(intro))
    blocks = [
        section(text),
        *_summary(summary, learner, told),
        divider(),
        actions(button(label, do, ids.pack(address))),
    ]
    return message(text, blocks)


def summaries_message(shown: Sequence[tuple[str, Summary]], language: str = "en") -> Message:
    """The summaries of those who agreed, by name."""
    told = words(language)
    text = mrkdwn(told.text("sharing.learners" if shown else "sharing.no_learners"))
    blocks = [section(text)]
    for name, summary in shown:
        blocks += [divider(), *_summary(summary, name, told)]
    return message(text, blocks)


def _summary(summary: Summary, name: str, told: Captions) -> Iterator[Block]:
    yield header(told.text("sharing.title", who=name))
    mastered = sum(unit.mastered for unit in summary.units)
    counts = told.text(
        "sharing.counts",
        read=summary.read,
        lessons=summary.lessons,
        mastered=mastered,
        questions=sum(unit.questions for unit in summary.units),
    )
    answered = told.counted("sharing.answered", summary.answered, right=summary.right)
    yield section(f"{mrkdwn(counts)}\n{mrkdwn(answered)}")
    units = [
        told.text(
            "sharing.unit",
            title=told.text(f"unit.{unit.id}"),
            read=unit.read,
            lessons=unit.lessons,
            mastered=unit.mastered,
            questions=unit.questions,
        )
        for unit in summary.units
    ]
    yield from sections("\n".join(f"• {mrkdwn(line(one))}" for one in units) or "–")
    if summary.next_lesson is not None:
        coming = told.text("sharing.next", title=summary.next_lesson.title)
        yield context(mrkdwn(line(coming)))
    yield context(mrkdwn(told.text("sharing.only")))


def _question(asked: Asked, told: Captions) -> Iterator[Block]:
    yield context(mrkdwn(line(told.text("card.question", title=asked.title))))
    if asked.kind == "spot":
        yield section(mrkdwn(told.text("card.spot")))
        yield from sections(f"*“{mrkdwn(line(asked.text))}”*")
    else:
        yield from sections(f"*{mrkdwn(line(asked.text))}*")
    if asked.options:
        rows = zip(_LETTERS, asked.options, strict=False)
        yield from sections("\n".join(f"*{at}*  {mrkdwn(line(one))}" for at, one in rows))


def _answer(asked: Asked, outcome: Outcome, told: Captions) -> Iterator[Block]:
    """What the answer is, and the passage it rests on, word for word."""
    said = [one for one in (outcome.here, *(claim.text for claim in outcome.explanation)) if one]
    body = "\n".join(mrkdwn(line(one)) for one in dict.fromkeys(said))
    yield from sections(f"*{mrkdwn(told.text('card.answer'))}*\n{body}")
    passages = [one.quote for claim in outcome.explanation for one in claim.evidence]
    if passages:
        yield context(mrkdwn(line(told.text("card.passage", title=asked.title))))
        for passage in dict.fromkeys(passages):
            yield from sections(f">{mrkdwn(line(passage))}")
