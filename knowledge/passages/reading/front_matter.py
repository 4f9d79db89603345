"""The YAML block at the head of a note."""

from __future__ import annotations

import re

import yaml

_BLOCK = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"[\w -]+:(?:\s|$)", re.MULTILINE)
_LONGEST = 20_000  # characters; what is longer is no front matter but a document


def split(text: str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """The front matter (keys in lower case, values as written), the body, and warnings.

    A list becomes its items joined by commas. What is nested deeper is left out with a
    warning; a block that is no mapping stays in the body.
    """
    block = _BLOCK.match(text[:_LONGEST])
    if not block or not _KEY.match(block[1].lstrip()):
        return {}, text, ()
    try:
        # The base loader builds strings only: ids keep their zeros, and no object is made.
        loaded = yaml.BaseLoader(block[1]).get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text, ("The front matter is not valid YAML; it was kept as text.",)
    if not isinstance(loaded, dict):
        return {}, text, ()
    values = {str(key).strip().lower(): _flat(value) for key, value in loaded.items()}
    deep = [key for key, value in values.items() if value is None]
    warnings = tuple(f"The front matter's “{key}” is nested and was left out." for key in deep)
    kept = {key: value for key, value in values.items() if value}
    return kept, text[block.end() :], warnings


def _flat(value: object) -> str | None:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return None
