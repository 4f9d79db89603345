"""The instant at which scenarios happen."""

from datetime import UTC, datetime

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
