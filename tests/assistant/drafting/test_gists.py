"""What rules ask, and what would change their minds, is said in the reader's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from assistant import insight
from assistant.claims import Finding, Gist, Quantity, Term
from assistant.desk import Desk
from assistant.drafting import Pen, account_plan, account_review
from assistant.drafting.phrases import placeholders, read_phrases
from assistant.insight import RULES
from assistant.insight.changes import difference, snapshot
from assistant.insight.meddpicc import meddpicc
from assistant.insight.value import value
from assistant.thresholds import Thresholds
from knowledge.records import Viewer
from tests.assistant.insight.builders import account, deal, file
from tests.assistant.written import Written

LANGUAGES = ("en", "de", "ru")
#: Tables whose phrases only rules use, and tables of their words.
SAID = ("question", "would_change", "way", "wanted", "request")
WORDS = ("approver", "attitude", "axis", "bond", "letter", "plan_element")
ENGLISH = re.compile(
    r"\b(?:and|are|by|for|from|has|have|how|is|not|of|that|the|to|us|what|which|who|with)\b",
    re.IGNORECASE,
)


def gists_of(finding: Finding) -> Iterator[Gist]:
    """Everything a finding wants said, whole sentences only."""
    if finding.would_change:
        yield finding.would_change
    yield from (question.gist for question in finding.questions)


def names_in(filling: object) -> Iterator[str]:
    """The names a gist brings along: they stand in the records as they are."""
    if isinstance(filling, Gist):
        for _, part in filling.values:
            yield from names_in(part)
    elif isinstance(filling, tuple):
        for part in filling:
            yield from names_in(part)
    elif isinstance(filling, (str, Term)):
        yield filling if isinstance(filling, str) else filling.name


@pytest.fixture(scope="module")
def gists(written: list[Written]) -> list[Gist]:
    """Everything the rules want said about all accounts of the sample."""
    briefs = {one.brief.name: one.brief for one in written}.values()
    found = [f for brief in briefs for f in brief.study.findings.values()]
    found += [value(b.file, b.study.thresholds, "decider") for b in briefs]
    return list(dict.fromkeys(gist for finding in found for gist in gists_of(finding)))


@pytest.mark.parametrize("language", ["de", "ru"])
def test_nothing_a_rule_says_about_the_sample_is_left_in_english(
    gists: list[Gist], language: str
) -> None:
    pen = Pen(language, "EUR")
    assert len(gists) > 300
    for gist in gists:
        own = pen.worded(gist)
        for name in sorted(names_in(gist), key=len, reverse=True):
            own = own.replace(name, "")
        assert not ENGLISH.search(own), pen.worded(gist)


def test_every_word_of_a_vocabulary_of_ours_is_known_in_every_language(gists: list[Gist]) -> None:
    def terms(filling: object) -> Iterator[Term]:
        parts = [v for _, v in filling.values] if isinstance(filling, Gist) else filling
        if isinstance(filling, Term):
            yield filling
        elif isinstance(parts, (list, tuple)):
            for part in parts:
                yield from terms(part)

    used = {term for gist in gists for term in terms(gist) if term.kind in WORDS}
    assert used
    for language in LANGUAGES:
        texts = read_phrases(language).texts
        assert not [term for term in used if f"{term.kind}.{term.name}" not in texts], language


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_of_which_nothing_is_known_is_asked_about_in_every_language(
    language: str,
) -> None:
    pen = Pen(language, "EUR")
    blank = file(account(), deal("Retrofit"))
    findings = [*(rule(blank, Thresholds()) for rule in RULES.values())]
    asked = [pen.worded(gist) for finding in findings for gist in gists_of(finding)]
    assert len(asked) > 30
    assert sum("Retrofit" in question for question in asked) >= len(
        meddpicc(blank, Thresholds()).questions
    )


def _said_by_rules() -> Iterator[tuple[str, frozenset[str] | None]]:
    """Each key that a rule names, as a pattern, with the placeholders it fills."""
    for path in Path(insight.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Gist":
                names = [keyword.arg for keyword in node.keywords]
                known = None if None in names else frozenset(name for name in names if name)
                yield _pattern(node.args[0]), known


def _pattern(key: ast.expr) -> str:
    if isinstance(key, ast.Constant):
        return re.escape(str(key.value))
    assert isinstance(key, ast.JoinedStr)
    parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in key.values)
    return "".join(parts)


def test_every_phrase_of_the_rules_is_used_and_filled_as_it_wants() -> None:
    phrases = {key: placeholders(text) for key, text in read_phrases("en").texts.items()}
    unused = {key for key in phrases if key.partition(".")[0] in SAID}
    for pattern, filled in _said_by_rules():
        fitting = {
            key
            for key, wanted in phrases.items()
            if re.fullmatch(pattern, key) and filled in (None, wanted)
        }
        assert fitting, f"no phrase for {pattern} with {filled}"
        unused -= fitting
    assert not unused


def test_figures_days_and_words_are_written_as_the_language_writes_them() -> None:
    line = Quantity(Decimal("2096588.80"), "EUR")
    orders = Gist(
        "would_change.more_orders",
        day=date(2026, 4, 1),
        line=line,
        share=Quantity(80, "%"),
        account="Acme",
    )
    part = Gist("question.part", part=Term("part", "decider"), account="Acme")
    age = Gist("wanted.tenure", age=Quantity(24, "months"))
    told = {
        language: [
            re.sub(r"\s", " ", Pen(language, "EUR").worded(gist))
            for gist in (orders, part, Gist("way.long_term", missing=(age, age)))
        ]
        for language in ("de", "ru")
    }
    assert "seit dem 1. April 2026: Über 2.096.589 €" in told["de"][0]
    assert "с 1 апреля 2026 г.: при сумме выше 2 096 589 € за этот период (80 %" in told["ru"][0]
    assert told["de"][1] == "Wer hat bei Acme diese Rolle: Entscheider?"
    assert told["de"][2] == "langfristig (zu belegen: 24 Monate als Kunde und 24 Monate als Kunde)"
    assert told["ru"][2].endswith("24 месяца сотрудничества и 24 месяца сотрудничества)")


def test_a_term_of_payment_has_the_plural_of_its_language() -> None:
    days = Quantity(Decimal("90.00"), "days")
    term = Gist("request.standing", value=days, subject=Term("subject", "payment_days"))
    told = {lang: re.sub(r"\s", " ", Pen(lang, "EUR").worded(term)) for lang in LANGUAGES}
    assert told == {
        "en": "90 days (payment terms)",
        "de": "90 Tage (Zahlungsziel)",
        "ru": "90 дней (срок оплаты)",
    }


def test_a_companys_own_word_is_told_as_it_stands() -> None:
    own = Gist("question.limit", subject=Term("subject", "night_shift"), where="Acme")
    assert Pen("de", "EUR").worded(own) == (
        "Welche Grenze gilt bei Acme für diesen Punkt: night shift?"
    )


@pytest.mark.parametrize("name", ["Lindauer Papierwerke", "Altyn Mineral", "Pelagia Processing"])
def test_a_rep_reads_in_german_what_nobody_knows(sample_desk: Desk, name: str) -> None:
    viewer, day = Viewer.operator(), sample_desk.day(None)
    german = sample_desk.plan(viewer, name, day, "de").section("unknown")
    english = sample_desk.plan(viewer, name, day, "en").section("unknown")
    assert german is not None
    assert english is not None
    assert german.title == "Was wir nicht wissen"
    assert len(german.claims) == len(english.claims)
    for claim in german.claims:
        assert not ENGLISH.search(re.sub("„[^“]+“", "", claim.text)), claim.text
        assert claim.text not in {other.text for other in english.claims}


def test_a_german_review_tells_a_stance_that_was_set_in_german(sample_desk: Desk) -> None:
    viewer, day = Viewer.operator(), sample_desk.day(None)
    brief = sample_desk.office.brief(viewer, "Altyn Mineral", day, "de")
    since = day - timedelta(days=90)
    earlier = sample_desk.office.snapshot(viewer, brief.file.account.id, since)
    changes = difference(earlier, snapshot(brief.file, brief.study.findings.values()))
    review = sample_desk.office.checked(viewer, brief, account_review(brief, changes, since))
    told = [claim.text for claim in review.claims()]
    assert any("Haltung neu gesetzt, von leer auf Unterstützung." in text for text in told)
    assert not review.withheld


def test_a_german_why_calls_records_and_reasons_by_german_words(sample_desk: Desk) -> None:
    day = sample_desk.day(None)
    found = sample_desk.why(Viewer.operator(), "Altyn Mineral", "life_cycle", day, "de")
    told = [claim.text for claim in found.claims()]
    assert any(text.startswith("Festgehalten, Anpassung: ") for text in told)
    assert (
        "Für Altyn Mineral wäre eine andere Stufe möglich: "
        "langfristig (zu belegen: ein Vertrag oder eine Verlängerung)."
    ) in told


@pytest.mark.parametrize("language", ["de", "ru"])
def test_no_plan_loses_a_sentence_to_its_language(
    sample_desk: Desk, written: list[Written], language: str
) -> None:
    viewer = Viewer.operator()
    for brief in {one.brief.name: one.brief for one in written}.values():
        own = replace(brief, pen=Pen(language, brief.pen.currency))
        plan = account_plan(own)
        assert not sample_desk.office.checked(viewer, own, plan).withheld, brief.name
