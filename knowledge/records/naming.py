"""When two names are the same name."""

import re
import unicodedata

_NOISE = re.compile(r"[^\w&+]+")


def normalised(name: str) -> str:
    """A name without case, accents, punctuation or doubled spaces: equal results, same name."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOISE.sub(" ", letters).strip()
