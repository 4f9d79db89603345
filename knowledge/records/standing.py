"""Where an account stands in a viewer's portfolio, without reading the portfolio each time.

The ranking is kept by viewer, day and money together with the generation of the records it was
made from (see `derived`). While that is the current one, a position takes a few look-ups,
whatever the number of accounts; after a change the ranking is made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from knowledge.records import tables as t
from knowledge.records.file import Catalogue
from knowledge.records.landing import take_turn
from knowledge.records.portfolio import earned, open_portfolio, revenue_by_month
from knowledge.records.ranking import Entry, Position, Profile, Rank, Ranking, rank_customers
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_account

#: Days kept for one viewer: today's and those that reviews look back to.
KEPT_DAYS = 4
#: A customer of more accounts than this is read with everything else: no query names so many.
MOST_NAMED = 10_000
#: More than the twelve months that count, whatever day of the month they end on.
_YEAR_AND_MORE = timedelta(days=400)


@dataclass(frozen=True)
class View:
    """Whose portfolio, on which day, in which money."""

    viewer: Viewer
    as_of: date
    catalogue: Catalogue

    @property
    def key(self) -> dict[str, Any]:
        """What a kept ranking is found by."""
        scope = "all" if self.viewer.sees_all else f"user:{self.viewer.user_id or ''}"
        ours = self.catalogue
        rates = sorted((code, str(rate)) for code, rate in ours.rates.items())
        money = sha256(repr((ours.revenue_basis, ours.currency, rates)).encode()).hexdigest()
        return {"scope": scope, "as_of": self.as_of, "money": money}


@dataclass(frozen=True)
class _Found:
    """A rank, the accounts that count under it, and the profile of the whole."""

    rank: Rank
    accounts: Sequence[str]
    profile: Profile


def open_position(database: Database, account_id: str, view: View) -> Position | None:
    """Where an account stands; None if the viewer does not see it."""
    made: Ranking | None = None
    with database.reading() as session:
        # Read before the records: a change in between leaves a ranking that is known as stale.
        generation = _generation(session)
        kept = _kept(session, view, generation)
        if kept is None:
            made = _rank(session, view)
            found = _in_ranking(made, account_id)
        else:
            found = _in_kept(session, kept, account_id)
        position = _position(session, view, found) if found else None
    if made is not None:
        # Somebody else is writing for long: the next one may keep it.
        with suppress(OperationalError), database.writing() as session:
            _keep(session, view, generation, made)
    return position


def _generation(session: Session) -> int:
    return session.scalars(select(t.Generation.number)).one()


def _kept(session: Session, view: View, generation: int) -> t.KeptRanking | None:
    key = view.key
    return session.scalar(select(t.KeptRanking).filter_by(**key, generation=generation))


def _in_kept(session: Session, kept: t.KeptRanking, account_id: str) -> _Found | None:
    row = session.get(t.KeptRank, (kept.id, account_id))
    if row is None:
        return None
    mine = (t.KeptRank.ranking_id == kept.id) & (t.KeptRank.customer_id == row.customer_id)
    accounts = session.scalars(select(t.KeptRank.account_id).where(mine)).all()
    rank = Rank(row.customer_id, row.rank, Decimal(row.revenue), Decimal(row.reached))
    return _Found(rank, accounts, _profile(kept.profile))


def _in_ranking(ranking: Ranking, account_id: str) -> _Found | None:
    customer = ranking.customer_of.get(account_id)
    if customer is None:
        return None
    accounts = [one for one, its in ranking.customer_of.items() if its == customer]
    return _Found(ranking.ranks[customer], accounts, ranking.profile)


def _position(session: Session, view: View, found: _Found) -> Position:
    own = set(found.accounts)
    only = own if len(own) <= MOST_NAMED else None
    book = open_portfolio(session, view.viewer, view.as_of, view.catalogue, only)
    book = replace(book, holdings=tuple(one for one in book.holdings if one.account.id in own))
    name = select(t.Account.name).where(t.Account.id == found.rank.customer_id)
    return Position(session.scalars(name).one(), found.rank, found.profile, book)


def _rank(session: Session, view: View) -> Ranking:
    viewer, ours = view.viewer, view.catalogue
    accounts = select(
        *(t.Account.id, t.Account.name, t.Account.parent_id),
        *(t.Account.potential, t.Account.currency),
    ).where(may_see_account(viewer, t.Account.id))
    rows = session.execute(accounts).all()
    since = view.as_of - _YEAR_AND_MORE
    months = revenue_by_month(session, viewer, view.as_of, ours, since=since)
    return rank_customers(
        Entry(
            account_id,
            name,
            parent_id,
            earned(months.get(account_id, {}), ours, 0, 11),
            None if potential is None else ours.ours(potential, currency),
        )
        for account_id, name, parent_id, potential, currency in rows
    )


def _keep(session: Session, view: View, generation: int, ranking: Ranking) -> None:
    take_turn(session)
    if _generation(session) != generation:
        return
    table, key = t.KeptRanking, view.key
    mine = select(table.id).where(table.scope == key["scope"]).order_by(table.id.desc())
    stale = or_(
        table.generation != generation,
        table.id.in_(mine.offset(KEPT_DAYS - 1).limit(1_000)),
        table.id.in_(select(table.id).filter_by(**key)),
    )
    gone = session.scalars(select(table.id).where(stale)).all()
    session.execute(delete(table).where(table.id.in_(gone)))
    profile = {name: _told(value) for name, value in asdict(ranking.profile).items()}
    kept = t.KeptRanking(**key, generation=generation, profile=profile)
    session.add(kept)
    session.flush()
    rows = [
        {
            "ranking_id": kept.id,
            "account_id": account_id,
            "customer_id": customer_id,
            "rank": (rank := ranking.ranks[customer_id]).rank,
            "revenue": str(rank.revenue),
            "reached": str(rank.reached),
        }
        for account_id, customer_id in sorted(ranking.customer_of.items())
    ]
    if rows:
        session.connection().execute(insert(t.KeptRank), rows)


def _told(value: Any) -> Any:
    """A figure of a profile as JSON; amounts keep their digits as text."""
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value


def _profile(told: dict[str, Any]) -> Profile:
    return Profile(
        customers=told["customers"],
        total=Decimal(told["total"]),
        revenue_lines=tuple(map(Decimal, told["revenue_lines"])),
        potential_lines=tuple(map(Decimal, told["potential_lines"])),
        with_potential=told["with_potential"],
        core_sizes=tuple(told["core_sizes"]),
    )
