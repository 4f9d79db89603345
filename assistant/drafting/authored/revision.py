"""Changing a draft the way its reader asked, in a model's words; all else stays as it is.

A section the model does not return keeps every letter and citation, and so does a sentence it
returns unchanged. What a person wrote is theirs: it stays whatever the model does around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.claims import Claim, Draft, Section, Withheld
from assistant.drafting.authored.material import Material, gather
from assistant.drafting.authored.reading import Sentence
from assistant.drafting.authored.writer import ModelWriter, Task, composed, lost
from assistant.errors import ModelFailure
from assistant.models.telling import sentence_of
from assistant.prompting import DraftOut, SourceText, fence, list_slots


def revised(
    writer: ModelWriter, task: Task, instruction: str, whole: Sequence[Section] = ()
) -> Draft:
    """The draft of a task as its reader wants it.

    Args:
        writer: the model.
        task: the draft, checked, and whom it is for.
        instruction: what the reader wants, in their words.
        whole: checked sections besides the draft's, from which it may take what is missing.

    A model that fails, or writes nothing that holds, changes nothing: the draft comes back with
    a notice that says why.
    """
    draft, words = task.draft, task.basis.pen.phrases
    others = _besides(draft, whole)
    material = gather([*_checked(draft.sections), *others], task.names,
                      writer.room("revise"))  # fmt: skip
    filled = writer.prompts["revise"].fill(
        instruction=instruction,
        draft=_shown(draft, material),
        slots=list_slots(material.slots),
        sources=f"{_beside(draft, material)}\n{material.texts()}",
        language=task.language,
    )
    run = writer.run(task, "revise")
    try:
        reply = writer.models.write(filled, DraftOut, run)
        read = writer.judged(task, material, reply, run)
    except ModelFailure as failure:
        sentence = sentence_of(failure, draft.language)
        return replace(draft, notices=(sentence, words.text("notice.unchanged")))
    titles = {part.id: part.title for part in (*others, *draft.sections)}
    changed = {
        part.id: _changed(draft, part.id, titles[part.id], read)
        for part in reply.sections
        if part.id in titles
    }
    sections = _in_order(draft.sections, changed, [part.id for part in whole])
    refused = [Withheld(one.written, one.reason or "") for one in read if lost(one)]
    notices = task.orders(material, reply)
    if sections == draft.sections:
        notices = (*notices, words.text("notice.unchanged"))
    return replace(
        draft,
        sections=sections,
        withheld=(*draft.withheld, *refused),
        writer=draft.writer if sections == draft.sections else writer.models.name,
        notices=notices,
    )


def _checked(sections: Iterable[Section]) -> list[Section]:
    """Sections without what people wrote themselves: nobody has checked it."""
    return [
        replace(part, claims=tuple(claim for claim in part.claims if claim.author is None))
        for part in sections
    ]


def _besides(draft: Draft, whole: Sequence[Section]) -> list[Section]:
    """What could be said and is not in the draft."""
    told = {claim.text for claim in draft.claims()}
    rest = [
        replace(part, claims=tuple(c for c in part.claims if c.text not in told)) for part in whole
    ]
    return [part for part in rest if part.claims]


def _shown(draft: Draft, material: Material) -> str:
    """The draft as a prompt lists it: each sentence under its label, people's own marked."""
    by_text = {one.claim.text: one for one in material.told}
    lines = []
    for part in draft.sections:
        lines.append(f"{part.id}: {part.title}")
        for claim in part.claims:
            one = by_text.get(claim.text)
            if claim.author is not None:
                lines.append(f"- the colleague's own: {' '.join(claim.text.split())}")
            elif one is not None:
                lines.append(f"- {one.label}, {claim.kind}: {one.slotted}")
    return fence([SourceText("draft", "draft", draft.title, "\n".join(lines))])


def _beside(draft: Draft, material: Material) -> str:
    """The checked sentences that the draft does not hold."""
    told = {claim.text for claim in draft.claims()}
    return material.only([one for one in material.told if one.claim.text not in told]).findings()


def _changed(draft: Draft, section: str, title: str, read: Sequence[Sentence]) -> Section:
    """A section after the change, with its people's own sentences where they stood."""
    claims = composed(one for one in read if one.section == section)
    before = draft.section(section)
    return Section(section, title, _with_own(before.claims if before else (), claims))


def _with_own(before: Sequence[Claim], after: list[Claim]) -> tuple[Claim, ...]:
    for at, claim in enumerate(before):
        if claim.author is None:
            continue
        earlier = [after.index(one) + 1 for one in before[:at] if one in after]
        after.insert(max(earlier, default=min(at, len(after))), claim)
    return tuple(after)


def _in_order(
    sections: Sequence[Section], changed: dict[str, Section], order: Sequence[str]
) -> tuple[Section, ...]:
    """The sections with the changed ones in place, new ones where a whole draft has them."""
    kept = [changed.get(part.id, part) for part in sections]
    for new in (part for part in changed.values() if part.id not in {p.id for p in sections}):
        before = order[: order.index(new.id)] if new.id in order else order
        places = [at for at, part in enumerate(kept, start=1) if part.id in before]
        kept.insert(max(places, default=0), new)
    return tuple(part for part in kept if part.claims)
