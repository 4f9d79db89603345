"""Answers, drafts and lists for the views, hostile words among them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.claims import Claim, ClaimKind, Draft, Evidence, Input, Section, Withheld
from assistant.conversation.answer import Answer, Choice
from assistant.settings import CrmSettings
from assistant.slack.links import links_of
from assistant.slack.views import Approval, Attention, Reason, Trail

DAY = date(2026, 9, 30)
LINKS = links_of(
    CrmSettings(link="https://crm.varnholt.example/{id}"), workspace="varnholt.slack.com"
)
#: As a customer, a model or a rep in a hurry might write it.
HOSTILE = (
    "@channel <!here> <@U1> [pay](https://evil.example) <https://evil.example|x> `a` *b*\n"
    "# big\n> quote | cell\u202e ![i](https://evil.example/p.png) www.evil.com " + "long " * 650
)


def record(
    key: str = "006A", title: str = "Opportunity: Viborg", quote: str = "880000"
) -> Evidence:
    return Evidence("record", f"opportunity:{key}@1#amount", title, quote, dated=DAY)


def total(value: str = "30", *amounts: str) -> Evidence:
    given = amounts or ("10", "20")
    return Evidence(
        "computed",
        "computed:revenue",
        "Orders, twelve months",
        value,
        value=Decimal(value),
        unit="EUR",
        formula="sum(amount)",
        inputs=tuple(
            Input("amount", Decimal(one), (f"order:{one}@1#amount",), "EUR") for one in given
        ),
    )


def claim(text: str, kind: ClaimKind = "fact", *evidence: Evidence) -> Claim:
    return Claim(text, kind, evidence, "supported")


def answer(text: str = "Henrik Dalgaard decides.", language: str = "en") -> Answer:
    return Answer(
        id="run-1",
        question="Who decides?",
        language=language,
        claims=(
            claim(text, "fact", record()),
            claim("Nobody has met Birgit Aagaard.", "inference", total()),
            claim(f"Ask {text} for an introduction.", "recommendation", record("003B")),
        ),
        route="computed",
        follow_ups=("What does he want?", text),
        account_id="001A",
        account_name="Borealis",
        notices=(f"Written without a model. {text}",),
        withheld=(Withheld(text, "no source says so"),),
    )


def unsure(choices: int) -> Answer:
    listed = tuple(Choice(str(n), f"Borealis {n}", f"Who decides at {n}?") for n in range(choices))
    return Answer("run-2", "Who decides at Borealis?", "en", choices=listed)


def honest_no() -> Answer:
    return Answer(
        id="run-3",
        question="What is their margin?",
        language="en",
        reason="No record says what margin Borealis makes.",
        help=("Ask Mette Kjærgaard for the annual report.",),
    )


def draft(kind: str = "account_plan", text: str = "Søren waits.", language: str = "en") -> Draft:
    first = {"account_plan": "summary", "account_review": "decide", "follow_up": "message"}
    moves = tuple(
        claim(f"{ordinal}: {text}", "recommendation", record(ordinal)) for ordinal in "ABC"
    )
    summary = Section(
        first.get(kind, "portfolio"),
        "Decision",
        (
            claim("Decision: defend.", "inference", total()),
            claim("They bought 12 % less.", "fact", record()),
            *moves,
            claim("In this order because they wait.", "inference"),
        ),
    )
    many = tuple(
        Section(f"part-{n}", f"Part {n}", tuple(claim(f"{n}.{i} {text}") for i in range(3)))
        for n in range(30)
    )
    return Draft(
        kind=kind,
        title="Account plan: Borealis",
        account_id="001A",
        account_name="Borealis",
        as_of=DAY,
        language=language,
        writer="template",
        sections=(summary, *many),
        withheld=(Withheld(text, "no source says so"),),
    )


def attention(
    text: str = "They wait for a price list.", accounts: int = 3
) -> tuple[Attention, ...]:
    reasons = (Reason("request", text, late=True), *[Reason("people", text)] * 4)
    return tuple(
        Attention(f"00{n}", f"Account {n} {text[:80]}", reasons, "Strategic", "€4.4 million")
        for n in range(accounts)
    )


def approval(text: str = "We can offer 17 %.", **given: object) -> Approval:
    fields: dict[str, object] = {
        "id": "approval-1",
        "account": "Stratton Water",
        "what": "Discount of 17 %",
        "limit": "8 %",
        "sentence": text,
        "asked_by": "Sofia Lindqvist",
        "expires_on": DAY,
        "why": text,
        "facts": (("Deal", text[:200]),),
        "trail": (Trail(DAY, "Sofia Lindqvist", "asked", text[:200]),),
        **given,
    }
    return Approval(**fields)  # type: ignore[arg-type]
