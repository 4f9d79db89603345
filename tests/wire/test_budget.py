"""What a call costs, who pays for it, and what happens when a day's budget is used up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.errors import BudgetSpent, ContextOverflow, ModelDown
from assistant.prompting import Filled
from knowledge.records import Viewer
from tests.doubles.model import fail, say
from tests.wire.laying import NOW, PROMPT, REP, Laid, run

COLLEAGUE = Viewer("u2", "Jonas Feld", "jonas.feld@varnholt.example", "rep")
SMALL = "output_tokens = 100\ndaily_tokens = 400"


def test_a_run_keeps_what_it_cost_and_which_prompt_it_was(wired: Laid) -> None:
    with wired(say("Yes.", usage=(10_000, 4_000, 500))) as wire:
        wire.models.say(PROMPT, run())
        [kept] = wire.runs.about("thing")
        assert (kept.tokens_in, kept.tokens_cached, kept.tokens_out) == (10_000, 4_000, 500)
        # 6,000 at $1.00, 4,000 at $0.05 and 500 at $5.00 a million.
        assert kept.cost_micros == 6_000 + 200 + 2_500
        assert (kept.prompt, kept.prompt_version, kept.prompt_hash) == ("answer", 1, "0" * 64)
        assert (kept.user, kept.task, kept.day) == ("u1", "answer", NOW.date())


def test_a_price_of_ones_own_goes_before_the_known_one(wired: Laid) -> None:
    own = '[model.prices."gpt-6.1-terra"]\ninput = "2"\noutput = "20"'
    with wired(say("Yes.", usage=(1_000, 500, 100)), limits=own) as wire:
        wire.models.say(PROMPT, run())
        assert wire.runs.spent("u1", NOW.date()).micros == 2_000 + 2_000


def test_a_server_that_reports_no_usage_is_estimated(wired: Laid) -> None:
    with wired(say("Karl Weber decides.", usage=None)) as wire:
        wire.models.say(PROMPT, run())
        spent = wire.runs.spent("u1", NOW.date())
        assert 0 < spent.written < 10 < spent.sent


def test_a_rep_who_used_up_the_day_is_told_so_and_colleagues_are_not(wired: Laid) -> None:
    heavy = say("Yes.", usage=(300, 0, 50))
    with wired(heavy, heavy, limits=SMALL) as wire:
        wire.models.say(PROMPT, run())
        with pytest.raises(BudgetSpent, match="tomorrow"):
            wire.models.say(PROMPT, run())
        assert wire.outcomes == ["complete", "budget_spent"]
        wire.models.say(PROMPT, run(viewer=COLLEAGUE))


def test_money_runs_out_as_tokens_do(wired: Laid) -> None:
    limits = 'output_tokens = 100\ndaily_dollars = "0.01"'
    with wired(say("Yes.", usage=(9_900, 0, 10)), limits=limits) as wire:
        wire.models.say(PROMPT, run())
        with pytest.raises(BudgetSpent):
            wire.models.say(PROMPT, run())


def test_what_failed_before_a_reply_costs_nothing(wired: Laid) -> None:
    with wired(fail(500), limits=f"attempts = 1\n{SMALL}") as wire:
        with pytest.raises(ModelDown):
            wire.models.say(PROMPT, run())
        assert wire.runs.spent("u1", NOW.date()).tokens == 0


def test_a_budget_is_for_a_day(wired: Laid) -> None:
    with wired(say("Yes.", usage=(300, 0, 50)), limits=SMALL) as wire:
        wire.models.say(PROMPT, run())
        assert wire.runs.spent("u1", NOW.date()).tokens == 350
        assert wire.runs.spent("u1", NOW.date() + timedelta(days=1)).tokens == 0


def test_a_text_that_is_too_long_is_not_sent(wired: Laid) -> None:
    long = Filled("answer", 1, "0" * 64, "You answer.", "Lindauer. " * 2_000)
    with wired(limits="input_tokens = 1000") as wire:
        with pytest.raises(ContextOverflow, match="input_tokens"):
            wire.models.say(long, run())
        assert not wire.server.sent
        assert wire.outcomes == ["context_overflow"]


def test_a_viewer_without_an_id_has_a_budget_too() -> None:
    assert run(viewer=Viewer.operator()).user == "local operator"
    assert run(viewer=Viewer.outsider("a@b.example")).user == "a@b.example"
    assert run(viewer=REP).user == "u1"
