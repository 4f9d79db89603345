"""Finding the account that somebody means by a name, with look-ups in an index."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from knowledge.errors import Ambiguous, NotFound
from knowledge.records import tables as t
from knowledge.records.naming import normalised
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_account

#: Nobody reads a longer list of names to choose from.
MOST_NAMED = 100
_LAST = chr(0x10FFFF)


def find_account(database: Database, viewer: Viewer, name: str) -> t.Account:
    """The account with that id or name, of those the viewer may see.

    An exact name wins; otherwise the only account whose name begins with, or contains, the
    words given. Raises `NotFound`, or `Ambiguous` with the names that fit.
    """
    normalise_names(database)
    with database.reading() as session:
        for fits in _steps(name, normalised(name)):
            found = _fitting(session, viewer, fits)
            if len(found) == 1:
                return session.scalars(select(t.Account).where(t.Account.id == found[0][0])).one()
            if found:
                raise Ambiguous(name, [said for _, said in found])
    raise NotFound("account", name)


def normalise_names(database: Database) -> None:
    """Bring the names of new and renamed accounts into the form they are looked up by."""
    owed = select(t.AccountName.account_id, t.AccountName.said).where(t.AccountName.key.is_(None))
    with database.reading() as session:
        rows = [
            {"at": account_id, "as_said": said, "as_key": normalised(said)}
            for account_id, said in session.execute(owed)
        ]
    if rows:
        table = t.AccountName.__table__
        same = (table.c.account_id == bindparam("at")) & (table.c.said == bindparam("as_said"))
        with database.writing() as session:
            query = update(t.AccountName).where(same).values(key=bindparam("as_key"))
            session.connection().execute(query, rows)


def first_word(word: str) -> ColumnElement[bool]:
    """The condition that a name's first word, normalised as `word` is, is that word.

    A name that is not normalised yet never meets it: whoever may miss none asks for those
    without a `key` as well.
    """
    return _stretch(word, f"{word} ")  # no character of a key comes before the blank


def _stretch(first: str, last: str) -> ColumnElement[bool]:
    """The names from `first` up to the last that begins with `last`: one stretch of the index."""
    return (t.AccountName.key >= first) & (t.AccountName.key <= last + _LAST)


def _steps(name: str, wanted: str) -> list[ColumnElement[bool]]:
    key = t.AccountName.key
    exact = or_(t.AccountName.account_id == name, key == wanted)
    if not wanted:
        return [exact]
    within = func.replace(key, wanted, "") != key  # LIKE would take capitals for small letters
    return [exact, _stretch(wanted, wanted), within]


def _fitting(
    session: Session, viewer: Viewer, fits: ColumnElement[bool]
) -> Sequence[tuple[str, str]]:
    rows = session.execute(
        select(t.Account.id, t.Account.name)
        .join(t.AccountName, t.AccountName.account_id == t.Account.id)
        .where(fits, may_see_account(viewer, t.Account.id))
        .order_by(t.Account.name, t.Account.id)
        .limit(MOST_NAMED)
    )
    return [(account_id, said) for account_id, said in rows]
