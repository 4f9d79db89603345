"""What the operator reads of the language model: tokens by model and outcome, and of whom never."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.errors import BudgetSpent, ModelDown
from assistant.slack.meters import Meters
from tests.doubles.model import MODEL, fail, say
from tests.wire.laying import PROMPT, REP, Laid, run


def told(meters: Meters) -> list[str]:
    """The lines about tokens, as Prometheus reads them."""
    lines = meters.exposition(lambda: (0, timedelta())).decode().splitlines()
    return [one for one in lines if one.startswith("liaison_model_tokens") and "_total{" in one]


def test_tokens_are_counted_by_model_and_outcome_and_name_nobody(wired: Laid) -> None:
    meters = Meters()
    script = (say("Yes.", usage=(300, 0, 40)), say("No.", usage=(200, 0, 10)), fail(503))
    with wired(*script, limits="attempts = 1") as wire:
        wire.models.count(meters.tokens)
        wire.models.say(PROMPT, run())
        wire.models.say(PROMPT, run())
        with pytest.raises(ModelDown):
            wire.models.say(PROMPT, run())
    kind = f'model="{MODEL}",outcome="complete"'
    assert f"liaison_model_tokens_sent_total{{{kind}}} 500.0" in told(meters)
    assert f"liaison_model_tokens_received_total{{{kind}}} 50.0" in told(meters)
    failed = f'liaison_model_tokens_sent_total{{model="{MODEL}",outcome="{ModelDown.outcome}"}} 0.0'
    assert failed in told(meters)
    assert not any(word in line for line in told(meters) for word in ("u1", REP.name, "thing"))


def test_a_call_that_the_budget_forbids_costs_nothing_and_is_seen(wired: Laid) -> None:
    meters = Meters()
    with wired(limits="output_tokens = 100\ndaily_tokens = 50") as wire:
        wire.models.count(meters.tokens)
        with pytest.raises(BudgetSpent):
            wire.models.say(PROMPT, run())
    assert [one.rpartition(" ")[2] for one in told(meters)] == ["0.0", "0.0"]
    assert all('outcome="budget_spent"' in one for one in told(meters))


def test_words_of_a_stream_that_is_hung_up_are_counted_as_stopped(wired: Laid) -> None:
    meters = Meters()
    with wired(say("Karl Weber decides, and nobody else.")) as wire:
        wire.models.count(meters.tokens)
        words = wire.models.stream(PROMPT, run())
        next(words)
        words.close()
    assert all('outcome="stopped"' in one for one in told(meters))
    assert all(float(one.rpartition(" ")[2]) > 0 for one in told(meters))
