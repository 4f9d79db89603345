"""What an answer or a draft rests on, as whoever looks may see it now.

Whoever clicks may not be the one who asked, rights may have changed, and a source may have been
taken back since. So each source is asked for again, with the eyes of the person who looks; what
they may not see and what does not exist are the same to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.claims import Evidence, Withheld
from assistant.drafting.stored import restored_sources
from assistant.grounding.grounds import Ground, Grounds
from assistant.slack.drafting.keeping import opened
from assistant.slack.reception import Reception
from knowledge.errors import NotFound
from knowledge.journal.conversations import asker_of
from knowledge.records import Viewer
from knowledge.records.references import Reference

#: Computed from a setting or from the words of the question: nobody's data.
_HARMLESS = ("computed:rule:", "computed:period:")
#: In the payload of a version whose words were taken back.
_WITHDRAWN, _ERASED = "withdrawn", "erased"


class TakenBack(NotFound):
    """A source whose author took it back; `on` is the day.

    `erased` if it was of somebody who asked to be forgotten.
    """

    def __init__(self, label: str, on: date, *, erased: bool = False) -> None:
        super().__init__("source", label)
        self.on, self.erased = on, erased


@dataclass(frozen=True)
class Cited:
    """The sources of an answer or a draft before one pair of eyes.

    Attributes:
        key: under which it is kept; buttons carry it.
        labels: every source that was numbered.
        withheld: the sentences that failed the check.
        own: whether the viewer asked for it.
        sections: the labels that each section of a draft cites.
    """

    key: str
    labels: Mapping[Evidence, str]
    withheld: tuple[Withheld, ...]
    own: bool
    grounds: Grounds
    sections: Mapping[str, frozenset[str]]

    def source(self, label: str) -> Evidence:
        """A source by its label, its words read again where they stand.

        Raises:
            TakenBack: its author took it back.
            NotFound: there is none of that label that the viewer may see.
        """
        found = next((one for one, known in self.labels.items() if known == label), None)
        if found is None or not self._visible(found):
            raise NotFound("source", label)
        gone = next(iter(self._withdrawn(found)), None)
        if gone is not None:
            day = date.fromisoformat(gone.payload[_WITHDRAWN])
            raise TakenBack(label, day, erased=_ERASED in gone.payload)
        return replace(found, quote=self._words(found))

    def visible(self, section: str | None = None) -> dict[Evidence, str]:
        """The sources the viewer may see, of one section or of all, as they were numbered."""
        wanted = self.sections.get(section, frozenset()) if section else None
        return {
            one: label
            for one, label in self.labels.items()
            if (wanted is None or label in wanted) and self._stands(one)
        }

    @property
    def whole(self) -> bool:
        """Whether the viewer may know all about it: it is theirs, or every source is."""
        return self._recorded and (self.own or any(one.refs for one in self.labels))

    @cached_property
    def _recorded(self) -> bool:
        """Whether the viewer may see every record behind it."""
        return all(self._visible(one) for one in self.labels if one.refs)

    def _stands(self, evidence: Evidence) -> bool:
        return self._visible(evidence) and not self._withdrawn(evidence)

    def _visible(self, evidence: Evidence) -> bool:
        """Whether every record behind it is the viewer's to see.

        A figure that names no record may have been computed from all that its asker sees.
        """
        if not evidence.refs:
            return evidence.ref.startswith(_HARMLESS) or (self.own and self._recorded)
        return all(self.grounds.find(ref) is not None for ref in evidence.refs)

    def _withdrawn(self, evidence: Evidence) -> Sequence[Ground]:
        found = [self.grounds.find(ref) for ref in evidence.refs]
        return [one for one in found if one is not None and _WITHDRAWN in one.payload]

    def _words(self, evidence: Evidence) -> str:
        """The words a passage cites, as they stand in the version it cites."""
        ground, at = self.grounds.find(evidence.ref), Reference.parse(evidence.ref)
        if ground is None or at is None or at.span is None:
            return evidence.quote
        start, end = at.span
        return ground.text[start:end]


def cited(reception: Reception, viewer: Viewer, key: str) -> Cited:
    """The sources of an answer or a draft; raises `NotFound` for what the viewer may not open."""
    grounds = reception.desk.office.grounds(viewer)
    try:
        turn = reception.conversations.turn(key)
    except NotFound:
        return _of_draft(reception, viewer, key, grounds)
    own = turn.asker == asker_of(viewer)
    sources = restored_sources(turn.answer.get("evidence", {}))
    return Cited(
        key=key,
        labels={evidence: label for label, evidence in sources.items()},
        withheld=tuple(Withheld(**one) for one in turn.answer.get("withheld", ())),
        own=own,
        grounds=grounds,
        sections={},
    )


def _of_draft(reception: Reception, viewer: Viewer, key: str, grounds: Grounds) -> Cited:
    found = opened(reception, viewer, key)
    labels = found.draft.sources
    return Cited(
        key=key,
        labels=labels,
        withheld=found.draft.withheld,
        own=found.kept.asker == asker_of(viewer),
        grounds=grounds,
        sections={
            part.id: frozenset(labels[one] for claim in part.claims for one in claim.evidence)
            for part in found.draft.sections
        },
    )
