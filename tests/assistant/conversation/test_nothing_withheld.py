"""What the records say reaches the asker: no sentence of ours fails our own check.

Every computed answer is written for accounts that have much on record and for some that have
little, in each language; an answer that is withheld here would be a true one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.claims import Claim, Draft
from assistant.conversation.checking import checked_answer
from assistant.conversation.intents import OF_ACCOUNT, OVERALL
from assistant.conversation.matter import Matter
from assistant.conversation.understanding import Inquiry
from assistant.conversation.understanding.periods import period_in
from assistant.conversation.voice import Voice
from assistant.desk import Desk
from knowledge.records import Viewer

DAY = date(2026, 9, 30)
ACCOUNTS = ("Corvane Chemicals", "Altyn Mineral", "Klement Zuckerfabrik", "Borealis Cheese")
LANGUAGES = ("en", "de", "ru")
#: What changes the answer of an intent.
ASKED = {"top_accounts": ("", "top 1"), "without_part": ("", "no sponsor")}


def matter(desk: Desk, viewer: Viewer, language: str, inquiry: Inquiry) -> Matter:
    office = desk.conversation.office
    return Matter(office, viewer, DAY, Voice(language, office.ledger.currency), inquiry)


def asked(language: str, **given: object) -> Inquiry:
    blank = Inquiry(text="", masked="", language=language, intent=None)
    return replace(blank, **given)  # type: ignore[arg-type]


def told(matter: Matter, claims: Iterator[Claim]) -> Draft:
    return checked_answer(matter, tuple(dict.fromkeys(claims)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_no_answer_about_an_account_is_withheld(
    sample_desk: Desk, name: str, language: str
) -> None:
    operator = Viewer.operator()
    account = sample_desk.workspace.ledger.find_account(operator, name).id
    whole = matter(sample_desk, operator, language, asked(language, accounts=(account,)))
    quarter = period_in("last quarter", DAY)
    for intent, write in OF_ACCOUNT.items():
        for period in (None, quarter) if intent in {"revenue", "changes"} else (None,):
            wanted = replace(whole.inquiry, intent=intent, period=period)
            this = replace(whole, inquiry=wanted)
            draft = told(this, iter(write(this)))
            assert not draft.withheld, (intent, draft.withheld)


@pytest.mark.parametrize(
    ("who", "language"),
    [(None, "en"), *(("tom.hartigan@varnholt.example", language) for language in LANGUAGES)],
)
def test_no_answer_about_all_accounts_is_withheld(
    sample_desk: Desk, who: str | None, language: str
) -> None:
    viewer = sample_desk.viewer(who)
    for intent, write in OVERALL.items():
        for masked in ASKED.get(intent, ("",)):
            wanted = asked(language, masked=masked, intent=intent, everything=True)
            this = matter(sample_desk, viewer, language, wanted)
            draft = told(this, iter(write(this)))
            assert not draft.withheld, (intent, masked, draft.withheld)
            first = next(iter(draft.claims()), None)
            assert first is None or not first.text.startswith(
                ("On record, ", "Festgehalten, ", "Записано, ")
            ), (intent, masked, first.text)
