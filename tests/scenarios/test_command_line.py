"""The command line as a contract: names, JSON, exit codes, and one clear line when it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant import cli
from tests.databases import new_file
from tests.properties.company import Company, Customer, Person, email, export

COMPANY = Company(
    people=(Person(), Person(manager=0), Person()),
    customers=(Customer(owner=1, seller=1), Customer(owner=2, seller=2)),
    lonely=(2,),
)
AS_OF = ("--as-of", "2026-09-30")
HERS, HIS = "Quorvex Works", "Zelbinor Works"
DRAFTS = [
    ("show", HERS),
    ("plan", HERS),
    ("value", HERS, "--for", "Plant director"),
    ("follow-up", HERS),
]


@dataclass(frozen=True)
class Ended:
    """What a command left: its exit code and what it printed where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document that stands on standard output, and nothing else."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    def failed(self, code: int) -> str:
        """The one line a failure tells."""
        assert (self.code, self.out) == (code, ""), self
        (line,) = self.err.splitlines()
        assert line.startswith("liaison: ")
        assert "Traceback" not in line
        return line.removeprefix("liaison: ")


class Shell:
    """Runs commands in this process; the entry point is the one people run."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, capture: Any) -> None:
        self.home, self._patch, self._capture = home, patch, capture

    def __call__(self, *words: str, home: Path | None = None) -> Ended:
        given = ["liaison", *words]
        if words and words[0] not in {"--help", "--version", "evaluate"}:
            given += ["--home", str(home or self.home)]
        self._patch.setattr(sys, "argv", given)
        self._capture.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = self._capture.readouterr()
        return Ended(code, said.out, said.err)


@pytest.fixture
def shell(
    stocked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(stocked, monkeypatch, capsys)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(COMPANY).write(tmp_path_factory.mktemp("exported") / "export")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, exported: Path) -> Path:
    """A home with a small company in it, imported by the real command in a real process."""
    home = tmp_path_factory.mktemp("stocked") / "home"
    new_file(home)
    clean = {
        name: v for name, v in os.environ.items() if not name.startswith(("LIAISON", "OPENAI"))
    }
    ended = subprocess.run(
        [*LIAISON, "import", str(exported), "--home", str(home), "--json"],
        capture_output=True,
        text=True,
        env=clean,
        check=False,
        timeout=240,
    )
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert report.keys() >= {"files", "created", "updated", "unchanged", "rejected", "mapping"}
    assert (report["updated"], report["unchanged"], report["rejected"]) == (0, 0, 0)
    assert report["created"] > 20
    return home


LIAISON = [sys.executable, "-c", "from assistant.cli import main; main()"]


def test_importing_again_reports_everything_as_unchanged(shell: Shell, exported: Path) -> None:
    report = shell("import", str(exported), "--json", "--later").json
    assert (report["created"], report["updated"], report["rejected"]) == (0, 0, 0)
    kinds = {one["file"]: one["kind"] for one in report["mapping"]}
    assert kinds["Account.csv"] == "account"
    assert report["unassigned"] == ["inbox/Jomquist.txt"]
    assert "unchanged" in shell("import", str(exported), "--later").out


def test_accounts_are_those_of_whoever_asks(shell: Shell) -> None:
    rows = shell("accounts", "--json", *AS_OF).json["accounts"]
    assert [row["name"] for row in rows] == [HERS, HIS]
    assert rows[0].keys() >= {"id", "name", "owner"}
    (mine,) = shell("accounts", "--json", *AS_OF, "--as", email(1)).json["accounts"]
    assert mine["name"] == HERS
    assert mine["owner"] == "Bertil Colleague"
    assert HIS not in shell("accounts", *AS_OF, "--as", email(1)).out


def test_search_answers_with_scores_and_sources(shell: Shell) -> None:
    found = shell("search", "energy", "--json", "-k", "3").json["hits"]
    assert 0 < len(found) <= 3
    assert all(hit.keys() >= {"id", "text", "score", "source"} for hit in found)
    assert all(0 < hit["score"] <= 1 for hit in found)
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)
    mine = shell("search", "Zelbinor", "--json", "-k", "50", "--as", email(1))
    assert "zelbinor" not in mine.out.lower()
    only = shell("search", "energy", "--account", HERS, "--json", "--explain").json["hits"]
    assert only
    assert "zelbinor" not in json.dumps(only).lower()


@pytest.mark.parametrize("words", DRAFTS, ids=lambda words: words[0])
def test_a_draft_has_the_shape_of_the_contract(shell: Shell, words: tuple[str, ...]) -> None:
    draft = shell(*words, "--json", *AS_OF, "--as", email(1)).json
    wanted = {"kind", "account", "as_of", "language", "writer", "sections", "sources", "withheld"}
    assert draft.keys() >= wanted
    assert draft["account"]["name"] == HERS
    assert draft["as_of"] == "2026-09-30"
    assert draft["writer"] == "template"
    labels = {source["id"] for source in draft["sources"]}
    keys = {"id", "type", "ref", "title", "date", "quote", "formula", "inputs"}
    for source in draft["sources"]:
        assert source.keys() >= keys
        assert source["type"] in {"record", "passage", "computed"}
    claims = [claim for section in draft["sections"] for claim in section["claims"]]
    assert claims
    for claim in claims:
        assert claim["kind"] in {"fact", "inference", "recommendation", "unknown"}
        assert claim["verdict"] in {"supported", "unsupported", "not_checked"}
        assert set(claim["citations"]) <= labels
        assert claim["kind"] != "fact" or claim["citations"], claim["text"]
    for withheld in draft["withheld"]:
        assert withheld.keys() == {"text", "reason"}
    assert HERS in shell(*words, *AS_OF).out


@pytest.mark.parametrize("words", DRAFTS, ids=lambda words: words[0])
def test_not_allowed_and_not_there_are_one_exit_code_and_one_sentence(
    shell: Shell, words: tuple[str, ...]
) -> None:
    said = [
        shell(words[0], name, *words[2:], *AS_OF, "--as", email(1)).failed(3).replace(name, "…")
        for name in (HIS, "Nowhere Ltd")
    ]
    assert said[0] == said[1] == "No account “…” that you may see."


def test_an_unknown_viewer_is_not_found(shell: Shell) -> None:
    for words in (("accounts",), ("search", "energy"), ("plan", HERS)):
        assert "nobody@us.example" in shell(*words, "--as", "nobody@us.example").failed(3)


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_a_draft_can_be_written_to_a_file(shell: Shell, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"plan{suffix}"
    said = shell("plan", HERS, *AS_OF, "--out", str(out))
    assert (said.code, str(out) in said.out) == (0, True)
    assert out.stat().st_size > 500
    wrong = tmp_path / "plan.xyz"
    assert shell("plan", HERS, *AS_OF, "--out", str(wrong)).code in {1, 2}
    assert not wrong.exists()


def test_bad_input_is_one_line_and_exit_code_two(shell: Shell, tmp_path: Path) -> None:
    assert "nowhere" in shell("import", str(tmp_path / "nowhere")).failed(2)
    assert "yesterday" in shell("accounts", "--as-of", "yesterday").failed(2)
    assert "bogus" in shell("bogus").failed(2)
    assert "--for" in shell("value", HERS).failed(2)
    assert "Works" in shell("plan", "Works").failed(2), "it fits several: say which one"
    shell("search", "energy", "-k", "0").failed(2)
    missing = shell("import", str(tmp_path), "--mapping", str(tmp_path / "none.toml"))
    assert "none.toml" in missing.failed(2)


def test_a_bad_mapping_tells_its_line_and_nothing_is_kept(
    shell: Shell, exported: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.toml"
    for wrong, line in (
        ('[files."Account.csv"]\nkind = "acount"\n', 2),
        ('[files."Account.csv"]\nkind = "account"\nfields = {Nonsense = "name"}\n', 3),
        ('currency = "EUR"\nnonsense = 1\n', 2),
    ):
        mapping.write_text(wrong)
        said = shell("import", str(exported), "--mapping", str(mapping), home=tmp_path / "new")
        assert f"mapping.toml:{line}: " in said.failed(2)
    mapping.write_text('["Account.csv"\nkind = \n')
    said = shell("import", str(exported), "--mapping", str(mapping), home=tmp_path / "new")
    assert "line 1" in said.failed(2)
    assert shell("accounts", "--json", home=tmp_path / "new").json == {"accounts": []}


def test_a_mistake_in_the_settings_tells_its_line(shell: Shell, tmp_path: Path) -> None:
    home = tmp_path / "mistaken"
    home.mkdir()
    (home / "liaison.toml").write_text('[company]\nname = "Us"\n\n[rules]\ncore_share = 800\n')
    said = shell("accounts", home=home).failed(2)
    assert "liaison.toml" in said
    assert "line 5 (rules.core_share)" in said
    (home / "liaison.toml").write_text('[company]\nname = "Us\n')
    assert "line 2" in shell("accounts", home=home).failed(2)
    (home / "liaison.toml").write_bytes(b'[company]\nname = "\xff\xfe"\n')
    assert "liaison.toml, line 2: " in shell("accounts", home=home).failed(2)


def test_a_password_never_stands_in_what_is_printed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "hunter2-and-more"
    for url in (
        f"postgresql://liaison:{secret}@127.0.0.1:1/liaison",
        f"mysql://liaison:{secret}@127.0.0.1/liaison",
        f"://{secret}@",
        f"postgresql://liaison:{secret}@[bad/liaison",
    ):
        monkeypatch.setenv("LIAISON_DATABASE_URL", url)
        for words in (("accounts", "--json"), ("plan", HERS), ("search", "energy")):
            ended = shell(*words)
            assert ended.code in {1, 2}
            assert secret not in ended.out + ended.err
            assert len(ended.err.splitlines()) == 1
    monkeypatch.delenv("LIAISON_DATABASE_URL")
    monkeypatch.setenv("OPENAI_API_KEY", secret)
    assert secret not in shell("accounts", "--json").out
    monkeypatch.setenv("LIAISON_EMBEDDINGS", "nonsense")
    assert "LIAISON_EMBEDDINGS" in shell("accounts").failed(2)


def test_reindex_rebuilds_without_a_model(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge.index.minilm import MiniLM

    monkeypatch.setattr(MiniLM, "embed_documents", lambda *_: pytest.fail("asked the model"))
    rebuilt = shell("reindex", "--json").json
    assert rebuilt["entries"] > 20
    assert rebuilt["awaiting_vectors"] == 0


def test_what_went_wrong_unexpectedly_is_one_line_too(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.desk import Desk

    monkeypatch.setattr(Desk, "accounts", lambda *_: 1 / 0)
    assert "ZeroDivisionError" in shell("accounts").failed(1)
    monkeypatch.setenv("LIAISON_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        shell("accounts")


def test_every_command_of_the_product_explains_itself(shell: Shell) -> None:
    listed = shell("--help")
    assert listed.code == 0
    for name, command in cli.liaison.commands.items():
        assert name in listed.out
        options = {option for one in command.params for option in one.opts}
        if name not in {"evaluate", "serve"}:  # a group, and what never ends by itself
            assert {"--home", "--json"} <= options, name
    reading = {"accounts", "show", "search", "ask", "plan", "value", "follow-up", "review"}
    for name in reading & cli.liaison.commands.keys():
        options = {option for one in cli.liaison.commands[name].params for option in one.opts}
        assert {"--as", "--as-of"} <= options, name
    assert shell("--version").out.startswith("liaison")
