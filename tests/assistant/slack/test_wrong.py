"""What went wrong is told in the asker's language, and never in the English of the error."""

from __future__ import annotations

import logging
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.slack.words import words
from assistant.slack.wrong import in_words
from knowledge.errors import Ambiguous, BadInput, NotFound, Unreadable
from knowledge.passages import read

#: Files that somebody might share, each refused for another reason.
SHARED = {
    "plan.xyz": b"?",
    "empty.md": b"  \n",
    "notes.txt": b"\xff\xfe\x00\xd8\x00\xdc\x81",
    "scan.pdf": b"%PDF-1.4 and nothing behind it",
    "letter.docx": b"PK\x03\x04 torn",
    "picture.txt": b"%PDF-1.7",
    "call.vtt": b"Good morning",
    "box.mbox": b"no mailbox",
}


@pytest.mark.parametrize("name", SHARED)
@pytest.mark.parametrize("language", ["de", "ru"])
def test_a_file_that_cannot_be_read_is_refused_in_the_asker_s_words(
    tmp_path: Path, name: str, language: str
) -> None:
    file = tmp_path / name
    file.write_bytes(SHARED[name])
    with pytest.raises(Unreadable) as refused:
        read(file, root=tmp_path)
    told = in_words(refused.value, language)
    assert name in told
    assert words(language).text("error.unexpected") not in told


def test_a_name_and_a_figure_are_written_as_the_language_writes_them() -> None:
    assert in_words(NotFound("account", "Atlantis"), "de") == (
        "Es gibt keinen Kunden „Atlantis“, den Sie sehen dürfen."
    )
    assert "«Borealis»" in in_words(Ambiguous("Borealis", ["A", "B"]), "ru")
    outside = BadInput("Between 0 and 12.50.", "value_outside", limit=Decimal("12.50"))
    assert "12,5." in in_words(outside, "de")


def test_an_error_without_words_becomes_the_general_sentence_with_a_number_to_ask_about(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        told = in_words(BadInput("The flux is inverted."), "de")
    assert told.startswith(words("de").text("error.unexpected"))
    assert "flux" not in told
    number = told.rpartition("Nummer ")[2].rstrip(".")
    assert f"{number}: BadInput: The flux is inverted." in caplog.text
