"""What was promised in so many words: sentences of a written exchange, quoted as they stand.

A follow-up may repeat them to the customer, each with the note it stands in. Nothing is turned
into a promise that nobody wrote, and what is decided among ourselves stays there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.claims import Claim, Draft, Evidence, Section
from assistant.drafting.follow_up import OURS_ALONE
from assistant.drafting.pen import Pen

_MOST = 5
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?")
#: Somebody binds themselves to do something, in each of the languages that drafts know.
_BINDING = re.compile(
    r"\b(?:I|we)(?:['’]ll|\s+will|\s+shall|\s+can)\s+(?:also\s+)?"
    r"(?:arrange|book|bring|call|check|clarify|come|confirm|deliver|fix|get|give|have|hold|let|"
    r"make|organi[sz]e|pay|prepare|propose|provide|repair|replace|send|share|ship|show|visit|write)"
    r"|\b(?:ich|wir)\s+(?:werden?|schicken?|senden?|liefern?|melden?|klären?|bestätigen?|bringen?|"
    r"bereiten?|kommen?|geben?|rufen?)\b"
    r"|\b(?:пришл[юё]м?|отправ(?:лю|им)|вышл[юе]м?|подготов(?:лю|им)|подтверд(?:жу|им)|"
    r"привез[уё]м?|сдела(?:ю|ем)|позвон(?:ю|им)|уточн(?:ю|им)|постав(?:лю|им))\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|won['’]t|can['’]t|cannot|nicht|kein\w*|не)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """What somebody wrote; `ours` if they are one of us."""

    author: str
    text: str
    ours: bool


@dataclass(frozen=True)
class Note:
    """A note that an exchange was kept as: `ref` is `activity:id@version`."""

    ref: str
    title: str
    text: str
    on: date


def promised(remarks: Sequence[Remark]) -> Iterator[tuple[Remark, str]]:
    """The sentences by which somebody binds themselves, with who wrote them."""
    for remark in remarks:
        for match in _SENTENCE.finditer(remark.text):
            sentence = match[0].strip()
            if sentence.endswith("?") or not _BINDING.search(sentence):
                continue
            if not _NOT.search(sentence) and not OURS_ALONE.search(sentence):
                yield remark, sentence


def with_what_was_said(draft: Draft, remarks: Sequence[Remark], note: Note, pen: Pen) -> Draft:
    """A follow-up with the promises of an exchange right after its greeting; not checked yet.

    Args:
        draft: the follow-up.
        remarks: the exchange, oldest first.
        note: where it stands, word for word.
        pen: words in the language of the draft.
    """
    found = list(promised(remarks))[:_MOST]
    lines: list[Claim] = []
    for ours, key in ((True, "mail.said_ours"), (False, "mail.said_theirs")):
        told = [
            pen.fact("mail.said", evidence, who=remark.author, what=sentence)
            for remark, sentence in found
            if remark.ours == ours and (evidence := _quoted(remark, sentence, note)) is not None
        ]
        if told:
            lines += [Claim(pen.word(key), "recommendation"), *told]
    return replace(draft, sections=tuple(_joined(part, lines) for part in draft.sections))


def _joined(part: Section, lines: Sequence[Claim]) -> Section:
    if part.id != "message" or not lines:
        return part
    return replace(part, claims=(*part.claims[:1], *lines, *part.claims[1:]))


def _quoted(remark: Remark, sentence: str, note: Note) -> Evidence | None:
    """The sentence where it stands in the note, with its author before it; None if it is gone."""
    at = note.text.find(sentence)
    if at < 0:
        return None
    named = note.text.rfind(f"{remark.author}:", 0, at)
    start = named if named >= 0 and "\n" not in note.text[named:at] else at
    end = at + len(sentence)
    quote = note.text[start:end]
    return Evidence("passage", f"{note.ref}[{start}:{end}]", note.title, quote, dated=note.on)
