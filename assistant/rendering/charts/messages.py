"""What charts say in their titles: the message, gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims import Finding
from assistant.insight.decline import Period
from assistant.insight.stakeholders import Gap
from assistant.rendering.captions import Captions
from assistant.rendering.plain import legal
from knowledge.records import AccountFile

#: Periods with a name of their own, in months.
_NAMED = {1, 3, 6, 12}
#: More names than this make no title.
_NAMES = 3


def revenue_message(
    file: AccountFile, revenue: Finding, falls: tuple[Period, ...], said: Captions
) -> str:
    """Whether revenue keeps falling, or how it stands against the year before."""
    account = legal(file.account.name)
    if falls:
        months = months_of(falls[0])
        known = f"period.months_{months}" if months in _NAMED else "period.months"
        periods = said.counted(known, len(falls), months=months)
        return said.text("revenue.fell", account=account, periods=periods)
    change = revenue.values.get("change")
    if change is None:
        key = "new" if revenue.outcome == "new" else "none"
        return said.text(f"revenue.{key}", account=account)
    if abs(change) < 1:
        return said.text("revenue.level", account=account)
    key = "revenue.more" if change > 0 else "revenue.less"
    return said.text(key, account=account, change=said.percent(abs(change)))


def months_of(period: Period) -> int:
    """How many months a period has, from its days: 28 to 31 each."""
    return round((period.end - period.start).days / 30.44)


def people_message(account: str, found: Finding, said: Captions) -> str:
    """The gravest gap: never met, then gone, missing, and not met lately."""
    if not found.known:
        return said.text("people.unknown", account=account)
    gaps: Sequence[Gap] = found.values["gaps"]
    days = found.thresholds.get("key_player_days")
    for kind, key in (
        ("never_met", "never"),
        ("departed", "departed"),
        ("not_met_lately", "lately"),
    ):
        names = list(dict.fromkeys(legal(gap.who) for gap in gaps if gap.kind == kind and gap.who))
        if names:
            return said.text(
                f"people.{key}", **_fill(key, account, said.names(names[:_NAMES]), days)
            )
        missing = next((gap.part for gap in gaps if gap.kind == "missing_part"), None)
        if key == "departed" and missing:
            return said.text("people.missing", account=account, part=said.text(f"people.{missing}"))
    if not gaps:
        return said.text("people.covered", account=account, days=days)
    return said.text("people.mapped", account=account)


def _fill(key: str, account: str, names: str, days: object) -> dict[str, object]:
    values: dict[str, object] = {"account": account, "names": names}
    return {**values, "days": days} if key == "lately" else values
