"""Whether a remark in a draft's thread asks to change the draft, or asks something.

“Shorter”, “for the CFO”, “add the competitor risk” are instructions; “who decides there?” and
“draft a plan for Meridian” are not.
"""

from __future__ import annotations

import re

#: Longer remarks tell a story; they are answered, not obeyed.
_MOST_WORDS = 40
_POLITE = r"(?:(?:please|can you|could you|bitte|kannst du|пожалуйста|можешь)[,:]?\s+)*"
_VERBS = (
    r"add|adjust|change|correct|cut|drop|emphasi[sz]e|expand|explain|include|keep|leave out|"
    r"make (?:it|this|that|the)|mention|move|omit|put|remove|rename|rephrase|replace|rewrite|"
    r"shorten|simplify|soften|split|start with|end with|say|stress|tone|translate|trim|use|"
    r"ergänz\w*|änder\w*|betone|entfern\w*|erwähn\w*|ersetz\w*|füg\w*|formulier\w*|kürz\w*|"
    r"lass\w*|mach\w* (?:es|das|den|die)|nenn\w*|nimm|setz\w*|streich\w*|übersetz\w*|verschieb\w*|"
    r"добавь\w*|замени\w*|измени\w*|исправь\w*|опусти\w*|перевед\w*|перепиши\w*|"
    r"сделай\w* (?:его|е[её]|это|короче)|сократи\w*|убери\w*|упомяни\w*"
)
_MANNER = (
    r"(?:much |a bit |a little |etwas |viel |немного )?"
    r"(?:short(?:er)?|longer|simpler|clearer|warmer|friendlier|sharper|softer|firmer|bolder|"
    r"more \w+|less \w+|kürzer|länger|einfacher|klarer|freundlicher|wärmer|mehr \w+|weniger \w+|"
    r"короче|длиннее|проще|теплее|мягче|ч[её]тче|больше \w+|меньше \w+)"
)
_FOCUS = (
    r"(?:for|only|without|in|as|für|nur|ohne|auf|als|для|только|без|на|как) (?!example|instance)\w+"
)
_INSTRUCTION = re.compile(rf"{_POLITE}(?:(?:{_VERBS})\b|{_MANNER}\b|{_FOCUS})", re.IGNORECASE)
#: Words that open a question, whatever follows.
_QUESTION = re.compile(
    r"(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|"
    r"wer|wen|wem|was|wann|wo|warum|welche\w*|wie|ist|sind|hat|haben|"
    r"кто|кого|что|когда|где|почему|какой|какая|какие|как|сколько)\b",
    re.IGNORECASE,
)
#: Another document is asked for.
_ANOTHER = re.compile(
    r"(?:draft|write|prepare|create|schreib\w*|erstell\w*|entwirf|напиши|подготовь|составь)\b.*\b"
    r"(?:plan|review|follow[ -]?up|value proposition|nachfass\w*|nutzenversprechen|план|обзор|"
    r"письмо)\b",
    re.IGNORECASE,
)


def reads_as_instruction(words: str) -> bool:
    """Whether somebody wants the draft above changed."""
    said = " ".join(words.split())
    if not said or len(said.split()) > _MOST_WORDS or _ANOTHER.match(said):
        return False
    polite = re.match(rf"{_POLITE}", said, re.IGNORECASE)
    bare = said[polite.end() :] if polite else said
    if _QUESTION.match(bare) or (bare.endswith("?") and bare == said):
        return False
    return _INSTRUCTION.match(said) is not None


_READER = re.compile(
    rf"{_POLITE}(?:make it |now )?(?:for|für|для)\s+(?:the\s+|den\s+|die\s+)?(?P<reader>[\w .\-]+)",
    re.IGNORECASE,
)
_CUSTOMER = re.compile(r"customer|client|kunden?|клиента", re.IGNORECASE)


def reader_in(words: str) -> str | None:
    """Whom “for the CFO” names; None for any other instruction, and for the customer at large."""
    match = _READER.fullmatch(" ".join(words.split()).strip(" .!"))
    if match is None or _CUSTOMER.fullmatch(match["reader"]):
        return None
    return match["reader"]
