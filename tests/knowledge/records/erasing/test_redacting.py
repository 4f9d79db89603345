"""Katalin Szentmiklosy asked to be forgotten: what texts that mention her say afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from knowledge.records import Database
from knowledge.records.erasing.marks import Mark, Marks, keep_marks
from knowledge.records.erasing.person import Person, marks_of
from knowledge.records.erasing.quoting import own_runs
from knowledge.records.erasing.redacting import Redactor
from knowledge.records.tables import Contact, Source
from tests.databases import new_file

KATALIN = "katalin.szentmiklosy@quorvex.example"
OFFER = "We cannot accept a price that is eleven percent above the second offer"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = Database.open(new_file(tmp_path))
    with database.rehearsing() as opened:
        yield opened
    database.close()


def contact(session: Session, name: str) -> None:
    """Somebody else whom the records know."""
    source = Source(id=f"contact:{name}", kind="contact", title=name, audience="account", current=1)
    session.add(source)
    session.flush()
    session.add(Contact(id=name, source_id=source.id, version=1, name=name))
    session.flush()


def forget(
    session: Session, name: str = "Katalin Szentmiklosy", *more: Mark, ours: bool = False
) -> Redactor:
    """What knows somebody again who was erased."""
    person = Person(frozenset({KATALIN}), frozenset({name}), frozenset(), frozenset(), ours=ours)
    keep_marks(session, [*marks_of(session, person), *more], date(2026, 9, 30), ours=ours)
    return Redactor(Marks.load(session))


@pytest.mark.parametrize(
    "text",
    [
        "Spoken with Katalin Szentmiklosy today.",
        "Spoken with SZENTMIKLOSY, KATALIN today.",
        "Spoken with K. Szentmiklosy today.",
        "Szentmiklosy's budget is open.",
        "Katalin decides.",
        "Der Bericht liegt auf Katalins Tisch.",
        f"Write to {KATALIN.upper()}.",
        "see notes/2026-katalin_szentmiklosy.md",
        "record contact:katalin.szentmiklosy~quorvex.example@2",
    ],
)
def test_her_name_and_address_go_and_every_offset_stays(session: Session, text: str) -> None:
    said = forget(session).text(text)
    assert "katalin" not in said.lower()
    assert "szentmiklosy" not in said.lower()
    assert len(said) == len(text)
    assert said[-1] == text[-1]


def test_nobody_who_shares_a_part_of_the_name_is_touched(session: Session) -> None:
    contact(session, "Peter Szentmiklosy")
    contact(session, "Katalin Varga")
    redactor = forget(session)
    for text in (
        "Peter Szentmiklosy signs, Katalin Varga agrees.",
        "Ask Mr Szentmiklosy.",
        "P. Szentmiklosy called",
    ):
        assert redactor.text(text) == text
    assert redactor.text("Katalin Szentmiklosy, K. Szentmiklosy") == (
        "[erased            ], [erased       ]"
    )


def test_who_has_a_namesake_loses_the_address_only(session: Session) -> None:
    contact(session, "Katalin Szentmiklosy")
    redactor = forget(session)
    assert redactor.text("Katalin Szentmiklosy signs.") == "Katalin Szentmiklosy signs."
    assert KATALIN not in redactor.text(f"Mail {KATALIN} first.")


def test_cases_of_a_russian_name(session: Session) -> None:
    redactor = forget(session, "Гульнара Сейтказиева")
    for said in ("Гульнаре Сейтказиевой", "Сейтказиеву", "Гульнары"):
        assert said not in redactor.text(f"Письмо {said} отправлено.")
    assert redactor.text("Мария Сергеева") == "Мария Сергеева"


def test_what_she_said_and_wrote_goes_with_her_and_ours_stays(session: Session) -> None:
    redactor = forget(session)
    talk = "Jonas Albrecht: What is the limit?\nKatalin Szentmiklosy: Ninety thousand.\nJonas: Ok."
    assert redactor.text(talk).split("\n")[::2] == talk.split("\n")[::2]
    assert "Ninety" not in redactor.text(talk)
    reply = (
        "Thank you, we will check.\n\nOn 3 May Katalin Szentmiklosy wrote:\n"
        "> Our limit is ninety thousand.\n> > What is the limit?\n\nJonas"
    )
    said = redactor.text(reply)
    assert "ninety" not in said
    assert "What is the limit?" in said
    assert said.startswith("Thank you, we will check.")
    forwarded = (
        f"See below.\n\nFrom: Katalin <{KATALIN}>\nTo: us\n\nNinety.\n\nFrom: Jo <j@us.de>\n\nOk."
    )
    said = redactor.text(forwarded)
    assert "Ninety" not in said
    assert said.endswith("\n\nOk.")
    assert len(said) == len(forwarded)


def test_a_sentence_of_hers_is_found_where_it_was_copied_without_her_name(
    session: Session,
) -> None:
    hers = own_runs(f"{OFFER}.\n> We are well below the second offer, as you have seen.")
    redactor = forget(session, "Katalin Szentmiklosy", *(("run", one) for one in hers))
    wrapped = OFFER.replace("price that", "price\nthat")
    said = redactor.text(f"Note: it went badly. {wrapped}. Regards, Jonas")
    assert "eleven" not in said
    assert said.startswith("Note: it went badly.")
    assert said.endswith("Regards, Jonas")
    ours = "We are well below the second offer, as you have seen."
    assert redactor.text(ours) == ours


def test_what_a_colleague_wrote_stays_without_the_name(session: Session) -> None:
    redactor = forget(session, ours=True)
    assert redactor.text("Katalin Szentmiklosy: We promised them the report.") == (
        "[erased            ]: We promised them the report."
    )


def test_nothing_that_is_kept_tells_who_it_was(session: Session) -> None:
    redactor = forget(session)
    kept = repr(vars(redactor.marks)).lower()
    assert "katalin" not in kept
    assert "quorvex" not in kept
