"""A follow-up becomes an unsent mail: no citations, nothing that is only for the rep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from assistant.claims import Claim, Draft, Evidence, Section
from assistant.rendering import write_draft
from assistant.rendering.mail import eml, mail_text
from knowledge.errors import BadInput

READER = Evidence(
    "record",
    "contact:7@1#name+email",
    "Contact: Mette Kjærgaard",
    "Mette Kjærgaard · mette@dairy.example",
)
LETTER = Draft(
    kind="follow_up",
    title="Follow-up to Borealis",
    account_id="1",
    account_name="Borealis",
    as_of=date(2026, 9, 30),
    language="en",
    writer="template",
    sections=(
        Section("subject", "Subject", (Claim("Where we stand\nBcc: all@dairy.example", "fact"),)),
        Section("message", "Message", (Claim("Hello Mette,", "fact"), Claim("Bye", "fact"))),
        Section("notes", "Notes", (Claim("Ask Daniel.", "unknown", (READER,)),)),
    ),
)


def test_the_rep_opens_an_unsent_mail_addressed_to_the_reader() -> None:
    message = BytesParser(policy=policy.default).parsebytes(eml(LETTER))
    assert message["To"] == "mette@dairy.example"
    assert message["X-Unsent"] == "1"
    assert message.get_content() == "Hello Mette,\n\nBye\n"


def test_a_line_break_in_a_subject_makes_no_header() -> None:
    message = BytesParser(policy=policy.default).parsebytes(eml(LETTER))
    assert message["Bcc"] is None
    assert message["Subject"] == "Where we stand Bcc: all@dairy.example"


def test_notes_for_the_rep_never_reach_the_customer() -> None:
    assert "Daniel" not in mail_text(LETTER)


def test_a_plan_is_no_mail(tmp_path: Path) -> None:
    plan = replace(LETTER, sections=LETTER.sections[2:])
    with pytest.raises(BadInput, match="is no message"):
        write_draft(plan, tmp_path / "plan.eml")
