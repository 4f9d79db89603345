"""The honest no: why there is no answer, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.answer import Choice
from assistant.conversation.matter import Matter
from assistant.conversation.understanding import Pending
from assistant.conversation.understanding.mentions import Mention
from knowledge.errors import NotFound

_MOST_CHOICES = 5


@dataclass(frozen=True)
class No:
    """Why not, what would help, what the question may have meant, and where its gap is."""

    reason: str
    help: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    pending: Pending | None = None


def nobody_of_that_name(matter: Matter, name: str) -> No:
    """Not there and not allowed are the same words."""
    say = matter.voice.say
    return No(say("no.account_unknown", name=name), (say("no.spelling"),))


def which(matter: Matter, mention: Mention, message: str) -> No:
    """A name that fits several records: the asker chooses, and all of the message is asked again.

    Args:
        matter: the question that names it.
        mention: where it does.
        message: what the question is a part of.
    """
    question, fits = matter.inquiry.text, mention.fits[:_MOST_CHOICES]
    rest = message[max(message.find(question), 0) :]
    if not rest.startswith(question):
        rest = question
    before, after = rest[: mention.start], rest[mention.end :]
    pending = Pending(before, after, tuple(one.name for one in fits))
    choices = tuple(Choice(one.id, one.name, pending.with_name(one.name)) for one in fits)
    listed = matter.voice.wording.names(pending.labels)
    return No(matter.voice.say("no.which", names=listed), choices=choices, pending=pending)


def which_account(matter: Matter) -> No:
    """A question about one account that names none."""
    holdings = matter.portfolio.holdings
    ranked = sorted(holdings, key=lambda one: -matter.portfolio.revenue(one, 0, 11))
    shown = [one.account for one in ranked[:_MOST_CHOICES]]
    before = f"{matter.inquiry.text.rstrip('? ')} ("
    pending = Pending(before, ")?", tuple(one.name for one in shown))
    choices = tuple(Choice(one.id, one.name, pending.with_name(one.name)) for one in shown)
    say = matter.voice.say
    return No(say("no.which_account"), (say("no.rephrase"),), choices, pending)


def small_talk(matter: Matter) -> No:
    """Greetings, thanks, and what lies outside the field."""
    say, intent = matter.voice.say, matter.inquiry.intent
    if intent == "thanks":
        return No(say("no.welcome"))
    examples = [say("no.example_3")]
    first = next(iter(matter.portfolio.holdings), None)
    if first is not None:
        own = say("no.example_1", account=first.account.name)
        examples = [own, say("no.example_2"), *examples]
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
    owner, who = brief.file.owner, matter.inquiry.person
    helps = [say("no.ask_owner", owner=owner.name)] if owner else []
    person = brief.file.contact(who.id) if who and matter.inquiry.intent == "dealings" else None
    if person is not None:
        return No(say("no.nothing_said", who=person.name), (*helps, say("no.import")))
    return No(say("no.nothing_about", account=brief.name), (*helps, say("no.import")))
