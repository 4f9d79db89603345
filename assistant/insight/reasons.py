"""What a reason for a won or lost deal is about: price, time, documents and the like.

A small word list in the languages of the exports. It decides nothing about a person's mood, only
whether two reasons speak of the same thing; a reason with none of the words is left unclear.
The themes are a default of ours, and the reasons themselves are always shown beside them.
"""

from __future__ import annotations

from typing import Literal

from knowledge.records.naming import normalised

Agreement = Literal["same", "partly", "differ", "unclear"]

#: Beginnings of words, by theme.
_THEMES = {
    "price": "price pric cheap undercut lower below discount percent preis billig rabatt "
    "teurer цен дешев скидк",
    "budget": "budget cut stopped project projekt kostensperre бюджет",
    "delivery": "deliver week lead stock shelf spare parts season lieferzeit ersatzteil lager "
    "turnaround срок поставк склад",
    "documents": "validation binder questionnaire document certificate part11 sheet validier "
    "dokument nachweis bericht документ паспорт",
    "response": "answer respon waited waiting silence antwort meldete ответ",
    "contact": "relationship hear meet knew trusted asked wollte kontakt beziehung отношен",
    "policy": "policy source dual frame rahmenvertrag vorgabe regional политик",
    "whole_life": "whole life lifecycle energy kilowatt tco energie энерг",
    "performance": "wear run hours failure trial pilot test probe laufzeit liefen standzeit износ "
    "ресурс",
    "service": "service night engineer maintenance campaign kampagne nachts begleitet сервис",
    "reference": "reference refer seen sister schwester референс",
    "software": "software dashboard monitoring website tool",
    "language": "language russian sprache язык русск",
}
_STEMS = {
    theme: tuple(normalised(stem) for stem in stems.split()) for theme, stems in _THEMES.items()
}


def themes(reason: str | None) -> tuple[str, ...]:
    """What a reason speaks of, in the order of the list; nothing where no word fits."""
    words = normalised((reason or "").replace("Part 11", "part11").replace("-", " ")).split()
    return tuple(
        theme for theme, stems in _STEMS.items() if any(word.startswith(stems) for word in words)
    )


def agreement(buyer: str | None, rep: str | None) -> Agreement:
    """Whether the buyer's reason and the rep's are about the same thing.

    `partly`: they share a theme, and the buyer names another that the rep does not.
    """
    if not (buyer and rep):
        return "unclear"
    if normalised(buyer) == normalised(rep):
        return "same"
    theirs, ours = set(themes(buyer)), set(themes(rep))
    if not (theirs and ours):
        return "unclear"
    if not theirs & ours:
        return "differ"
    return "partly" if theirs - ours else "same"
