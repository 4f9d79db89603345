"""How many of something an account has, so that a sentence can cite the count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.claims import Evidence, Input
from assistant.drafting.brief import Brief
from assistant.insight.evidence import computed


def counted(
    brief: Brief,
    name: str,
    item: str,
    items: Iterable[tuple[str, Sequence[str]]],
    *,
    title: str,
) -> Evidence:
    """How many items there are, each with its records; it cites the account's name as well.

    Args:
        brief: the account they are counted for.
        name: the computation's own, its reference.
        item: one of what is counted, such as `deal`; the unit is its plural.
        items: what each is called, and the references it is read from.
        title: what a person would call the count.
    """
    each = [Input(item, called, tuple(refs)) for called, refs in items]
    account = brief.file.account
    return computed(
        name,
        title=title,
        value=len(each),
        unit=f"{item}s",
        formula=f"count({item})",
        inputs=[*each, Input("account", account.name, (f"{account.ref}#name",))],
        as_of=brief.as_of,
    )
