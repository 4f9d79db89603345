"""A rich draft by hand, and small ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.claims import Claim, ClaimKind, Draft, Evidence, Input, Section, Withheld
from assistant.rendering.sources import source_parts

TODAY = date(2026, 9, 30)


def source(
    key: str = "1", quote: str = "640000.00", title: str = "Opportunity: Viborg lot 2"
) -> Evidence:
    return Evidence("record", f"opportunity:{key}@1#amount", title, quote, dated=TODAY)


def passage(quote: str, title: str) -> Evidence:
    return Evidence("passage", "document:letter@2[120:340]", title, quote, dated=TODAY)


def total(value: str, name: str, *amounts: str) -> Evidence:
    return Evidence(
        "computed",
        f"computed:{name}",
        f"Borealis Dairy Group: orders, {name}",
        value,
        value=Decimal(value),
        unit="EUR",
        formula="sum(amount)",
        inputs=tuple(Input("amount", Decimal(a), (f"order:{a}@1#amount",), "EUR") for a in amounts),
    )


def claim(text: str, kind: ClaimKind = "fact", *evidence: Evidence) -> Claim:
    return Claim(text, kind, evidence, "supported" if evidence else "not_checked")


def draft(
    *sections: Section,
    withheld: tuple[Withheld, ...] = (),
    language: str = "en",
    title: str = "Account plan: Borealis Dairy Group",
    account_name: str = "Borealis Dairy Group",
) -> Draft:
    return Draft(
        kind="account_plan",
        title=title,
        account_name=account_name,
        account_id="borealis",
        as_of=TODAY,
        language=language,
        writer="template",
        sections=sections,
        withheld=withheld,
    )


YEAR = total("4416000.00", "twelve months to 30 September 2026", "812000", "988000", "2616000")
BEFORE = total("7440000.00", "twelve months to 30 September 2025", "1680000", "5760000")
LETTER = passage(
    "By the end of 2027 we will use 15 % less energy per tonne of milk than in 2024: 121 kWh, down"
    " from 142. Every line will run at 78 % OEE or better. Suppliers who help us get there will"
    " grow with us; suppliers who only quote a price will be compared on price.",
    "Letter of Henrik Dalgaard to suppliers, 14 October 2025",
)
RULE = passage(
    "No category above one million euros stays single-sourced after 2026.",
    "Call with Katrin Vestergaard, 20 January 2026",
)
LOT = source()


def rich() -> Draft:
    """A plan as a sales director would read it."""
    return draft(
        Section(
            "summary",
            "Decision",
            (
                claim(
                    "Borealis Dairy Group bought €4.42 million (orders) in the twelve months to"
                    " 30 September 2026, 40.6 % less than the €7.44 million of the twelve before.",
                    "fact",
                    YEAR,
                    BEFORE,
                ),
                claim(
                    "Revenue fell in two half-years running; it is a decline, not a bad quarter.",
                    "inference",
                    YEAR,
                ),
                claim(
                    "Daniel Reyes hands Henrik Dalgaard one page on energy per tonne for each line"
                    " by 14 October 2026: it was asked for on 18 November 2025 and never given.",
                    "recommendation",
                    LETTER,
                ),
                claim(
                    "Stop offering discounts on seals: the second source was chosen by policy, not"
                    " by price alone.",
                    "recommendation",
                    RULE,
                    LOT,
                ),
            ),
        ),
        Section(
            "customer",
            "What the customer wants",
            (
                claim(
                    "Borealis Dairy Group says: “By the end of 2027 we will use 15 % less energy"
                    " per tonne of milk than in 2024: 121 kWh, down from 142.”",
                    "fact",
                    LETTER,
                ),
                claim(
                    "Katrin Vestergaard, on 20 January 2026: “No category above one million euros"
                    " stays single-sourced after 2026.”",
                    "fact",
                    RULE,
                ),
            ),
        ),
        Section(
            "portfolio",
            "Place in the portfolio",
            (claim("Borealis Dairy Group is number 1 of the 30 customers in view.", "fact", YEAR),),
        ),
        Section(
            "stakeholders",
            "People",
            (
                claim(
                    "Birgit Aagaard, CFO, decides and was never met.",
                    "fact",
                    source("2", "decider", "Contact: Birgit Aagaard"),
                ),
                claim("Lars Bendtsen, our sponsor, left on 29 August 2025.", "fact", LOT),
                claim("Who introduces us to Birgit Aagaard? Ask Mette Kjærgaard.", "unknown"),
            ),
        ),
        Section(
            "revenue",
            "Revenue and room to grow",
            (
                claim(
                    "Viborg hygienic pumps lot 2, €640,000, went to Hydrax on 28 November 2025.",
                    "fact",
                    LOT,
                ),
                claim("Pumps in Fresh Milk hold the most room.", "inference", YEAR, LOT),
            ),
        ),
        Section(
            "unknown",
            "What we do not know",
            (
                claim("Does Borealis buy less of everything, or less of it from us?", "unknown"),
                claim("Daniel Reyes: what does Fresh Milk spend a year on filtration?", "unknown"),
            ),
        ),
        withheld=(
            Withheld(
                "Borealis takes about 40 % of our sales.", "The records say 25.5 %, not 40 %."
            ),
        ),
    )


def parts(evidence: Evidence) -> tuple[str, str, str]:
    """A source as documents show it."""
    return source_parts(evidence)
