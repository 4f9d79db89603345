"""Reading a question: what it wants, about whom, which days; the thread fills the gaps."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.conversation.understanding import intents
from assistant.conversation.understanding.focus import Focus
from assistant.conversation.understanding.language import language_of
from assistant.conversation.understanding.mentions import Directory, Mention, Mentions
from assistant.conversation.understanding.periods import Period, period_in
from assistant.conversation.understanding.words import Word, words_in
from knowledge.records.roster import Named

_PRONOUN = re.compile(
    r"\b(they|them|their|theirs|it|its|there|he|him|his|she|her|this account|that account"
    r"|the account|this customer|that customer|the customer|this deal|that deal|the deal"
    r"|sie|ihnen|ihr|ihre\w*|dort|da|er|ihm|ihn|dieser kunde|dem kunden|diesem kunden"
    r"|они|них|им|их|ним|ними|он|она|него|нее|ему|ей|там|этот клиент|этого клиента)\b"
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
#: After one of these a word that is nobody we know is taken for a name.
_LEADS = re.compile(
    r"\b(?:at|for|with|from|to|about|of|by|bei|von|mit|für|über|на|у|для|про|об|о|в|с|по|and|und|is"
    r"|does|did|has|visit)\s+((?:[^\W\d_][\w&'’-]*\s?){1,3})"
)
#: What can be asked of other days.
_OVER_DAYS = frozenset({"revenue", "changes", "top_accounts", "summary"})
_NO_NAME = frozenset(
    [
        "i",
        "we",
        "us",
        "you",
        "me",
        "my",
        "our",
        "your",
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "them",
        "they",
        "it",
        "he",
        "she",
        "him",
        "her",
        "q1",
        "q2",
        "q3",
        "q4",
        "cfo",
        "ceo",
        "coo",
        "cto",
        "hse",
        "vp",
        "eur",
        "usd",
        "roi",
        "kpi",
        "meddpicc",
        "crm",
        "b2b",
        "what",
        "who",
        "when",
        "how",
        "why",
        "which",
        "is",
        "are",
        "do",
        "does",
        "can",
        "could",
        "should",
        "tell",
        "please",
        "hi",
        "hello",
        "and",
        "or",
        "so",
        "ok",
        "in",
        "on",
        "at",
        "for",
    ]
)


@dataclass(frozen=True)
class Inquiry:
    """One question as it was understood.

    Attributes:
        intent: what it wants; None where no rule knows.
        accounts: whom it is about, as ids the viewer may see.
        stranger: a name in it that nobody on the roster bears.
        unclear: a mention that fits several records.
        everything: whether it asks about all accounts.
    """

    text: str
    masked: str
    language: str
    intent: str | None
    accounts: tuple[str, ...] = ()
    person: Named | None = None
    colleague: Named | None = None
    deal: Named | None = None
    product: Named | None = None
    rival: Named | None = None
    period: Period | None = None
    stranger: str | None = None
    unclear: Mention | None = None
    everything: bool = False
    weight: int = 0
    others: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[str, ...]:
        """Words that no rule knows: the question is about something else as well."""
        return intents.unknown_in(self.masked, self.language)

    @property
    def account(self) -> str | None:
        """The first account it is about."""
        return self.accounts[0] if self.accounts else None


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
            weight=want.weight if want else 0,
            others=want.others if want else (),
        )
        named = _named(inquiry, mentions, focus)
        return self._in_thread(named, mentions, focus, question)

    def _in_thread(
        self, inquiry: Inquiry, mentions: Mentions, focus: Focus, question: str
    ) -> Inquiry:
        """What the question leaves out, from what the thread is about."""
        intent, plain = inquiry.intent, inquiry.masked
        follows = bool(_ELLIPSIS.match(plain)) or plain.startswith("<")
        if focus.intent and follows and (intent in {None, "summary"} or _only_names(inquiry)):
            inquiry = replace(inquiry, intent=focus.intent, person=inquiry.person)
        if focus.intent and intent is None and inquiry.period and len(plain.split()) <= 6:  # noqa: PLR2004
            inquiry = replace(inquiry, intent=focus.intent)
        if inquiry.intent != intent and inquiry.period and inquiry.intent not in _OVER_DAYS:
            inquiry = replace(inquiry, intent="revenue")
        bare = mentions.without(question)
        stranger = None if inquiry.unclear else self._stranger(inquiry, bare)
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
        if inquiry.intent in {"method", *intents.SMALL_TALK, *intents.ABOUT_TALK}:
            return None
        known = intents.ordinary_words() | self.directory.words
        for found in _LEADS.finditer(rest):
            words = [word for word in words_in(found[1]) if _may_name(word, known)]
            capital = [word for word in words if word.capital]
            if capital:
                return " ".join(word.said for word in capital)
            if words and inquiry.intent is not None and inquiry.language == "en":
                return words[0].said
        odd = [word for word in words_in(rest)[1:] if word.capital and _may_name(word, known)]
        return odd[0].said if odd and inquiry.language != "de" else None


def _may_name(word: Word, known: Collection[str]) -> bool:
    """Whether a word is neither of the language nor of the trade, and no code."""
    plain = word.plain
    short = len(plain) <= 3  # noqa: PLR2004 - initials and small words
    coded = any(char.isdigit() for char in plain)
    return not short and not coded and plain not in known and plain not in _NO_NAME


def _only_names(inquiry: Inquiry) -> bool:
    """Whether a question is nothing but a name, as “and Borealis?”."""
    rest = re.sub(r"<\w+>", " ", inquiry.masked)
    rest = _ELLIPSIS.sub(" ", rest)
    return len(rest.split()) <= 1


def _named(inquiry: Inquiry, mentions: Mentions, focus: Focus) -> Inquiry:
    """What the question names itself."""
    accounts: list[str] = []
    for mention in mentions.of("account"):
        close = [one.id for one in mention.fits if one.id in focus.accounts]
        if mention.clear or close:
            accounts.append((close or [mention.fits[0].id])[0])
        else:
            inquiry = replace(inquiry, unclear=mention)
    for mention in mentions.of("contact", "deal"):
        inquiry = _one_of_theirs(inquiry, mention, accounts)
    if not accounts and inquiry.unclear is None:
        known = [one.account_id for one in (inquiry.person, inquiry.deal) if one is not None]
        accounts = [one for one in known if one is not None][:1]
    first = {one.kind: one.fits[0] for one in reversed(mentions.found) if one.clear}
    return replace(
        inquiry,
        accounts=tuple(dict.fromkeys(accounts)),
        colleague=first.get("colleague"),
        product=first.get("product"),
        rival=first.get("rival"),
    )


def _one_of_theirs(inquiry: Inquiry, mention: Mention, accounts: Collection[str]) -> Inquiry:
    """A person or deal of the accounts that are named, else of anybody; several are unclear."""
    here = [one for one in mention.fits if one.account_id in accounts]
    fits = here or list(mention.fits)
    if len(fits) > 1:
        return replace(inquiry, unclear=inquiry.unclear or mention)
    if mention.kind == "contact":
        return replace(inquiry, person=inquiry.person or fits[0])
    return replace(inquiry, deal=inquiry.deal or fits[0])


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
