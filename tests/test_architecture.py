"""What the house promises about its own code, and lint alone cannot tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from assistant.thresholds import Thresholds

ROOT = Path(__file__).parents[1]
MOST_LINES = 400
FACADES = (
    *("knowledge.intake", "knowledge.passages", "knowledge.playbook", "knowledge.records"),
    *(
        "knowledge.records.importing",
        "knowledge.index",
        "assistant.drafting",
        "assistant.grounding",
    ),
    *("assistant.insight", "assistant.rendering"),
    *("assistant.models", "assistant.prompting"),
    *("assistant.conversation", "assistant.tutoring", "assistant.tutoring.role_play"),
    *("assistant.steering", "assistant.drafting.authored", "assistant.rendering.preview"),
    *("assistant.slack", "assistant.slack.views", "assistant.slack.home"),
)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted([*ROOT.glob("assistant/**/*.py"), *ROOT.glob("knowledge/**/*.py")]):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> set[str]:
    """The packages a module names in its imports, wherever they stand."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def reads_environment(tree: ast.Module) -> list[str]:
    """The uses of `os.environ` or `os.getenv` that are more than handing everything on."""
    handed_on = {
        id(value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if key is None
    }
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"os.environ", "os.getenv"}
        and id(node) not in handed_on
    ]


@pytest.mark.parametrize("name", FACADES)
def test_a_facade_exports_exactly_what_it_lists(name: str) -> None:
    module = import_module(name)
    listed = list(getattr(module, "__all__", []))
    assert len(listed) == len(set(listed))
    for one in listed:
        assert getattr(module, one) is not None
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    named = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in name
        for alias in node.names
    }
    assert named <= set(listed), "what a façade imports from its own house it also lists"


def test_only_settings_read_the_environment() -> None:
    readers = {path: uses for path, tree in modules() if (uses := reads_environment(tree))}
    readers.pop("knowledge/index/multilingual.py", None)  # sets how OpenMP waits; reads nothing
    assert readers.keys() == {"assistant/settings.py", "assistant/cli/__init__.py"}
    cli = (ROOT / "assistant/cli/__init__.py").read_text(encoding="utf-8")
    assert len(readers["assistant/cli/__init__.py"]) == 1
    assert 'os.environ.get("LIAISON_DEBUG")' in cli


@pytest.mark.parametrize(
    ("package", "door"),
    [
        ("chromadb", {"knowledge/index/vectors.py"}),
        ("langchain_openai", {"assistant/models"}),
        ("openai", {"assistant/models"}),
        ("httpx2", {"assistant/models"}),
        ("dbos", {"assistant/work"}),
        ("slack_bolt", {"assistant/slack"}),
        ("docx", {"knowledge/passages/reading/word.py", "assistant/rendering"}),
    ],
)
def test_each_heavy_library_has_one_door(package: str, door: set[str]) -> None:
    for path, tree in modules():
        if package in imports(tree):
            assert any(path.startswith(one) for one in door), f"{path} imports {package}"


def test_no_module_is_longer_than_a_person_reads() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in [*ROOT.glob("assistant/**/*.py"), *ROOT.glob("knowledge/**/*.py")]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
        and "migrations" not in path.parts
    }
    assert not long


def test_every_threshold_says_what_it_is_and_has_a_default_that_holds() -> None:
    for name, field in Thresholds.model_fields.items():
        assert field.description, f"{name} has no description"
        assert 4 <= len(field.description) <= 100, name
        assert field.description[0].isupper() or field.description[0] in "(%", name
    assert Thresholds.model_validate(Thresholds().model_dump()) == Thresholds()


def test_no_error_message_is_a_trace_and_every_error_stands_in_its_tree() -> None:
    for name in ("knowledge.errors", "assistant.errors"):
        module = import_module(name)
        drawn = module.__doc__ or ""
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, Exception) and one.__module__ == name:
                assert one.__name__ in drawn, f"{one.__name__} is not drawn in {name}"
                assert one.__doc__
