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

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from knowledge.records import tables as t
from knowledge.records.calling import first_word
from knowledge.records.landing import chunks
from knowledge.records.naming import normalised
from knowledge.records.viewers import Viewer, may_see_account

_NAME = re.compile(r"[^\W\d_][\w&-]*[^\W_]")
_LABEL = re.compile(r"^Proof: .*(?:\n|\Z)", re.MULTILINE)
#: What an account is called by besides its name: its town, its sites, its people.
_CALLED = (
    (t.Account.city, t.Account.id),
    (t.SpendEstimate.business_unit, t.SpendEstimate.account_id),
    (t.Contact.name, t.Contact.account_id),
)


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
    names: dict[bool, set[str | None]] = {True: set(), False: set()}
    for some in chunks(sorted(words)):
        for said, seen in session.execute(_accounts(viewer, some)):
            names[bool(seen)].update(said.split()[:1])
        for called, account_id in _CALLED:
            rows = select(called, may_see_account(viewer, account_id)).where(called.in_(some))
            for name, seen in session.execute(rows):
                names[bool(seen)].add(name)
    hidden = names[False] - names[True]
    return frozenset(word for word in words if word in hidden)


def _accounts(viewer: Viewer, words: Collection[str]) -> Select[str, bool]:
    """The names that may begin with one of some words: those not normalised yet are among them."""
    account = t.AccountName
    singles = sorted({normalised(word) for word in words if " " not in word})
    begun = (first_word(word) for word in singles)
    return select(account.said, may_see_account(viewer, account.account_id)).where(
        or_(account.key.is_(None), *begun)
    )


def _words(proof: str) -> frozenset[str]:
    """The capitalised words of a proof, and those that stand side by side as one name."""
    said = [word for word in _NAME.findall(proof.replace("’", "'")) if word[0].isupper()]
    return frozenset({*said, *(f"{one} {other}" for one, other in pairwise(said))})
