"""Block Kit drawn to a page of HTML: what a person sees in Slack, without Slack.

    page(document)      a message with its thread, a Home, a modal or a canvas

The page is one file with its own style and no script; it loads nothing and escapes everything.
"""

from __future__ import annotations

from assistant.rendering.preview.page import page

__all__ = ["page"]
