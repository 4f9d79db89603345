"""The ground under every table: how money, instants and sources are stored."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

#: Amounts are kept in ten-thousandths of the currency unit, exactly, so that SQL can add them.
AMOUNT_SCALE = 10_000
_QUANTUM = Decimal(1) / AMOUNT_SCALE


class Amount(TypeDecorator[Decimal]):
    """A `Decimal` stored as a whole number of ten-thousandths: exact in SQLite and PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Store; rounds half-even to four places."""
        if value is None:
            return None
        return int(value.quantize(_QUANTUM, rounding=ROUND_HALF_EVEN) * AMOUNT_SCALE)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Load; at least two places, so that money reads as money."""
        if value is None:
            return None
        amount = Decimal(int(value)) / AMOUNT_SCALE
        return amount.quantize(Decimal("0.01")) if int(value) % 100 == 0 else amount


class Instant(TypeDecorator[datetime]):
    """An aware `datetime`, stored and returned in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Load as UTC (SQLite forgets the zone, PostgreSQL may answer in another)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The registry of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        Decimal: Amount,
        datetime: Instant,
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
        list[str]: JSON,
    }


class Record(Base):
    """A row of the company's records, derived from the current version of its source.

    `id` is the natural key of the exporting system, or the normalised name where it has none.
    `version` numbers the source version the row was derived from: `ref` names it for a citation.
    References to other records are plain ids without database constraints on purpose: a row
    that mentions an account nobody exported yet must be kept, and is linked when it arrives.
    """

    __abstract__ = True
    kind: str = ""

    id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    version: Mapped[int]

    @property
    def ref(self) -> str:
        """The citable reference, `kind:id@version`."""
        return f"{self.source_id}@{self.version}"
