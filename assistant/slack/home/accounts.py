"""A rep's accounts by the attention they need."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.drafting import Pen
from assistant.slack.home.shown import Shown
from assistant.slack.views.blocks import Block
from assistant.slack.views.home import Attention, RepHome, Tab, rep_home
from assistant.slack.views.reasons import reason_of
from assistant.steering import Wanting, Worklist


def accounts_home(
    name: str, work: Worklist, shown: Shown, language: str, tabs: tuple[Tab, ...]
) -> Block:
    """The accounts that ask for something, the most urgent first; the steady ones are counted."""
    return rep_home(
        RepHome(
            name=name,
            day=work.as_of,
            attention=attention_of(work.attention, Pen(language, work.currency)),
            steady=work.steady,
            language=language,
            tabs=tabs,
            unread=work.unread,
            read=len(work.accounts),
            page=shown.own,
        )
    )


def attention_of(accounts: Iterable[Wanting], pen: Pen) -> tuple[Attention, ...]:
    """Accounts with their reasons, in the pen's language."""
    return tuple(
        Attention(
            one.account_id,
            one.account,
            tuple(reason_of(priority, pen) for priority in one.priorities),
            one.tier,
            pen.money(one.revenue),
        )
        for one in accounts
    )
