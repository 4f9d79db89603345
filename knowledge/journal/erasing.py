"""Erasing from the journal what was quoted of a source that its author took back.

Answers and drafts are kept with the words they quote. When those words are to be gone, the
sentences that rest on them go too. Of the source its reference alone stays, so that whoever opens
it is told that it was taken back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.journal.conversations import ConversationDraft, ConversationTurn

Json = dict[str, Any]
#: Stands where a sentence stood.
UNSAID = "[…]"
_EMPTY = {"quote": "", "title": "", "value": None}
#: Where the references of an input stand that is kept as a list.
_REFS = 2


def erase_quotes(session: Session, source_id: str) -> int:
    """Take every sentence that rests on a source out of kept answers and drafts; how many changed.

    The caller's transaction keeps it.
    """
    turns = _holding(session, ConversationTurn.answer, source_id)
    for turn in turns:
        turn.answer = _answer_without(turn.answer, source_id)
    drafts = _holding(session, ConversationDraft.content, source_id)
    for draft in drafts:
        draft.content = _draft_without(draft.content, source_id)
    session.flush()
    return len(turns) + len(drafts)


def _holding(session: Session, column: InstrumentedAttribute[Any], source_id: str) -> Sequence[Any]:
    kept = json.dumps(source_id)[1:-1]  # as JSON escapes it
    cited = cast(column, Text).contains(f"{kept}@", autoescape=True)
    return session.scalars(select(column.class_).where(cited)).all()


def _answer_without(answer: Mapping[str, Any], source_id: str) -> Json:
    listed = answer.get("sources") or ()
    gone = {one["id"] for one in listed if _rests_on(one, source_id)}
    claims = [_unsaid(one, gone, "citations") for one in answer.get("claims") or ()]
    return {
        **answer,
        "answer": " ".join(one["text"] for one in claims),
        "claims": claims,
        "sources": [_blank(one) if one["id"] in gone else one for one in listed],
        "evidence": _blanked(answer.get("evidence") or {}, gone),
    }


def _draft_without(draft: Mapping[str, Any], source_id: str) -> Json:
    gone = {label for label, one in draft["sources"].items() if _rests_on(one, source_id)}
    return {
        **draft,
        "sections": [
            {**part, "claims": [_unsaid(one, gone, "evidence") for one in part["claims"]]}
            for part in draft["sections"]
        ],
        "sources": _blanked(draft["sources"], gone),
    }


def _rests_on(source: Mapping[str, Any], source_id: str) -> bool:
    """Whether a source is cited, or is what a figure was computed from."""
    given = (
        one["refs"] if isinstance(one, Mapping) else one[_REFS] for one in source["inputs"] or ()
    )
    refs = [source["ref"], *(each for refs in given for each in refs)]
    return any(one.startswith(f"{source_id}@") for one in refs)


def _unsaid(claim: Mapping[str, Any], gone: set[str], citing: str) -> Json:
    """The sentence, or its place if it rests on what is gone: the others keep their numbers."""
    return {**claim, "text": UNSAID} if gone & set(claim[citing]) else dict(claim)


def _blanked(sources: Mapping[str, Any], gone: set[str]) -> Json:
    return {label: _blank(one) if label in gone else one for label, one in sources.items()}


def _blank(source: Mapping[str, Any]) -> Json:
    """A source without its words; what it refers to stays."""
    blank = {name: empty for name, empty in _EMPTY.items() if name in source}
    inputs = [
        {**one, "value": None} if isinstance(one, Mapping) else [one[0], None, *one[_REFS:]]
        for one in source["inputs"] or ()
    ]
    return {**source, **blank, "inputs": inputs}
