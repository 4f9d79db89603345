"""A draft as Markdown: the sentences with their citations, then the sources they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.claims import Claim, Draft, Evidence, Input, Section

#: How a sentence that is no plain fact is marked, so that nobody takes it for one.
_MARKS = {"fact": "", "inference": "", "recommendation": "→ ", "unknown": "? "}
#: A source's quote is shown so far; the whole stands in the JSON and behind the citation.
_QUOTE = 160
_MOST_INPUTS = 3


def markdown(draft: Draft) -> str:
    """The whole draft. Recommendations begin with an arrow, open questions with a question mark."""
    labels = draft.sources
    parts = [f"# {draft.title}", *(f"*{notice}*" for notice in draft.notices)]
    parts += [_section(section, labels) for section in draft.sections]
    if draft.withheld:
        parts.append(_withheld(draft))
    if labels:
        parts.append(sources(labels))
    return "\n\n".join(parts) + "\n"


def sentences(claims: Sequence[Claim], labels: Mapping[Evidence, str]) -> str:
    """Sentences as a list, each with its citations behind it."""
    return "\n".join(f"- {_MARKS[claim.kind]}{cited(claim, labels)}" for claim in claims)


def cited(claim: Claim, labels: Mapping[Evidence, str]) -> str:
    """One sentence and the labels of what it rests on, or who wrote it in place of the writer."""
    if claim.author:
        return f"{claim.text} ({claim.author})"
    marks = list(dict.fromkeys(labels[evidence] for evidence in claim.evidence))
    return f"{claim.text} [{', '.join(marks)}]" if marks else claim.text


def sources(labels: Mapping[Evidence, str]) -> str:
    """The numbered list of sources."""
    lines = [f"- **{label}** {source_line(evidence)}" for evidence, label in labels.items()]
    return "## Sources\n\n" + "\n".join(lines)


def source_line(evidence: Evidence) -> str:
    """One source in a line: what it is, what it says, and how to do a sum again."""
    if evidence.type != "computed":
        quote = evidence.quote.strip().replace("\n", " ")
        shown = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1].rstrip() + "…"
        return f"{evidence.title}: “{shown}” `{evidence.ref}`"
    unit = f" {evidence.unit}" if evidence.unit else ""
    return f"{evidence.title}: {evidence.quote}{unit} = `{evidence.formula}`, {_inputs(evidence)}"


def _inputs(evidence: Evidence) -> str:
    by_name: dict[str, list[Input]] = {}
    for given in evidence.inputs:
        by_name.setdefault(given.name, []).append(given)
    return "; ".join(_input(name, given) for name, given in by_name.items()) or "no rows"


def _input(name: str, given: Sequence[Input]) -> str:
    if len(given) > _MOST_INPUTS:
        return f"{name}: {len(given)} records"
    values = ", ".join(_value(one) for one in given)
    return f"{name} = {values}"


def _value(given: Input) -> str:
    value = given.value
    shown = f"{value:,}" if isinstance(value, (int, Decimal)) else str(value)
    return f"{shown} {given.unit}" if given.unit else shown


def _section(section: Section, labels: Mapping[Evidence, str]) -> str:
    return f"## {section.title}\n\n{sentences(section.claims, labels)}"


def _withheld(draft: Draft) -> str:
    lines = [f"- ~~{item.text}~~ {item.reason}" for item in draft.withheld]
    return "## Withheld\n\n" + "\n".join(lines)
