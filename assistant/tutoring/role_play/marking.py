"""Marks for free conversation, by rules over the learner's own lines.

Each rule looks for one habit of `rubric.toml` and is as blunt as it reads: it sees words, not
intentions, which is why every mark shows the line it saw. None means the talk gave no occasion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.tutoring.role_play.scenes import Line

_LONG = 60  # words after which nobody is listening
_BRIEF = 30


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)


_PITCH = _any(
    *("our (?:product|pump|seal|offer|solution|new)", "we (?:offer|can save|guarantee)"),
    *("discount", "per cent off", "test results", "unser(?:e|en)? (?:produkt|pumpe|angebot)"),
    *("rabatt", "wir bieten", "наш[аеи]? (?:продукт|насос|предложен)", "скидк", "put in a word"),
)
_ALTERNATIVE = _any(
    *("alternativ", "instead", "otherwise", "do nothing", "other (?:supplier|quotation|offer)"),
    *("competitor", "without us", "next best", "stattdessen", "nichts tun", "wettbewerb"),
    *(
        "anderer? (?:anbieter|lieferant)",
        "ohne uns",
        "альтернатив",
        "конкурент",
        "ничего не делать",
    ),
)
_THEIRS = _any(
    *(
        "what (?:does|did|would) .{0,40}cost",
        "how (?:much|many|often|long)",
        "what is .{0,30}worth",
    ),
    *("was kostet", "wie ?viel", "wie oft", "сколько"),
)
_DAY = _any(
    *("monday", "tuesday", "wednesday", "thursday", "friday", "tomorrow", r"\d{1,2}\.\d{1,2}\."),
    *(r"\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",),
    *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "morgen", "понедельник"),
    *("вторник", "сред[ауы]", "четверг", "пятниц", "завтра"),
)
_STEP = _any(
    *("meet", "send", "call", "visit", "next step", "bring", "go through", "settle", "treffen"),
    *("schick", "senden", "anrufen", "besuch", "bringe", "встре", "пришл", "отправ", "позвон"),
)
_HARD = _any(
    *("price", "expensive", "cheaper", "discount", "no time", "not interested", "quotation"),
    *("never came", "doubt", "why should", "preis", "teuer", "billiger", "rabatt", "цен", "дорог"),
)
_GIVES_IN = _any(
    *("discount", "per cent off", "match(?:ed)? (?:their|the) price", "not our fault", "cheaper"),
    *(
        "rabatt",
        "nicht unsere schuld",
        "скидк",
        "не наша вина",
        r"\d+ ?(?:%|per cent) (?:today|now)",
    ),
)
_OWNS = _any(
    *("you are right", "you're right", "fair", "sorry", "we should have", "stimmt", "tut mir leid"),
    *("вы правы", "простите", "извините"),
)
_CONFIDENCE = _any(
    *("between us", "off the record", "confidential", "nobody will know", "unter uns"),
    *("vertraulich", "между нами", "никто не узнает"),
)
_FAVOUR = _any(
    *("put in a word", "recommend us", "tell (?:him|her|them) (?:that|we)", "hint"),
    *("legen sie ein",),
    *("замолв",),
)
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True)
class Marked:
    """A mark from 0 to 4, and the lines that earned it."""

    mark: int
    lines: tuple[Line, ...]


Talk = Sequence[Line]
Rule = Callable[[Talk, Talk], Marked | None]


def marked(criterion: str, own: Talk, whole: Talk) -> Marked | None:
    """How the learner's own lines do on a criterion, within the whole talk."""
    return RULES[criterion](own, whole) if own else None


def _asked_first(own: Talk, _: Talk) -> Marked:
    for place, line in enumerate(own[:3]):
        pitched = _PITCH.search(line.text)
        if "?" in line.text:
            earlier = place > 0 or pitched
            return Marked(2 if earlier else 4, (line,))
        if pitched:
            later = next((one for one in own[place + 1 : 3] if "?" in one.text), None)
            return Marked(1 if later else 0, (line,))
    return Marked(0, tuple(own[:1]))


def _alternative(own: Talk, _: Talk) -> Marked:
    named = [line for line in own if _ALTERNATIVE.search(line.text)]
    asked = [line for line in named if "?" in line.text]
    return Marked(4, (asked[0],)) if asked else Marked(2 if named else 0, tuple(named[:1]))


def _worth(own: Talk, whole: Talk) -> Marked:
    """Their figure used again counts most; a figure of ours counts for nothing."""
    for line in own:
        before = {
            number
            for one in whole
            if one.speaker == "persona" and one.number < line.number
            for number in _NUMBER.findall(one.text)
        }
        if before & set(_NUMBER.findall(line.text)):
            return Marked(4, (line,))
    asked = [line for line in own if _THEIRS.search(line.text) and "?" in line.text]
    figures = [line for line in own if _NUMBER.search(line.text)]
    return Marked(2, (asked[0],)) if asked else Marked(0, tuple(figures[:1]))


def _objection(own: Talk, whole: Talk) -> Marked | None:
    theirs = (line for line in whole if line.speaker == "persona")
    raised = {line.number for line in theirs if _HARD.search(line.text)}
    answers = [line for line in own if line.number - 1 in raised]
    if not answers:
        return None
    gave_in = [line for line in answers if _GIVES_IN.search(line.text)]
    if gave_in:
        return Marked(0, (gave_in[0],))
    sound = [line for line in answers if "?" in line.text]
    owned = [line for line in sound if _OWNS.search(line.text)]
    if owned or sound:
        return Marked(4 if owned else 3, tuple((owned or sound)[:1]))
    return Marked(2, (answers[0],))


def _silence(own: Talk, _: Talk) -> Marked:
    longest = max(own, key=lambda line: len(line.text.split()))
    words = len(longest.text.split())
    crowded = [line for line in own if line.text.count("?") > 1]
    if words > _LONG:
        return Marked(0, (longest,))
    if words > _BRIEF or crowded:
        return Marked(2, (crowded[0] if crowded else longest,))
    return Marked(4, (longest,))


def _discretion(own: Talk, _: Talk) -> Marked:
    for pattern, mark in ((_CONFIDENCE, 0), (_FAVOUR, 2)):
        crossed = [line for line in own if pattern.search(line.text)]
        if crossed:
            return Marked(mark, (crossed[0],))
    return Marked(4, tuple(own[-1:]))


def _next_step(own: Talk, _: Talk) -> Marked:
    steps = [line for line in own if _STEP.search(line.text)]
    dated = [line for line in steps if _DAY.search(line.text)]
    return Marked(4, (dated[-1],)) if dated else Marked(2 if steps else 0, tuple(steps[-1:]))


#: A rule for every criterion of the rubric.
RULES: Mapping[str, Rule] = {
    "asked_first": _asked_first,
    "alternative": _alternative,
    "worth": _worth,
    "objection": _objection,
    "silence": _silence,
    "discretion": _discretion,
    "next_step": _next_step,
}
