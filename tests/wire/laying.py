"""A model door over a scripted server: with and without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.models import Deadline, Models, Outside, RunFor
from assistant.prompting import Filled
from assistant.settings import read_settings
from knowledge.journal.runs import Runs
from knowledge.records import Database, Viewer
from tests.doubles.model import KEY, MODEL, Scripted, ScriptedOpenAI

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
REP = Viewer("u1", "Nadia Brandt", "nadia.brandt@varnholt.example", "rep")
PROMPT = Filled("answer", 1, "0" * 64, "You answer.", "Who decides at Lindauer?")


@dataclass
class Time:
    """A clock that only waits move, and what was waited."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


@dataclass
class Wire:
    """A door, what it sent, what the journal says, and its clock."""

    models: Models
    runs: Runs
    server: ScriptedOpenAI
    time: Time

    @property
    def outcomes(self) -> list[str]:
        return [run.outcome for run in self.runs.about("thing")]


def run(deadline: Deadline | None = None, viewer: Viewer = REP) -> RunFor:
    return RunFor(viewer, "answer", "thing", deadline)


class Laid:
    """Lays wires to scripted servers."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database

    @contextmanager
    def __call__(
        self, *script: Scripted, limits: str = "", then: Scripted | None = None
    ) -> Iterator[Wire]:
        """A wire without a socket, on a clock that stands still."""
        server, time = ScriptedOpenAI(*script, then=then), Time()
        outside = Outside(
            transport=server.transport,
            monotonic=time.read,
            now=lambda: NOW,
            pause=time.pause,
            chance=lambda: 1.0,
        )
        environ = {"OPENAI_API_KEY": KEY, "LIAISON_MODEL": MODEL}
        with self._door(environ, limits, outside) as models:
            yield Wire(models, Runs(self.database), server, time)
        server.check()

    @contextmanager
    def socket(self, *script: Scripted, limits: str = "attempts = 1") -> Iterator[Wire]:
        """A wire over a real socket and in real time."""
        with (
            ScriptedOpenAI(*script) as server,
            self._door(server.environment, limits, Outside(now=lambda: NOW)) as models,
        ):
            yield Wire(models, Runs(self.database), server, Time())

    @contextmanager
    def _door(self, environ: dict[str, str], limits: str, outside: Outside) -> Iterator[Models]:
        (self.folder / "liaison.toml").write_text(f"[model]\n{limits}\n", encoding="utf-8")
        models = Models(read_settings(self.folder, environ), Runs(self.database), outside)
        try:
            yield models
        finally:
            models.close()
