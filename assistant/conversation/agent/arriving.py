"""Sentences out of a reply that is still arriving."""

from __future__ import annotations

import json

from pydantic import ValidationError

from assistant.prompting import AnswerClaim

_LIST = '"claims"'


def claims_in(text: str) -> list[AnswerClaim]:
    """The sentences that have arrived whole in the beginning of an `AnswerOut` as JSON."""
    at = text.find("[", text.find(_LIST) + len(_LIST)) + 1 if _LIST in text else 0
    claims: list[AnswerClaim] = []
    decoder = json.JSONDecoder()
    while at:
        at += len(text[at:]) - len(text[at:].lstrip(" \n\r\t,"))
        try:
            found, at = decoder.raw_decode(text, at)
            claims.append(AnswerClaim.model_validate(found))
        except (json.JSONDecodeError, ValidationError):
            break
    return claims
