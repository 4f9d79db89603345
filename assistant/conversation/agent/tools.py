# ruff: noqa: D417 - the context comes from the runtime; a model never hears of it
"""The tools of the model: five ways to read, none to write, send or fetch.

Their words are the model's only guide to them. Who asks, from which day and about which accounts
stands in the runtime's context, which no argument reaches.
"""

from __future__ import annotations

from typing import Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool

from assistant.claims import Evidence
from assistant.conversation.agent.asking import Asking, listed
from assistant.conversation.agent.gathered import Piece, told
from knowledge.index.hits import Hit

_MOST_HITS = 6
_MOST_COMPARED = 3
NOTHING = "Nothing on record."

Topic = Literal[
    "summary",
    "revenue",
    "decline",
    "orders",
    "products",
    "deals",
    "why_lost",
    "win_rate",
    "people",
    "decider",
    "champion",
    "blocker",
    "stance",
    "left",
    "structure",
    "owner",
    "touch",
    "promises",
    "actions",
    "changes",
    "health",
    "risk",
    "priorities",
    "stage",
    "tier",
    "competitors",
    "wallet",
    "worth",
    "measured",
    "cases",
    "contracts",
    "terms",
    "adaptations",
    "unknowns",
    "missing",
]


@tool
def find_account(name: str, runtime: ToolRuntime[Asking]) -> str:
    """Look up an account by (part of) its name.

    Args:
        name: the name as the question has it.
    """
    asking = runtime.context

    def find() -> str:
        found = asking.account(name)
        return listed([asking.matter.brief_of(found).name]) if found else NOTHING

    return asking.look("finding", find)


@tool
def account_findings(account: str, topic: Topic, runtime: ToolRuntime[Asking]) -> str:
    """What is computed about an account from its records: figures, people, deals, risks.

    Args:
        account: its name.
        topic: what to tell; `touch` is the last contact, `worth` what our work is worth to them.
    """
    asking = runtime.context

    def find() -> str:
        found = asking.account(account)
        pieces = asking.about([found], topic) if found else []
        return told(pieces) or NOTHING

    return asking.look("computing", find)


@tool
def compare_accounts(accounts: list[str], runtime: ToolRuntime[Asking]) -> str:
    """Two or three accounts side by side: revenue, health.

    Args:
        accounts: their names.
    """
    asking = runtime.context

    def find() -> str:
        found = [asking.account(name) for name in accounts[:_MOST_COMPARED]]
        known = [one for one in dict.fromkeys(found) if one]
        return told(asking.about(known, "compare") if known else []) or NOTHING

    return asking.look("computing", find)


@tool
def search_history(words: str, account: str, runtime: ToolRuntime[Asking]) -> str:
    """Search mails, notes, calls and documents for what was said.

    Args:
        words: what to look for, in a few words.
        account: the account's name; empty for every account the question is about.
    """
    asking = runtime.context

    def find() -> str:
        found = asking.account(account)
        wanted: list[str | None] = [found] if found else [*sorted(asking.scope)] or [None]
        hits = [hit for one in wanted for hit in _hits(asking, words, one)]
        return told(_pieces(asking, hits)) or NOTHING

    return asking.look("searching", find)


@tool
def search_playbook(words: str, runtime: ToolRuntime[Asking]) -> str:
    """Search the company's sales playbook for how something is done.

    Args:
        words: what to look for, in a few English words.
    """
    asking = runtime.context

    def find() -> str:
        matter = asking.matter
        hits = matter.office.workspace.search(matter.viewer, words, k=_MOST_HITS * 4).hits
        return told(_pieces(asking, [h for h in hits if h.kind == "playbook"][:4])) or NOTHING

    return asking.look("searching", find)


TOOLS: tuple[BaseTool, ...] = (
    find_account,
    account_findings,
    compare_accounts,
    search_history,
    search_playbook,
)


def _hits(asking: Asking, words: str, account: str | None) -> list[Hit]:
    matter = asking.matter
    hits = matter.office.workspace.search(matter.viewer, words, account_id=account, k=_MOST_HITS)
    return [
        hit
        for hit in hits.hits
        if hit.kind != "playbook"
        and (not asking.scope or hit.account_id is None or hit.account_id in asking.scope)
    ]


def _pieces(asking: Asking, hits: list[Hit]) -> list[Piece | None]:
    pieces: list[Piece | None] = []
    for hit in hits:
        source = Evidence(
            type="passage",
            ref=f"{hit.ref}[{hit.start}:{hit.end}]",
            title=f"Playbook: {hit.title}" if hit.kind == "playbook" else hit.title,
            quote=hit.text,
            dated=hit.dated,
        )
        pieces += asking.gathered.passage(source)
    return pieces
