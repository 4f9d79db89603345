"""True claims pass, and claims with one seeded error do not."""

import random

import pytest

from assistant.claims import Claim
from assistant.grounding import Examined, examine
from tests.assistant.grounding import stories
from tests.assistant.grounding.errors import Seeded, Tally, exchanged, judge, seeded, tally
from tests.assistant.grounding.workspace import AS_OF, COMPANY, Case, Shelf, workspace

ACCOUNTS = {key: name for key, name, _ in stories.ACCOUNTS}


@pytest.fixture(scope="module")
def told() -> tuple[Shelf, list[Case]]:
    return workspace()


def refused(shelf: Shelf, cases: list[Case]) -> list[Examined]:
    found = []
    for case in cases:
        (one,) = examine(
            [case.claim],
            shelf,
            account=case.account,
            vocabulary=(*COMPANY, ACCOUNTS[case.account]),
            as_of=AS_OF,
        )
        found += [one] if one.faults else []
    return found


def test_at_most_one_true_claim_in_a_hundred_is_refused(told: tuple[Shelf, list[Case]]) -> None:
    shelf, cases = told
    wrong = refused(shelf, cases)
    assert len(cases) >= 140
    assert len(wrong) <= len(cases) * 0.01, [(e.claim.text, e.faults) for e in wrong]


@pytest.mark.parametrize("seed", [7, 1984])
def test_at_least_ninety_nine_wrong_claims_in_a_hundred_are_caught(
    told: tuple[Shelf, list[Case]], seed: int
) -> None:
    shelf, cases = told
    total = Tally.empty()
    for account, name in ACCOUNTS.items():
        facts = [c.claim for c in cases if c.account == account and c.claim.kind == "fact"]
        others = [c.claim for c in cases if c.account != account]
        wrong = [*seeded(facts, seed), *exchanged(facts, others, seed), *foreign(others, seed)]
        total += tally(
            wrong, judge(shelf, account=account, vocabulary=(*COMPANY, name), as_of=AS_OF)
        )
    print(f"\n{total.table()}")  # noqa: T201 - the table is what one reads this test for
    assert total.share >= 0.99, [(m.kind, m.claim.text) for m in total.missed]
    assert all(total.caught[kind] >= total.made[kind] * 0.95 for kind in total.made)


def foreign(others: list[Claim], seed: int) -> list[Seeded]:
    """Claims of other accounts as they stand, cited in this account's draft."""
    cited = [c for c in others if c.kind == "fact" and any(e.refs for e in c.evidence)]
    chosen = random.Random(seed).sample(cited, 40)
    return [Seeded("foreign", claim, claim.text) for claim in chosen]


def test_the_order_of_evidence_does_not_matter(told: tuple[Shelf, list[Case]]) -> None:
    shelf, cases = told
    chance = random.Random(3)
    for case in cases:
        mixed = list(case.claim.evidence)
        chance.shuffle(mixed)
        claim = Claim(case.claim.text, case.claim.kind, tuple(mixed))
        given = {"account": case.account, "vocabulary": (*COMPANY, ACCOUNTS[case.account])}
        one, other = (judge(shelf, **given)(c).claim for c in (case.claim, claim))
        assert (one.verdict, one.score) == (other.verdict, other.score), case.claim.text
