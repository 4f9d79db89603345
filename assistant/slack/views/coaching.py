"""Lists for whoever leads: plans, asks, exceptions, the self-check. Never people by rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.drafting import Pen
from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    Option,
    actions,
    asked,
    button,
    context,
    date_input,
    divider,
    header,
    radio,
    search_select,
    section,
    sections,
    select,
    text_input,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.views.home_team import LISTS
from assistant.slack.views.message import Message, message
from assistant.slack.words import words
from assistant.steering.asks import TARGETS, AskLine
from assistant.steering.coaching import Coaching
from assistant.steering.exceptions import RepeatedException
from assistant.steering.imperatives import IMPERATIVES, SCORES, ImperativeLine

_BUTTON = 75
_MOST_ARTICLES = 5
#: Accounts named beside an element, and asks in a message; the others are one click away.
_MOST_NAMED, _MOST_ASKS = 8, 20


def lists_message(language: str = "en") -> Message:
    """The lists to choose from."""
    told = words(language)
    offered = [
        button(told.text(f"lists.{name}"), ids.numbered(ids.LISTS, at), ids.pack(name))
        for at, name in enumerate(LISTS, start=1)
    ]
    return _bare(told.text("lists.which"), actions(*offered))


def no_lists_message(language: str = "en") -> Message:
    """For somebody who leads nobody."""
    return _bare(words(language).text("lists.leads"))


def coaching_message(people: Sequence[Coaching], language: str = "en") -> Message:
    """What the plans of each person leave blank and what would help, by name."""
    told = words(language)
    if not people:
        return _bare(told.text("lists.none_coaching"))
    text = mrkdwn(told.text("lists.coaching_intro"))
    blocks = [header(told.text("lists.coaching")), context(text)]
    for one in people:
        blocks += [divider(), *_person(one, told)]
    return message(text, blocks)


def person_message(one: Coaching, language: str = "en") -> Message:
    """The same of one person, with every account by name."""
    told = words(language)
    text = mrkdwn(told.text("lists.coaching_intro"))
    blocks = [header(told.text("lists.coaching")), context(text)]
    return message(text, [*blocks, *_entry(one, told, one.accounts)])


def asks_message(asks: Sequence[AskLine], language: str = "en", page: int = 0) -> Message:
    """The open asks, each with who asked whom and a way to answer it; so many on a page."""
    told = words(language)
    if not asks:
        return _bare(told.text("lists.none_asks"), _asking(told))
    title = told.text("lists.asks")
    blocks = [header(title)]
    first = min(page, (len(asks) - 1) // _MOST_ASKS) * _MOST_ASKS
    for at, one in enumerate(asks[first : first + _MOST_ASKS], start=1):
        answered = button(
            told.text("lists.ask_close"), ids.numbered(ids.CLOSE_ASK, at), ids.pack(one.id)
        )
        blocks.append(section(f"*{mrkdwn(line(one.text))}*", answered))
        blocks.append(context(mrkdwn(line("  ·  ".join(_ask(one, told))))))
    if (more := len(asks) - first - _MOST_ASKS) > 0:
        value = ids.pack("asks", str(first // _MOST_ASKS + 1))
        rest = button(told.text("team.next"), ids.LISTS, value)
        blocks.append(section(mrkdwn(told.counted("lists.more", more)), rest))
    return message(mrkdwn(title), [*blocks, _asking(told)])


def exceptions_message(exceptions: Sequence[RepeatedException], pen: Pen) -> Message:
    """Terms granted repeatedly, the most frequent first: something for the price book."""
    told = words(pen.language)
    if not exceptions:
        return _bare(told.text("lists.none_exceptions"), _csv("exceptions", told))
    title = told.text("lists.exceptions")
    blocks = [header(title)]
    for one in exceptions:
        said = told.text(
            "lists.exception", subject=pen.term(one.subject), name=one.name, count=one.n
        )
        notes = [told.text("lists.exception_last", day=told.day(one.last_on))]
        if one.highest is not None:
            value = pen.quantity(one.highest, one.unit)
            notes.insert(0, told.text("lists.exception_most", value=value))
        notes += one.deals
        blocks += sections(f"*{mrkdwn(line(said))}*\n{mrkdwn(line('  ·  '.join(notes)))}")
    return message(mrkdwn(title), [*blocks, _csv("exceptions", told)])


def check_message(lines: Sequence[ImperativeLine], language: str = "en") -> Message:
    """The self-check of the house: each question with its newest answer."""
    told = words(language)
    title = told.text("lists.imperatives")
    blocks = [header(title), context(mrkdwn(told.text("lists.check_intro")))]
    for one in lines:
        answered = mrkdwn(line(_checked(one, told)))
        question = told.text(f"imperative.{one.imperative}")
        blocks += sections(f"*{mrkdwn(line(question))}*\n{answered}")
    check = button(told.text("lists.check_answer"), ids.CHECK, ids.pack(""), "primary")
    return message(mrkdwn(title), [*blocks, actions(check), _csv("imperatives", told)])


def check_form(language: str = "en", carried: str = "") -> Block:
    """One question of the self-check, its score, and what that rests on."""
    told = words(language)
    questions = [
        Option(plain(told.text(f"imperative.{name}"), _BUTTON), name) for name in IMPERATIVES
    ]
    scores = [
        Option(f"{score}: {told.text(f'lists.score_{score}')}", str(score)) for score in SCORES
    ]
    rests = text_input(ids.TEXT, told.text("lists.check_evidence_hint"), lines=2, longest=500)
    which = select(ids.IMPERATIVE, told.text("lists.check_which"), questions)
    return dialog(
        told,
        "lists.imperatives",
        [
            asked(told.text("lists.check_which"), which),
            asked(told.text("lists.check_score"), radio(ids.SCORE, scores, scores[0].value)),
            asked(told.text("lists.check_evidence"), rests),
        ],
        callback=ids.CHECK_FORM,
        carried=carried,
    )


def new_ask_form(language: str = "en", carried: str = "") -> Block:
    """What an account needs of another team, and by when."""
    told = words(language)
    targets = [Option(told.text(f"target.{one}"), one) for one in TARGETS]
    what = text_input(ids.TEXT, told.text("lists.ask_what_hint"), lines=2, longest=500)
    due = date_input(ids.DUE, told.text("form.day"))
    account = search_select(ids.ACCOUNT, told.text("form.account_hint"))
    return dialog(
        told,
        "lists.ask_new",
        [
            asked(told.text("form.account"), account),
            asked(told.text("lists.ask_target"), radio(ids.KIND, targets, targets[0].value)),
            asked(told.text("lists.ask_what"), what),
            asked(told.text("promise.due"), due, optional=True),
        ],
        callback=ids.NEW_ASK_FORM,
        carried=carried,
    )


def close_ask_form(language: str = "en", carried: str = "") -> Block:
    """How an ask ended, and what was answered."""
    told = words(language)
    ends = [Option(told.text(f"lists.{one}"), one) for one in ("done", "declined")]
    said = text_input(ids.TEXT, told.text("lists.ask_answer"), lines=2, longest=500)
    return dialog(
        told,
        "lists.ask_form",
        [
            asked(told.text("lists.ask_outcome"), radio(ids.KIND, ends, "done")),
            asked(told.text("lists.ask_answer"), said),
        ],
        callback=ids.CLOSE_ASK_FORM,
        carried=carried,
    )


def _person(one: Coaching, told: Captions) -> Iterator[Block]:
    """What is missing, with the first accounts that lack it, and a way to all of them."""
    yield from _entry(one, told, _MOST_NAMED)
    if any(len(part.accounts) > _MOST_NAMED for part in one.thin):
        value = ids.pack("coaching", one.user_id)
        yield actions(button(told.text("lists.all_names"), ids.LISTS, value))


def _entry(one: Coaching, told: Captions, most: int) -> Iterator[Block]:
    """What is missing for at most so many accounts; the articles that help open on a click."""
    name = told.counted("lists.coaching_name", one.accounts, name=one.name)
    rows = [
        told.text(
            "lists.thin",
            element=told.text(f"element.{part.element}"),
            names=told.names(_first(part.accounts, most)),
        )
        for part in one.thin
    ] or [told.text("lists.full")]
    body = "\n".join(f"• {mrkdwn(line(row))}" for row in rows)
    yield from sections(f"*{mrkdwn(line(name))}*\n{body}")
    buttons = [
        button(article.title, ids.numbered(ids.LESSON, at), ids.pack(article.slug))
        for at, article in enumerate(one.articles[:_MOST_ARTICLES], start=1)
    ]
    if buttons:
        yield actions(*buttons)


def _first(names: Sequence[str], most: int) -> Sequence[str]:
    """The first names, and how many more there are."""
    more = len(names) - most
    return [*names[:most], f"+{more}"] if more > 0 else names


def _ask(one: AskLine, told: Captions) -> Iterator[str]:
    target = told.text(f"target.{one.target}")
    yield told.text("lists.ask_details", account=one.account, target=target, who=one.asked_by)
    if one.owner:
        yield told.text("lists.ask_owner", who=one.owner)
    if one.due_on is not None:
        yield told.text("lists.ask_due", day=told.day(one.due_on))
    if one.overdue > 0:
        yield told.counted("lists.ask_overdue", one.overdue)


def _checked(one: ImperativeLine, told: Captions) -> str:
    latest = one.latest
    if latest is None:
        return told.text("lists.check_none")
    said = told.text(
        "lists.check_latest",
        score=latest.score,
        words=told.text(f"lists.score_{latest.score}"),
        day=told.day(latest.on),
        who=latest.by,
        evidence=latest.evidence,
    )
    if one.change is None:
        return said
    change = f"{one.change:+d}".replace("-", "−")
    return f"{said} ({told.text('lists.check_change', change=change)})"


def _asking(told: Captions) -> Block:
    new = button(told.text("lists.ask_new"), ids.NEW_ASK, ids.pack(""), "primary")
    return actions(new, *_csv("asks", told)["elements"])


def _csv(name: str, told: Captions) -> Block:
    return actions(button(told.text("lists.csv"), ids.LIST_CSV, ids.pack(name)))


def _bare(said: str, *blocks: Block) -> Message:
    text = mrkdwn(line(said))
    return message(text, [section(text), *blocks])
