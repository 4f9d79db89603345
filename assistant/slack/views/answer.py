"""An answer: the sentence that answers, what it rests on, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.claims import Claim, number_sources
from assistant.conversation.answer import Answer, Step
from assistant.rendering.captions import Captions
from assistant.slack.links import NO_LINKS, Links
from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    button,
    context,
    section,
    sections,
    small,
)
from assistant.slack.views.citing import (
    markdown_sentence,
    sentence,
    source_buttons,
    sources_line,
)
from assistant.slack.views.message import Message, message
from assistant.slack.views.playbook import in_english
from assistant.slack.words import words

_MOST_CHOICES = 10
_MOST_FOLLOW_UPS = 3
#: How each kind of sentence begins, so that nobody takes a question or advice for a fact.
MARKS = {"fact": "", "inference": "", "recommendation": "→ ", "unknown": "? "}
_DRAFTS = {
    "plan": ids.PLAN,
    "value": ids.OPEN_DRAFT,
    "follow_up": ids.FOLLOW_UP,
    "review": ids.REVIEW,
}
_TASK_TITLE, _QUESTION = 150, 500


def answer_message(answer: Answer, links: Links = NO_LINKS) -> Message:
    """The whole answer, or the honest no with its reason and what would help."""
    told = words(answer.language)
    if answer.abstained:
        return message(_notification(answer), list(_no_answer(answer, told)))
    labels = answer.sources
    first, *rest = answer.claims
    blocks = sections(sentence(first, labels, links, bold=True))
    if rest:
        lines = [MARKS[claim.kind] + sentence(claim, labels, links) for claim in rest]
        blocks += sections("\n".join(lines))
    return message(_notification(answer), [*blocks, *answer_tail(answer, links)])


def answer_tail(answer: Answer, links: Links = NO_LINKS) -> list[Block]:
    """What follows the sentences: sources, notices, next questions, feedback.

    A stream that has shown the sentences ends with it.
    """
    told = words(answer.language)
    if answer.abstained:
        return list(_no_answer(answer, told))
    return [
        *(in_english(told) if _from_the_playbook(answer) else ()),
        *_sources(answer, links, told),
        *(block for notice in answer.notices for block in small(mrkdwn(notice))),
        *_next(answer, told),
        feedback(answer.id, told),
    ]


def feedback(key: str, told: Captions) -> Block:
    """Was this right? Kept with the run."""

    def face(word: str) -> Block:
        label = plain(told.text(f"feedback.{word}"), 75)
        return {
            "text": {"type": "plain_text", "text": label},
            "value": ids.pack(key, word),
            "accessibility_label": label,
        }

    buttons = {
        "type": "feedback_buttons",
        "action_id": ids.FEEDBACK,
        "positive_button": face("good"),
        "negative_button": face("bad"),
    }
    return {"type": "context_actions", "elements": [buttons]}


def stream_task(step: Step, number: int) -> Block:
    """A chunk of a stream: a piece of work that began or is done."""
    return {
        "type": "task_update",
        "id": f"{step.work}-{number}",
        "title": plain(step.title, _TASK_TITLE),
        "status": "complete" if step.done else "in_progress",
    }


def stream_sentence(claims: Sequence[Claim], links: Links = NO_LINKS) -> Block:
    """A chunk of a stream: the last of the sentences so far, numbered as the answer will be."""
    *before, claim = claims
    labels = number_sources(claims)
    text = markdown_sentence(claim, labels, links, bold=not before)
    return {"type": "markdown_text", "text": f"{MARKS[claim.kind]}{text}\n\n"}


def _from_the_playbook(answer: Answer) -> bool:
    return any(one.kind == "playbook" for claim in answer.claims for one in claim.evidence)


def _notification(answer: Answer) -> str:
    return mrkdwn(line(answer.claims[0].text if answer.claims else answer.reason or "")) or "–"


def _no_answer(answer: Answer, told: Captions) -> Iterator[Block]:
    """Why not, what would help, and what the question may have meant."""
    if answer.choices:
        yield from sections(mrkdwn(answer.reason or told.text("answer.which")))
        yield actions(
            *(
                button(
                    choice.label,
                    ids.numbered(ids.CHOICE, at),
                    ids.pack(answer.id, choice.id),
                )
                for at, choice in enumerate(answer.choices[:_MOST_CHOICES], start=1)
            )
        )
        if len(answer.choices) > _MOST_CHOICES:
            yield context(mrkdwn(told.text("answer.more_choices")))
        return
    reason = answer.reason or told.text("answer.nothing")
    yield from sections(f"*{mrkdwn(line(reason))}*")
    if answer.help:
        hints = "\n".join(f"→ {mrkdwn(line(hint))}" for hint in answer.help)
        yield from sections(f"{mrkdwn(told.text('answer.would_help'))}\n{hints}")
    yield from (block for notice in answer.notices for block in small(mrkdwn(notice)))
    yield from _next(answer, told)
    yield feedback(answer.id, told)


def _sources(answer: Answer, links: Links, told: Captions) -> Iterator[Block]:
    labels = answer.sources
    if labels:
        yield sources_line(labels, links, told)
        yield source_buttons(answer.id, labels, told)
    if answer.withheld:
        count = told.counted("answer.withheld", len(answer.withheld))
        yield section(
            mrkdwn(count),
            button(told.text("answer.show"), ids.WITHHELD, ids.pack(answer.id)),
        )


def _next(answer: Answer, told: Captions) -> Iterator[Block]:
    """The draft that was asked for, and questions that are natural to ask next."""
    buttons = []
    if answer.draft in _DRAFTS and answer.account_id:
        buttons.append(
            button(
                told.text(f"do.{answer.draft}"),
                _DRAFTS[answer.draft],
                ids.pack(answer.account_id, answer.draft),
                "primary",
            )
        )
    buttons += [
        button(
            question,
            ids.numbered(ids.FOLLOW_UP_QUESTION, at),
            ids.pack(answer.id, plain(question, _QUESTION)),
        )
        for at, question in enumerate(answer.follow_ups[:_MOST_FOLLOW_UPS], start=1)
    ]
    if buttons:
        yield actions(*buttons)
