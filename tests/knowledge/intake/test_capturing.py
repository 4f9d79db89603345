"""What people tell us between two exports: found at once, cited, kept through imports, erased."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from knowledge.errors import BadInput, NotFound, Unreadable
from knowledge.intake import Capture, Captured, Message, take_in
from knowledge.records import AccountFile, Database, Ledger, Viewer
from knowledge.records import tables as t
from knowledge.records.importing.intake import Unwatched
from tests.knowledge.intake.told import (
    NORTH,
    NOW,
    SOUTH,
    TABLES,
    arrive,
    company,
    export,
    found,
    imported,
    viewer,
)

DAY = date(2026, 9, 30)
LINK = "https://varn.slack.com/archives/C1/p1"
KEY = "slack-C1-1790000000.000100"


both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        shutil.copyfile(imported(), tmp_path / "liaison.db")
        database = Database.open(f"sqlite:///{tmp_path / 'liaison.db'}")
    else:
        database = Database.open(request.getfixturevalue("postgres_url"))
        company(database, tmp_path / "first")
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return export(tmp_path / "export")


@pytest.fixture
def capture(database: Database) -> Capture:
    return Capture(database)


@pytest.fixture
def piet(database: Database) -> Viewer:
    return viewer(database, "piet")


@pytest.fixture
def rena(database: Database) -> Viewer:
    return viewer(database, "rena")


def file_of(database: Database, who: Viewer, account: str = NORTH) -> AccountFile:
    return Ledger(database).account_file(who, account, DAY)


def note(capture: Capture, who: Viewer, text: str, key: str = KEY) -> Captured:
    return capture.remember(
        who,
        NORTH,
        text,
        author="Piet Olsen",
        said_at=NOW - timedelta(hours=2),
        permalink=LINK,
        key=key,
        title="From #northmoor",
        now=NOW,
    )


def said(author: str, text: str, minute: int) -> Message:
    return Message(f"slack-C1-{minute}", author, NOW + timedelta(minutes=minute), text)


@both
def test_a_remembered_message_is_found_and_cited_at_once(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    began = monotonic()
    kept = note(capture, piet, "Ida wants the chiller skid delivered before Easter.")
    assert "chiller skid" in found(database, piet, "chiller skid")[0]
    assert monotonic() - began < 2
    source, version = Ledger(database).source_text(piet, kept.ref)
    assert source.account_id == NORTH
    assert source.dated == DAY
    assert "Author: Piet Olsen" in version.text
    assert LINK in version.text
    touch = file_of(database, piet).activities[-1]
    assert (touch.type, touch.user_id) == ("note", "005000000000002AAA")
    assert touch.body == "Ida wants the chiller skid delivered before Easter."


def test_the_same_message_is_remembered_once(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    first = note(capture, piet, "They run at 62 percent.")
    assert note(capture, piet, "They run at 62 percent.") == first
    assert len(file_of(database, piet).activities) == 1


def test_a_colleague_of_another_account_neither_keeps_nor_finds_it(
    database: Database, capture: Capture, piet: Viewer, rena: Viewer
) -> None:
    with pytest.raises(NotFound):
        note(capture, rena, "Not mine to tell.")
    with pytest.raises(NotFound):
        note(capture, Viewer.outsider("guest@else.example"), "Nor mine.")
    kept = note(capture, piet, "The chiller skid is late.")
    assert found(database, rena, "chiller skid") == []
    with pytest.raises(NotFound):
        Ledger(database).source_text(rena, kept.ref)


def test_a_thread_is_one_note_that_grows(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    talk = [said("Piet Olsen", "Who signs for the skid?", 1), said("Mara Quist", "Ida does.", 2)]
    kept = [
        capture.remember_thread(
            piet, NORTH, some, permalink=LINK, key="slack-C1-1", title="Skid", now=NOW
        )
        for some in (talk, [*talk, said("Piet Olsen", "Then I call her.", 3)])
    ]
    assert kept[0].source_id == kept[1].source_id
    assert kept[1].ref.endswith("@2")
    body = file_of(database, piet).activities[0].body or ""
    assert body.splitlines() == [
        "Piet Olsen: Who signs for the skid?",
        "Mara Quist: Ida does.",
        "Piet Olsen: Then I call her.",
    ]


def test_one_message_may_be_remembered_for_two_accounts(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    mara = viewer(database, "mara")
    note(capture, piet, "Both want the new valve.")
    capture.remember(
        mara,
        SOUTH,
        "Both want the new valve.",
        author="Piet Olsen",
        said_at=NOW,
        permalink=LINK,
        key=KEY,
        title="Valve",
        now=NOW,
    )
    assert len(file_of(database, mara, NORTH).activities) == 1
    assert len(file_of(database, mara, SOUTH).activities) == 1


def test_an_edit_in_slack_is_followed(database: Database, capture: Capture, piet: Viewer) -> None:
    kept = note(capture, piet, "They want four skids.")
    (edited,) = capture.edited(KEY, "They want five skids.", at=NOW)
    assert edited.ref == kept.ref.replace("@1", "@2")
    assert "five skids" in found(database, piet, "skids")[0]
    assert len(found(database, piet, "skids")) == 1
    assert capture.edited("slack-C9-unknown", "Nobody kept this.", at=NOW) == []


@both
def test_a_deleted_message_is_gone_from_search_records_and_every_version(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    kept = note(capture, piet, "The zirconium price is 14 percent too high.")
    capture.edited(KEY, "The zirconium price is 15 percent too high.", at=NOW)
    capture.deleted(KEY, at=NOW)
    assert found(database, piet, "zirconium price") == []
    assert file_of(database, piet).activities == ()
    _, version = Ledger(database).source_text(piet, kept.ref)
    assert version.text == "Taken back by its author on 2026-09-30: the words are no longer kept."
    with database.reading() as session:
        texts = session.scalars(
            select(t.SourceVersion.text).where(t.SourceVersion.source_id == kept.source_id)
        ).all()
    assert len(texts) == 2
    assert not any("zirconium" in text for text in texts)


def test_a_late_request_does_not_bring_a_deleted_message_back(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    note(capture, piet, "Forget this.")
    capture.deleted(KEY, at=NOW)
    with pytest.raises(BadInput, match="deleted"):
        note(capture, piet, "Forget this.")
    assert found(database, piet, "forget") == []


@both
def test_a_message_deleted_from_a_thread_leaves_what_others_said(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    talk = [said("Piet Olsen", "Their budget is secret.", 1), said("Mara Quist", "Call Ida.", 2)]
    kept = capture.remember_thread(
        piet, NORTH, talk, permalink=LINK, key="slack-C1-1", title="Skid", now=NOW
    )
    capture.deleted("slack-C1-1", at=NOW)
    assert file_of(database, piet).activities[0].body == "Call Ida."
    assert found(database, piet, "secret budget") == []
    assert "secret" not in Ledger(database).source_text(piet, kept.ref)[1].text


@both
def test_a_shared_file_is_read_and_belongs_to_the_account(
    database: Database, capture: Capture, piet: Viewer, rena: Viewer, folder: Path
) -> None:
    kept = capture.remember_file(
        piet,
        NORTH,
        b"# Energy audit\n\nSouthgate Paper was measured too. Line 3 draws 142 kilowatts.",
        "audit.md",
        author="Piet Olsen",
        said_at=NOW,
        permalink=LINK,
        key="slack-C1-F77",
        now=NOW,
    )
    assert "142 kilowatts" in found(database, piet, "line 3 kilowatts")[0]
    (folder / "Account.csv").write_text(TABLES["Account.csv"].replace("Paper", "Paper Mills"))
    arrive(database, folder)  # other names: every document is attached again
    document = file_of(database, piet).documents[0]
    assert (document.attached_by, document.author) == ("hand", "Piet Olsen")
    assert found(database, rena, "line 3 kilowatts") == []
    capture.deleted("slack-C1-F77", at=NOW)
    (folder / "Account.csv").write_text(TABLES["Account.csv"])
    arrive(database, folder)
    assert file_of(database, piet).documents == ()
    assert "Taken back" in Ledger(database).source_text(piet, kept.ref)[1].text


def test_a_file_without_text_is_refused_with_its_reason(capture: Capture, piet: Viewer) -> None:
    with pytest.raises(Unreadable):
        capture.remember_file(
            piet,
            NORTH,
            b"\x00\x01",
            "../../skid.xyz",
            author="Piet Olsen",
            said_at=NOW,
            permalink=LINK,
            key="slack-C1-F78",
            now=NOW,
        )


def test_a_logged_call_counts_as_a_touch(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    kept = capture.log_touch(
        piet,
        NORTH,
        type="call",
        at=NOW,
        subject="Skid",
        contact_id="003000000000001AAA",
        minutes=20,
        note="She wants a date.",
        key="slack-view-1",
        now=NOW,
    )
    file = file_of(database, piet)
    (touch,) = file.touches
    assert touch.ref == kept.ref
    assert [person.name for person in file.contacts_of(touch)] == ["Ida Brandt"]
    assert touch.duration_minutes == 20


def test_a_touch_names_people_of_that_account_only(capture: Capture, piet: Viewer) -> None:
    with pytest.raises(NotFound):
        capture.log_touch(
            piet,
            NORTH,
            type="call",
            at=NOW,
            subject="Skid",
            contact_id="003000000000002AAA",
            now=NOW,
        )
    with pytest.raises(BadInput):
        capture.log_touch(piet, NORTH, type="lunch", at=NOW, subject="Skid", now=NOW)


@both
def test_a_promise_is_logged_and_kept(database: Database, capture: Capture, piet: Viewer) -> None:
    kept = capture.log_promise(
        piet,
        NORTH,
        "Send the drawing of the skid",
        side="ours",
        owner="Piet Olsen",
        due_on=date(2026, 10, 5),
        made_on=DAY,
        now=NOW,
    )
    again = capture.log_promise(
        piet,
        NORTH,
        "Send the drawing of the skid",
        side="ours",
        owner="Piet Olsen",
        due_on=date(2026, 10, 5),
        made_on=DAY,
        now=NOW,
    )
    assert again == kept
    promise = file_of(database, piet).commitments[0]
    assert (promise.type, promise.side, promise.done_on) == ("promise", "ours", None)
    capture.keep_promise(piet, promise.id, done_on=DAY, now=NOW)
    assert file_of(database, piet).commitments[0].done_on == DAY


@both
def test_a_role_set_by_a_person_stays_when_the_export_arrives_again(
    database: Database, capture: Capture, piet: Viewer, folder: Path
) -> None:
    capture.log_role(
        piet, "003000000000001AAA", roles=["decider"], stance="supporter", on=DAY, now=NOW
    )
    report = arrive(database, folder)
    assert report.outcomes["updated"] == 0
    ida = file_of(database, piet).contacts[0]
    assert (ida.buying_roles, ida.stance) == (["decider"], "supporter")
    assert (ida.assessed_by, ida.assessed_on) == ("Piet Olsen", DAY)
    changed = TABLES["Contact.csv"].replace("Plant manager", "Plant director")
    (folder / "Contact.csv").write_text(changed)
    arrive(database, folder)
    ida = file_of(database, piet).contacts[0]
    assert (ida.title, ida.stance) == ("Plant director", "supporter")


def test_an_export_that_says_something_new_of_a_person_wins(
    database: Database, capture: Capture, piet: Viewer, folder: Path
) -> None:
    capture.log_role(piet, "003000000000001AAA", stance="supporter", on=DAY, now=NOW)
    (folder / "Contact.csv").write_text(
        "Id,AccountId,FirstName,LastName,Stance__c,Assessed_By__c,Assessed_On__c\n"
        f"003000000000001AAA,{NORTH},Ida,Brandt,opponent,Rena Falk,2026-09-29\n"
    )
    arrive(database, folder)
    ida = next(one for one in file_of(database, piet).contacts if one.name == "Ida Brandt")
    assert (ida.stance, ida.assessed_by) == ("opponent", "Rena Falk")


def test_a_stance_nobody_knows_is_refused(capture: Capture, piet: Viewer, rena: Viewer) -> None:
    with pytest.raises(BadInput, match="fan"):
        capture.log_role(piet, "003000000000001AAA", stance="fan", on=DAY, now=NOW)
    with pytest.raises(NotFound):
        capture.log_role(rena, "003000000000001AAA", stance="neutral", on=DAY, now=NOW)


def test_a_debrief_keeps_the_buyers_reason_apart_and_survives_an_import(
    database: Database, capture: Capture, piet: Viewer, folder: Path
) -> None:
    with pytest.raises(BadInput, match="who"):
        capture.log_reasons(
            piet,
            "006000000000001AAA",
            reason_buyer="Too late",
            said_by=None,
            reason_rep=None,
            on=DAY,
            now=NOW,
        )
    capture.log_reasons(
        piet,
        "006000000000001AAA",
        reason_buyer="Delivery took eleven weeks",
        said_by="Ida Brandt",
        reason_rep="Price",
        on=DAY,
        now=NOW,
    )
    arrive(database, folder)
    deal = file_of(database, piet).opportunities[0]
    assert (deal.reason_buyer, deal.reason_rep) == ("Delivery took eleven weeks", "Price")
    assert (deal.status, deal.name) == ("lost", "Cooling loop")
    assert "eleven weeks" in found(database, piet, "delivery eleven weeks")[0]


@both
def test_two_who_remember_the_same_message_at_once_keep_it_once(
    database: Database, capture: Capture, piet: Viewer
) -> None:
    kept: list[Captured] = []
    start = threading.Barrier(4)

    def press() -> None:
        start.wait(timeout=30)
        kept.append(note(capture, piet, "Everybody pressed the button."))

    people = [threading.Thread(target=press) for _ in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=60)
    assert len(kept) == 4
    assert len(set(kept)) == 1
    with database.reading() as session:
        versions = select(func.count()).where(t.SourceVersion.source_id == kept[0].source_id)
        assert session.scalar(versions) == 1


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=4), number=st.integers(0, 10**9))
def test_any_words_can_be_kept_edited_and_taken_back(
    database: Database, capture: Capture, piet: Viewer, texts: list[str], number: int
) -> None:
    key = f"slack-C2-{number}-{crc32(repr(texts).encode())}"
    try:
        kept = note(capture, piet, texts[0], key)
    except BadInput:
        return
    for text in texts[1:]:
        capture.edited(key, text, at=NOW)
    capture.deleted(key, at=NOW)
    source, version = Ledger(database).source_text(piet, kept.ref)
    assert source.title == "Taken back by its author"
    assert "no longer kept" in version.text


def test_an_import_of_other_papers_leaves_notes_alone(
    database: Database, capture: Capture, piet: Viewer, tmp_path: Path
) -> None:
    note(capture, piet, "They run at 62 percent.")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "minutes.md").write_text("Northmoor Dairies wants seals.")
    take_in(database, [papers], now=NOW, progress=Unwatched())
    assert len(file_of(database, piet).activities) == 1
