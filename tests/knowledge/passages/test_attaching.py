from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.passages import Attachment, Directory, Reading, attach

DIRECTORY = Directory(
    accounts={
        "1": "Nordwind Logistik GmbH",
        "2": "Nordwind",
        "3": "Target",
        "4": "ООО «Лента»",
        "5": "Acme Inc.",
        "6": "Acme Ltd",
        "7": "HP",
    },
    domains={"nordwind.example": "2", "target.example": "3", "gmail.com": "5"},
    contacts={"anna@logistik.example": "1", "lee@gmail.com": "3"},
)


def reading(
    text: str = "words", title: str = "Note", hint: str | None = None, people: tuple[str, ...] = ()
) -> Reading:
    return Reading(
        key="k", title=title, text=text, media="text/plain", account_hint=hint, participants=people
    )


def attached(document: Reading, folder: str = "") -> tuple[str, str] | None:
    found = attach(document, replace(DIRECTORY, folder=folder))
    return (found.account_id, found.by) if found else None


def test_the_folder_it_lies_in_goes_before_all_else() -> None:
    document = reading(hint="Target", people=("a@target.example",), title="Target")
    assert attached(document, "Kunden/nordwind  logistik") == ("1", "folder")
    assert attached(document, "Nordwind/Calls/2026") == ("2", "folder")
    assert attached(document, "Target/NORDWIND") == ("2", "folder")


def test_a_folder_that_fits_two_accounts_decides_nothing() -> None:
    assert attached(reading(), "Acme") is None
    assert attached(reading(), "acme inc") == ("5", "folder")


def test_front_matter_names_the_account_by_id_or_name() -> None:
    assert attached(reading(hint="4")) == ("4", "front matter")
    assert attached(reading(hint="лента", people=("a@target.example",))) == ("4", "front matter")


def test_front_matter_that_names_nobody_we_know_stops_the_guessing() -> None:
    assert attached(reading(hint="Newcomer AG", people=("a@target.example",))) is None


def test_a_mail_goes_by_the_contact_then_by_the_company_s_domain() -> None:
    assert attached(reading(people=("us@own.example", "anna@logistik.example"))) == ("1", "address")
    assert attached(reading(people=("who@eu.nordwind.example",))) == ("2", "address")
    assert attached(reading(people=("lee@gmail.com",))) == ("3", "address")


def test_a_free_mail_domain_says_nothing() -> None:
    assert attached(reading(people=("someone@gmail.com",))) is None


def test_a_mail_between_two_customers_waits_for_a_person() -> None:
    people = ("a@target.example", "b@nordwind.example")
    assert attached(reading(people=people, title="Target")) is None


def test_the_account_named_in_the_title_goes_before_those_in_the_text() -> None:
    assert attached(reading("Nordwind, HP", title="Visit to Target")) == ("3", "name")
    assert attached(reading("We met HP today.")) == ("7", "name")
    assert attached(reading("Встретились с Лента сегодня.")) == ("4", "name")


def test_two_accounts_named_decide_nothing() -> None:
    assert attached(reading("Target and Nordwind met.")) is None
    assert attached(reading("Acme called.")) is None


def test_the_longest_name_counts() -> None:
    assert attached(reading("Nordwind Logistik called.")) == ("1", "name")
    assert attached(reading("Nordwind Logistik GmbH called.")) == ("1", "name")
    assert attached(reading("Nordwind called.")) == ("2", "name")
    assert attached(reading("Nordwind Logistik and Nordwind met.")) is None


@pytest.mark.parametrize("text", ["our target is 5 %", "Targeted", "the hp of an engine", "php"])
def test_a_word_that_only_looks_like_a_name_is_none(text: str) -> None:
    assert attached(reading(text)) is None


def test_nothing_known_attaches_nothing() -> None:
    empty = Directory(accounts={}, domains={}, contacts={})
    assert attach(reading("Target", people=("a@b.example",)), empty) is None
    assert attach(reading("words"), replace(empty, accounts={"1": "***"})) is None


def test_an_attachment_is_a_value() -> None:
    assert attach(reading("HP"), DIRECTORY) == Attachment("7", "name")
