"""Sentences that tell of insolvency or court protection, and of whom they tell.

A word alone proves nothing: a customer's customer may be insolvent, and a law firm may live of
it. A sentence of the account's description is about the account unless it names somebody else;
a sentence of a touch counts only when it speaks of the account. No mood is read out of text.
The words are those of English, German, French and Russian insolvency law, in everyday use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.claims import Evidence
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import recorded
from knowledge.records import AccountFile
from knowledge.records.naming import normalised


@dataclass(frozen=True)
class Mention:
    """A sentence that tells of it. `day` is that of the record or named in the sentence.

    `over` marks a sentence which says that it has ended.
    """

    words: str
    day: date | None
    over: bool
    evidence: Evidence


_TOLD = (
    # English and French, as exports in English quote them.
    r"insolven(?:t|cy)\b|bankrupt(?:cy)?\b|court protection|protection (?:of|by|from) the courts?"
    r"|protection (?:from|against) (?:its |their |our )?creditors|creditor protection"
    r"|(?:under|into|in|for|filed|entered) chapter (?:7|11)\b|(?:into|under) administration\b"
    r"|administration (?:order|proceedings)|receivership|suspension of payments"
    r"|(?:in|into|voluntary|compulsory|judicial) liquidation|winding[- ]up (?:order|petition)"
    r"|proc[ée]dure de sauvegarde|redressement judiciaire|liquidation judiciaire"
    # German.
    r"|\w*insolvenz\w*|insolvent\w*|zahlungsunfähig\w*|schutzschirm\w*|gläubigerschutz\w*"
    r"|konkurs(?:verfahren|antrag|verwalter\w*)?\b|eigenverwaltung|sanierungsverfahren"
    # Russian.
    r"|банкрот\w*|неплат[её]жеспособн\w*|несостоятельност\w*|конкурсн\w+ (?:производств|управля)\w*"
    r"|процедур\w+ наблюдения|арбитражн\w+ управляющ\w*|финансов\w+ оздоровлени\w*"
)
TOLD = re.compile(rf"\b(?:{_TOLD})", re.IGNORECASE)
#: Somebody else, a clause or a condition: what stands before the word is spoken of.
_ELSEWHERE = re.compile(
    r"\b(?:their|its|his|her|a|an|another|one of (?:the|their|its|our)|some|several|two|many"
    r"|biggest|largest|main|other|former|\w+['’]s)\s+(?:[\w-]+\s+){0,2}(?:customer|client|supplier"
    r"|vendor|distributor|dealer|contractor|subcontractor|tenant|partner|carrier|neighbour|owner)s?\b"
    r"|\b(?:competitor|rival|wettbewerber|konkurrent|lieferant|mitbewerber)\w*"
    r"|\b(?:ihr|sein|ein|deren|dessen)\w*\s+(?:\w+\s+){0,2}(?:kund|händler|partner)\w*"
    r"|\b(?:конкурент|поставщик|подрядчик|дистрибьютор)\w*"
    r"|\b(?:их|его|е[её]|одного из|один из|крупн\w+)\s+(?:\w+\s+){0,2}"
    r"(?:клиент|заказчик|покупател)\w*"
    r"|\b(?:law firm|lawyers|consultanc\w+|advises?|software)\b"
    r"|\b(?:kanzlei|berät|юридическ\w+|консалт\w*)\b"
    r"|\b(?:in the event of|in case of|either party|if|falls|sofern|im falle|в случае|если)\b",
    re.IGNORECASE,
)
#: The word as the name of a trade: “insolvency practitioners”.
_TRADE = re.compile(
    r"\b(?:insolvency|bankruptcy)[- ](?:practitioner|law|software|service|advis|consult|insurance"
    r"|cover|clause|remote|specialist|expert|auction|sale)\w*"
    r"|\binsolvenz(?:recht|kanzlei|berat|software|versicher|schutz|masse|auktion|ware)\w*",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\W+(?:\w+\s+)?(?:of|at|bei|von|ihres|seines|eines|их|его|одного|у)\b", re.IGNORECASE
)
_DENIED = re.compile(
    rf"\b(?:no|not|never|nor|without|avoid\w*|avert\w*|den(?:y|ied|ies)|nicht|kein\w*|nie|ohne"
    rf"|abgewend\w*|не|нет|без|избежа\w*)\s+(?:[\w-]+\s+){{0,3}}(?:{_TOLD})",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:emerged?|out of|exit(?:ed|s)?|lifted|survived|discharged|(?:is|are|was) over|ended"
    r"|beendet|aufgehoben|überstanden|hinter sich|вышл\w*|прекращен\w*|завершен\w*|снят\w*)\b",
    re.IGNORECASE,
)
#: Who is spoken of in a touch when it is the account.
_ITSELF = re.compile(
    r"\b(?:we|our|us|they|the (?:customer|company|group|firm|plant|mill)|wir|uns|unser\w*|sie"
    r"|der kunde|die firma|das (?:unternehmen|werk)|мы|наш\w*|нас|они|у них|компани\w+"
    r"|предприяти\w+|завод\w*|клиент)\b",
    re.IGNORECASE,
)
#: What is told once it is known: the court's next word, and that they pay first.
_COURT = re.compile(
    r"\b(?:the court|court (?:ruling|hearing|decision)|plan of continuation|creditors' meeting"
    r"|gericht\w*|gläubigerversammlung|sanierungsplan|суд|суда|собрани\w+ кредиторов)\b",
    re.IGNORECASE,
)
_ADVANCE = re.compile(
    r"\b(?:prepay\w*|prepaid|in advance|cash before delivery|vorkasse|vorauszahl\w*|vorauskasse"
    r"|предоплат\w*|авансом)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”“»]))\s+(?=[A-ZÄÖÜÉА-ЯЁ„“\"«])|\n+")
_BREAK = re.compile(r"[;:–—]")
_SINCE = re.compile(r"\b(?:since|seit|depuis|с)\s+(?:\w+\s+){0,2}\d", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_OPENING = 3


def mentions(file: AccountFile, since: date) -> tuple[Mention, ...]:
    """What is told of the account's own trouble, nothing older than `since`.

    The description comes first: it says how things are; then the touches, the newest first, each
    with the sentence that says most.
    """
    return (*_described(file, since), *reversed(tuple(_touched(file, since))))


def what_followed(file: AccountFile, told: Iterable[Mention]) -> tuple[Mention, ...]:
    """Since it was first told: the newest word of a court, the first of being paid in advance."""
    begun = min((one.day for one in told if one.day is not None), default=None)
    if begun is None:
        return ()
    found = [
        (pattern, _mention(sentence, centre.day(touch), recorded(touch, "body")))
        for touch in centre.touches(file)
        if centre.day(touch) >= begun
        for sentence in _split(touch.body or "")
        for pattern in (_COURT, _ADVANCE)
        if pattern.search(sentence) and not TOLD.search(sentence)
    ]
    court = [one for pattern, one in found if pattern is _COURT][-1:]
    advance = [one for pattern, one in found if pattern is _ADVANCE][:1]
    return tuple(dict.fromkeys((*court, *advance)))


def _described(file: AccountFile, since: date) -> Iterator[Mention]:
    for sentence in _telling(file.account.description or ""):
        if _about_them(file, sentence) and not _old(sentence, since):
            told = recorded(file.account, "description")
            yield _mention(sentence, _day_in(sentence, file.as_of), told)


def _touched(file: AccountFile, since: date) -> Iterator[Mention]:
    for touch in centre.touches(file):
        day = centre.day(touch)
        if day < since:
            continue
        said = [
            _mention(sentence, day, recorded(touch, field))
            for field in ("subject", "body")
            for sentence in _telling(getattr(touch, field) or "")
            if _about_them(file, sentence) and _of_the_account(file, sentence)
        ]
        yield from sorted(said, key=lambda one: -len(one.words))[:1]


def _telling(words: str) -> list[str]:
    return [sentence for sentence in _split(words) if TOLD.search(sentence)]


def _split(words: str) -> list[str]:
    return [" ".join(part.split()) for part in _SENTENCE.split(words)]


def _about_them(file: AccountFile, sentence: str) -> bool:
    """Nobody else is spoken of, and it is not denied."""
    if _TRADE.search(sentence) or _DENIED.search(sentence):
        return False
    spoken_of = _spoken_of(sentence)
    return not (_ELSEWHERE.search(spoken_of) or centre.rivals_named(file, spoken_of))


def _spoken_of(sentence: str) -> str:
    """What stands before the word in its clause, and what it is said to be “of”."""
    told = TOLD.search(sentence)
    if told is None:
        return sentence
    before, after = _BREAK.split(sentence[: told.start()])[-1], sentence[told.end() :]
    return f"{before} {after}" if _OF.match(after) else before


def _of_the_account(file: AccountFile, sentence: str) -> bool:
    """It is named, spoken for (“we”, “they”), or so plainly meant that the sentence opens so."""
    spoken_of = _spoken_of(sentence)
    name = normalised(file.account.name).split()[:1]
    if name and f" {name[0]} " in f" {normalised(spoken_of)} ":
        return True
    opening = spoken_of.split()
    plain = len(opening) < _OPENING and not any(word[:1].isupper() for word in opening)
    return plain or bool(_ITSELF.search(spoken_of))


def _mention(sentence: str, day: date | None, evidence: Evidence) -> Mention:
    return Mention(sentence.rstrip(" ."), day, bool(_OVER.search(sentence)), evidence)


def _old(sentence: str, since: date) -> bool:
    """History: the sentence names years, all before the window, and not as a beginning."""
    years = [int(year) for year in _YEAR.findall(sentence)]
    return bool(years) and max(years) < since.year and not _SINCE.search(sentence)


def _day_in(sentence: str, as_of: date) -> date | None:
    for year, month, day in _ISO.findall(sentence):
        try:
            named = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if named <= as_of:
            return named
    return None
