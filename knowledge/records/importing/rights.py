"""Who may see what, derived from owners, teams and managers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.records.accounts import Account
from knowledge.records.deals import Opportunity
from knowledge.records.importing.headers import says
from knowledge.records.importing.unsettled import owed, settled, unsettle
from knowledge.records.landing import chunks
from knowledge.records.people import AccountTeamMember, Contact, Team, User
from knowledge.records.sources import Grant, Oversight


def settle_oversight(session: Session, administrators: frozenset[str]) -> bool:
    """Who sees what is whose, and who is a manager; whether there was anything to do.

    `administrators` are the lower-case addresses of people who are administrators here,
    whatever their profile says.
    """
    if not owed(session, "oversight", 1) and not _administrators_changed(session, administrators):
        return False
    users = session.execute(select(User.id, User.email, User.profile, User.role)).all()
    below = _below(session)
    now = {(user.id, user.id) for user in users}
    now |= {(user.id, one) for user in users for one in below.get(user.id, ())}
    before = {(user_id, owner_id) for user_id, owner_id in session.execute(_PAIRS)}
    _replace_pairs(session, before - now, now - before)
    for user in users:
        role = _role(user.email, user.profile, administrators, leads=bool(below.get(user.id)))
        if role != user.role:
            session.execute(update(User).where(User.id == user.id).values(role=role))
    changed = {owner_id for _, owner_id in before ^ now}
    for chunk in chunks(sorted(changed)):
        direct = Grant.user_id.in_(chunk) & Grant.why.in_(("owner", "team"))
        unsettle(session, "rights", set(session.scalars(select(Grant.account_id).where(direct))))
    settled(session, "oversight", {"all"})
    return True


def settle_rights(session: Session, limit: int) -> int:
    """Derive who may see some of the accounts whose owners, team or people changed."""
    accounts = owed(session, "rights", limit)
    if not accounts:
        return 0
    direct = _direct(session, accounts)
    overseers = _overseers(session, {user for whys in direct.values() for user in whys})
    now: dict[tuple[str, str], str] = {}
    for account, whys in direct.items():
        for user in whys:
            for boss in overseers.get(user, ()):
                now.setdefault((boss, account), "manager")
        now.update({(user, account): why for user, why in whys.items()})
    here = Grant.account_id.in_(accounts)
    found = session.execute(select(Grant.user_id, Grant.account_id, Grant.why).where(here))
    before = {(user, account): why for user, account, why in found}
    if now != before:
        session.execute(delete(Grant).where(here))
        rows = [{"user_id": u, "account_id": a, "why": why} for (u, a), why in sorted(now.items())]
        if rows:
            session.connection().execute(insert(Grant), rows)
    settled(session, "rights", accounts)
    return len(accounts)


_PAIRS = select(Oversight.user_id, Oversight.owner_id)


def _below(session: Session) -> dict[str, set[str]]:
    """Everybody under everybody, through managers and team leads; nobody under themselves."""
    reports: dict[str, set[str]] = defaultdict(set)
    leads = {team: lead for team, lead in session.execute(select(Team.id, Team.manager_id)) if lead}
    for user, manager, team in session.execute(select(User.id, User.manager_id, User.team_id)):
        for boss in (manager, leads.get(team or "")):
            if boss and boss != user:
                reports[boss].add(user)
    below: dict[str, set[str]] = {}
    for boss in list(reports):
        seen: set[str] = set()
        rest = list(reports[boss])
        while rest:  # a cycle of managers ends where it began
            user = rest.pop()
            if user not in seen and user != boss:
                seen.add(user)
                rest.extend(reports.get(user, ()))
        below[boss] = seen
    return below


def _role(
    email: str | None, profile: str | None, administrators: frozenset[str], *, leads: bool
) -> str:
    if (email or "").lower() in administrators or says("administrator", profile or ""):
        return "admin"
    return "manager" if leads else "rep"


def _administrators_changed(session: Session, administrators: frozenset[str]) -> bool:
    now = session.execute(select(User.email, User.profile).where(User.role == "admin")).all()
    if any(_role(email, profile, administrators, leads=False) != "admin" for email, profile in now):
        return True
    already = {(email or "").lower() for email, _ in now}
    known = session.scalars(select(User.email).where(User.email.in_(administrators - already)))
    return bool(list(known))


def _replace_pairs(
    session: Session, gone: Collection[tuple[str, str]], new: Collection[tuple[str, str]]
) -> None:
    for user_id in sorted({user_id for user_id, _ in gone}):
        owners = [owner for user, owner in gone if user == user_id]
        for chunk in chunks(sorted(owners)):
            here = (Oversight.user_id == user_id) & Oversight.owner_id.in_(chunk)
            session.execute(delete(Oversight).where(here))
    if new:
        rows = [{"user_id": user_id, "owner_id": owner_id} for user_id, owner_id in sorted(new)]
        session.connection().execute(insert(Oversight), rows)


def _direct(session: Session, accounts: list[str]) -> Mapping[str, dict[str, str]]:
    """Owner and team of each account; where it has neither, whoever sells to it."""
    direct: dict[str, dict[str, str]] = {account: {} for account in accounts}
    team = select(AccountTeamMember.account_id, AccountTeamMember.user_id)
    _add(direct, session.execute(team.where(AccountTeamMember.account_id.in_(accounts))), "team")
    owners = select(Account.id, Account.owner_id).where(Account.id.in_(accounts))
    _add(direct, session.execute(owners), "owner")
    bare = [account for account, whys in direct.items() if not whys]
    for table in (Opportunity, Contact):
        sellers = select(table.account_id, table.owner_id).where(table.account_id.in_(bare))
        _add(direct, session.execute(sellers.distinct()), "team")
    return direct


def _add(
    direct: dict[str, dict[str, str]], pairs: Iterable[tuple[str | None, str | None]], why: str
) -> None:
    for account, user in pairs:
        if account and user:
            direct[account][user] = why


def _overseers(session: Session, users: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for chunk in chunks(sorted(users)):
        for boss, user in session.execute(_PAIRS.where(Oversight.owner_id.in_(chunk))):
            if boss != user:
                found[user].append(boss)
    return found
