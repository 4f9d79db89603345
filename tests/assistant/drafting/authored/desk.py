"""A model writer without a socket, over a scripted server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.claims import Draft
from assistant.drafting.authored import ModelWriter, Task
from assistant.models import Models, Outside
from assistant.prompting import read_prompts
from assistant.settings import read_settings
from knowledge.journal.runs import Runs
from knowledge.records import Database, Viewer
from tests.assistant.written import Written
from tests.doubles.model import KEY, MODEL, Scripted, ScriptedOpenAI

GENEROUS = "[model]\ndaily_tokens = 1000000000\ndaily_dollars = 100000\n"


@contextmanager
def writer_over(
    folder: Path,
    database: Database,
    *script: Scripted,
    then: Scripted | None = None,
    limits: str = GENEROUS,
) -> Iterator[tuple[ModelWriter, ScriptedOpenAI]]:
    """A writer whose model is the script, and the server to look at what was sent."""
    server = ScriptedOpenAI(*script, then=then)
    (folder / "liaison.toml").write_text(limits, encoding="utf-8")
    environ = {"OPENAI_API_KEY": KEY, "LIAISON_MODEL": MODEL}
    outside = Outside(transport=server.transport, pause=lambda _: None)
    models = Models(read_settings(folder, environ), Runs(database), outside)
    yield ModelWriter(models, read_prompts()), server
    models.close()
    server.check()


def task_of(one: Written, draft: Draft | None = None) -> Task:
    """The task to word a draft of the sample, or to change what became of it."""
    return Task(
        Viewer.operator(), draft or one.draft, one.brief.basis, one.grounds, "Varnholt", "draft-1"
    )
