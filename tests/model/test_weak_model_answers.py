"""A model far too weak for the work answers: nothing unsupported is shown as supported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversation import Author, Conversation
from assistant.desk import Desk
from assistant.grounding import check
from assistant.grounding.outgoing import Ways, ways_out
from assistant.models import Models
from assistant.settings import read_settings
from knowledge.journal.runs import Runs
from knowledge.records import Viewer
from tests.sample import copied, desk_over

LIMITS = "\n[model]\noutput_tokens = 120\nattempts = 1\ncall_seconds = 40\njob_seconds = 50\n"
QUESTIONS = (
    "What did Stratton Water write about the missing energy line in the cost sheet?",
    "Was befürchtet Lindauer Papierwerke beim Umbau?",
)


@pytest.fixture(scope="module")
def desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = copied(sample_home, tmp_path_factory.mktemp("weak"))
    settings = home / "liaison.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + LIMITS, encoding="utf-8")
    with desk_over(home) as made:
        yield made


@pytest.fixture
def talk(llama: str, desk: Desk) -> Iterator[Conversation]:
    environ = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": llama, "LIAISON_MODEL": "gemma-3-270m"}
    models = Models(read_settings(Path(desk.settings.home), environ), Runs(desk.workspace.database))
    yield Conversation(desk.office, Author(models, desk.prompts))
    models.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_it_writes_only_what_holds_is_shown(
    talk: Conversation, desk: Desk, question: str
) -> None:
    reader = Viewer.operator()
    answer = talk.reply(reader, question)
    assert Runs(desk.workspace.database).about(answer.id), "the model was asked"
    again = check(answer.claims, desk.office.grounds(reader), account=answer.account_id,
                  vocabulary=[answer.account_name or "", question])  # fmt: skip
    for claim, judged in zip(answer.claims, again, strict=True):
        assert claim.verdict == "supported"
        assert not list(ways_out(claim.text, Ways()))
        assert answer.writer == "template" or judged.verdict == "supported", claim.text
    assert answer.claims or answer.reason
