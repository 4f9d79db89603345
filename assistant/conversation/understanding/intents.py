"""What a question wants: patterns in three languages, slips of the finger put right first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from assistant.conversation.understanding.words import plainly, slips_allowed, words_in
from assistant.errors import BadTemplate
from knowledge.index.languages import is_stop_word
from knowledge.playbook import read_playbook

FOLDER = Path(__file__).parent / "patterns"
LANGUAGES = ("en", "de", "ru")
#: What is asked about the talk itself.
ABOUT_TALK = frozenset({"why", "source"})
#: What needs no records.
SMALL_TALK = frozenset({"capability", "greeting", "thanks", "elsewhere"})
#: What asks for a draft, and which one.
DRAFTS = {
    "draft_plan": "plan",
    "draft_value": "value",
    "draft_follow_up": "follow_up",
    "draft_review": "review",
}
#: Questions about many accounts.
PORTFOLIO = frozenset(
    [
        "top_accounts",
        "attention",
        "without_part",
        "how_many",
        "eighty_twenty",
        "nurture",
        "declining",
        "stale",
        "selling_only",
        "owes",
        "biggest_deals",
        "ending_contracts",
        "approvals",
    ]
)
#: What a question about one account is, asked of all of them.
OVER_ALL = {
    "revenue": "total_revenue",
    "decline": "declining",
    "deals": "biggest_deals",
    "promises": "all_promises",
    "touch": "stale",
    "contracts": "ending_contracts",
    "cases": "all_cases",
    "priorities": "attention",
    "risk": "eighty_twenty",
    "decider": "without_part",
    "champion": "without_part",
    "health": "attention",
    "win_rate": "win_rate_overall",
    "wallet": "nurture",
    "why_lost": "lost_deals",
    "products": "all_products",
    "forecast": "all_forecast",
    "theirs": "all_theirs",
}
#: What a question about all accounts is, asked of one of them: the other way round.
OF_ONE = {"top_accounts": "revenue"} | {
    overall: one for one, overall in reversed(list(OVER_ALL.items()))
}
#: Questions about all accounts that stay so where one account is named: it is one of many.
AMONG_ALL = frozenset({"top_accounts", "eighty_twenty", "nurture"})
#: Intents that name no account because what they name says enough.
WITHOUT_ACCOUNT = frozenset({"discount", "rival", "lost_to", "colleague", "method"})
_CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "januar",
        "februar",
        "maerz",
        "marz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ]
)
_MARKS = {
    "account": "α",
    "contact": "κ",
    "colleague": "λ",
    "deal": "δ",
    "product": "π",
    "rival": "ρ",
}
_FIRST_WINS = ("elsewhere", "greeting", "thanks", "capability")
_DRAFT_BONUS = 12


@dataclass(frozen=True)
class Wanted:
    """An intent, how much of the question it covers (characters), and the runner-up."""

    intent: str
    weight: int
    others: tuple[str, ...] = ()


def wanted(masked: str, language: str) -> Wanted | None:
    """What a question wants, names masked; None where no pattern fits.

    A question in one language may borrow the words of another: English fits everywhere.
    """
    text = _veiled(tidy(masked))
    scores: dict[str, int] = {}
    for spoken in dict.fromkeys((language, "en")):
        for corrected in dict.fromkeys((text, corrected_in(text, spoken))):
            for intent, patterns in _patterns(spoken).items():
                weight = max((_weight(p, corrected) for p in patterns), default=0)
                if weight > scores.get(intent, 0):
                    scores[intent] = weight
    if not scores:
        return None
    for intent in _FIRST_WINS:
        if intent in scores and (intent != "capability" or len(text.split()) <= 6):  # noqa: PLR2004
            return Wanted(intent, scores[intent])
    for intent in DRAFTS:
        if intent in scores:
            scores[intent] += _DRAFT_BONUS
    order = sorted(scores, key=lambda name: -scores[name])
    return Wanted(order[0], scores[order[0]], tuple(order[1:4]))


def tidy(text: str) -> str:
    """Small letters, straight apostrophes, single spaces, without the closing mark."""
    plain = text.casefold().replace("’", "'").replace("ё", "е")
    plain = re.sub(r"\b(what|who|how|where|when|that|there)s\b", r"\1's", plain)
    return " ".join(re.sub(r"[?!.,;:…\"“”„«»()]+(?=\s|$)|[\"“”„«»()]", " ", plain).split())


@lru_cache(maxsize=2_000)
def corrected_in(text: str, language: str) -> str:
    """The text with words brought back to those of the patterns that they nearly are."""
    known = _vocabulary(language)
    ordinary = _ordinary() if language == "en" else frozenset()
    return " ".join(
        word if word.startswith("<") else _corrected(word, known, ordinary) for word in text.split()
    )


def ordinary_words() -> frozenset[str]:
    """Plain words that are words of the language or of the trade, and nobody's name."""
    trade = frozenset(plainly(word) for spoken in LANGUAGES for word in _vocabulary(spoken))
    return _ordinary() | trade | _CALENDAR


def unknown_in(text: str, language: str) -> tuple[str, ...]:
    """The words of a tidy text that carry meaning and stand in no pattern."""
    known = [plainly(word) for spoken in {language, "en"} for word in _vocabulary(spoken)]
    bare = re.sub(r"<\w+>(?:'s)?", " ", corrected_in(text, language))
    return tuple(
        word.said
        for word in words_in(bare)
        if len(word.plain) > 3  # noqa: PLR2004 - small words carry no meaning
        and not any(is_stop_word(word.said, spoken) for spoken in (language, "en"))
        and not any(word.plain.startswith(stem) for stem in known)
        and word.plain not in _CALENDAR
    )


def _veiled(text: str) -> str:
    """Marks of names without their own words: `<contact>` must not read as “contact”."""
    for kind, letter in _MARKS.items():
        text = text.replace(f"<{kind}>", f"<{letter * len(kind)}>")
    return text


def _weight(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return len(found[0].replace(" ", "")) + 1 if found else 0


@cache
def _patterns(language: str) -> dict[str, Sequence[re.Pattern[str]]]:
    path = FOLDER / f"{language}.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    compiled: dict[str, Sequence[re.Pattern[str]]] = {}
    for intent, patterns in raw.items():
        try:
            compiled[intent] = [re.compile(_veiled(one.replace("ё", "е"))) for one in patterns]
        except re.error as error:
            raise BadTemplate(f"patterns/{path.name}, “{intent}”: {error}.") from None
    return compiled


@cache
def _vocabulary(language: str) -> tuple[str, ...]:
    """The plain words that stand in the patterns of a language."""
    text = " ".join(p.pattern for some in _patterns(language).values() for p in some)
    text = re.sub(r"\\w[*+]?|\\[bds]|<\w+>|[?*+{}\[\]]", " ", text)
    words = re.findall(r"[^\W\d_]{4,}", text)
    return tuple(sorted(set(words)))


@cache
def _ordinary() -> frozenset[str]:
    """The English words of the playbook: what is written so is no slip of the finger."""
    found: set[str] = set()
    for article in read_playbook().values():
        found |= {word.plain for word in words_in(article.text) if not word.capital}
    return frozenset(found)


def _corrected(word: str, known: Sequence[str], ordinary: frozenset[str]) -> str:
    slips = slips_allowed(word)
    if not slips or not word.isalpha() or word in known or plainly(word) in ordinary:
        return word
    if any(word.startswith(stem) for stem in known if len(stem) > 5):  # noqa: PLR2004 - a form of it
        return word
    near = extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    return near[0] if near and near[0][0] == word[0] else word
