"""Which Home is whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from assistant.drafting import Pen
from assistant.slack.home.accounts import accounts_home
from assistant.slack.home.learning import learning_home
from assistant.slack.home.shown import Shown
from assistant.slack.home.team import Team, team_page
from assistant.slack.people import Person
from assistant.slack.reception import Reception
from assistant.slack.safety import mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.approval import ApprovalLine
from assistant.slack.views.blocks import Block, section
from assistant.slack.views.home import OutsiderHome, Tab, home_view, outsider_home
from assistant.slack.words import words
from assistant.steering import LEADS, Approvals, Worklist
from knowledge.playbook import read_playbook
from knowledge.records import Viewer

#: Articles offered to somebody from outside.
_TOPICS = 12


def view_of(reception: Reception, person: Person, viewer: Viewer, shown: Shown) -> Block:
    """The Home of whoever looks, on the tab they chose or, without one, the one that is theirs."""
    language = reception.language(person.id)
    if viewer.role == "outsider":
        return _outside(reception, viewer, language)
    day = reception.desk.day(None)
    work = reception.desk.steering.worklist(viewer, day)
    mine = work.owned() if viewer.role in LEADS else work
    tabs = _tabs(viewer, mine)
    tab = shown.tab if shown.tab in tabs else tabs[0]
    match tab:
        case "team":
            view = team_page(_team(reception, viewer, work, language), shown, language, tabs)
        case "accounts":
            view = accounts_home(viewer.name, mine, shown, language, tabs)
        case _:
            now = datetime.now(UTC)
            view = learning_home(reception.desk.tutor, viewer, now, language, tabs)
    return {**view, "private_metadata": ids.pack(*replace(shown, tab=tab).parts)}


def waiting_home(language: str) -> Block:
    """What stands there until the first Home of a lead does."""
    return home_view([section(mrkdwn(words(language).text("account.looking")))])


def _tabs(viewer: Viewer, mine: Worklist) -> tuple[Tab, ...]:
    """A lead sees the team first, a rep their accounts; whoever has none yet, the path."""
    accounts: tuple[Tab, ...] = ("accounts",) if mine.accounts else ()
    if viewer.role in LEADS:
        return ("team", *accounts, "learning")
    return (*accounts, "learning")


def _team(reception: Reception, viewer: Viewer, work: Worklist, language: str) -> Team:
    desk = reception.desk
    view = desk.steering.team(viewer, viewer.email or viewer.name, work.as_of)
    waiting = _approvals(reception, viewer, work, language)
    return Team(view, work, waiting, round(desk.office.rules.core_share))


def _approvals(
    reception: Reception, viewer: Viewer, work: Worklist, language: str
) -> Sequence[ApprovalLine]:
    office, pen = reception.desk.office, Pen(language, work.currency)
    users = office.ledger.catalogue(viewer).users
    found = []
    for one in Approvals(office).open_for(viewer):
        account, asker = work.account(one.account_id), users.get(one.asked_by)
        if account is not None:
            what = f"{pen.term(one.subject)}: {pen.quantity(one.value, one.unit)}"
            by = asker.name if asker else one.asked_by
            found.append(ApprovalLine(one.id, account.account, what, by, one.expires_at.date()))
    return found


def _outside(reception: Reception, viewer: Viewer, language: str) -> Block:
    articles = [one for one in read_playbook().values() if "new hire" in one.roles]
    return outsider_home(
        OutsiderHome(
            viewer.email,
            reception.desk.settings.company.company.admins,
            tuple((one.slug, one.title) for one in articles[:_TOPICS]),
            language,
        )
    )
