"""The model as a writer: one call for the draft, one to mend what failed, and no third."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from babel import Locale

from assistant.claims import Claim, Draft, Section, Withheld
from assistant.drafting.authored.material import Material, Told, gather
from assistant.drafting.authored.reading import Reader, Sentence
from assistant.drafting.brief import Basis
from assistant.errors import ModelFailure
from assistant.grounding import Grounds
from assistant.models import Models, RunFor, estimate_tokens
from assistant.models.telling import sentence_of
from assistant.prompting import DraftClaim, DraftOut, Prompt, RepairOut, list_slots
from knowledge.records import Viewer

#: Sections whose words are exact for a reason: policy, the playbook's own text, addresses.
_EXACT = frozenset({"approvals", "moves", "notes", "subject"})
#: What the form of the reply and the frame of the prompt take of a request.
_RESERVED = 1_500


@dataclass(frozen=True)
class Task:
    """A draft to be put into words: for whom, against what, and under which id its calls go."""

    viewer: Viewer
    draft: Draft
    basis: Basis
    grounds: Grounds
    company: str
    about: str

    @property
    def language(self) -> str:
        """The language by its English name, as prompts say it."""
        return str(Locale.parse(self.draft.language).get_display_name("en"))

    @property
    def names(self) -> tuple[str, ...]:
        """Names that may stand in any sentence."""
        return (self.draft.account_name, self.company)

    def orders(self, material: Material, reply: DraftOut) -> tuple[str, ...]:
        """What sources tried to make the model do, told to the reader instead of done."""
        told = material.resting_on(reply.orders_in_sources) or ()
        titles = dict.fromkeys(one.claim.evidence[0].title for one in told if one.claim.evidence)
        return tuple(self.basis.pen.phrases.text("notice.orders", title=one) for one in titles)


@dataclass(frozen=True)
class ModelWriter:
    """Puts drafts into a language model's words."""

    models: Models
    prompts: Mapping[str, Prompt]

    def write(self, task: Task) -> Draft:
        """The draft in the model's words where they hold, in the template's where they do not.

        A model that fails changes nothing: the draft comes back with a notice that says why.
        """
        offered = [part for part in task.draft.sections if part.id not in _EXACT]
        material = gather(offered, task.names, self.room("draft"))
        run = self.run(task, "draft")
        try:
            reply = self._asked(task, offered, material, run)
            read = self.judged(task, material, reply, run)
        except ModelFailure as failure:
            sentence = sentence_of(failure, task.draft.language)
            return replace(task.draft, notices=(*task.draft.notices, sentence))
        sections, withheld = [], list(task.draft.withheld)
        for part in task.draft.sections:
            mine = [one for one in read if one.section == part.id]
            written, refused = _rewritten(part, material.of(part.id), mine)
            sections.append(written)
            withheld += refused
        ours = {claim for part in task.draft.sections for claim in part.claims}
        theirs = any(claim not in ours for part in sections for claim in part.claims)
        return replace(
            task.draft,
            sections=tuple(sections),
            withheld=tuple(withheld),
            writer=self.models.name if theirs else task.draft.writer,
            notices=(*task.draft.notices, *task.orders(material, reply)),
        )

    def judged(
        self, task: Task, material: Material, reply: DraftOut, run: RunFor
    ) -> list[Sentence]:
        """Every sentence of a reply with its verdict, after one try to mend what failed."""
        reader = Reader(material, task.basis, task.grounds, task.names)
        read = [reader.read(part.id, said) for part in reply.sections for said in part.claims]
        failed = [one for one in read if one.claim is None]
        if not failed:
            return read
        mended = self._mended(task, material, failed, run)
        again = {
            number: reader.read(failed[number - 1].section, said)
            for number, said in mended.items()
            if 0 < number <= len(failed) and said.text.strip()
        }
        numbers = {id(one): number for number, one in enumerate(failed, start=1)}
        return [_better(one, again.get(numbers.get(id(one), 0))) for one in read]

    def room(self, prompt: str) -> int:
        """How many tokens evidence may take in a request."""
        return self.models.input_tokens - estimate_tokens(self.prompts[prompt].system) - _RESERVED

    def run(self, task: Task, name: str) -> RunFor:
        """One job: all its calls share a deadline and an id."""
        return RunFor(task.viewer, name, task.about, self.models.deadline())

    def _asked(
        self, task: Task, offered: Sequence[Section], material: Material, run: RunFor
    ) -> DraftOut:
        shown = {one.section for one in material.told}
        filled = self.prompts["draft"].fill(
            kind=f"{task.draft.kind} ({task.draft.title})",
            sections="\n".join(
                f"- {part.id}: {part.title}" for part in offered if part.id in shown
            ),
            findings=material.findings(),
            slots=list_slots(material.slots),
            sources=material.texts(),
            language=task.language,
            today=task.draft.as_of.isoformat(),
            company=task.company,
        )
        return self.models.write(filled, DraftOut, run)

    def _mended(
        self, task: Task, material: Material, failed: Sequence[Sentence], run: RunFor
    ) -> dict[int, DraftClaim]:
        """The sentences that failed, written anew; none where the model fails at that too."""
        told = tuple(dict.fromkeys(t for one in failed for t in one.told))
        small = material.only(told)
        filled = self.prompts["repair"].fill(
            failed="\n".join(
                f"{number}. {one.said.text} [{', '.join(one.said.evidence)}]: {one.reason}"
                for number, one in enumerate(failed, start=1)
            ),
            slots=list_slots(small.slots),
            sources=f"{small.findings()}\n{small.texts()}",
            language=task.language,
        )
        try:
            reply = self.models.write(filled, RepairOut, run)
        except ModelFailure:
            return {}  # the template's sentences stand in for what failed
        return {
            one.number: DraftClaim(text=one.text, kind=one.kind, evidence=one.evidence)
            for one in reply.claims
        }


def _better(one: Sentence, again: Sentence | None) -> Sentence:
    return again if again is not None and again.claim is not None else one


def _rewritten(
    part: Section, told: Sequence[Told], read: Sequence[Sentence]
) -> tuple[Section, list[Withheld]]:
    """A section in the model's words.

    Where nothing holds it stays the template's. In place of a sentence that fails stand the
    checked ones it was to restate. What was not shown to the model, for want of room, follows
    after. Who leaves out more than half of what there is to say has not shortened but lost it:
    then that follows too.
    """
    refused = [Withheld(one.written, one.reason or "") for one in read if lost(one)]
    if not any(one.claim for one in read):
        return part, refused
    mine = set(told)
    kept = composed([one for one in read if one.claim or not one.told or mine & set(one.told)])
    heard = {one.claim for sentence in read for one in sentence.told}
    missing = [one.claim for one in told if one.claim not in heard]
    shown = {one.claim for one in told}
    unseen = [claim for claim in part.claims if claim not in shown]
    if len(missing) * 2 > len(told):
        unseen = [claim for claim in part.claims if claim in {*missing, *unseen}]
    return replace(part, claims=tuple(dict.fromkeys([*kept, *unseen]))), refused


def composed(read: Iterable[Sentence]) -> list[Claim]:
    """The sentences that hold, and in place of others the checked ones they were to restate."""
    sentences = list(read)
    restated = {one for sentence in sentences if sentence.claim for one in sentence.told}
    claims: list[Claim] = []
    for sentence in sentences:
        if sentence.claim is not None:
            claims.append(sentence.claim)
        else:
            claims += [one.claim for one in sentence.told if one not in restated]
    return list(dict.fromkeys(claims))


def lost(sentence: Sentence) -> bool:
    """Whether nothing stands in the place of a sentence that failed."""
    return sentence.claim is None and not sentence.told
