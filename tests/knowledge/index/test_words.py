from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, true

from knowledge.index import words
from knowledge.index.languages import language_of, stem
from knowledge.records.sources import Passage, Source
from knowledge.records.store import Database
from knowledge.records.viewers import may_see_source
from tests.knowledge.index.library import ADA, BEN, OUTSIDER, Library

NOTES = [
    "Meridian wants to renew the contract before the fiscal year ends.",
    "The champion at Meridian left; renewing is at risk until we meet the new buyer.",
    "Pricing was discussed: three tiers, and a discount for volume.",
    "Volume discounts need an approval by the regional manager.",
    "The support cases of the last quarter were all closed.",
]


def texts(database: Database, query: str, language: str = "en", k: int = 10) -> list[str]:
    with database.reading() as session:
        hits = words.match(session, query, language, true(), k)
        found = {p.id: p.text for p in session.scalars(select(Passage))}
    return [found[hit.passage_id] for hit in hits]


def test_a_question_in_natural_language_finds_what_it_is_about(either: Database) -> None:
    Library(either).land(*NOTES)
    assert texts(either, "What do we know about renewals of contracts?")[0] == NOTES[0]
    assert set(texts(either, "Who approved the discounts?")) == {NOTES[2], NOTES[3]}


def test_stop_words_are_asked_for_only_when_there_is_nothing_else(either: Database) -> None:
    Library(either).land(*NOTES)
    assert texts(either, "what is the") != []
    assert NOTES[4] not in texts(either, "What about the pricing of the tiers?")


def test_a_word_in_the_heading_outweighs_one_in_the_text(either: Database) -> None:
    library = Library(either)
    library.land("The plan names a sponsor and a date.", title="Meeting")
    library.land("A date and a person are named in it.", title="Sponsor")
    library.land("Nothing to see here today.", title="Lunch")
    assert texts(either, "sponsor")[0].startswith("A date")


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("ru", "Клиент продлил договоры на поставку оборудования.", "продление договора"),
        ("de", "Die Verträge wurden verlängert, die Preise blieben.", "Vertrag mit welchem Preis"),
        ("fr", "Les contrats ont été renouvelés après négociation.", "renouveler le contrat"),
        ("es", "Los contratos fueron renovados tras la negociación.", "renovar el contrato"),
        ("und", "Sopimus uusittiin Helsingissä.", "sopimus"),
    ],
)
def test_every_language_is_stemmed_as_itself(
    either: Database, language: str, written: str, asked: str
) -> None:
    library = Library(either)
    library.land(written, language=language)
    library.land(*NOTES)
    assert texts(either, asked, language)[:1] == [written]
    assert texts(either, asked, "und")[:1] == [written], "found too where nobody could tell"


def test_a_name_is_found_in_texts_of_other_languages(either: Database) -> None:
    library = Library(either)
    library.land("Встреча с Acme перенесена на март.", language="ru")
    library.land("Acme hat das Angebot angenommen.", language="de")
    assert len(texts(either, "What did Acme decide?", "en")) == 2


def test_both_databases_rank_alike(database: Database, postgres_url: str) -> None:
    other = Database.open(postgres_url)
    ranked = []
    for one in (database, other):
        library = Library(one)
        for round_ in range(6):
            library.land(*(f"{note} {'volume ' * round_}" for note in NOTES), title=f"T{round_}")
        with one.reading() as session:
            ranked.append(
                [
                    [(h.passage_id, round(h.score, 6)) for h in found]
                    for query in ("volume discount", "Meridian renewal risk", "T3 pricing", "case")
                    for found in [words.match(session, query, "en", true(), 20)]
                ]
            )
    other.close()
    assert ranked[0] == ranked[1]
    assert all(ranked[0])


def test_scores_are_shares_of_what_the_question_allows(either: Database) -> None:
    Library(either).land(*NOTES, "Discount discount discount.")
    with either.reading() as session:
        one = words.match(session, "discount", "en", true(), 10)
        unknown = words.match(session, "discount zirconium", "en", true(), 10)
    assert all(0 < hit.score <= 1 for hit in one)
    assert unknown[0].score < one[0].score / 2, "half of the question stands nowhere"


def test_what_may_not_be_seen_is_filtered_before_it_is_ranked(either: Database) -> None:
    library = Library(either)
    library.land(*(f"Secret plan number {n} for the merger" for n in range(60)), account="theirs")
    library.land("Our plan mentions a merger at the very end of a long sentence.", account="ours")
    library.grant(ADA, "ours")
    with either.reading() as session:
        mine = words.match(session, "merger plan", "en", may_see_source(ADA), 5)
        bens = words.match(session, "merger plan", "en", may_see_source(BEN), 5)
        account = Source.account_id == "theirs"
        asked = words.match(session, "merger plan", "en", may_see_source(ADA) & account, 5)
    assert len(mine) == 1
    assert bens == []
    assert asked == []


def test_removed_passages_are_found_no_more_and_come_back(either: Database) -> None:
    Library(either).land(*NOTES)
    with either.writing() as session:
        passages = session.scalars(select(Passage)).all()
        words.remove(session, [p.id for p in passages if "Meridian" in p.text])
    assert texts(either, "Meridian") == []
    assert words.rebuild(either, batch=2) == len(NOTES)
    assert len(texts(either, "Meridian")) == 2
    words.rebuild(either)
    assert len(texts(either, "Meridian")) == 2, "indexed twice is indexed once"


def test_a_deleted_passage_takes_its_words_along(either: Database) -> None:
    Library(either).land("The old wording about zeppelins.")
    with either.writing() as session:
        session.delete(session.scalars(select(Passage)).one())
    with either.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM words")) == 0


SYNTAX = [
    *('"', "'", "*", "a* AND", "NEAR(", "heading:x", "a OR", "NOT", "(", "^x", "-x", "x:y", "%"),
    *("\\", "\0", "🙂", "\ud800", "' | '", "!a & b", "<->", ":*", "''", "_", "a" * 9_000),
    "x " * 9_000,
]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.text(max_size=60) | st.sampled_from(SYNTAX), written=st.text(max_size=60))
def test_no_text_breaks_the_index_or_the_query(either: Database, query: str, written: str) -> None:
    with either.reading() as session:
        empty = session.scalars(select(Source.id)).first() is None
    if empty:
        Library(either).land(*NOTES)
    with either.reading() as session:
        known = session.scalars(select(Passage)).first()
        assert known
        strange = Passage(id=known.id, text=written, heading=query, language="ru")
        words.add(session, [strange])
        for language in ("en", "und"):
            hits = words.match(session, query, language, true(), 3)
            assert all(0 < hit.score <= 1 for hit in hits)


def test_a_query_of_an_outsider_sees_the_playbook_only(either: Database) -> None:
    library = Library(either)
    library.land("A charter says what the plan is for.", kind="playbook")
    library.land("Our price policy, and the plan behind it.", kind="policy")
    library.land("The plan of an account.", account="a")
    library.land("The plan of a deal.", audience="owner", owner="ada")
    library.land("A plan nobody has placed.", audience="unassigned")
    with either.reading() as session:
        assert len(words.match(session, "plan", "en", may_see_source(OUTSIDER), 9)) == 1


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("What did we promise to Meridian?", "en"),
        ("Что мы обещали клиенту?", "ru"),
        ("Was haben wir dem Kunden versprochen?", "de"),
        ("Qu'avons-nous promis au client ?", "fr"),
        ("¿Qué prometimos al cliente?", "es"),
        ("Meridian pricing", "und"),
        ("契約更新", "und"),
        ("12345", "und"),
    ],
)
def test_a_question_tells_its_language_by_its_small_words(query: str, language: str) -> None:
    assert language_of(query) == language


def test_accents_do_not_stand_in_the_way() -> None:
    assert stem("Müller", "de") == stem("Muller", "de")
    assert stem("ёлка", "ru") == stem("елка", "ru")
