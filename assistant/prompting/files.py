"""Prompt files: front matter, a part that never changes, and a part that is filled.

---
purpose: Answer a rep's question from what was looked up.
version: 1
output: AnswerOut
inputs:
  question: what was asked, in the asker's words
---
The part that never changes: who the model is and by which rules it works. No placeholders,
so the provider can keep it between calls.
--- filled ---
{{question}}
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadTemplate
from assistant.prompting.schemas import SCHEMAS
from assistant.prompting.tasks import PLAIN, TASKS, Task

_HERE = Path(__file__).parent
#: In an installed wheel the files stand beside this one, in a checkout at the top.
_SHIPPED = (_HERE / "prompts", _HERE.parents[1] / "prompts")
_RULE = "---"
_FILLED = "--- filled ---"
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_NAME = re.compile(r"[a-z][a-z_]*")


@dataclass(frozen=True)
class Turn:
    """Something said before, by the user or by the model."""

    who: Literal["user", "model"]
    text: str


@dataclass(frozen=True)
class Filled:
    """A prompt ready to be sent, with what the journal keeps of it."""

    name: str
    version: int
    hash: str
    system: str
    user: str
    turns: tuple[Turn, ...] = ()

    def after(self, *turns: Turn) -> Filled:
        """The same prompt after what was said before."""
        return replace(self, turns=turns)


@dataclass(frozen=True)
class Prompt:
    """One prompt file. `hash` is of its bytes: the same hash asked the same thing."""

    name: str
    purpose: str
    version: int
    output: str
    inputs: Mapping[str, str]
    system: str
    template: str
    hash: str

    @property
    def schema(self) -> type[BaseModel] | None:
        """The form of the reply; None for plain words."""
        return SCHEMAS.get(self.output)

    def fill(self, **values: str) -> Filled:
        """Put values into the placeholders; raises `BadTemplate` for one too many or too few.

        Values are put in once and not looked at again: a `{{name}}` inside one stays as it is.
        """
        if values.keys() != self.inputs.keys():
            raise BadTemplate(
                f"prompts/{self.name}.md wants {sorted(self.inputs)}, given {sorted(values)}."
            )
        user = _PLACEHOLDER.sub(lambda found: values[found[1].strip()], self.template)
        return Filled(self.name, self.version, self.hash, self.system, user)


class _Front(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str = Field(min_length=10)
    version: int = Field(ge=1)
    output: str
    inputs: dict[str, str]


def read_prompts(own: Path | None = None) -> dict[str, Prompt]:
    """Every prompt, those in a folder of one's own before the shipped ones.

    Raises:
        BadTemplate: a file is missing, or does not fit its task; the message names file and line.
    """
    shipped = next((folder for folder in _SHIPPED if folder.is_dir()), _SHIPPED[-1])
    return {name: _read(_place(name, own, shipped), task) for name, task in TASKS.items()}


def _place(name: str, own: Path | None, shipped: Path) -> Path:
    edited = own / f"{name}.md" if own else None
    return edited if edited and edited.is_file() else shipped / f"{name}.md"


def _read(path: Path, task: Task) -> Prompt:
    try:
        raw = path.read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except FileNotFoundError:
        raise BadTemplate(f"{path} is missing.") from None
    except UnicodeDecodeError:
        raise BadTemplate(f"{path}: save it as UTF-8.") from None
    rules = [at for at, line in enumerate(lines) if line.strip() == _RULE]
    parts = [at for at, line in enumerate(lines) if line.strip() == _FILLED]
    if len(rules) < 2 or rules[0] != 0 or len(parts) != 1 or parts[0] < rules[1]:  # noqa: PLR2004
        raise BadTemplate(
            f"{path}, line 1: wants front matter between two lines “{_RULE}”, then one line "
            f"“{_FILLED}”."
        )
    front = _front(path, lines[1 : rules[1]], task)
    _check(path, lines, rules[1], parts[0], task)
    return Prompt(
        name=path.stem,
        purpose=front.purpose,
        version=front.version,
        output=front.output,
        inputs=front.inputs,
        system="\n".join(lines[rules[1] + 1 : parts[0]]).strip(),
        template="\n".join(lines[parts[0] + 1 :]).strip(),
        hash=hashlib.sha256(raw).hexdigest(),
    )


def _front(path: Path, lines: list[str], task: Task) -> _Front:
    try:
        loaded: Any = yaml.safe_load("\n".join(lines))
        front = _Front.model_validate(loaded)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise BadTemplate(f"{path}, line {line}: the front matter is not YAML.") from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        raise BadTemplate(f"{path}, line {_line(lines, key)}: {key}: {first['msg']}.") from None
    if front.output != task.output or front.output not in {*SCHEMAS, PLAIN}:
        where = _line(lines, "output")
        raise BadTemplate(f"{path}, line {where}: its output is {task.output}, not {front.output}.")
    for name in sorted(front.inputs.keys() ^ task.inputs):
        where = _line(lines, name if name in front.inputs else "inputs")
        wrong = "is not given to it" if name in front.inputs else "must be among the inputs"
        raise BadTemplate(f"{path}, line {where}: “{name}” {wrong}.")
    return front


def _check(path: Path, lines: list[str], front_end: int, filled: int, task: Task) -> None:
    """Every placeholder is known and stands in the filled part, and every input is used."""
    used = set()
    for at, line in enumerate(lines[front_end + 1 :], start=front_end + 1):
        whole = _PLACEHOLDER.sub("", line)
        if "{{" in whole or "}}" in whole:
            raise BadTemplate(f"{path}, line {at + 1}: a placeholder is not closed.")
        for found in _PLACEHOLDER.finditer(line):
            name = found[1].strip()
            if not _NAME.fullmatch(name) or name not in task.inputs:
                raise BadTemplate(f"{path}, line {at + 1}: nobody fills “{found[0]}”.")
            if at < filled:
                raise BadTemplate(
                    f"{path}, line {at + 1}: “{found[0]}” belongs below the line “{_FILLED}”."
                )
            used.add(name)
    for name in sorted(task.inputs - used):
        where = filled + 1
        raise BadTemplate(f"{path}, line {where}: “{{{{{name}}}}}” is missing below this line.")


def _line(lines: list[str], key: str) -> int:
    """The line of the file at which a key of the front matter stands."""
    for at, line in enumerate(lines):
        if line.strip().startswith(f"{key}:"):
            return at + 2
    return 1
