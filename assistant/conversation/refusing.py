"""The honest no: why there is no answer, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.answer import Choice
from assistant.conversation.matter import Matter
from assistant.conversation.understanding.mentions import Mention
from knowledge.errors import NotFound

_MOST_CHOICES = 5


@dataclass(frozen=True)
class No:
    """Why not, what would help, and what the question may have meant."""

    reason: str
    help: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


def nobody_of_that_name(matter: Matter, name: str) -> No:
    """Not there and not allowed are the same words."""
    say = matter.voice.say
    return No(say("no.account_unknown", name=name), (say("no.spelling"),))


def which(matter: Matter, mention: Mention) -> No:
    """A name that fits several records: the asker chooses."""
    question = matter.inquiry.text
    names = [one.name for one in mention.fits[:_MOST_CHOICES]]
    choices = tuple(
        Choice(one.id, one.name, f"{question[: mention.start]}{one.name}{question[mention.end :]}")
        for one in mention.fits[:_MOST_CHOICES]
    )
    listed = matter.voice.wording.names(names)
    return No(matter.voice.say("no.which", names=listed), choices=choices)


def which_account(matter: Matter) -> No:
    """A question about one account that names none."""
    holdings = matter.portfolio.holdings
    ranked = sorted(holdings, key=lambda one: -matter.portfolio.revenue(one, 0, 11))
    choices = tuple(
        Choice(
            one.account.id,
            one.account.name,
            f"{matter.inquiry.text.rstrip('?')} ({one.account.name})?",
        )
        for one in ranked[:_MOST_CHOICES]
    )
    return No(matter.voice.say("no.which_account"), (matter.voice.say("no.rephrase"),), choices)


def small_talk(matter: Matter) -> No:
    """Greetings, thanks, and what lies outside the field."""
    say, intent = matter.voice.say, matter.inquiry.intent
    if intent == "thanks":
        return No(say("no.welcome"))
    examples = [say("no.example_2"), say("no.example_3")]
    first = next(iter(matter.portfolio.holdings), None)
    if first is not None:
        examples.insert(0, say("no.example_1", account=first.account.name))
    if intent in {"greeting", "capability"}:
        return No(say("no.hello"), tuple(examples))
    return No(say("no.outside"), tuple(examples))


def nothing_known(matter: Matter) -> No:
    """Nothing computed, nothing found: whom to ask, what to import."""
    say = matter.voice.say
    account = matter.inquiry.account
    if account is None:
        return No(say("no.nothing"), (say("no.rephrase"), say("no.import")))
    try:
        brief = matter.brief
    except NotFound:
        return nobody_of_that_name(matter, account)
    owner = brief.file.owner
    helps = [say("no.ask_owner", owner=owner.name)] if owner else []
    return No(say("no.nothing_about", account=brief.name), (*helps, say("no.import")))
