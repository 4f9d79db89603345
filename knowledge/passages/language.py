"""Which language a text is in, among the few a team works in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from knowledge.errors import BadInput

LANGUAGES = ("en", "ru", "de", "fr", "es")
UNKNOWN = "und"

_WORD = re.compile(r"[^\W\d_]{2,}")
_CYRILLIC_LETTERS = re.compile(r"[\u0400-\u052f]")
_LATIN_LETTERS = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")
_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"})
_OTHER_SCRIPTS = frozenset(
    {
        *("am", "ar", "as", "bn", "dz", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km"),
        *("kn", "ko", "lo", "ml", "mr", "ne", "or", "pa", "ps", "si", "ta", "te", "th", "ug"),
        *("ur", "zh"),
    }
)
_SAMPLE = 2_000  # characters: more does not change the verdict
_FEW = 3  # words
# Measured on titles and names of the field: names of companies and people stay below.
_SURE, _SURE_OF_FEW = 0.5, 0.9


def language_of(text: str, languages: Sequence[str] = LANGUAGES) -> str:
    """The ISO 639-1 code of the text's language among `languages`, or `und`.

    The script decides first (Cyrillic is Russian where no other Cyrillic language is in the
    set), then a statistical model. One or two words need more certainty than a sentence.

    Raises:
        BadInput: one of `languages` is not known to the model.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    candidates = _candidates("".join(words), tuple(dict.fromkeys(languages)))
    if not candidates:
        return UNKNOWN
    if len(candidates) == 1 and candidates[0] not in _latin(candidates):
        return candidates[0]
    # Without the figures and marks around them: they speak for no language.
    code, certainty = _model(candidates).classify(" ".join(words))
    enough = certainty >= (_SURE if len(words) >= _FEW else _SURE_OF_FEW)
    return str(code) if enough else UNKNOWN


def _candidates(letters: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages written in the script most of the letters are of."""
    if not letters:
        return ()
    cyrillic = len(_CYRILLIC_LETTERS.findall(letters))
    latin = len(_LATIN_LETTERS.findall(letters))
    if cyrillic * 2 > len(letters):
        return tuple(code for code in languages if code in _CYRILLIC)
    if latin * 2 > len(letters):
        return _latin(languages)
    return tuple(code for code in languages if code in _OTHER_SCRIPTS)


def _latin(languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in languages if code not in _CYRILLIC | _OTHER_SCRIPTS)


@lru_cache(maxsize=8)
def _model(languages: tuple[str, ...]) -> Any:
    """The identifier, restricted to the languages; loading takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    try:
        identifier.set_languages(list(languages))
    except ValueError as error:
        raise BadInput(f"{error}; use ISO 639-1 codes such as en, ru, de.") from None
    return identifier
