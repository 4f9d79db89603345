from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from knowledge.errors import Unavailable
from knowledge.index import meaning
from knowledge.index.backlog import embed_pending
from knowledge.index.retriever import LiaisonRetriever
from knowledge.index.search import Search
from knowledge.records.sources import Source
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_source
from tests.databases import new_file
from tests.knowledge.index.library import ADA, BEN, OPERATOR, OUTSIDER, BagOfWords, Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.index.scope import Scope


class Proposing:
    """A vector index that proposes passages regardless of what may be seen."""

    def __init__(self, proposed: list[int], *, broken: bool = False) -> None:
        self.proposed, self.broken, self.asked = proposed, broken, list[int]()

    def nearest(self, vector: Sequence[float], scope: Scope, k: int) -> list[int]:
        del vector, scope
        if self.broken:
            raise Unavailable("The vector index does not answer; words still do.")
        self.asked.append(k)
        return self.proposed[:k]


def test_a_hit_says_where_it_stands(library: Library, embedder: BagOfWords) -> None:
    source = library.land("First things.", "They renew in May.", account="a", title="Call notes")
    (hit,) = Search(library.database, embedder).find(OPERATOR, "renew").hits
    assert (hit.source_id, hit.ref, hit.version) == (source, f"{source}@1", 1)
    assert "First things.\nThey renew in May."[hit.start : hit.end] == hit.text
    assert (hit.kind, hit.title, hit.heading) == ("document", "Call notes", "Call notes")
    assert (hit.account_id, hit.language, hit.why) == ("a", "en", None)


def test_words_answer_at_once_and_meaning_as_vectors_arrive(
    library: Library, embedder: BagOfWords
) -> None:
    library.land("They renew in May.", "The renewal needs a signature.")
    search = Search(library.database, embedder)
    before = search.find(OPERATOR, "renewals", explain=True)
    assert before.backlog == 2
    assert "2 passages still wait" in before.notes[0]
    assert before.hits[0].why
    assert before.hits[0].why.meaning_score is None
    embed_pending(library.database, embedder)
    after = search.find(OPERATOR, "renewals", explain=True)
    assert (after.backlog, after.notes) == (0, ())
    why = after.hits[0].why
    assert why
    assert why.words_score is not None
    assert why.meaning_score is not None
    assert after.hits[0].score == pytest.approx((why.words_score + why.meaning_score) / 2)
    assert (why.words_rank, why.meaning_rank) == (1, 1)
    assert why.formula.startswith(f"{after.hits[0].score:.3f} = 0.5 ×")


def test_a_model_is_never_asked_about_a_language_it_cannot_read(library: Library) -> None:
    english = BagOfWords()
    library.land("Клиент продлил договор на год.", language="ru")
    library.land("Die Kunden haben den Vertrag verlängert.", language="de")
    library.land("The customer renewed for a year.")
    assert embed_pending(library.database, english) == 1, "only what it reads is embedded"
    search = Search(library.database, english)
    english.embed_query = None  # type: ignore[assignment,method-assign]
    for question in ("Когда продлили договор?", "Wann wurde der Vertrag verlängert?", "Vertrag"):
        found = search.find(OPERATOR, question, explain=True)
        assert len(found.hits) == 1
        assert found.notes == ()
        assert found.hits[0].why
        assert found.hits[0].why.formula.endswith("words")


def test_a_passage_in_another_language_is_not_held_to_words(library: Library) -> None:
    reader = BagOfWords(languages=("en", "de", "ru"))
    # Its vectors do not know languages: the stems alone bring these two together.
    library.land("Renewal contract May customer", language="de", title="")
    library.land("The weather was fine and the canteen had soup.", language="en")
    embed_pending(library.database, reader)
    hit = (
        Search(library.database, reader)
        .find(OPERATOR, "what about the renewal contract in May?", explain=True)
        .hits[0]
    )
    assert hit.why
    assert hit.why.meaning_score
    assert hit.score >= hit.why.meaning_score


def test_equal_texts_collapse_into_the_best(library: Library, embedder: BagOfWords) -> None:
    mail = "We agreed on a pilot in June with two sites and a review by the board in autumn."
    library.land(mail)
    library.land(f"> {mail}")
    library.land(f"Regards\n{mail}")
    library.land(f"{mail} " + " ".join(f"New{n} facts{n} follow{n} here{n}." for n in range(9)))
    embed_pending(library.database, embedder)
    hits = Search(library.database, embedder).find(OPERATOR, "pilot in June").hits
    assert [hit.repeated for hit in hits] == [2, 0]


def test_one_source_does_not_fill_the_answer(library: Library, embedder: BagOfWords) -> None:
    library.land(*(f"Budget item {n} concerns the year {n * 7}." for n in range(8)))
    other = library.land("The budget was approved.")
    search = Search(library.database, embedder)
    hits = search.find(OPERATOR, "budget item", k=5).hits
    assert len(hits) == 4
    assert other in {hit.source_id for hit in hits}
    assert len(search.find(OPERATOR, "budget item", k=9, per_source=None).hits) == 9


def test_both_databases_answer(either: Database) -> None:
    library, embedder = Library(either), BagOfWords()
    library.grant(ADA, "hers")
    library.land("They renew in May.", "The renewal needs a signature.", account="hers")
    library.land("Another renewal in May.", account="his")
    embed_pending(either, embedder)
    found = Search(either, embedder).find(ADA, "When is the renewal?", explain=True)
    assert [hit.account_id for hit in found.hits] == ["hers", "hers"]
    assert all(hit.why and hit.why.meaning_score for hit in found.hits)


@pytest.mark.parametrize("query", ["", "  \n", "?!…", "🙂"])
def test_a_query_without_words_is_answered_with_advice(library: Library, query: str) -> None:
    library.land("Something.")
    found = Search(library.database, BagOfWords()).find(OPERATOR, query)
    assert found.hits == ()
    assert found.notes


def test_a_huge_or_damaged_query_is_still_answered(library: Library, embedder: BagOfWords) -> None:
    library.land("The contract ends in May.")
    embed_pending(library.database, embedder)
    search = Search(library.database, embedder)
    assert search.find(OPERATOR, "contract " * 100_000).hits
    assert search.find(OPERATOR, "contract \ud800 \0").hits
    assert search.find(OPERATOR, "x").hits is not None


def test_a_failing_model_leaves_the_words(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    class Down(BagOfWords):
        def embed_query(self, text: str) -> list[float]:
            raise ConnectionError(text)

    library.land("The contract ends in May.")
    found = Search(library.database, Down()).find(OPERATOR, "When does the contract end?")
    assert found.hits
    assert any("does not answer" in note for note in found.notes)
    assert "failed" in caplog.text


def test_what_the_vector_index_proposes_is_read_again_under_the_viewers_rights(
    library: Library, embedder: BagOfWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "_SCANNED", 0)
    library.grant(ADA, "hers")
    for number in range(150):
        library.land(f"Confidential matter {number}.", account="theirs")
    mine = library.land("Strategic partnership thoughts.", account="hers")
    embed_pending(library.database, embedder)
    index = Proposing([*range(1, 152)])
    search = Search(library.database, embedder, index)  # type: ignore[arg-type]
    found = search.find(ADA, "How is the confidential partnership?")
    assert [hit.source_id for hit in found.hits] == [mine]
    assert index.asked == [100, 200], "asked wider, as most of it was not hers"


def test_without_a_vector_index_words_choose_and_meaning_orders(
    library: Library, embedder: BagOfWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "_SCANNED", 0)
    library.land("The contract ends in May.")
    embed_pending(library.database, embedder)
    for index in (None, Proposing([], broken=True)):
        search = Search(library.database, embedder, index)  # type: ignore[arg-type]
        found = search.find(OPERATOR, "When does the contract end?", explain=True)
        assert found.hits[0].why
        assert found.hits[0].why.meaning_score
        assert any("vector index" in note for note in found.notes)


PEOPLE = [ADA, BEN, OUTSIDER, OPERATOR, Viewer("boss", "Boss", None, "manager")]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_viewer_ever_gets_a_hit_outside_their_scope(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    database = Database.open(new_file(tmp_path_factory.mktemp("scope")))
    library, embedder = Library(database), BagOfWords()
    accounts = st.sampled_from(["a", "b", "c", None])
    for _ in range(data.draw(st.integers(1, 8))):
        account = data.draw(accounts)
        audience = data.draw(st.sampled_from(["account", "everyone", "owner", "unassigned"]))
        library.land("The plan.", "A plan.", account=account, audience=audience, owner="ada")
    for viewer in (ADA, BEN, PEOPLE[-1]):
        library.grant(viewer, *data.draw(st.sets(st.sampled_from(["a", "b", "c"]))))
        if data.draw(st.booleans()):
            library.oversee(viewer, "ada")
    embed_pending(database, embedder)
    proposing = Proposing([*range(1, 40)])
    asked = data.draw(accounts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meaning, "_SCANNED", data.draw(st.sampled_from([0, 5_000])))
        search = Search(database, embedder, proposing)  # type: ignore[arg-type]
        for viewer in PEOPLE:
            found = search.find(viewer, "the plan", account_id=asked, k=50, per_source=None)
            with database.reading() as session:
                visible = set(session.scalars(select(Source.id).where(may_see_source(viewer))))
            assert {hit.source_id for hit in found.hits} <= visible
            assert all(asked in {None, hit.account_id} for hit in found.hits)
    database.close()


def test_the_retriever_sees_with_the_eyes_it_was_made_for(
    library: Library, embedder: BagOfWords
) -> None:
    library.grant(ADA, "hers")
    library.land("Her account wants a discount.", account="hers", title="Hers")
    library.land("His account wants a discount.", account="his", title="His")
    search = Search(library.database, embedder)
    (document,) = LiaisonRetriever(search=search, viewer=ADA).invoke("discount")
    assert document.page_content == "Her account wants a discount."
    assert document.metadata["title"] == "Hers"
    assert document.metadata["ref"] == "document:1@1"
    assert LiaisonRetriever(search=search, viewer=BEN).invoke("discount") == []
