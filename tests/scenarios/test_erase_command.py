"""`liaison erase` as an administrator types it, and as a script does."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from assistant.work import hold
from tests.databases import new_file
from tests.scenarios.leaving import HER, HERS, OURS, export, traces_in
from tests.scenarios.test_command_line import Shell


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """A shell over a home that has imported the company."""
    new_file(tmp_path / "home")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    shell = Shell(tmp_path / "home", monkeypatch, capsys)
    assert shell("import", str(export(tmp_path / "export")), "--later").code == 0
    return shell


class Keyboard(io.StringIO):
    """Somebody at a terminal, who types."""

    def isatty(self) -> bool:
        return True


def test_a_script_says_yes_and_reads_what_went(shell: Shell) -> None:
    assert traces_in(shell.home)
    said = shell("erase", HER, "--yes", "--json").json
    assert said["erased"]["contact"] == said["erased"]["document"] == 1
    assert said["erased"]["blackened document"] >= 3
    assert said["left"] == []
    assert traces_in(shell.home) == []
    again = shell("import", str(shell.home.parent / "export"), "--later", "--json").json
    assert again["erased"]["left_out"] == 3
    assert traces_in(shell.home) == []


def test_without_a_terminal_and_without_yes_nothing_happens(shell: Shell) -> None:
    assert "--yes" in shell("erase", HER).failed(2)
    assert traces_in(shell.home)


@pytest.mark.parametrize("typed", ["n\n", "\n"])
def test_whoever_is_asked_and_says_no_keeps_everything(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))
    ended = shell("erase", HER)
    assert (ended.code, ended.out) == (1, "")
    assert "contact" in ended.err
    assert "Katalin, Szentmiklosy" in ended.err
    assert "Nothing was erased." in ended.err
    assert traces_in(shell.home)


def test_whoever_is_asked_and_says_yes_is_told_what_went(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("y\n"))
    ended = shell("erase", HER)
    assert ended.code == 0
    assert "Erased." in ended.out
    assert traces_in(shell.home) == []


def test_who_may_not_and_who_is_unknown_hear_the_same(shell: Shell) -> None:
    theirs = shell("erase", HER, "--yes", "--as", OURS).failed(3)
    nobody = shell("erase", "nobody@quorvex.example", "--yes").failed(3)
    assert theirs.replace(HER, "…") == nobody.replace("nobody@quorvex.example", "…")
    assert shell("erase", HER, "--as", OURS).failed(3) == theirs
    assert traces_in(shell.home)


def test_while_the_service_runs_nobody_is_erased(shell: Shell) -> None:
    serving = hold(shell.home)
    assert "already serves" in shell("erase", HER, "--yes").failed(1)
    serving.release()
    assert traces_in(shell.home)


def test_files_that_people_put_there_are_named_and_left_to_them(shell: Shell) -> None:
    paper = shell.home / "papers" / "visit.md"
    paper.parent.mkdir()
    paper.write_text("# Visit\n\nKatalin Szentmiklosy showed us the line.\n", encoding="utf-8")
    (shell.home / "papers" / "menu.md").write_text("# Menu\n\nSoup.\n", encoding="utf-8")
    assert shell("erase", HER, "--yes", "--json").json["left"] == [str(paper)]
    assert {one.partition(": ")[2] for one in traces_in(shell.home, HERS)} == {"papers/visit.md"}
    paper.unlink()
    again = shell("erase", HER, "--yes", "--json").json
    assert (again["before"], again["left"]) == (True, [])
