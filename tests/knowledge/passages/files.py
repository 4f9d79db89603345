"""What the fixtures that write and read files look like."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from knowledge.passages import Limits, Reading


class Put(Protocol):
    """Write a file under the import folder."""

    def __call__(self, name: str, content: str | bytes) -> Path: ...


class ReadOne(Protocol):
    """Write a file and read it; it must be one document."""

    def __call__(self, name: str, content: str | bytes, limits: Limits = ...) -> Reading: ...


class Refusal(Protocol):
    """Write a file that is refused; the sentence the user sees."""

    def __call__(self, name: str, content: str | bytes, limits: Limits = ...) -> str: ...
