"""Katalin Szentmiklosy of Quorvex Works asks to be forgotten, and is."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from assistant.desk import Desk
from assistant.erasing import erase
from assistant.settings import Settings
from knowledge.errors import NotFound
from knowledge.intake.erasing import erase as forget
from knowledge.intake.erasing import finish
from knowledge.journal.drafts import Drafts
from knowledge.journal.preferences import Preference
from knowledge.records import Viewer
from knowledge.records.tables import Contact, Grant, Opportunity, Source, SourceVersion
from knowledge.workspace import Place, Workspace
from tests.databases import PostgreSQL, new_file
from tests.properties.homes import place
from tests.properties.states import check_whole, state_of
from tests.sample import copied
from tests.scenarios.leaving import HER, HERS, NOW, OURS, export, traces_in, traces_of, write

OPERATOR = Viewer.operator()
DAY = NOW.date()


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return export(tmp_path / "export")


@pytest.fixture(scope="module")
def settled_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The company settled in once, to be copied."""
    folder = tmp_path_factory.mktemp("settled")
    new_file(folder / "home")
    return settled(place(folder / "home"), folder)


@pytest.fixture(scope="module")
def settled_on_postgresql(
    postgres_server: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("settled")
    with postgres_server.database() as url:
        yield settled(place(folder / "home", url), folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk that has the company, an index, a draft and an answer that quote her."""
    first: Place = request.getfixturevalue(f"settled_on_{request.param}")
    home = copied(first.home, tmp_path / "home")
    with ExitStack() as stack:
        url = None
        if request.param == "postgresql":
            server: PostgreSQL = request.getfixturevalue("postgres_server")
            url = stack.enter_context(server.database(like=first.database_url))
        made = stack.enter_context(opened(place(home, url)))
        shutil.rmtree(home / "index")
        made.workspace.reindex()  # opening an index of before takes longer
        yield made


@contextmanager
def opened(at: Place) -> Iterator[Desk]:
    with Workspace(at) as workspace:
        settings = Settings(home=at.home, database_url=SecretStr(at.database_url))
        desk = Desk(settings, workspace)
        yield desk
        desk.models.close()


def settled(at: Place, folder: Path) -> Place:
    """A place where the company has been at work, and nobody is now."""
    with opened(at) as desk:
        desk.workspace.take_in([export(folder / "export")], now=NOW)
        desk.workspace.keep_playbook()
        desk.workspace.embed()
        desk.workspace.reindex()
        dragan = desk.viewer(OURS)
        desk.conversation.reply(
            dragan, "What does Katalin Szentmiklosy say about the offer?", day=DAY
        )
        drafts = Drafts(desk.workspace.database)
        plan = stored_plan(desk, dragan)
        drafts.keep(dragan, "plan", plan, account_id="001000000000001AAA", now=NOW)
    return at


def stored_plan(desk: Desk, viewer: Viewer) -> dict[str, object]:
    from assistant.drafting.stored import stored

    return stored(desk.plan(viewer, "Quorvex Works", DAY))


def test_no_byte_of_her_is_left(desk: Desk) -> None:
    workspace = desk.workspace
    assert set(HERS) == {one.partition(":")[0] for one in traces_of(workspace.database)}
    done = erase(desk, OPERATOR, HER)
    assert done.left == ()
    assert done.erased.counts["contact"] == 1
    assert done.erased.counts["document"] == 1
    assert traces_of(workspace.database) == []
    assert traces_in(workspace.place.home) == []
    check_whole(workspace.database)


def test_peter_and_the_rest_stay_as_they_were(desk: Desk) -> None:
    erase(desk, OPERATOR, HER)
    with desk.workspace.database.reading() as session:
        (peter,) = session.scalars(select(Contact).where(Contact.email.like("peter%")))
        deal = session.get_one(Opportunity, "006000000000001AAA")
    assert (peter.name, peter.phone) == ("Peter Oravecz", "+36 55 443 888")
    assert deal.description is not None
    assert deal.description.endswith("and Peter Oravecz.")
    found = desk.search(OPERATOR, "freight surcharge").hits
    assert any("freight surcharge" in hit.text for hit in found)
    again = desk.plan(desk.viewer(OURS), "Quorvex Works", DAY)
    assert "Peter Oravecz" in str(again.to_json())


def test_what_cited_her_opens_to_a_line_that_says_so(desk: Desk) -> None:
    with desk.workspace.database.reading() as session:
        mail = session.scalars(select(Source.id).where(Source.title == "Your offer")).one()
    erase(desk, OPERATOR, HER)
    source, version = desk.workspace.ledger.source_text(OPERATOR, f"{mail}@1")
    assert (source.title, version.text.partition(" on ")[0]) == ("Erased", "Erased")
    kept = Drafts(desk.workspace.database).get(desk.viewer(OURS), "plan")
    assert "Quorvex" in str(kept.content)


def test_the_same_export_does_not_bring_her_back(desk: Desk, exported: Path) -> None:
    erase(desk, OPERATOR, HER)
    before = state_of(desk.workspace.database)
    report = desk.workspace.take_in([exported], now=NOW)
    assert traces_of(desk.workspace.database) == []
    assert traces_in(desk.workspace.place.home) == []
    assert report.outcomes["created"] == report.outcomes["updated"] == 0
    assert report.erased["left_out"] == 3  # the record, her part in the deal, her mail
    assert report.erased["blackened"] > 4
    assert any("who were erased" in note for note in report.notes)
    assert state_of(desk.workspace.database) == before


def test_another_export_with_her_address_does_not_either(desk: Desk, tmp_path: Path) -> None:
    erase(desk, OPERATOR, HER)
    table = tmp_path / "hubspot" / "contacts.csv"
    table.parent.mkdir()
    table.write_text(
        f"Record ID,First Name,Last Name,Email,Phone Number\n"
        f"77,Katalin,Szentmiklosy,{HER.upper()},+36 55 443 221\n"
        f"78,Nora,Bartha,nora.bartha@quorvex.example,\n",
        encoding="utf-8",
    )
    report = desk.workspace.take_in([table], now=NOW)
    assert (report.outcomes["created"], report.erased["left_out"]) == (1, 1)
    assert traces_of(desk.workspace.database) == []


def test_one_after_the_other_each_goes_on_their_own_day(desk: Desk) -> None:
    database = desk.workspace.database
    with database.writing() as session:
        first = forget(session, HER, NOW)
    finish(database, ())
    later = NOW + timedelta(days=30)
    with database.writing() as session:
        second = forget(session, "peter.oravecz@quorvex.example", later)
    finish(database, ())
    assert (first.counts["contact"], second.counts["contact"]) == (1, 1)
    assert traces_of(database, (*HERS, "Peter", "Oravecz")) == []
    with database.reading() as session:
        erased = select(SourceVersion.text).where(SourceVersion.text.startswith("Erased on"))
        days = Counter(text[10:20] for text in session.scalars(erased))
    assert days == {"2026-09-30": 3, "2026-10-30": 1}


def test_whom_only_mails_know_goes_too(desk: Desk) -> None:
    done = erase(desk, OPERATOR, "Zsofia@Quorvex.example")
    assert done.erased.words == ("Kelemen", "Zsofia")
    assert traces_of(desk.workspace.database, ("zsofia", "Kelemen")) == []
    assert set(HERS) == {one.partition(":")[0] for one in traces_of(desk.workspace.database)}


def test_a_stranger_of_the_same_first_name_is_not_taken_for_her(desk: Desk, tmp_path: Path) -> None:
    papers = tmp_path / "more" / "Quorvex Works"
    write(
        papers / "fair.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Katalin Varga>We build the fair stand.\n\n"
        "00:03.000 --> 00:04.000\n<v Katalin Szentmiklosy>I bring a pump.\n",
    )
    write(
        papers / "private.eml",
        "From: Peter Oravecz <peter.oravecz@quorvex.example>\nMessage-ID: <3@quorvex.example>\n"
        "To: Katalin Szentmiklosy <katalin.private@mail.example>\nSubject: Stand\n\n"
        "See you there.\n",
    )
    desk.workspace.take_in([tmp_path / "more"], now=NOW)
    assert erase(desk, OPERATOR, HER).erased.words == ("Szentmiklosy",)
    with desk.workspace.database.reading() as session:
        texts = "\n".join(session.scalars(select(SourceVersion.text)))
    assert "Katalin Varga: We build the fair stand." in texts
    assert "I bring a pump" not in texts
    assert "Szentmiklosy" not in texts
    assert "See you there." in texts


def test_who_is_the_key_of_other_records_goes_from_the_keys_too(
    either_workspace: Workspace, tmp_path: Path
) -> None:
    workspace, table = either_workspace, tmp_path / "customers.csv"
    table.write_text(
        "Name,Email,Phone,Company,Product,Status,Amount,Notes\n"
        f"Katalin Szentmiklosy,{HER},+36 55 443 221,Quorvex Works,Seals,Negotiation,900,"
        "2026-05-04: Katalin wants a drawing.\n"
        "Peter Oravecz,peter.oravecz@quorvex.example,,Quorvex Works,Pumps,Negotiation,700,\n",
        encoding="utf-8",
    )
    workspace.take_in([table], now=NOW)
    assert f"{HER.replace('@', '~')}: opportunities" in traces_of(
        workspace.database, [HER.replace("@", "~")]
    )
    workspace.erase(OPERATOR, HER)
    gone = (*HERS, HER.replace("@", "~"))
    assert traces_of(workspace.database, gone) == []
    check_whole(workspace.database)
    before = state_of(workspace.database)
    assert [deal.amount for deal in deals(workspace)] == [Decimal("700.00"), Decimal("900.00")]
    report = workspace.take_in([table], now=NOW)
    assert (report.outcomes["created"], report.outcomes["updated"]) == (0, 0)
    assert traces_of(workspace.database, gone) == []
    assert state_of(workspace.database) == before


def deals(workspace: Workspace) -> list[Opportunity]:
    with workspace.database.reading() as session:
        return list(session.scalars(select(Opportunity).order_by(Opportunity.amount)))


def test_a_colleague_goes_with_rights_and_choices_and_the_work_stays(desk: Desk) -> None:
    with desk.workspace.database.writing() as session:
        session.add(Preference(user=OURS, snoozed_until=None))
    erase(desk, OPERATOR, OURS)
    gone = (OURS, "Dragan", "005000000000002AAA")
    assert traces_in(desk.workspace.place.home, gone[:2]) == []
    assert traces_of(desk.workspace.database, gone[:2]) == []
    with desk.workspace.database.reading() as session:
        assert session.scalars(select(Grant).where(Grant.user_id == gone[2])).all() == []
        texts = list(session.scalars(select(SourceVersion.text)))
    assert any("freight surcharge" in text for text in texts)
    with pytest.raises(NotFound):
        desk.viewer(OURS)


def test_only_an_administrator_may_and_others_learn_nothing(desk: Desk) -> None:
    said = set()
    for who, address in ((OURS, HER), (None, "nobody@quorvex.example")):
        with pytest.raises(NotFound) as refused:
            erase(desk, desk.viewer(who), address)
        said.add(str(refused.value).replace(address, "…"))
    assert len(said) == 1
    assert traces_of(desk.workspace.database) != []
    assert erase(desk, desk.viewer("anouk.ferrier@us.example"), HER).erased.counts


def test_what_was_cut_short_is_finished_by_asking_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(_: Workspace) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "erase_vectors", cut_short)
        with pytest.raises(KeyboardInterrupt):
            erase(desk, OPERATOR, HER)
    assert erase(desk, OPERATOR, HER).erased.before
    assert traces_in(desk.workspace.place.home) == []
    assert traces_of(desk.workspace.database) == []


def test_trying_it_changes_nothing(desk: Desk) -> None:
    before = state_of(desk.workspace.database)
    tried = desk.workspace.rehearse_erasing(OPERATOR, HER)
    assert tried.words == ("Katalin", "Szentmiklosy")
    assert state_of(desk.workspace.database) == before
    assert dict(erase(desk, OPERATOR, HER).erased.counts) == dict(tried.counts)
