"""Intents: for each a writer of claims, from records and the findings of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from assistant.claims import Claim
from assistant.conversation.intents import (
    across,
    ahead,
    bought,
    comparing,
    dealings,
    deals,
    lost,
    particulars,
    people,
    portfolio,
    promises,
    revenue,
    room,
    standing,
    terms,
    theirs,
    waiting,
)
from assistant.conversation.matter import Matter

Writer = Callable[[Matter], Iterable[Claim]]

#: Answers about one account (the first of the inquiry), by intent.
OF_ACCOUNT: Mapping[str, Writer] = MappingProxyType(
    {
        **revenue.WRITERS,
        **bought.WRITERS,
        **ahead.WRITERS,
        **people.WRITERS,
        **particulars.WRITERS,
        **dealings.WRITERS,
        **deals.WRITERS,
        **promises.WRITERS,
        **theirs.WRITERS,
        **standing.WRITERS,
        **room.WRITERS,
        **terms.WRITERS,
        **comparing.WRITERS,
    }
)
#: Answers about all accounts the viewer sees.
OVERALL: Mapping[str, Writer] = MappingProxyType(
    {
        **portfolio.WRITERS,
        **across.WRITERS,
        **people.OVERALL,
        **room.OVERALL,
        **terms.OVERALL,
        **bought.OVERALL,
        **ahead.OVERALL,
        **theirs.OVERALL,
        **lost.OVERALL,
        **waiting.OVERALL,
    }
)

__all__ = ["OF_ACCOUNT", "OVERALL", "Writer"]
