"""A backup taken while people work, and a new machine that starts from it."""

from __future__ import annotations

import os
import shutil
import stat
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant import backup as backing
from assistant.desk import Desk
from assistant.settings import read_settings
from assistant.work import Work
from knowledge.journal.preferences import Preference
from knowledge.records.store import Database
from tests.databases import new_file
from tests.scenarios.leaving import export
from tests.scenarios.test_command_line import Shell

QUESTIONS = (
    ("ask", "Who are the people at Quorvex Works?", "--as-of", "2026-09-30"),
    ("search", "freight surcharge"),
    ("show", "Quorvex Works", "--as-of", "2026-09-30"),
    ("accounts", "--as-of", "2026-09-30"),
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has imported the company, with settings of its own."""
    folder = tmp_path_factory.mktemp("imported")
    home = folder / "home"
    new_file(home)
    (home / "liaison.toml").write_text('[company]\nname = "Varnholt"\n', encoding="utf-8")
    with closing(Desk.open(read_settings(home, {}))) as desk:
        desk.take_in([export(folder / "export")])
        desk.workspace.embed()
    return home


@pytest.fixture
def shell(
    imported: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """A shell over a home like that, to do with as one likes."""
    shutil.copytree(imported, tmp_path / "home")
    return Shell(tmp_path / "home", monkeypatch, capsys)


def told(shell: Shell, home: Path) -> list[object]:
    """What the questions are answered with; the number of a conversation is its own."""
    said = [shell(*words, "--json", home=home).json for words in QUESTIONS]
    for one in said:
        one.pop("id", None)
    return said


def jobs(home: Path, done: list[str] | None = None) -> Work:
    """The durable work of a home; what is done is noted."""
    work = Work(home, f"sqlite:///{home / 'liaison.db'}", poll=0.01)
    work.register("ask", lambda job: (done if done is not None else []).append(job.id))
    return work


def test_a_new_machine_answers_as_the_old_one_did(shell: Shell, tmp_path: Path) -> None:
    said = shell("backup", str(tmp_path / "b.tar.gz"), "--json").json
    assert said["files"] == ["liaison.db", "liaison.toml"]
    home = tmp_path / "restored"
    home.mkdir(mode=0o700)
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        assert {one.mode for one in archive} == {0o600}
        archive.extractall(home, filter="data")
    assert shell("reindex", "--json", home=home).json["entries"] > 0
    assert told(shell, home) == told(shell, shell.home)


def test_what_is_kept_while_the_service_runs_is_there_whole_or_not_at_all(
    shell: Shell, tmp_path: Path
) -> None:
    database = Database.open(f"sqlite:///{shell.home / 'liaison.db'}")
    stop = threading.Event()

    def write_pairs() -> None:
        number = 0
        while not stop.is_set():
            with database.writing() as session:
                session.add(Preference(user=f"left {number}", snoozed_until=None))
                session.flush()
                session.add(Preference(user=f"right {number}", snoozed_until=None))
            number += 1

    with jobs(shell.home) as work:
        work.start()
    with jobs(shell.home) as work:
        work.enqueue("Ev1", "ask", {"text": "Who decides?"})
        writer = threading.Thread(target=write_pairs)
        writer.start()
        try:
            said = shell("backup", str(tmp_path / "b.tar.gz"), "--json").json
        finally:
            stop.set()
            writer.join()
    database.close()
    assert said["files"] == ["work.db", "liaison.db", "liaison.toml"]
    home = tmp_path / "restored"
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        archive.extractall(home, filter="data")
    restored = Database.open(f"sqlite:///{home / 'liaison.db'}")
    with restored.reading() as session:
        users = {row.user for row in session.query(Preference)}
    restored.close()
    sides = [{u.split()[1] for u in users if u.startswith(side)} for side in ("left", "right")]
    assert sides[0] == sides[1]
    done: list[str] = []
    with jobs(home, done) as work:
        work.start()
        assert work.settle(20)
    assert done == ["Ev1"]


def test_only_its_owner_can_read_it_and_no_file_is_overwritten(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "b.tar.gz"
    old = os.umask(0)
    try:
        assert shell("backup", str(path)).code == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert "is there already" in shell("backup", str(path)).failed(2)
    assert "no folder" in shell("backup", str(tmp_path / "none" / "b.tar.gz")).failed(2)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("*b.tar*")] == ["b.tar.gz"]


def test_own_prompts_are_in_it_and_index_and_environment_are_not(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-to-be-found-anywhere-at-all")
    (shell.home / "prompts").mkdir()
    (shell.home / "prompts" / "README.md").write_text("Ours.\n", encoding="utf-8")
    (shell.home / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1234567890-abc\n", encoding="utf-8")
    assert shell("reindex").code == 0
    assert (shell.home / "index").is_dir()
    said = shell("backup", str(tmp_path / "b.tar.gz"), "--json").json
    assert said["files"] == ["liaison.db", "liaison.toml", "prompts/README.md"]
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        for one in archive:
            held = archive.extractfile(one)
            assert held is not None
            assert b"sk-not-to-be-found" not in held.read()


def test_a_token_in_the_settings_stops_it_and_is_not_repeated(shell: Shell, tmp_path: Path) -> None:
    token = "xoxb-1234567890-abcdefghij"
    (shell.home / "liaison.toml").write_text(
        f'# {token}\n[company]\nname = "Varnholt"\n', encoding="utf-8"
    )
    said = shell("backup", str(tmp_path / "b.tar.gz")).failed(2)
    assert "liaison.toml, line 1" in said
    assert token not in said
    assert not (tmp_path / "b.tar.gz").exists()


def test_postgresql_and_an_empty_home_are_sent_elsewhere(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nothing to back up" in shell("backup", str(tmp_path / "b"), home=tmp_path / "x").failed(
        2
    )
    monkeypatch.setenv("LIAISON_DATABASE_URL", "postgresql://127.0.0.1:1/liaison")
    assert "pg_dump" in shell("backup", str(tmp_path / "b")).failed(2)
    assert not (tmp_path / "b").exists()


def test_a_full_disk_leaves_nothing_behind(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing, "_pack", full)
    assert "No space left" in shell("backup", str(tmp_path / "b.tar.gz")).failed(1)
    assert {one.name for one in tmp_path.iterdir()} == {"home"}
