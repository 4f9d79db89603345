"""A form to be sent or left: every modal that somebody fills in has the same two buttons."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.rendering.captions import Captions
from assistant.slack.views.blocks import Block, modal


def dialog(
    told: Captions,
    title: str,
    blocks: Sequence[Block],
    *,
    callback: str,
    submit: str = "modal.save",
    carried: str = "",
) -> Block:
    """A modal that is sent or cancelled.

    Args:
        told: the words of whoever fills it in.
        title: the key of its title.
        blocks: what is asked.
        callback: under which it comes back.
        submit: the key of what the button says that sends it.
        carried: comes back with it; at most 3,000 characters.
    """
    return modal(
        told.text(title),
        blocks,
        callback=callback,
        submit=told.text(submit),
        close=told.text("modal.cancel"),
        carried=carried,
    )
