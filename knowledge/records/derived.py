"""What reading is sped up by: derived from the records, rebuilt whenever they have changed.

Triggers of the database keep `Generation` and `AccountName` in step with the records, whoever
writes them; deleting what stands here loses nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records.base import Base

#: Compared by code points, so that what begins with a word is one stretch of the index.
_Key = String().with_variant(String(collation="C"), "postgresql")


class Generation(Base):
    """One row, whose `number` grows when accounts, revenue or rights change."""

    __tablename__ = "generations"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class AccountName(Base):
    """Every account by its normalised name: `key`, None until linking ends or a name is sought."""

    __tablename__ = "account_names"
    __table_args__ = (
        Index("ix_account_names_key", "key"),
        Index(
            "ix_account_names_owed",
            "account_id",
            sqlite_where=text("key IS NULL"),
            postgresql_where=text("key IS NULL"),
        ),
    )

    account_id: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[str]
    key: Mapped[str | None] = mapped_column(_Key)


class KeptRanking(Base):
    """A portfolio ranked once: whose (`scope`), on which day, counted in which `money`.

    It holds while `generation` is the current one.
    """

    __tablename__ = "rankings"
    __table_args__ = (UniqueConstraint("scope", "as_of", "money"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    scope: Mapped[str]
    as_of: Mapped[date]
    money: Mapped[str]
    generation: Mapped[int]
    profile: Mapped[dict[str, Any]]


class KeptRank(Base):
    """The customer that an account counts under, with its rank and revenue, in one ranking."""

    __tablename__ = "ranks"
    __table_args__ = (
        Index("ix_ranks_customer", "ranking_id", "customer_id"),
        {"sqlite_with_rowid": False},
    )

    ranking_id: Mapped[int] = mapped_column(
        ForeignKey("rankings.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str]
    rank: Mapped[int]
    revenue: Mapped[str]
    reached: Mapped[str]
