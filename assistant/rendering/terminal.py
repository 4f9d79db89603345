"""What the terminal prints: drafts, lists, passages and what an import did."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.claims import Claim, Draft
from assistant.rendering.markdown import cited, source_line

if TYPE_CHECKING:
    from assistant.insight.account_lines import AccountLine
    from knowledge.index.hits import Found, Hit
    from knowledge.intake import ImportReport

_WIDEST = 100
_SHOWN_REFUSALS = 8
_MARKS = {"fact": " ", "inference": " ", "recommendation": "→", "unknown": "?"}


def draft_text(draft: Draft) -> str:
    """A draft for reading: sentences with citations, then their sources."""
    labels = draft.sources
    parts = [draft.title, "=" * min(len(draft.title), _width())]
    parts += [_wrapped(f"({notice})", " ") for notice in draft.notices]
    for section in draft.sections:
        parts += ["", section.title, "-" * len(section.title)]
        parts += [_sentence(claim, cited(claim, labels)) for claim in section.claims]
    if draft.withheld:
        parts += ["", "Withheld", "--------"]
        parts += [_wrapped(f"✗ {item.text} ({item.reason})", "  ") for item in draft.withheld]
    if labels:
        parts += ["", "Sources", "-------"]
        parts += [_wrapped(f"{label}  {source_line(e)}", "    ") for e, label in labels.items()]
    return "\n".join(parts)


def check_text(name: str, state: str, told: str, mend: str) -> str:
    """A check of `liaison doctor`: what was found, and below it how to mend it."""
    mark = {"well": "✓", "idle": "–", "ill": "✗"}[state]
    lines = [f"{mark} {name:<20} {told}"]
    lines += [textwrap.indent(textwrap.fill(f"→ {mend}", _width() - 25), " " * 23)] if mend else []
    return "\n".join(lines)


def accounts_text(rows: Sequence[AccountLine]) -> str:
    """A table of accounts."""
    if not rows:
        return "No accounts that you may see. Import an export first: liaison import FOLDER"
    cells = [
        (row.name, row.owner or "", row.tier or "", f"{row.revenue:,.0f} {row.currency}")
        for row in rows
    ]
    return _table(("Account", "Owner", "Tier", "12 months"), cells)


def accounts_to_json(rows: Sequence[AccountLine]) -> dict[str, Any]:
    """Accounts in the shape of the contract."""
    return {
        "accounts": [
            {
                "id": row.id,
                "name": row.name,
                "owner": row.owner,
                "tier": row.tier,
                "parent": row.parent,
                "revenue_12_months": str(row.revenue),
                "currency": row.currency,
            }
            for row in rows
        ]
    }


def hits_text(found: Found) -> str:
    """Passages with their scores, and what the reader should know about the search."""
    parts = [f"({note})" for note in found.notes]
    if not found.hits:
        parts.append("Nothing found. Try other words, or fewer.")
    for rank, hit in enumerate(found.hits, start=1):
        day = f", {hit.dated}" if hit.dated else ""
        parts += ["", f"{rank}. {hit.title}{day}  (score {hit.score:.2f})"]
        parts.append(_wrapped(" ".join(hit.text.split()), "   ", "   "))
        parts.append(f"   {_ref(hit)}")
        if hit.why is not None:
            parts.append(f"   {hit.why.formula}")
    return "\n".join(parts).lstrip("\n")


def found_to_json(found: Found) -> dict[str, Any]:
    """Hits in the shape of the contract."""
    return {
        "hits": [_hit_to_json(hit) for hit in found.hits],
        "notes": list(found.notes),
        "backlog": found.backlog,
    }


def import_summary(report: ImportReport) -> str:
    """What an import did, in one line."""
    counts = report.to_json()
    return (
        f"{report.files} files: {counts['created']} created, {counts['updated']} updated, "
        f"{counts['unchanged']} unchanged, {counts['rejected']} rejected."
    )


def import_text(report: ImportReport) -> str:
    """What an import did: the counts, the mapping it chose, what it decided and refused."""
    parts = [import_summary(report)]
    parts += [
        _wrapped(f"  {table['file']} → {_columns(table)}", "      ") for table in report.mapping
    ]
    parts += [_wrapped(f"  Note: {note}", "      ") for note in report.notes]
    for refusal in report.refusals[:_SHOWN_REFUSALS]:
        line = f", line {refusal.line}" if refusal.line is not None else ""
        parts.append(_wrapped(f"  Rejected: {refusal.file}{line}: {refusal.reason}", "      "))
    if len(report.refusals) > _SHOWN_REFUSALS:
        parts.append(f"  … and {len(report.refusals) - _SHOWN_REFUSALS} more.")
    if report.rejects_file:
        parts.append(f"  All rejects: {report.rejects_file}")
    if report.unassigned:
        parts.append(f"  Documents that match no account: {', '.join(report.unassigned)}")
    return "\n".join(parts)


def _columns(table: Any) -> str:
    pairs = ", ".join(f"{column} → {field}" for column, field in table["columns"].items())
    return f"{table['kind'] or 'not taken'}: {pairs}"


def _sentence(claim: Claim, words: str) -> str:
    return _wrapped(f"{_MARKS[claim.kind]} {words}", "  ")


def _wrapped(words: str, hanging: str, first: str = "") -> str:
    return textwrap.fill(
        words, _width(), initial_indent=first, subsequent_indent=hanging, break_long_words=False
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        for row in cells
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _ref(hit: Hit) -> str:
    return f"{hit.ref}[{hit.start}:{hit.end}]"


def _hit_to_json(hit: Hit) -> dict[str, Any]:
    why = hit.why
    return {
        "id": _ref(hit),
        "text": hit.text,
        "score": round(hit.score, 4),
        "source": {
            "id": hit.source_id,
            "version": hit.version,
            "type": hit.kind,
            "title": hit.title,
            "heading": hit.heading,
            "date": hit.dated.isoformat() if hit.dated else None,
            "account": hit.account_id,
            "language": hit.language,
        },
        "repeated": hit.repeated,
        "why": why.formula if why else None,
    }


def _width() -> int:
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
