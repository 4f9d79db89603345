"""Whose a proof is: one that tells of a customer is for those only who may see that customer.

What our products are worth is everybody's to know, and so are the formulas. Where it was shown
names a customer more often than not: by name, by town, by site, by one of its people. Whoever may
not see that account gets the driver without its proof. A word that an account of theirs is called
by as well gives nothing away. A search does not find such a driver, for it would show its text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from knowledge.records import tables as t
from knowledge.records.viewers import Viewer, may_see_account

_NAME = re.compile(r"[^\W\d_][\w&-]*[^\W_]")
_LABEL = re.compile(r"^Proof: .*(?:\n|\Z)", re.MULTILINE)


def seen_drivers(
    session: Session, viewer: Viewer, drivers: Iterable[t.ValueDriver]
) -> tuple[t.ValueDriver, ...]:
    """Our value drivers as a viewer may read them: some without their proof."""
    known = tuple(drivers)
    hidden = hidden_proofs(session, viewer, {row.proof for row in known if row.proof})
    for row in known:
        if row.proof in hidden:
            session.expunge(row)  # what is left out for a reader stays in the records
            row.proof = None
    return known


def sources_of_hidden_proofs(session: Session, viewer: Viewer) -> frozenset[str]:
    """The sources of value drivers whose proof the viewer may not read: no search finds them."""
    if viewer.sees_all:
        return frozenset()
    driver = t.ValueDriver
    known = session.execute(select(driver.source_id, driver.proof).where(driver.proof.is_not(None)))
    proofs = {source: proof for source, proof in known if proof}
    hidden = hidden_proofs(session, viewer, set(proofs.values()))
    return frozenset(source for source, proof in proofs.items() if proof in hidden)


def hidden_proofs(session: Session, viewer: Viewer, proofs: Collection[str]) -> frozenset[str]:
    """Those of some proofs that tell of an account the viewer may not see."""
    if viewer.sees_all or not proofs:
        return frozenset()
    said = {proof: _words(proof) for proof in proofs}
    words = frozenset().union(*said.values())
    hidden = _called(session, viewer, words)
    return frozenset(proof for proof, its in said.items() if its & hidden)


def without_proof(text: str, payload: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a value driver's source says and holds, its proof left out."""
    rest = {name: value for name, value in payload.items() if name != "proof"}
    return _LABEL.sub("", text), rest


def _called(session: Session, viewer: Viewer, words: Collection[str]) -> frozenset[str]:
    """Which of some words only accounts that the viewer may not see are called by."""
    names: dict[bool, set[str]] = {True: set(), False: set()}
    singles = sorted(word for word in words if " " not in word)
    account, spend, contact = t.Account, t.SpendEstimate, t.Contact
    named = or_(
        account.city.in_(singles), *(account.name.startswith(w, autoescape=True) for w in singles)
    )
    rows = select(account.name, account.city, may_see_account(viewer, account.id)).where(named)
    for name, city, seen in session.execute(rows):
        names[bool(seen)] |= {name.split()[0], city or ""}
    sites = select(spend.business_unit, may_see_account(viewer, spend.account_id)).where(
        spend.business_unit.in_(singles)
    )
    people = select(contact.name, may_see_account(viewer, contact.account_id)).where(
        contact.name.in_(sorted(words))
    )
    for name, seen in (*session.execute(sites), *session.execute(people)):
        names[bool(seen)].add(name)
    return frozenset(names[False] - names[True] - {""})


def _words(proof: str) -> frozenset[str]:
    """The capitalised words of a proof, and those that stand side by side as one name."""
    said = [word for word in _NAME.findall(proof.replace("’", "'")) if word[0].isupper()]
    return frozenset({*said, *(f"{one} {other}" for one, other in pairwise(said))})
