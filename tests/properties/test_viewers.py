"""Nobody ever reads what they may not see, through whatever they ask; and no word betrays it."""

from __future__ import annotations

import dataclasses
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document
from pydantic import SecretStr
from sqlalchemy import select

import assistant
import knowledge.workspace as workspace_module
from assistant.claims import Draft
from assistant.desk import Desk
from assistant.errors import LiaisonError
from assistant.settings import Settings
from knowledge import records
from knowledge.errors import Ambiguous, NotFound
from knowledge.index import LiaisonRetriever, Search, meaning
from knowledge.index.vectors import VectorIndex
from knowledge.records import Ledger, Viewer
from knowledge.records import tables as t
from knowledge.workspace import Workspace
from tests.databases import new_file
from tests.properties.company import (
    NAMES,
    Company,
    Customer,
    Person,
    account_id,
    allowed,
    email,
    export,
    reassigned,
    secrets,
)
from tests.properties.homes import place
from tests.properties.states import linguist
from tests.properties.strategies import companies

pytestmark = pytest.mark.long

NOW, DAY = datetime(2026, 9, 30, tzinfo=UTC), date(2026, 9, 30)
TWO_REPS = Company(
    people=(Person(), Person(manager=0), Person(manager=0), Person(admin=True)),
    customers=(
        Customer(owner=1, seller=1),
        Customer(owner=2, seller=1, parent=0),
        Customer(seller=2),
    ),
    lonely=(1, 2),
    drifting=1,
)


NO_DRAFT = Draft("account_plan", "", "", "", DAY, "en", "template", ())


def told(value: object) -> str:
    """Everything that can be read in a value, however deep, in lower case."""
    return "\n".join(_strings(value, set())).lower()


def _strings(value: object, seen: set[int]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value is not None and id(value) not in seen:
        seen.add(id(value))
        for part in _parts(value):
            yield from _strings(part, seen)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, t.Base):
        return [getattr(value, column.key) for column in value.__table__.columns]
    if isinstance(value, Draft):
        return [value.title, value.account_name, value.sections, value.withheld, value.to_json()]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, Document):
        return [value.page_content, value.metadata]
    return value if isinstance(value, (list, tuple, set, frozenset)) else [str(value)]


def desk_over(home: Path) -> Desk:
    new_file(home)
    chosen = place(home)
    return Desk(Settings(home=home, database_url=SecretStr(chosen.database_url)), Workspace(chosen))


class Asking:
    """Everything that can be asked of an open desk, by one person."""

    def __init__(
        self, desk: Desk, search: Search, viewer: Viewer, *, thorough: bool = True
    ) -> None:
        self.desk, self.search, self.viewer = desk, search, viewer
        self.thorough = thorough
        self.ledger = desk.workspace.ledger
        self.called: set[str] = set()
        #: Drawing takes seconds and shows what drafts say: of one's own, one account is enough.
        self.drawn = {one.id for one in self.ledger.accounts(viewer)[1:]}

    def everything(self) -> Iterator[tuple[str, object]]:
        """Each answer with what was asked; a refusal is an answer, too."""
        with self.ledger.database.reading() as session:
            sources = list(session.scalars(select(t.Source.id).where(t.Source.kind != "playbook")))
        yield from self._ask(self.ledger.accounts)
        yield from self._ask(self.ledger.catalogue)
        yield from self._ask(self.ledger.portfolio, DAY)
        yield from self._ask(self.desk.accounts, DAY)
        with self.ledger.database.reading() as session:
            colleagues = list(session.scalars(select(t.User.email).where(t.User.active)))
        for colleague in colleagues:
            yield from self._ask(self.ledger.overseen, colleague)
            if self.thorough:
                yield from self._ask(self.desk.review_team, colleague, DAY)
                yield from self._ask(self.desk.steering.team, colleague, DAY)
        for source_id in sources:
            yield from self._ask(self.ledger.source_text, f"{source_id}@1")
        yield from self._ask(self.ledger.source_texts, [f"{source_id}@1" for source_id in sources])
        for name in NAMES:
            yield from self._ask(self.ledger.find_account, name)
        for number in range(len(NAMES)):
            key = account_id(number)
            yield from self._ask(self.ledger.account_file, key, DAY)
            yield from self._about(key)
        for question in (
            "energy report",
            "pumps",
            *NAMES[:3],
            "Fennick call",
            "Jomquist",
            "discount",
        ):
            yield from self._ask(self.desk.search, question, k=50)
            yield from self._ask(self.desk.workspace.search, question, k=50, explain=True)
            yield from self._ask(self.search.find, question, k=50, per_source=None)
            for number in range(2):
                key = account_id(number)
                yield from self._ask(self.search.find, question, account_id=key, k=50)
            retriever = LiaisonRetriever(search=self.search, viewer=self.viewer, k=50)
            yield f"retriever {question}", retriever.invoke(question)

    def _about(self, key: str) -> Iterator[tuple[str, object]]:
        yield from self._ask(self.desk.plan, key, DAY)
        yield from self._ask(self.ledger.position, key, DAY)
        if not self.thorough:  # the plan draws on everything the others draw on
            return
        yield from self._ask(self.desk.value, key, "Plant director", DAY)
        yield from self._ask(self.desk.follow_up, key, None, DAY)
        yield from self._ask(self.desk.search, "energy", account=key)
        yield from self._ask(self.desk.show, key, DAY)
        yield from self._ask(self.desk.review, key, DAY)
        yield from self._ask(self.desk.save_review, key, DAY)
        yield from self._ask(self.desk.steering.prepare, key, DAY)
        yield from self._ask(self.desk.why, key, "decline", DAY)
        yield from self._ask(self.ledger.readers, key)
        if key not in self.drawn:  # somebody else's draft in the wrong hands
            other = replace(NO_DRAFT, account_id=key)
            yield from self._ask(self.desk.charts, other)
            yield from self._ask(self.desk.why_sentence, other, "summary", 0)
            yield from self._ask(self.desk.revise, other, "shorter")

    def _ask(
        self, function: Callable[..., object], *given: Any, **named: Any
    ) -> Iterator[tuple[str, object]]:
        asked = f"{function.__qualname__}{given}{named}"
        self.called.add(function.__qualname__)
        try:
            yield asked, function(self.viewer, *given, **named)
        except NotFound as error:
            # The name asked for stands in the refusal, and nothing else that it would betray.
            yield asked, str(error).replace(str(named.get("account") or given[0]), "…")
        except LiaisonError as error:
            yield asked, str(error)


def check_nobody_sees_too_much(
    company: Company, desk: Desk, index: VectorIndex, *, thorough: bool
) -> None:
    search = Search(desk.workspace.database, linguist(), index)
    for who, person in enumerate(company.people):
        if not person.active:
            with pytest.raises(NotFound):
                desk.viewer(email(who))
            continue
        viewer = desk.viewer(email(who))
        mine = {account_id(number) for number in allowed(company, who)}
        assert {one.id for one in desk.workspace.ledger.accounts(viewer)} == mine
        assert {line.id for line in desk.accounts(viewer, DAY)} == mine
        hidden = secrets(company, who)
        for asked, answer in Asking(desk, search, viewer, thorough=thorough).everything():
            betrayed = [word for word in hidden if word in told(answer)]
            assert not betrayed, f"{viewer.name} read {betrayed} in {asked}"
            for hit in getattr(answer, "hits", ()):
                assert hit.account_id is None or hit.account_id in mine, asked
    stranger = Viewer.outsider("stranger@elsewhere.example")
    for asked, answer in Asking(desk, search, stranger, thorough=thorough).everything():
        betrayed = [word for word in secrets(company, None) if word in told(answer)]
        assert not betrayed, f"a stranger read {betrayed} in {asked}"
        kinds = {hit.kind for hit in getattr(answer, "hits", ())}
        assert kinds <= {"playbook"}, f"a stranger found {kinds} in {asked}"


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(companies(accounts=3), st.integers(0, 4), st.integers(0, 4))
@example(TWO_REPS, 1, 2)
def test_no_viewer_gets_anything_outside_their_scope(
    tmp_path_factory: pytest.TempPathFactory, company: Company, giver: int, taker: int
) -> None:
    home = tmp_path_factory.mktemp("company")
    giver, taker = giver % len(company.people), taker % len(company.people)
    with pytest.MonkeyPatch.context() as patch:
        # As in a large workspace: the vector index proposes what is compared.
        patch.setattr(meaning, "_SCANNED", 0)
        patch.setattr(workspace_module, "SMALL", 0)
        desk = desk_over(home / "home")
        desk.workspace.take_in([export(company).write(home / "before")], now=NOW)
        desk.workspace.embed()
        index = desk.workspace._open_vectors()
        check_nobody_sees_too_much(company, desk, index, thorough=company is TWO_REPS)

        # Accounts and deals change hands, and the index still has them where they were.
        later = reassigned(company, giver, taker)
        patch.setattr(VectorIndex, "reconcile", lambda *_: 0)
        desk.workspace.take_in([export(later).write(home / "after")], now=NOW)
        check_nobody_sees_too_much(later, desk, index, thorough=False)
        desk.close()


def test_not_allowed_and_not_there_are_the_same_words(tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "home")
    desk.workspace.take_in([export(TWO_REPS).write(tmp_path / "export")], now=NOW)
    ledger, rep = desk.workspace.ledger, desk.viewer(email(1))
    hidden, nowhere = account_id(2), account_id(77)
    asking: list[Callable[[str], object]] = [
        lambda key: ledger.account_file(rep, key, DAY),
        lambda key: ledger.find_account(rep, key),
        lambda key: ledger.source_text(rep, f"account:{key}@1"),
        lambda key: ledger.source_text(rep, f"document:notes/call-{int(key[3:15]) - 1}.txt@1"),
        lambda key: desk.plan(rep, key, DAY),
        lambda key: desk.value(rep, key, "Plant director", DAY),
        lambda key: desk.follow_up(rep, key, None, DAY),
        lambda key: desk.search(rep, "energy", account=key),
    ]
    for ask in asking:
        ask(account_id(0))
        refusals = []
        for key in (hidden, nowhere):
            with pytest.raises(NotFound) as refused:
                ask(key)
            number = str(int(key[3:15]) - 1)
            refusals.append(str(refused.value).replace(key, "…").replace(f"call-{number}", "…"))
        assert refusals[0] == refusals[1]
    assert desk.search(rep, "energy", account=account_id(0)).hits
    with pytest.raises(NotFound) as refused:
        ledger.find_account(rep, "Tamrikov")
    assert str(refused.value) == "No account “Tamrikov” that you may see."
    with pytest.raises(Ambiguous) as several:
        ledger.find_account(Viewer.operator(), "Works")
    assert len(several.value.choices) == 3
    assert ledger.find_account(rep, "Works").id == account_id(0), "hers is the only one there is"
    desk.close()


#: Public functions that give back nothing about accounts, and why they may do without a viewer.
WITHOUT_VIEWER = {
    "Desk.open": "opens",
    "Desk.close": "closes",
    "Desk.viewer": "says who is asking",
    "Desk.day": "a day",
    "Desk.conversation": "takes a viewer with every question",
    "Desk.steering": "takes a viewer with every question",
    "Desk.tutor": "takes a learner with every question; the playbook is everyone's",
    "Desk.role_play": "invented people only: it is given no ledger",
    "Desk.reword": "puts somebody's own words into the draft they hand over",
    "Workspace.erase_vectors": "gives nothing back",
    "Workspace.erase": "takes a viewer who administers, and gives back counts",
    "Workspace.rehearse_erasing": "takes a viewer who administers, and gives back counts",
    "Workspace.redactor": "hashes of who was erased",
    "assistant.slack.canvas.renewing.written": "keeps what was just made; gives nothing back",
    "Desk.take_in": "the importer's report of the files given to it",
    "Ledger.viewer": "says who is asking",
    "Workspace.close": "closes",
    "Workspace.embedder": "a model",
    "Workspace.take_in": "the importer's report of the files given to it",
    "Workspace.keep_playbook": "articles, which are everyone's",
    "Workspace.awaiting_vectors": "a count over everything",
    "Workspace.embed": "a count over everything",
    "Workspace.reindex": "a count over everything",
    "knowledge.records.viewers.identify": "says who is asking",
    "knowledge.records.calling.normalise_names": "part of linking: gives back nothing",
}


def readers_of_records() -> list[ModuleType]:
    """The modules that read records for people (importing and storing are not for people)."""
    names = [one.name for one in pkgutil.iter_modules(records.__path__, "knowledge.records.")]
    kept = {"knowledge.records." + name for name in ("store", "landing", "derived", "tables")}
    names = [one for one in names if one not in {*kept, "knowledge.records.importing"}]
    names += [one.name for one in pkgutil.walk_packages(assistant.__path__, "assistant.")]
    return [import_module(name) for name in names if "migrations" not in name]


def test_every_public_way_to_account_data_asks_who_is_looking() -> None:
    blind = []
    for owner in (Ledger, Workspace, Search, Desk):
        for name, member in vars(owner).items():
            function = getattr(member, "__func__", getattr(member, "func", member))
            if name.startswith("_") or not callable(function):
                continue
            named = f"{owner.__name__}.{name}"
            parameters = list(inspect.signature(function).parameters)
            if named not in WITHOUT_VIEWER and parameters[1:2] != ["viewer"]:
                blind.append(named)
    for module in readers_of_records():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            given = inspect.signature(function).parameters.keys()
            public = function.__module__ == module.__name__ and not name.startswith("_")
            if public and given & {"session", "database"} and not given & {"viewer", "view"}:
                blind.append(f"{module.__name__}.{name}")
    blind = [name for name in blind if name not in WITHOUT_VIEWER]
    assert not blind, f"{blind} give account data to nobody in particular: take a viewer first"
    assert LiaisonRetriever.model_fields["viewer"].is_required()


def test_every_public_way_to_account_data_is_asked_above(tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "home")
    desk.workspace.take_in([export(TWO_REPS).write(tmp_path / "export")], now=NOW)
    search = Search(desk.workspace.database, linguist())
    asking = Asking(desk, search, Viewer.operator())
    answers = list(asking.everything())
    assert len(answers) > 100
    readers = {
        f"{owner.__name__}.{name}"
        for owner in (Ledger, Workspace, Search, Desk)
        for name, member in vars(owner).items()
        if not name.startswith("_") and inspect.isfunction(member)
    }
    assert readers - WITHOUT_VIEWER.keys() <= asking.called
    desk.close()


def test_whoever_oversees_an_administrator_does_not_see_with_their_eyes(tmp_path: Path) -> None:
    company = Company(people=(Person(), Person(manager=0, admin=True)), customers=(Customer(),))
    desk = desk_over(tmp_path / "home")
    desk.workspace.take_in([export(company).write(tmp_path / "export")], now=NOW)
    boss, administrator = desk.viewer(email(0)), desk.viewer(email(1))
    with pytest.raises(NotFound):
        desk.review_team(boss, email(1), DAY)
    assert desk.workspace.ledger.overseen(administrator, email(0)) == boss
    desk.close()


def test_an_operator_reads_what_a_rep_must_not(tmp_path: Path) -> None:
    """The secrets are really there: the property above does not pass because nothing is said."""
    desk = desk_over(tmp_path / "home")
    desk.workspace.take_in([export(TWO_REPS).write(tmp_path / "export")], now=NOW)
    search = Search(desk.workspace.database, linguist())
    answers = Asking(desk, search, Viewer.operator()).everything()
    read = told([answer for _, answer in answers])
    assert secrets(TWO_REPS, None) <= {word for word in secrets(TWO_REPS, None) if word in read}
    rep = told([a for _, a in Asking(desk, search, desk.viewer(email(1))).everything()])
    assert "quorvex" in rep
    assert "fennick" in rep
    assert "vortal pump" in rep, "products are for everybody with a seat"
    desk.close()
