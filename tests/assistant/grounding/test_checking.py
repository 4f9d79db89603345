"""What the check says of a sentence, and how it says why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.claims import Claim, Evidence, Input
from assistant.grounding import Ground, check, examine
from tests.assistant.grounding.workspace import Account, Shelf, computed


@pytest.fixture
def account() -> Account:
    return Account(Shelf(), "borealis", "Borealis Dairy Group")


def reason(account: Account, text: str, *evidence: Evidence) -> str | None:
    (claim,) = check([Claim(text, "fact", evidence)], account.shelf, account="borealis")
    return claim.reason


def test_a_fact_needs_a_source(account: Account) -> None:
    assert reason(account, "Revenue fell.") == "No source is cited."


def test_the_reason_puts_what_is_said_beside_what_is_found(account: Account) -> None:
    deal = account.record(
        "opportunity", "1", "amount", Decimal("1200000.00"), currency="EUR", name="Viborg retrofit"
    )
    assert reason(account, "The deal is worth EUR 1.2 million.", deal) is None
    assert reason(account, "The deal is worth EUR 1.3 million.", deal) == (
        "Says EUR 1.3 million, the source says 1200000.00 EUR."
    )
    assert reason(account, "The deal is worth USD 1.2 million.", deal) is not None


def test_a_source_that_is_gone_or_not_theirs_to_see_fails(account: Account) -> None:
    deal = account.record("opportunity", "1", "status", "won", name="Viborg retrofit")
    account.shelf.sources.clear()
    assert "not there, or not yours to see" in str(reason(account, "The deal is won.", deal))


def test_a_quote_must_stand_at_its_offsets(account: Account) -> None:
    note = account.passage("n", "Note", "The trial was stopped in May 2026.")
    moved = replace(note, ref=note.ref.replace("[7:", "[8:"))
    assert reason(account, "The trial was stopped in May 2026.", note) is None
    assert "Quotes" in str(reason(account, "The trial was stopped in May 2026.", moved))


def test_a_field_is_the_same_value_however_it_is_written(account: Account) -> None:
    account.shelf.put(
        "contract:7@1",
        Ground("contract:7", "Contract 7", "", {"ends_on": "2026-12-31T00:00:00Z", "fee": 1200.5}),
    )
    ends = Evidence("record", "contract:7@1#ends_on", "Contract 7", "2026-12-31")
    fee = Evidence("record", "contract:7@1#fee", "Contract 7", "1,200.50")
    wrong = Evidence("record", "contract:7@1#fee", "Contract 7", "1,300.50")
    assert reason(account, "The contract ends on 31.12.2026.", ends) is None
    assert reason(account, "The fee is 1,200.50.", fee) is None
    assert reason(account, "The fee is 1,300.50.", wrong) == (
        "Quotes “1,300.50”, the source says “1200.5”."
    )


def test_a_sum_is_done_again(account: Account) -> None:
    two = [Input("amount", Decimal(n), (), "EUR") for n in (40, 2)]
    right = computed("sum", "Orders", Decimal(42), "EUR", "sum(amount)", two)
    wrong = replace(right, value=Decimal(43), quote="43")
    assert reason(account, "Orders came to EUR 42.", right) is None
    assert reason(account, "Orders came to EUR 43.", wrong) == "Says 43, the formula gives 42."


def test_an_input_is_what_its_field_holds(account: Account) -> None:
    row = account.record("order", "1", "amount", Decimal("40.00"), currency="EUR")
    total = computed(
        "sum",
        "Orders",
        Decimal(41),
        "EUR",
        "sum(amount)",
        [Input("amount", Decimal(41), (row.ref,))],
    )
    assert reason(account, "Orders came to EUR 41.", total) is not None


def test_another_accounts_record_is_refused_and_a_portfolio_is_not(account: Account) -> None:
    other = Account(account.shelf, "meridian", "Meridian Breweries")
    theirs = other.record("order", "9", "amount", Decimal("10.00"), currency="EUR")
    ours = account.record("order", "8", "amount", Decimal("30.00"), currency="EUR")
    alone, both = (
        computed("sum", "Orders", sum(e.value for e in rows), "EUR", "sum(amount)",  # type: ignore[misc]
                 [Input("amount", e.value, (e.ref,), "EUR") for e in rows])
        for rows in ((theirs,), (theirs, ours))
    )  # fmt: skip
    assert "another account" in str(reason(account, "An order of EUR 10.00.", theirs))
    assert "another account" in str(reason(account, "Orders came to EUR 10.", alone))
    assert reason(account, "All orders came to EUR 40.", both) is None


def test_what_is_everyones_may_be_cited_anywhere(account: Account) -> None:
    text = "Ask for one page a line."
    account.shelf.put(
        "article:a@1", Ground("article:a", "Playbook", text, {}, None, everyones=True)
    )
    move = Evidence("passage", f"article:a@1[0:{len(text)}]", "Playbook: One page", text)
    (claim,) = check([Claim(text, "recommendation", (move,))], account.shelf, account="borealis")
    assert claim.verdict == "supported"
    assert claim.score == 1.0


def test_a_recommendation_may_propose_small_figures_but_no_amounts_or_names(
    account: Account,
) -> None:
    deal = account.record("opportunity", "1", "name", "Viborg retrofit", name="Viborg retrofit")

    def verdict(text: str) -> str:
        return check([Claim(text, "recommendation", (deal,))], account.shelf)[0].verdict

    assert verdict("Hold two meetings on the Viborg retrofit within 14 days.") == "supported"
    assert verdict("Offer 17 % on the Viborg retrofit.") == "unsupported"
    assert verdict("Offer EUR 20,000 on the Viborg retrofit.") == "unsupported"
    assert verdict("Present the Viborg retrofit to Birgit Aagaard.") == "unsupported"


def test_names_that_are_given_need_no_evidence(account: Account) -> None:
    met = account.record("activity", "1", "occurred_at", date(2026, 6, 12), name="Visit")
    claim = Claim("The Varnholt visit was on 12 June 2026.", "fact", (met,))
    assert check([claim], account.shelf)[0].verdict == "unsupported"
    assert check([claim], account.shelf, vocabulary=["Varnholt"])[0].verdict == "supported"


def test_two_halves_of_two_people_are_nobody(account: Account) -> None:
    here = account.passage("n", "Note", "Henrik Dalgaard and Mette Kjærgaard met on 3 March 2026.")
    assert reason(account, "On 3 March 2026 we saw Henrik Dalgaard.", here) is None
    assert "Henrik Kjærgaard" in str(
        reason(account, "On 3 March 2026 we saw Henrik Kjærgaard.", here)
    )


def test_every_fault_is_told_besides_the_first(account: Account) -> None:
    deal = account.record("opportunity", "1", "status", "won", name="Viborg retrofit")
    claim = Claim("Sablon lost the Viborg retrofit on 3 May 2024.", "fact", (deal,))
    (examined,) = examine([claim], account.shelf)
    assert {fault.kind for fault in examined.faults} == {"date", "name", "polarity"}


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("It was not signed.", "It was not signed yet.", "It was signed."),
        ("They signed the contract.", "The contract is signed.", "The contract is not signed."),
        ("Der Vertrag wurde nicht verlängert.", "Der Vertrag ist nicht verlängert.",
         "Der Vertrag wurde verlängert."),
        ("Договор не подписан.", "Договор пока не подписан.", "Договор подписан."),
        ("Prices rose above 12 %.", "Prices rose above 12 %, they say.", "Prices fell above 12 %."),
        ("Prices rose above 12 %.", "Prices are above 12 %.", "Prices are below 12 %."),
    ],
)  # fmt: skip
def test_a_denial_and_an_opposite_are_noticed(
    account: Account, source: str, right: str, wrong: str
) -> None:
    said = account.passage("n", "Note", source)
    assert reason(account, right, said) is None
    assert reason(account, wrong, said) is not None


def test_an_empty_field_is_not_told_as_done(account: Account) -> None:
    done = account.record("commitment", "1", "done_on", None, name="Baseline report")
    assert reason(account, "The baseline report is not done.", done) is None
    assert reason(account, "The baseline report is overdue.", done) is None
    assert reason(account, "The baseline report is done.", done) is not None


def test_quoted_words_stand_in_the_source(account: Account) -> None:
    said = account.passage("n", "Call", "Mette: we cannot help you then, she says.")
    assert reason(account, "Mette said: “we cannot help you”.", said) is None
    assert reason(account, "Mette said: “we cannot wait for you”.", said) is not None
