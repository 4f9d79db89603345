"""What somebody of theirs said, wrote or asked for: their own words, or what a note tells of them.

Nobody else's words are put in their mouth. Where nothing of theirs is on record, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.claims import Claim, Evidence
from assistant.conversation.attributing import Cast, Spoken, of_somebody, spoken, tells, wishes
from assistant.conversation.excerpts import LEAST_HELD, best_of, held, terms_of
from assistant.conversation.matter import Matter
from assistant.conversation.sentences import sentences
from assistant.drafting.plan.market import customer_claims
from assistant.grounding.dates import Moment, moments_in
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt, recorded
from knowledge.index.hits import Hit
from knowledge.records.tables import Activity, Contact, SourceVersion

#: So many of a person's latest touches, and of the account's documents, are read.
_MOST_READ = 200
_MOST = 3
_LONG = 320  # characters of one quotation
_SHORT = 25
_NOTES = frozenset({"activity", "document"})
_TOPIC = re.compile(
    r"(?:about|regarding|on the|über|wegen|zum|zur|об?|про)\s+(?:\S+\s+){0,2}$", re.IGNORECASE
)


@dataclass(frozen=True)
class _Words:
    """Something the person said, where it stands, and how well it speaks to the question."""

    spoken: Spoken
    source: str
    title: str
    dated: date | None
    text: str
    score: float

    @property
    def said(self) -> str:
        """The words themselves."""
        return self.text[self.spoken.start : self.spoken.end]


def said_by(matter: Matter, close: Collection[Hit]) -> list[Claim]:
    """What the person of the inquiry said to the question.

    Args:
        matter: a question about a person's words.
        close: passages that speak to it, in whatever language.
    """
    asked = matter.inquiry.person
    person = matter.brief.file.contact(asked.id) if asked else None
    if person is None:
        return []
    moments, topic = _days_asked(matter.inquiry.text)
    terms = _terms(matter, topic, person)
    found = [
        one
        for one in _everything(matter, person, terms)
        if _of_day(one.dated, moments) and (not terms or _answers(one, close))
    ]
    if not terms and _asks_wishes(matter):
        found = [one for one in found if _asks(one)] or found
    found.sort(key=lambda one: (-one.score, -(one.dated or date.min).toordinal()))
    quotes = [_claim(matter, person, one, terms) for one in found]
    if not found and terms:
        return list(_noted(matter, person, close, terms))[:_MOST]
    wished = [] if terms or moments else list(_wishes(matter, person))
    return [*wished, *dict.fromkeys(quotes)][: max(_MOST, len(wished) + 1)]


def _days_asked(question: str) -> tuple[list[Moment], str]:
    """The days on which it is to have been said, and the question without them."""
    found, rest = moments_in(question)
    said = [one for one in found if one.month and not _TOPIC.search(question[: one.start])]
    return said, rest if said else question


def _of_day(dated: date | None, moments: Sequence[Moment]) -> bool:
    if not moments:
        return True
    return dated is not None and any(one.follows_from(Moment.of(dated)) for one in moments)


def _terms(matter: Matter, topic: str, person: Contact) -> frozenset[str]:
    """The words of the question that say what about."""
    language = matter.inquiry.language
    told = [word for word in re.findall(r"\w+", topic) if tells(word) or wishes(word)]
    return terms_of(topic, language, (matter.brief.name, person.name, *told))


def _answers(one: _Words, close: Collection[Hit]) -> bool:
    """Whether the words hold the question's own, or are all but a passage that speaks to it."""
    if one.score >= LEAST_HELD:
        return True
    start, end = one.spoken.start, one.spoken.end
    return any(
        hit.ref == one.source and hit.start < end and start < hit.end
        and (min(end, hit.end) - max(start, hit.start)) * 2 > hit.end - hit.start
        for hit in close
    )  # fmt: skip


def _asks_wishes(matter: Matter) -> bool:
    return any(wishes(word) for word in re.findall(r"\w+", matter.inquiry.masked))


def _asks(one: _Words) -> bool:
    """Whether they ask for something with these words."""
    return any(wishes(word) for word in re.findall(r"\w+", one.said))


def _everything(matter: Matter, person: Contact, terms: Collection[str]) -> Iterator[_Words]:
    """Whatever the person is on record with."""
    file = matter.brief.file
    touches = centre.touches_with(file, person)[-_MOST_READ:]
    notes = sorted(file.documents, key=lambda row: str(row.dated or ""))[-_MOST_READ:]
    names = [*(one.name for one in file.contacts), *(u.name for u in file.catalogue.users.values())]
    others = tuple(name for name in names if name != person.name)
    ledger = matter.office.ledger
    for row in (*touches, *notes):
        source, version = ledger.source_text(matter.viewer, row.ref)
        begin = _body(row, version)
        author = _author(row, version, person)
        for one in spoken(version.text[begin:], Cast(person.name, others, author)):
            place = Spoken(begin + one.start, begin + one.end, one.direct)
            words = version.text[place.start : place.end]
            score = held(terms, words, matter.inquiry.language)
            if len(words) >= _SHORT:
                yield _Words(place, row.ref, source.title, source.dated, version.text, score)


def _body(row: object, version: SourceVersion) -> int:
    """Where what was written begins, the lines that a record puts before it left out."""
    body = row.body if isinstance(row, Activity) else None
    return max(0, version.text.rfind(body)) if body else 0


def _author(row: object, version: SourceVersion, person: Contact) -> str | None:
    if isinstance(row, Activity):
        theirs = row.type == "email" and row.direction == "in" and row.contact_id == person.id
        return person.name if theirs else None
    author = version.payload.get("author")
    return author if isinstance(author, str) else None


def _claim(matter: Matter, person: Contact, one: _Words, terms: Collection[str]) -> Claim:
    start, end = _shortened(matter, one, terms)
    words = one.text[start:end]
    quote = Evidence(
        type="passage",
        ref=f"{one.source}[{start}:{end}]",
        title=one.title,
        quote=words,
        dated=one.dated,
    )
    pen, bare = matter.voice, " ".join(words.strip('"“”„«»').split())
    if one.spoken.direct and one.dated:
        named = recorded(person, "name")
        return pen.fact("say.said_on", quote, named, who=person.name, day=one.dated, words=bare)
    return Claim(pen.quoted(bare), "fact", (quote,))


def _shortened(matter: Matter, one: _Words, terms: Collection[str]) -> tuple[int, int]:
    """The sentence that speaks best to the question, with those after it that there is room for."""
    begin, last = one.spoken.start, one.spoken.end
    if last - begin <= _LONG:
        return begin, last
    places = [(begin + a, begin + b) for a, b in sentences(one.text[begin:last])]
    language = matter.inquiry.language
    start, end = max(places, key=lambda place: (held(terms, one.text[slice(*place)], language),
                                                -place[0]))  # fmt: skip
    for _, following in places:
        if end < following <= start + _LONG:
            end = following
    return start, end


def _noted(
    matter: Matter, person: Contact, close: Collection[Hit], terms: Collection[str]
) -> Iterator[Claim]:
    """What notes of talks with the person, or that name them, say to the question.

    It is told as what is on record, never as theirs.
    """
    touches = {row.ref for row in centre.touches_with(matter.brief.file, person)}
    names = (person.name.split()[0], person.name.split()[-1])
    for hit in close:
        theirs = hit.ref in touches or any(name in hit.text for name in names)
        best = best_of(hit.text, terms, matter.inquiry.language, hit.title)
        if hit.kind not in _NOTES or not theirs or best is None or of_somebody(best.words):
            continue
        start, end = hit.start + best.start, hit.start + best.end
        ref = f"{hit.ref}[{start}:{end}]"
        quote = Evidence("passage", ref, hit.title, best.words, dated=hit.dated)
        title = matter.voice.titled(quote)
        yield matter.voice.fact("plain.record", quote, title=title, quote=best.words)


def _wishes(matter: Matter, person: Contact) -> Iterator[Claim]:
    """What they stated as their goal, and what they asked us for, where that is asked."""
    if not _asks_wishes(matter):
        return
    brief, pen = matter.brief, matter.voice
    for claim in customer_claims(brief):
        if claim.kind == "fact" and person.name in claim.text and not _measured(claim):
            yield claim
    touches = {row.id for row in centre.touches_with(brief.file, person)}
    for row in sorted(brief.file.commitments, key=lambda row: str(row.made_on), reverse=True):
        theirs = person.name in row.text or row.activity_id in touches
        if row.type == "request" and theirs and row.made_on:
            shown = excerpt(row, "text", "made_on")
            named = recorded(person, "name")
            yield pen.fact(
                "say.asked_for", shown, named, who=person.name, what=row.text, day=row.made_on
            )


def _measured(claim: Claim) -> bool:
    return any("measured_on" in e.ref for e in claim.evidence)
