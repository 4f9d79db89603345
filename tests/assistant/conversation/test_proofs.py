"""Where our value was shown is a customer's matter: only who may see the customer reads it."""

from __future__ import annotations

import pytest

from assistant.desk import Desk
from knowledge.errors import NotFound
from knowledge.records import Viewer

OPERATOR = Viewer.operator()
TOM = "tom.hartigan@varnholt.example"
CLAIRE = "claire.okafor@varnholt.example"


def proofs(desk: Desk, viewer: Viewer) -> dict[str, str | None]:
    drivers = desk.workspace.ledger.catalogue(viewer).value_drivers
    return {driver.name: driver.proof for driver in drivers}


def test_a_proof_is_told_to_whoever_may_see_the_customer(sample_desk: Desk) -> None:
    everything = proofs(sample_desk, OPERATOR)
    tank_farm = everything["Fewer fugitive emissions"]
    assert tank_farm is not None
    assert "Corvane" in tank_farm
    tom = proofs(sample_desk, sample_desk.viewer(TOM))
    assert tom.keys() == everything.keys()
    assert tom["Fewer fugitive emissions"] is None
    assert tom["EHEDG and 3-A hygiene"] == everything["EHEDG and 3-A hygiene"]
    assert proofs(sample_desk, sample_desk.viewer(CLAIRE))["Fewer fugitive emissions"] == tank_farm


def test_nobody_reads_a_proof_that_names_somebody_elses_customer(sample_desk: Desk) -> None:
    ledger = sample_desk.workspace.ledger
    everybodys = {one.id: one.name for one in ledger.accounts(OPERATOR)}
    for user in ledger.catalogue(OPERATOR).users.values():
        if not user.active or not user.email:
            continue
        viewer = sample_desk.viewer(user.email)
        mine = {one.name.split()[0] for one in ledger.accounts(viewer)}
        others = {name.split()[0] for name in everybodys.values()} - mine
        told = [words for proof in proofs(sample_desk, viewer).values() for words in [proof or ""]]
        assert not [one for one in told if others & set(one.replace(":", " ").split())], user.name


@pytest.mark.parametrize("said", ["Corvane tank farm", "proof of fewer fugitive emissions"])
def test_no_search_finds_it_and_no_answer_quotes_it(sample_desk: Desk, said: str) -> None:
    tom = sample_desk.viewer(TOM)
    hits = sample_desk.workspace.search(tom, said, k=20).hits
    assert not [hit for hit in hits if "8.6 tonnes" in hit.text]
    assert "8.6 tonnes" not in str(sample_desk.conversation.reply(tom, said).to_json())


def test_what_cites_it_is_not_there_for_who_may_not_read_it(sample_desk: Desk) -> None:
    ledger = sample_desk.workspace.ledger
    tom = sample_desk.viewer(TOM)
    driver = next(
        one
        for one in ledger.catalogue(OPERATOR).value_drivers
        if one.name == "Fewer fugitive emissions"
    )
    with pytest.raises(NotFound):
        ledger.source_text(tom, f"{driver.ref}#proof")
    _, version = ledger.source_text(tom, f"{driver.ref}#name")
    assert "Corvane" not in f"{version.text}{version.payload}"
    _, whole = ledger.source_text(OPERATOR, f"{driver.ref}#proof")
    assert "Corvane" in whole.payload["proof"]


def test_asked_together_everybody_reads_what_they_read_one_by_one(sample_desk: Desk) -> None:
    ledger = sample_desk.workspace.ledger
    drivers = [one.ref for one in ledger.catalogue(OPERATOR).value_drivers]
    cited = [f"{ref}{part}" for ref in drivers for part in ("", "#name", "#proof", "[0:9]")]
    cited += [one.ref for one in ledger.accounts(OPERATOR)]
    cited += [f"{ref.partition('@')[0]}@9" for ref in cited] + ["nothing", "document:none@1"]
    for who in (None, TOM, CLAIRE):
        viewer = sample_desk.viewer(who)
        together = ledger.source_texts(viewer, cited)
        for ref in cited:
            try:
                source, version = ledger.source_text(viewer, ref)
            except NotFound:
                assert ref not in together
            else:
                same, read = together[ref]
                assert (same.id, read.number, read.text) == (
                    source.id,
                    version.number,
                    version.text,
                )
                assert read.payload == version.payload
