"""A position read from what is kept is the position in the whole portfolio, after any change."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from knowledge.errors import Ambiguous, NotFound
from knowledge.records import Database, Ledger, Viewer
from knowledge.records import tables as t
from knowledge.records.naming import normalised
from knowledge.records.ranking import position_in
from knowledge.records.standing import KEPT_DAYS
from tests.databases import new_file

DAYS = (date(2026, 9, 30), date(2026, 2, 28))
IDS = tuple("abcde")
VIEWERS = (
    Viewer.operator(),
    Viewer.outsider(),
    Viewer("ann", "Ann", None, "rep"),
    Viewer("bob", "Bob", None, "manager"),
)
RATES = {"USD": Decimal("0.913")}
NAMES = ("Acme", "Acme Dairy", "ÄCME", "dairy™", "100% Milk_Works", "…", "  acme   dairy ")

_numbers = count()

Change = Callable[[Database], None]


def _with_source(database: Database, row: t.Record) -> None:
    with database.writing() as session:
        row.source_id, row.version = f"{row.kind}:{row.id}", 1
        source = {"id": row.source_id, "kind": row.kind, "title": row.id, "audience": "account"}
        if session.get(t.Source, row.source_id) is None:
            session.add(t.Source(**source, current=1))
            session.flush()
        session.merge(row)


@st.composite
def _account(draw: st.DrawFn) -> Change:
    row = {
        "id": draw(st.sampled_from(IDS)),
        "name": draw(st.sampled_from(NAMES)),
        "parent_id": draw(st.sampled_from((None, *IDS, "elsewhere"))),
        "potential": draw(st.none() | st.integers(0, 900).map(Decimal)),
        "currency": draw(st.sampled_from((None, "EUR", "USD", "XXX"))),
    }
    return lambda database: _with_source(database, t.Account(**row, implied=False))


@st.composite
def _revenue(draw: st.DrawFn) -> Change:
    row = {
        "id": str(next(_numbers)),
        "account_id": draw(st.sampled_from(IDS)),
        "amount": Decimal(draw(st.integers(-2_000, 9_999))) / 100,
        "currency": draw(st.sampled_from((None, "EUR", "USD", "XXX"))),
    }
    day = draw(st.dates(date(2024, 12, 1), date(2026, 11, 1)))
    if draw(st.booleans()):
        deal = {"name": "Deal", "closes_on": day, "status": draw(st.sampled_from(("won", "open")))}
        return lambda database: _with_source(database, t.Opportunity(**row, **deal))
    return lambda database: _with_source(database, t.Order(**row, ordered_on=day))


@st.composite
def _grant(draw: st.DrawFn) -> Change:
    user, account = draw(st.sampled_from(("ann", "bob"))), draw(st.sampled_from(IDS))

    def change(database: Database) -> None:
        with database.writing() as session:
            session.merge(t.Grant(user_id=user, account_id=account, why="team"))

    return change


@st.composite
def _removal(draw: st.DrawFn) -> Change:
    table = draw(st.sampled_from((t.Account, t.Order, t.Grant)))
    key = {t.Account: t.Account.id, t.Order: t.Order.account_id, t.Grant: t.Grant.account_id}
    here = key[table] == draw(st.sampled_from(IDS))

    def change(database: Database) -> None:
        with database.writing() as session:
            session.execute(delete(table).where(here))

    return change


@st.composite
def _renaming(draw: st.DrawFn) -> Change:
    here, name = t.Account.id == draw(st.sampled_from(IDS)), draw(st.sampled_from(NAMES))

    def change(database: Database) -> None:
        with database.writing() as session:
            session.execute(update(t.Account).where(here).values(name=name))

    return change


CHANGES = st.lists(
    _account() | _account() | _revenue() | _revenue() | _grant() | _removal() | _renaming(),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=CHANGES)
def test_a_position_is_that_in_the_whole_portfolio_after_every_change(
    changes: list[Change], tmp_path: Path
) -> None:
    database = Database.open(new_file(tmp_path / str(next(_numbers))))
    for change in changes:
        change(database)
        _check(Ledger(database, rates=RATES))
    database.close()


@pytest.mark.parametrize("seed", range(3))
def test_on_both_databases(database: Database, seed: int) -> None:
    for number, account in enumerate(IDS):
        parent = IDS[(number * 3 + seed) % 5] if number % 2 else None
        row = t.Account(id=account, name=NAMES[number], parent_id=parent, implied=False)
        _with_source(database, row)
        order = t.Order(
            id=f"o{number}",
            account_id=account,
            ordered_on=date(2026, 1 + number, 3),
            amount=Decimal(number * 7 % 4),
        )
        _with_source(database, order)
    ledger = Ledger(database, rates=RATES)
    _check(ledger)
    with database.writing() as session:
        session.add(t.Grant(user_id="ann", account_id="b", why="team"))
    _check(ledger)
    with database.writing() as session:
        session.execute(update(t.Account).where(t.Account.id == "c").values(name="Acme Dairy"))
    _check(ledger)
    with database.writing() as session:
        session.execute(delete(t.Account).where(t.Account.id == "a"))
    _check(ledger)


def test_only_a_few_days_are_kept_and_nothing_that_is_stale(database: Database) -> None:
    _with_source(database, t.Account(id="a", name="Acme", implied=False))
    ledger = Ledger(database)
    for day in range(1, 10):
        ledger.position(Viewer.operator(), "a", date(2026, 5, day))
    assert _kept(database) == KEPT_DAYS
    _with_source(database, t.Account(id="b", name="Bell", implied=False))
    position = ledger.position(Viewer.operator(), "a", date(2026, 5, 9))
    assert position is not None
    assert position.profile.customers == 2
    assert _kept(database) == 1


def test_nothing_is_written_when_nothing_changed(database: Database) -> None:
    _with_source(database, t.Account(id="a", name="Acme", implied=False))
    ledger = Ledger(database)
    numbers = []
    for _ in range(2):
        ledger.position(Viewer.operator(), "a", DAYS[0])
        with database.reading() as session:
            numbers.append(session.scalars(select(t.KeptRanking.id)).one())
    assert numbers[0] == numbers[1]


def _kept(database: Database) -> int:
    with database.reading() as session:
        rankings = select(func.count()).select_from(t.KeptRanking)
        ranks = select(func.count(t.KeptRank.ranking_id.distinct()))
        found = session.scalars(rankings).one()
        assert session.scalars(ranks).one() == found
        return found


def _check(ledger: Ledger) -> None:
    for viewer in VIEWERS:
        for day in DAYS:
            portfolio = ledger.portfolio(viewer, day)
            for account in IDS:
                for _ in range(2):  # the second is read from what the first has kept
                    found = ledger.position(viewer, account, day)
                    expected = position_in(portfolio, account)
                    assert (found is None) is (expected is None)
                    if found is None or expected is None:
                        continue
                    assert (found.name, found.rank, found.profile) == (
                        expected.name,
                        expected.rank,
                        expected.profile,
                    )
                    own = [
                        [(h.account.id, h.months) for h in p.book.holdings]
                        for p in (found, expected)
                    ]
                    assert own[0] == own[1]
        for asked in (*NAMES, "a", "acme d", "dairy", "tm", "TM", "%", "_", "milk", "zebra", ""):
            assert _outcome(ledger, viewer, asked) == _looked_through(ledger, viewer, asked)


def _outcome(ledger: Ledger, viewer: Viewer, name: str) -> object:
    try:
        return ledger.find_account(viewer, name).id
    except Ambiguous as error:
        return error.choices
    except NotFound as error:
        return str(error)


def _looked_through(ledger: Ledger, viewer: Viewer, name: str) -> object:
    """The same by reading every account."""
    wanted, accounts = normalised(name), ledger.accounts(viewer)
    exact = [a for a in accounts if a.id == name or normalised(a.name) == wanted]
    begins = [a for a in accounts if normalised(a.name).startswith(wanted)]
    within = [a for a in accounts if wanted in normalised(a.name)]
    for fitting in (exact, begins, within) if wanted else (exact,):
        if len(fitting) == 1:
            return fitting[0].id
        if fitting:
            return tuple(a.name for a in fitting)
    return str(NotFound("account", name))
