"""A role play in a thread: whom to talk to, what is said, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from assistant.slack.words import words
from assistant.tutoring.role_play import Debrief, Line, Persona, Scene, Scored
from assistant.tutoring.role_play.personas import TOP


def personas_message(personas: Sequence[Persona], language: str = "en") -> Message:
    """Whom one can talk to; what they hide is not shown."""
    told = words(language)
    text = mrkdwn(told.text("scene.choose"))
    blocks = [section(text)]
    for at, one in enumerate(personas, start=1):
        begin = button(
            told.text("scene.begin", name=one.name),
            ids.numbered(ids.BEGIN_SCENE, at),
            ids.pack(one.id),
        )
        who = mrkdwn(line(f"{one.name}, {one.title}, {one.account}"))
        blocks.append(section(f"*{who}*\n{mrkdwn(line(one.summary))}", begin))
    return message(text, blocks)


def scene_message(scene: Scene, language: str = "en", *, playing: bool = True) -> Message:
    """What the thread of a scene hangs on: who it is, what one knows, the first words.

    `playing`: whether these first words still wait for a reply.
    """
    told, persona = words(language), scene.persona
    title = told.text("scene.title", name=persona.name, role=persona.title, account=persona.account)
    facts = "\n".join(f"• {mrkdwn(line(one))}" for one in persona.facts)
    blocks = [
        section(f"*{mrkdwn(line(title))}*"),
        *sections(mrkdwn(line(told.text("scene.goal", goal=persona.goal)))),
        *sections(f"{mrkdwn(told.text('scene.known'))}\n{facts}"),
        divider(),
        *_said(scene.lines[:1], persona, told),
    ]
    return message(mrkdwn(line(title)), [*blocks, *(_ways(scene, told) if playing else ())])


def reply_message(
    scene: Scene, number: int, language: str = "en", *, quoted: bool = False, playing: bool = True
) -> Message:
    """What the persona answers with line `number`, and what could be said to that.

    `quoted`: whether nobody sees what the learner has said unless it is repeated here.
    """
    told = words(language)
    lines = [one for one in scene.lines if number - quoted <= one.number <= number]
    noticed = [block for one in scene.notices for block in small(mrkdwn(line(one)))]
    blocks = [*_said(lines, scene.persona, told), *(noticed if playing else ())]
    text = mrkdwn(line(f"{scene.persona.name}: {lines[-1].text}"))
    return message(text, [*blocks, *(_ways(scene, told) if playing else ())])


def debrief_message(debrief: Debrief, language: str = "en") -> Message:
    """Each criterion with its score, the words it rests on, and what to read again."""
    told = words(language)
    title = told.text("scene.debrief", total=debrief.total, best=debrief.best)
    blocks: list[Block] = [header(title)]
    for at, scored in enumerate(debrief.scores, start=1):
        blocks += _scored(scored, at, told)
    if debrief.revealed:
        hidden = "\n".join(f"• {mrkdwn(line(one))}" for one in debrief.revealed)
        blocks += [divider(), *sections(f"{mrkdwn(told.text('scene.revealed'))}\n{hidden}")]
    again = button(told.text("do.role_play"), ids.ROLE_PLAY, ids.pack(""))
    return message(mrkdwn(line(title)), [*blocks, actions(again)])


def _said(lines: Sequence[Line], persona: Persona, told: Captions) -> Iterator[Block]:
    for one in lines:
        if one.speaker == "learner":
            yield context(mrkdwn(line(told.text("scene.you", text=one.text))))
        else:
            yield from sections(f"*{mrkdwn(persona.name)}:* {mrkdwn(line(one.text))}")


def _ways(scene: Scene, told: Captions) -> Iterator[Block]:
    """What could be said now; a button names the line that it answers."""
    if scene.over:
        yield context(mrkdwn(told.text("scene.over")))
        return
    if scene.options:
        offered = (f"*{one.letter.upper()}*  {mrkdwn(line(one.text))}" for one in scene.options)
        yield from sections("\n".join(offered))
    answered = str(len(scene.lines))
    buttons = [
        button(
            one.letter.upper(),
            ids.numbered(ids.SAY_IN_SCENE, at),
            ids.pack(scene.id, one.letter, answered),
        )
        for at, one in enumerate(scene.options, start=1)
    ]
    buttons.append(button(told.text("scene.end"), ids.END_SCENE, ids.pack(scene.id)))
    yield actions(*buttons)
    yield context(mrkdwn(told.text("scene.how" if scene.options else "scene.free")))


def _scored(scored: Scored, at: int, told: Captions) -> Iterator[Block]:
    named = told.text(f"criterion.{scored.criterion}")
    title = told.text("scene.score", title=named, score=scored.score, best=TOP)
    reread = None
    if scored.reread is not None:
        reread = button(
            told.text("scene.reread"), ids.numbered(ids.LESSON, at), ids.pack(scored.reread)
        )
    quotes = [f">{mrkdwn(line(text))}" for _, text in scored.seen]
    rows = [f"*{mrkdwn(line(title))}*", mrkdwn(line(_looks(scored, told))), *quotes]
    yield from sections("\n".join(rows), reread)
    if scored.score < TOP:
        aim = told.text(f"looks.{scored.criterion}_{TOP}")
        yield context(mrkdwn(line(told.text("scene.aim", aim=aim))))


def _looks(scored: Scored, told: Captions) -> str:
    """What a score looks like; between two that are described, the lower one."""
    if not scored.seen and not scored.score:
        return told.text("looks.never")
    return told.text(f"looks.{scored.criterion}_{scored.score - scored.score % 2}")
