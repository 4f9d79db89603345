"""What went wrong, in the words of whoever asked: never in the English of the error itself."""

from __future__ import annotations

import logging
import uuid
from decimal import Decimal

from assistant.rendering.captions import Captions
from assistant.slack.words import words
from knowledge.errors import Sayable

log = logging.getLogger(__name__)


def in_words(error: Sayable, language: str) -> str:
    """An error as one sentence of a language.

    One that has no words there becomes the general sentence with a number to ask about; the log
    has the error under that number.
    """
    say = words(language)
    key = f"wrong.{error.key}"
    if key in say.texts:
        values = {name: _shown(value, say) for name, value in error.values.items()}
        return say.text(key, **values)
    reference = uuid.uuid4().hex[:8]
    log.warning("%s: %s: %s", reference, type(error).__name__, error)
    known = say.text("error.reference", reference=reference)
    return f"{say.text('error.unexpected')} {known}"


def _shown(value: object, say: Captions) -> object:
    """A figure as the language writes it; anything else as it is."""
    if not isinstance(value, int | Decimal):
        return value
    places = max(0, -int(Decimal(value).normalize().as_tuple().exponent))
    return say.number(value, places)
