"""A follow-up as a mail that a person opens, reads, changes and sends: `.eml` and plain text."""

from __future__ import annotations

from email.message import EmailMessage

from assistant.claims import Claim, Draft
from assistant.rendering.plain import legal

#: Mail programs that know it open the file as an unsent draft.
_UNSENT = "X-Unsent"


def mail_text(draft: Draft) -> str:
    """The message as it would be pasted into a mail: no citations, nothing for the rep."""
    return "\n\n".join(legal(claim.text) for claim in _claims(draft, "message")) + "\n"


def eml(draft: Draft) -> bytes:
    """The message as an unsent mail; its address is the reader's, if it is on record."""
    message = EmailMessage()
    subject = _claims(draft, "subject")
    message["Subject"] = " ".join(legal(claim.text) for claim in subject)
    if address := _address(draft):
        message["To"] = address
    message[_UNSENT] = "1"
    message.set_content(mail_text(draft))
    return message.as_bytes()


def _claims(draft: Draft, section_id: str) -> tuple[Claim, ...]:
    section = draft.section(section_id)
    return section.claims if section else ()


def _address(draft: Draft) -> str | None:
    """The reader's address, read from the record that the notes cite."""
    for claim in _claims(draft, "notes"):
        for evidence in claim.evidence:
            fields, values = evidence.ref.partition("#")[2].split("+"), evidence.quote.split(" · ")
            told = dict(zip(fields, values, strict=False))
            if "@" in told.get("email", ""):
                return told["email"]
    return None
