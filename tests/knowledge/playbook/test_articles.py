"""The playbook as a whole: every article is sound, and every framework has one."""

from __future__ import annotations

import csv
import re

import pytest

from knowledge.errors import Unreadable
from knowledge.playbook import Article, read_playbook
from knowledge.playbook.articles import FOLDER, SITUATIONS, read_article
from knowledge.sample import SAMPLE

PLAYBOOK = read_playbook()
ARTICLES = sorted(PLAYBOOK.values(), key=lambda article: article.slug)

HEADINGS = [
    "What good looks like",
    "How to do it",
    "Questions to ask a customer",
    "Mistakes",
    "A worked example",
    "The move",
]
EMPTY = re.compile(
    r"\b(?:leverag\w*|synerg\w*|seamless\w*|world-class|robust\w*|unlock\w*|delv\w*|journeys?|"
    r"in today's fast-paced)\b",
    re.IGNORECASE,
)
#: Each framework of the domain, with the articles that teach it.
FRAMEWORKS = {
    "80/20 and nurture": ("eighty-twenty", "nurture-list", "concentration-and-dependence"),
    "Piercy portfolio": ("strategic-portfolio",),
    "investment stance": ("investment-stance",),
    "relationship life cycle": ("relationship-life-cycle", "decline"),
    "KAM structure": ("kam-structure",),
    "stakeholder map": ("stakeholder-map", "champions"),
    "MEDDPICC": ("meddpicc",),
    "share of wallet, whitespace": ("share-of-wallet", "whitespace"),
    "value proposition": ("value-proposition", "next-best-alternative"),
    "mutual action plan": ("mutual-action-plan",),
    "health": ("account-health",),
    "constant communication": ("constant-communication", "response-speed"),
    "review": ("account-review",),
    "win/loss": ("win-loss",),
    "customisation limits": ("customisation-limits", "pricing-committee"),
    "sales and marketing": ("sales-and-marketing",),
    "account plan": ("account-plan", "charter"),
}


def _customers() -> frozenset[str]:
    """What the sample's accounts are called for short, and the people there."""
    with (SAMPLE / "export" / "Account.csv").open(encoding="utf-8") as file:
        accounts = {row["Name"].split()[0] for row in csv.DictReader(file)}
    with (SAMPLE / "export" / "Contact.csv").open(encoding="utf-8") as file:
        people = {f"{row['FirstName']} {row['LastName']}" for row in csv.DictReader(file)}
    return frozenset(accounts | people)


CUSTOMERS = _customers()
STAGES = (
    "pre-relationship-stage",
    "early-stage",
    "development-stage",
    "long-term-stage",
    "final-stage",
)
IMPERATIVES = (
    "involvement",
    "intelligence",
    "integration",
    "internal-marketing",
    "infrastructure",
    "inspiration",
    "influence",
    "integrity",
    "international",
)
#: What is about the organisation comes up for no single account.
OF_THE_ORGANISATION = {*IMPERATIVES, "sales-and-marketing"}
_LEAST_WORDS, _MOST_WORDS, _MOST_MOVE = 500, 950, 45


def _named(article: Article) -> str:
    return article.slug


each = pytest.mark.parametrize("article", ARTICLES, ids=_named)


def test_every_file_is_an_article() -> None:
    assert set(PLAYBOOK) == {path.stem for path in FOLDER.glob("*.md")}


@each
def test_an_article_has_its_six_parts_in_order(article: Article) -> None:
    assert re.findall(r"^## (.+)$", article.text, re.MULTILINE) == HEADINGS
    for heading in HEADINGS:
        start, end = article.section(heading)
        assert article.text[start:end].strip()


@each
def test_the_move_is_short_enough_to_quote(article: Article) -> None:
    start, end = article.move
    move = article.text[start:end]
    assert len(move.split()) <= _MOST_MOVE
    assert "\n\n" not in move


@each
def test_an_article_is_read_in_a_few_minutes(article: Article) -> None:
    assert _LEAST_WORDS <= len(article.text.split()) <= _MOST_WORDS
    assert 1 <= article.minutes <= 10


@each
def test_an_article_points_only_at_what_there_is(article: Article) -> None:
    assert set(article.situations) <= SITUATIONS
    assert bool(article.situations) != (article.slug in OF_THE_ORGANISATION)
    assert article.related
    assert set(article.related) <= set(PLAYBOOK) - {article.slug}


@each
def test_an_article_says_what_it_rests_on_and_how_well(article: Article) -> None:
    assert article.sources
    assert article.evidence in {"strong", "mixed", "weak"}
    assert article.evidence_note
    for source in article.sources:
        assert source.author
        assert source.title
        assert source.supports


@each
def test_an_article_names_no_customer_that_somebody_may_not_see(article: Article) -> None:
    """The playbook is everybody's; the accounts of a workspace, the sample's too, are not."""
    said = f"{article.title} {article.summary} {article.evidence_note} {article.text}"
    assert not [name for name in CUSTOMERS if re.search(rf"\b{re.escape(name)}\b", said)]


@each
def test_no_article_says_an_empty_word(article: Article) -> None:
    said = f"{article.title} {article.summary} {article.evidence_note} {article.text}"
    assert EMPTY.findall(said) == []


def test_every_situation_brings_up_an_article() -> None:
    told = {situation for article in ARTICLES for situation in article.situations}
    assert told == SITUATIONS


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_framework_has_an_article(framework: str) -> None:
    assert set(FRAMEWORKS[framework]) <= set(PLAYBOOK)


@pytest.mark.parametrize("slug", STAGES)
def test_every_stage_has_an_article(slug: str) -> None:
    assert PLAYBOOK[slug].kind == "stage"


@pytest.mark.parametrize("slug", IMPERATIVES)
def test_every_imperative_has_an_article(slug: str) -> None:
    assert PLAYBOOK[slug].kind == "imperative"


def test_no_stage_or_imperative_is_unlisted() -> None:
    kinds = {article.slug: article.kind for article in ARTICLES}
    listed = {*STAGES, *IMPERATIVES}
    assert {slug for slug, kind in kinds.items() if kind in {"stage", "imperative"}} == listed


def test_a_file_with_a_wrong_front_matter_is_named(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("playbook") / "broken.md"
    path.write_text("No front matter here.\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"broken\.md"):
        read_article(path)
