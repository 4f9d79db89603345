"""The check-up behind `liaison doctor`: what works, what does not, and how to mend it.

Every check looks and changes nothing beyond what opening the workspace does anyway. Nothing here
shows a secret: only that it is there, and what the other side said to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

from assistant.desk import Desk
from assistant.errors import LiaisonError, NoModel
from assistant.models import reach
from assistant.prompting import read_prompts
from assistant.settings import Settings
from assistant.slack.connection import EVENTS
from assistant.slack.token_checks import Told, check_tokens
from knowledge.errors import IndexHeld, KnowledgeError
from knowledge.records import Viewer

State = Literal["well", "idle", "ill"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `mend` says what to do; it is empty where nothing is."""

    name: str
    state: State
    told: str
    mend: str = ""

    def to_json(self) -> dict[str, Any]:
        """The check as the command line prints it."""
        return {"name": self.name, "state": self.state, "told": self.told, "mend": self.mend}


def check_up(settings: Settings) -> Iterator[Check]:
    """Look at everything in the order in which it is needed; each check as it is done."""
    yield _home(settings)
    if settings.home.exists() or not settings.embedded:
        yield from _opened(settings)
    yield _looked("prompts", lambda: _prompts(settings), "Mend the file and line it names.")
    yield _model(settings)
    yield from (_slack(told) for told in check_tokens(settings))
    if settings.slack_bot_token is not None and settings.slack_signing_secret is not None:
        yield _request_url(settings)


def _home(settings: Settings) -> Check:
    home = settings.home
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    if not os.access(nearest, os.W_OK):
        mend = f"Let this user write there, or name another folder: LIAISON_HOME={home.name}."
        return Check("home", "ill", f"{nearest} cannot be written to.", mend)
    if not home.exists():
        return Check(
            "home",
            "idle",
            f"{home} is not there yet.",
            "liaison import YOUR-EXPORT, or liaison demo.",
        )
    if home.stat().st_mode & 0o077:
        mend = f"chmod 700 {home}"
        return Check("home", "ill", f"{home} is open to other users of this machine.", mend)
    return Check("home", "well", str(home))


def _opened(settings: Settings) -> Iterator[Check]:
    try:
        desk = Desk.open(settings)
    except (KnowledgeError, LiaisonError) as error:
        yield Check("database", "ill", str(error), "Check LIAISON_DATABASE_URL, then try again.")
        return
    with closing(desk):
        yield from _workspace(desk)


def _workspace(desk: Desk) -> Iterator[Check]:
    accounts = len(desk.workspace.ledger.accounts(Viewer.operator()))
    kind = desk.workspace.database.dialect
    if accounts:
        yield Check("database", "well", f"{kind}, {accounts} accounts.")
    else:
        mend = "liaison import YOUR-EXPORT, or liaison demo for the sample."
        yield Check("database", "idle", f"{kind}, no account yet.", mend)
    yield _looked("playbook", lambda: f"{len(desk.office.versions)} articles.", "liaison reindex")
    yield _index(desk)


def _index(desk: Desk) -> Check:
    try:
        waiting = desk.workspace.awaiting_vectors()
        notes = desk.search(Viewer.operator(), "account", k=1).notes
    except IndexHeld as error:
        return Check("index", "idle", str(error))
    except (KnowledgeError, LiaisonError) as error:
        return Check("index", "ill", str(error), "liaison reindex")
    if waiting:
        told = f"{waiting} passages are found by words only, so far."
        return Check(
            "index", "idle", told, "Run liaison import again, or let liaison serve work on them."
        )
    return Check("index", "well", " ".join(notes) or f"Vectors of {desk.workspace.embedder.name}.")


def _prompts(settings: Settings) -> str:
    return f"{len(read_prompts(settings.home / 'prompts'))} prompts, every placeholder known."


def _model(settings: Settings) -> Check:
    try:
        return Check("model", "well", reach(settings))
    except NoModel:
        told = "No key: templates write, rules and search answer."
        return Check("model", "idle", told, "Set OPENAI_API_KEY to let a model write.")
    except LiaisonError as error:
        mend = "Check OPENAI_API_KEY, OPENAI_BASE_URL and LIAISON_MODEL."
        return Check("model", "ill", str(error), mend)


def _slack(told: Told) -> Check:
    return Check(f"slack {told.name}", told.state, told.told, told.mend)


def _request_url(settings: Settings) -> Check:
    """Over HTTP Slack has to be told where we are; it does not say whether it was."""
    commands = settings.company.slack.commands.model_dump().values()
    return Check(
        "slack request URL",
        "idle",
        f"With liaison serve --http, Slack calls https://YOUR-HOST{EVENTS}.",
        "In your app at https://api.slack.com/apps turn Socket Mode off, then enter that URL three "
        "times: Event Subscriptions (Request URL), Interactivity & Shortcuts (Request URL and "
        f"Options Load URL), Slash Commands (Request URL of {', '.join(commands)}).",
    )


def _looked(name: str, look: Callable[[], str], mend: str) -> Check:
    try:
        return Check(name, "well", look())
    except (KnowledgeError, LiaisonError) as error:
        return Check(name, "ill", str(error), mend)
