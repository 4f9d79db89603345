"""Coaching: which parts of their plans somebody leaves thin, and which article would help.

It is about plans, not about people: no score, no order but the alphabet, nothing a colleague is
compared with. Whoever it is about sees every word of it: there is one view of a person, and it
is the same for them and for whoever leads them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.insight.plan_quality import PlanElement, plan_quality
from assistant.office import Office
from knowledge.playbook import read_playbook
from knowledge.records import Viewer

#: The article that helps with each element of a plan.
ARTICLES = {
    "customer_goal": "account-plan",
    "potential": "share-of-wallet",
    "spend_estimate": "share-of-wallet",
    "key_players": "stakeholder-map",
    "alternative": "next-best-alternative",
    "charter": "charter",
    "confirmed_figure": "value-proposition",
    "mutual_actions": "mutual-action-plan",
    "next_steps": "meddpicc",
    "next_review": "account-review",
}


@dataclass(frozen=True)
class ThinPart:
    """An element of the plan that the records of some accounts leave blank.

    `section` is where it belongs, `accounts` those that lack it, of `n` the person keeps.
    """

    element: str
    section: str
    accounts: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Reading:
    """An article that would help, and the elements it would help with."""

    slug: str
    title: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class Coaching:
    """What is shown about somebody, to them and to whoever leads them."""

    user_id: str
    name: str
    accounts: int
    thin: tuple[ThinPart, ...]
    articles: tuple[Reading, ...]


def coaching(office: Office, viewer: Viewer, day: date) -> list[Coaching]:
    """What is shown about the viewer and those they lead, by name."""
    ledger = office.ledger
    overseen = dict(_overseen(office, viewer))
    plans: dict[str, list[tuple[str, Sequence[PlanElement]]]] = defaultdict(list)
    for account in ledger.accounts(viewer):
        if account.owner_id in overseen:
            file = ledger.account_file(viewer, account.id, day)
            elements = plan_quality(file, office.rules).values["elements"]
            plans[account.owner_id].append((account.name, elements))
    found = [_coached(user_id, overseen[user_id], some) for user_id, some in plans.items()]
    return sorted(found, key=lambda one: (one.name, one.user_id))


def _overseen(office: Office, viewer: Viewer) -> list[tuple[str, str]]:
    """The viewer and everybody below them; an administrator sees everybody."""
    users = office.ledger.catalogue(viewer).users
    below = {viewer.user_id}
    while more := {u.id for u in users.values() if u.manager_id in below and u.manager_id} - below:
        below |= more
    return [(one.id, one.name) for one in users.values() if viewer.sees_all or one.id in below]


def _coached(
    user_id: str, name: str, plans: Sequence[tuple[str, Sequence[PlanElement]]]
) -> Coaching:
    blank: dict[tuple[str, str], list[str]] = defaultdict(list)
    for account, elements in plans:
        for element in elements:
            if not element.substance:
                blank[element.name, element.section].append(account)
    thin = [
        ThinPart(element, section, tuple(sorted(accounts)), len(plans))
        for (element, section), accounts in blank.items()
    ]
    thin.sort(key=lambda part: (-len(part.accounts), part.section, part.element))
    return Coaching(user_id, name, len(plans), tuple(thin), _articles(thin))


def _articles(thin: Sequence[ThinPart]) -> tuple[Reading, ...]:
    helped: dict[str, list[str]] = defaultdict(list)
    for part in thin:
        helped[ARTICLES[part.element]].append(part.element)
    titles = {article.slug: article.title for article in read_playbook().values()}
    return tuple(Reading(slug, titles[slug], tuple(some)) for slug, some in helped.items())
