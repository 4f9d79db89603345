"""Reading a question: what it wants, about whom, which days; the thread fills the gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.conversation.understanding import intents
from assistant.conversation.understanding.ahead import foreseen_in
from assistant.conversation.understanding.focus import Focus
from assistant.conversation.understanding.inquiry import Inquiry
from assistant.conversation.understanding.language import language_of
from assistant.conversation.understanding.mentions import Directory, Mentions
from assistant.conversation.understanding.naming import apart, named
from assistant.conversation.understanding.periods import period_in
from assistant.conversation.understanding.strangers import stranger_in
from assistant.conversation.understanding.words import plainly
from knowledge.records.roster import Kind, Named

_PRONOUN = re.compile(
    r"\b(they|them|their|theirs|it|its|there|he|him|his|she|her|this account|that account"
    r"|the account|this customer|that customer|the customer|this deal|that deal|the deal"
    r"|sie|ihnen|ihr|ihre\w*|dort|da|er|ihm|ihn|dieser kunde|dem kunden|diesem kunden"
    r"|они|них|им|их|ним|ними|он|она|него|нее|ему|ей|там|этот клиент|этого клиента)\b"
)
#: Of these, the words that mean somebody said before, and nothing else.
_POINTS = re.compile(
    r"\b(they|them|their|theirs|he|him|his|she|her|this account|that account|this customer"
    r"|that customer|this deal|that deal"
    r"|ihm|ihn|bei ihnen|mit ihnen|von ihnen|dieser kunde|diesem kunden|diesen kunden"
    r"|они|них|им|их|ним|ними|него|нее|ему|ей|этот клиент|этого клиента|эт\w+ сделк\w+)\b"
)
_EVERYTHING = re.compile(
    r"\b(accounts|customers|clients|all|across|overall|portfolio|total|everywhere|team|in general"
    r"|my (open )?(deals|promises|pipeline|contracts)|which account\w*|who (of us|in my team)"
    r"|kunden|alle\w*|insgesamt|portfolio\w*|überall|gesamt\w*"
    r"|клиент(ы|ов|ам|ами|ах)|все(х|м|го)?|портфел\w*)\b"
)
_ELLIPSIS = re.compile(
    r"^(and|und|а|и|what about|how about|was ist mit|wie sieht es (mit|bei)|wie ist es bei|und bei"
    r"|what of|same for|а что|а как|а у|ok and|also|or)\b"
)
#: What can be asked of other days.
_OVER_DAYS = frozenset({"revenue", "changes", "top_accounts", "summary"})
#: What was bought: of days to come nobody knows it.
_BOUGHT = frozenset({"revenue", "orders", "products", "top_accounts"})
#: Words of a question that is too short to stand alone.
_SHORT = 6
#: What a mere name asks for.
_OF_A_NAME: tuple[tuple[Kind, str], ...] = (
    ("account", "summary"),
    ("contact", "person"),
    ("deal", "deal"),
    ("rival", "rival"),
)


@dataclass(frozen=True)
class Reader:
    """Reads the questions of one viewer on one day."""

    directory: Directory
    day: date
    fiscal_start: int
    languages: Sequence[str]
    default: str

    def read(self, question: str, focus: Focus) -> Inquiry:
        """What a question means in a thread that is about `focus`."""
        question = apart(question, self.directory)
        mentions = self.directory.mentions(
            question, ordinary=intents.ordinary_words(), near=focus.accounts
        )
        language = language_of(mentions.without(question), focus.language, self.default)
        masked = mentions.masked(question)
        plain = intents.tidy(masked)
        want = intents.wanted(masked, language)
        period = period_in(plain, self.day, self.fiscal_start)
        inquiry = Inquiry(
            text=question,
            masked=plain,
            language=language,
            intent=want.intent if want else None,
            period=period,
            everything=_EVERYTHING.search(plain) is not None,
            points=_POINTS.search(plain) is not None,
            weight=want.weight if want else 0,
            others=want.others if want else (),
        )
        inquiry = _narrowed(self._foreseeing(named(inquiry, mentions, focus)))
        return self._in_thread(inquiry, mentions, focus, question)

    def _foreseeing(self, inquiry: Inquiry) -> Inquiry:
        """What was bought, asked of days to come, is a forecast."""
        bought = inquiry.intent in _BOUGHT and inquiry.period is None
        ahead = bought and foreseen_in(inquiry.masked, self.day, self.fiscal_start)
        return replace(inquiry, intent="forecast") if ahead else inquiry

    def _in_thread(
        self, inquiry: Inquiry, mentions: Mentions, focus: Focus, question: str
    ) -> Inquiry:
        """What the question leaves out, from what the thread is about."""
        inquiry, plain = _continued(inquiry, mentions, focus), inquiry.masked
        stranger = self._stranger(inquiry, mentions.without(question))
        if stranger and not inquiry.accounts:
            return replace(inquiry, stranger=stranger)
        pronoun = _PRONOUN.search(plain) is not None
        if inquiry.intent in intents.ABOUT_TALK or not inquiry.accounts:
            free = inquiry.intent in intents.PORTFOLIO and not pronoun
            free = free or inquiry.intent in {*intents.SMALL_TALK, *intents.WITHOUT_ACCOUNT}
            if inquiry.intent == "discount" or (not free and not inquiry.everything):
                inquiry = replace(inquiry, accounts=focus.accounts)
        return _persons(inquiry, focus, pronoun=pronoun)

    def _stranger(self, inquiry: Inquiry, rest: str) -> str | None:
        """A name in the question, known names taken out, that nobody on the roster bears."""
        free = {"method", *intents.SMALL_TALK, *intents.ABOUT_TALK}
        if inquiry.unclear or inquiry.intent in free:
            return None
        known = intents.ordinary_words() | self.directory.words
        asking = inquiry.intent is not None
        found = stranger_in(rest, known, inquiry.language, asking=asking)
        ware = found is not None and plainly(found).startswith(self.directory.wares)
        return None if ware and inquiry.intent in _BOUGHT else found


def _continued(inquiry: Inquiry, mentions: Mentions, focus: Focus) -> Inquiry:
    """What is wanted where a question does not say: what was before, or what a mere name wants."""
    intent, plain = inquiry.intent, inquiry.masked
    bare = _only_names(inquiry)
    follows = bool(_ELLIPSIS.match(plain)) or plain.startswith("<")
    strange = bool(inquiry.beside) and focus.intent not in _BOUGHT
    if focus.intent and follows and not strange and (intent in {None, "summary"} or bare):
        same = focus.intent if not inquiry.accounts else _of_one(focus.intent)
        inquiry = replace(inquiry, intent=same)
    if focus.intent and intent is None and inquiry.period and len(plain.split()) <= _SHORT:
        inquiry = replace(inquiry, intent=focus.intent)
    if inquiry.intent != intent and inquiry.period and inquiry.intent not in _OVER_DAYS:
        return replace(inquiry, intent="revenue")
    if bare and inquiry.rival and not {*inquiry.accounts, *focus.accounts}:
        return replace(inquiry, intent="rival")
    if bare and inquiry.intent is None:
        wanted = (what for kind, what in _OF_A_NAME if mentions.of(kind))
        return replace(inquiry, intent=next(wanted, None))
    return inquiry


def _narrowed(inquiry: Inquiry) -> Inquiry:
    """What is asked of all accounts, where the question itself names one of them."""
    one = intents.OF_ONE.get(inquiry.intent or "")
    if not inquiry.accounts or one is None or inquiry.intent in intents.AMONG_ALL:
        return inquiry
    return replace(inquiry, intent=one)


def _of_one(intent: str) -> str:
    """What a question is when it is asked of one account."""
    return intents.OF_ONE.get(intent, "summary") if intent in intents.PORTFOLIO else intent


def _only_names(inquiry: Inquiry) -> bool:
    """Whether a question is nothing but a name, as “and Borealis?”."""
    rest = re.sub(r"<\w+>", " ", inquiry.masked)
    rest = _ELLIPSIS.sub(" ", rest)
    return len(rest.split()) <= 1


def _persons(inquiry: Inquiry, focus: Focus, *, pronoun: bool) -> Inquiry:
    """“him”, “that deal”: whom and what the thread was about, where the account is the same."""
    same = not inquiry.accounts or set(inquiry.accounts) <= set(focus.accounts)
    if not (pronoun and same and focus.accounts):
        return inquiry
    account = focus.accounts[0]
    if inquiry.person is None and focus.person and inquiry.intent in {"person", "dealings", "left"}:
        inquiry = replace(inquiry, person=Named("contact", focus.person, "", account))
    if inquiry.deal is None and focus.deal and inquiry.intent == "deal":
        inquiry = replace(inquiry, deal=Named("deal", focus.deal, "", account))
    return inquiry
