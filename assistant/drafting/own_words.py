"""What a person writes into a draft: theirs, marked as theirs, and kept whatever comes after."""

from __future__ import annotations

from dataclasses import replace

from assistant.claims import Claim, Draft
from knowledge.errors import NotFound


def in_own_words(draft: Draft, section_id: str, text: str, author: str) -> Draft:
    """The draft with a section as somebody wrote it, one sentence a line.

    A line that stands in the section already keeps its sources and its verdict. Any other is the
    author's: nobody checks it and no writer changes it.

    Raises:
        NotFound: the draft has no such section.
    """
    section = draft.section(section_id)
    if section is None:
        raise NotFound("section", section_id)
    known = {" ".join(claim.text.split()): claim for claim in section.claims}
    lines = (" ".join(line.split()) for line in text.splitlines())
    claims = tuple(known.get(line) or Claim(line, "fact", author=author) for line in lines if line)
    parts = [replace(p, claims=claims) if p.id == section_id else p for p in draft.sections]
    return replace(draft, sections=tuple(part for part in parts if part.claims))
