"""May I grant that? The policy's limits, and what stands of an account's special terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.matter import Matter
from assistant.drafting import Pen
from assistant.drafting.plan.invest import approval_claims
from assistant.insight.evidence import computed, excerpt, recorded
from assistant.insight.limits import approver, binding
from knowledge.records.tables import Policy

_SUBJECTS = (
    ("payment_days", r"payment|days|zahlung|tage|оплат|отсроч|дн"),
    ("warranty_months", r"warrant|guarantee|gewährleist|garantie|гаранти|month|monat|месяц"),
    ("customisation", r"hours|engineering|customi|stunden|anpass|часов|доработ"),
    ("consignment_stock", r"consignment|konsignation|консигнац"),
    (
        "discount_percent",
        r"%|percent|per cent|prozent|процент|discount|rebate|rabatt|nachlass|скидк",
    ),
)
_NUMBER = re.compile(r"\b(\d{1,3}(?:[ ,.]\d{3})+|\d+(?:[.,]\d+)?)\b")


def discount(matter: Matter) -> Iterator[Claim]:
    """Inside, to be approved and by whom, or forbidden; without a figure, the limits."""
    pen, text = matter.voice, matter.inquiry.masked
    subject = next((name for name, words in _SUBJECTS if re.search(words, text)), _SUBJECTS[-1][0])
    line = _binding(matter, subject)
    if line is None:
        yield pen.unknown("say.no_policy", subject=pen.term(subject))
        return
    asked = _figure(text, subject)
    shown = excerpt(line, "subject", "tier", "product_family")
    inside, limit = line.inside_up_to or Decimal(0), line.approval_up_to
    said = {"subject": pen.term(subject), "inside": pen.quantity(inside, line.unit)}
    evidence = [recorded(line, "inside_up_to"), recorded(line, "approver_role"), shown]
    if limit is not None:
        evidence.append(recorded(line, "approval_up_to"))
        said["limit"] = pen.quantity(limit, line.unit)
    said["role"] = _approver(matter, line)
    if asked is None or limit is None:
        yield pen.inference("say.policy_limits", *_with_approver(matter, line, evidence), **said)
    else:
        key = "inside" if asked <= inside else "approval" if asked <= limit else "forbidden"
        said["value"] = pen.quantity(asked, line.unit)
        evidence.append(_asked(asked, line))
        if key != "approval":
            del said["role"]
        if key == "inside":
            del said["limit"]
        yield pen.advice(
            f"say.policy_{key}", *_with_approver(matter, line, evidence), **_kept(pen, key, said)
        )
    if line.rule:
        rule = recorded(line, "rule")
        yield Claim(" ".join(line.rule.split()), "fact", (rule,))
    if matter.inquiry.account:
        yield from approval_claims(matter.brief)


def terms(matter: Matter) -> Iterator[Claim]:
    """Special terms on record against the policy."""
    claims = list(approval_claims(matter.brief))
    yield from claims
    if not claims:
        yield matter.voice.unknown("say.no_terms", account=matter.brief.name)


def _kept(pen: Pen, key: str, said: dict[str, str]) -> dict[str, str]:
    wanted = pen.placeholders(f"say.policy_{key}")
    return {name: value for name, value in said.items() if name in wanted}


def _binding(matter: Matter, subject: str) -> Policy | None:
    family = _family(matter)
    if matter.inquiry.account:
        return binding(matter.brief.file, subject, family)
    policies = matter.office.ledger.catalogue(matter.viewer).policies
    fitting = [p for p in policies if p.subject == subject and not p.tier]
    named = [p for p in fitting if family and p.product_family == family]
    general = [p for p in fitting if not p.product_family]
    return next(iter([*named, *general]), None)


def _family(matter: Matter) -> str | None:
    catalogue = matter.office.ledger.catalogue(matter.viewer)
    product = matter.inquiry.product
    if product is not None:
        return catalogue.products[product.id].family
    families = {p.family for p in catalogue.products.values() if p.family}
    return next((name for name in families if name.casefold() in matter.inquiry.masked), None)


def _figure(text: str, subject: str) -> Decimal | None:
    found = _NUMBER.search(re.sub(r"<\w+>", " ", text))
    if found is None:
        return None
    digits = found[1].replace(" ", "")
    if subject == "consignment_stock":
        digits = re.sub(r"[.,](?=\d{3}\b)", "", digits)
    return Decimal(digits.replace(",", "."))


def _asked(value: Decimal, line: Policy) -> Evidence:
    """The figure of the question itself, to be held against the limits."""
    unit = "%" if line.unit == "percent" else line.unit
    return computed(
        "asked",
        title=f"Asked: {line.subject}",
        value=value,
        unit=unit,
        formula="asked",
        inputs=[Input("asked", value, (), unit)],
    )


def _approver(matter: Matter, line: Policy) -> str:
    role = matter.voice.phrases.texts.get(
        f"say.role_{line.approver_role}", line.approver_role or ""
    )
    if not matter.inquiry.account:
        return role
    who = approver(matter.brief.file, line, matter.viewer.user_id)
    return f"{who} ({role})" if who else role


def _with_approver(matter: Matter, line: Policy, evidence: list[Evidence]) -> list[Evidence]:
    if matter.inquiry.account:
        who = approver(matter.brief.file, line, matter.viewer.user_id)
        evidence = [*evidence, *matter.brief.named_in(who or "")]
    return evidence


WRITERS = {"terms": terms}
OVERALL = {"discount": discount}
