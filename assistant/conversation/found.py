"""What one question came to."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.claims import Claim, Withheld
from assistant.conversation.answer import Route
from assistant.conversation.refusing import No


@dataclass(frozen=True)
class Found:
    """Claims by a route, or a no; and a draft if one was asked for.

    `writer` is the model whose words the claims are; None where they are ours.
    """

    claims: tuple[Claim, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    route: Route | None = None
    no: No | None = None
    draft: str | None = None
    account: str | None = None
    notices: tuple[str, ...] = ()
    writer: str | None = None
