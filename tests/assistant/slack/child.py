"""`liaison serve` in a process of its own, with a conversation that knows three things.

python -m tests.assistant.slack.child HOME [HOST:PORT]; told what to do by the environment, as the
real command is.
"""

from __future__ import annotations

import os
import re
import sys
import time
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from assistant import service
from assistant.conversation import Answer
from assistant.desk import Desk
from assistant.settings import read_settings
from assistant.work import doing
from knowledge.journal.conversations import Conversations
from knowledge.records import Viewer
from tests.assistant.slack.teller import MOVE, Teller, from_the_playbook

#: The mark of a question, which its answer bears too.
MARK = re.compile(r"\bK\d{4}\b")


class SlowTeller(Teller):
    """Thinks for as many seconds as `THINKING` says, to leave a middle to be killed in.

    An answer from the playbook repeats the mark of its question.
    """

    def reply(self, *asked: Any, **more: Any) -> Answer:
        time.sleep(float(os.environ.get("THINKING", "0")))
        return super().reply(*asked, **more)

    def _answer(self, viewer: Viewer, question: str) -> Answer:
        given = super()._answer(viewer, question)
        if (mark := MARK.search(question)) is None or given.route != "playbook":
            return given
        return replace(given, claims=from_the_playbook(f"{MOVE} That answers {mark[0]}."))


def _conversation(desk: Desk) -> Teller:
    workspace = desk.workspace
    return SlowTeller(workspace.ledger, Conversations(workspace.database))


def main() -> None:
    """Serve until ended."""
    if "REAL_CONVERSATION" not in os.environ:
        spoken = cached_property(_conversation)
        spoken.__set_name__(Desk, "conversation")
        Desk.conversation = spoken  # type: ignore[assignment, method-assign]
    if longest := os.environ.get("LONGEST_WAIT"):
        doing._LONGEST_WAIT = float(longest)
    listen = sys.argv[2] if len(sys.argv) > 2 else None
    service.serve(read_settings(Path(sys.argv[1])), listen, click.echo)


if __name__ == "__main__":
    main()
