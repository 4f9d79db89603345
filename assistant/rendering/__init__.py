"""Drafts made readable: Markdown, Word, slides and charts.

    markdown(draft)                         for terminals, repositories and chat
    write_draft(draft, path, figures)       a file; its suffix says which kind

Charts are made by `assistant.rendering.charts`.
"""

from __future__ import annotations

from assistant.rendering.figure import Figure
from assistant.rendering.files import write_draft
from assistant.rendering.markdown import markdown

__all__ = ["Figure", "markdown", "write_draft"]
