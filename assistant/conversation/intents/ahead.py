"""What is asked of days to come: no forecast, but what is on record for them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim
from assistant.conversation.intents.across import biggest_deals
from assistant.conversation.intents.deals import deals
from assistant.conversation.matter import Matter
from assistant.drafting.plan.invest import room_claims


def forecast(matter: Matter) -> Iterator[Claim]:
    """That nothing is forecast; then the open deals and what could still be sold."""
    yield matter.voice.unknown("say.no_forecast", account=matter.brief.name)
    yield from list(deals(matter))[:3]
    yield from list(room_claims(matter.brief))[:2]


def forecast_of_all(matter: Matter) -> Iterator[Claim]:
    """That nothing is forecast; then the open deals."""
    yield matter.voice.unknown("say.no_forecast_at_all")
    yield from biggest_deals(matter)


WRITERS = {"forecast": forecast}
OVERALL = {"all_forecast": forecast_of_all}
