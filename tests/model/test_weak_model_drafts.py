"""Whatever a weak model writes, no factual sentence that its sources do not bear out is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.claims import Claim, Draft
from assistant.desk import Desk
from assistant.drafting.authored import ModelWriter, Task
from assistant.models import Models
from assistant.prompting import read_prompts
from knowledge.journal.runs import Runs
from knowledge.records import Viewer
from tests.sample import copied, desk_over

#: Accounts of the sample whose follow-ups are short enough for a small model to read.
ACCOUNTS = ("Borealis Dairy Group", "Brightmoor Foods", "Lindauer Papierwerke")


@pytest.fixture(scope="module")
def desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_over(copied(sample_home, tmp_path_factory.mktemp("weak"))) as made:
        yield made


@pytest.mark.parametrize("models", [400], indirect=True)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_whatever_it_writes_nothing_unsupported_is_shown_as_supported(
    models: Models, runs: Runs, desk: Desk, account: str
) -> None:
    viewer, day = Viewer.operator(), desk.day(None)
    template = desk.follow_up(viewer, account, None, day, "en")
    brief = desk.office.brief(viewer, account, day, "en")
    grounds = desk.office.grounds(viewer)
    task = Task(viewer, template, brief.basis, grounds, "Varnholt", "weak")
    draft = ModelWriter(models, read_prompts()).write(task)
    assert runs.about("weak"), "it was asked"
    assert [part.id for part in draft.sections] == [part.id for part in template.sections]
    own = written_by_the_model(template, draft)
    assert all(is_borne_out(claim, template) for claim in own), own


def written_by_the_model(template: Draft, draft: Draft) -> list[Claim]:
    """What stands in the draft as supported and is no sentence of the template's."""
    known = {claim.text for claim in template.claims()}
    return [c for c in draft.claims() if c.text not in known and c.verdict == "supported"]


def is_borne_out(claim: Claim, template: Draft) -> bool:
    """A plain measure that owes nothing to the check: figures, names and half of the words."""
    near = [one for one in template.claims() if set(one.evidence) & set(claim.evidence)]
    held = " ".join([*(one.text for one in near), *(e.quote for e in claim.evidence)]).casefold()
    words = re.findall(r"[^\W\d_]{4,}", claim.text)
    figures = re.findall(r"\d+", claim.text)
    names = [word for word in words[1:] if word[0].isupper()]
    if not all(part.casefold() in held for part in (*figures, *names)):
        return False
    return not words or sum(w.casefold() in held for w in words) * 2 >= len(words)
