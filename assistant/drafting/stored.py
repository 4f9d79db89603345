"""Drafts as JSON and back, to the last figure: what was handed over is opened again as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.claims import Claim, Draft, Evidence, Input, Section, Value, Withheld


def stored(draft: Draft) -> dict[str, Any]:
    """The draft as JSON; each piece of evidence once, however often it is cited."""
    labels = draft.sources
    return {
        "kind": draft.kind,
        "title": draft.title,
        "account_id": draft.account_id,
        "account_name": draft.account_name,
        "as_of": draft.as_of.isoformat(),
        "language": draft.language,
        "writer": draft.writer,
        "sections": [
            {
                "id": part.id,
                "title": part.title,
                "claims": [_claim(claim, labels) for claim in part.claims],
            }
            for part in draft.sections
        ],
        "sources": stored_sources(labels),
        "withheld": [[one.text, one.reason] for one in draft.withheld],
        "notices": list(draft.notices),
    }


def restored(kept: Mapping[str, Any]) -> Draft:
    """The draft that `stored` has made JSON of."""
    sources = restored_sources(kept["sources"])
    return Draft(
        kind=kept["kind"],
        title=kept["title"],
        account_id=kept["account_id"],
        account_name=kept["account_name"],
        as_of=date.fromisoformat(kept["as_of"]),
        language=kept["language"],
        writer=kept["writer"],
        sections=tuple(
            Section(
                part["id"],
                part["title"],
                tuple(_claim_of(claim, sources) for claim in part["claims"]),
            )
            for part in kept["sections"]
        ),
        withheld=tuple(Withheld(text, reason) for text, reason in kept["withheld"]),
        notices=tuple(kept.get("notices", ())),
    )


def stored_sources(labels: Mapping[Evidence, str]) -> dict[str, Any]:
    """Evidence as JSON, by its label."""
    return {label: _evidence(evidence) for evidence, label in labels.items()}


def restored_sources(kept: Mapping[str, Any]) -> dict[str, Evidence]:
    """The evidence that `stored_sources` has made JSON of, by its label."""
    return {label: _evidence_of(told) for label, told in kept.items()}


def _claim(claim: Claim, labels: Mapping[Evidence, str]) -> dict[str, Any]:
    return {
        "text": claim.text,
        "kind": claim.kind,
        "evidence": [labels[one] for one in claim.evidence],
        "verdict": claim.verdict,
        "reason": claim.reason,
        "score": claim.score,
        "author": claim.author,
    }


def _claim_of(told: Mapping[str, Any], sources: Mapping[str, Evidence]) -> Claim:
    evidence = tuple(sources[label] for label in told["evidence"])
    return Claim(**{**told, "evidence": evidence})


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "type": evidence.type,
        "ref": evidence.ref,
        "title": evidence.title,
        "quote": evidence.quote,
        "dated": evidence.dated.isoformat() if evidence.dated else None,
        "value": _value(evidence.value),
        "unit": evidence.unit,
        "formula": evidence.formula,
        "inputs": [
            [one.name, _value(one.value), list(one.refs), one.unit] for one in evidence.inputs
        ],
    }


def _evidence_of(told: Mapping[str, Any]) -> Evidence:
    inputs = tuple(
        Input(name, _value_of(value), tuple(refs), unit)
        for name, value, refs, unit in told["inputs"]
    )
    dated = date.fromisoformat(told["dated"]) if told["dated"] else None
    value = _value_of(told["value"])
    return Evidence(**{**told, "dated": dated, "value": value, "inputs": inputs})


def _value(value: Value) -> Any:
    """JSON knows neither days nor exact decimals: they carry their type."""
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _value_of(told: Any) -> Value:
    if not isinstance(told, Mapping):
        return told  # type: ignore[no-any-return]
    return Decimal(told["decimal"]) if "decimal" in told else date.fromisoformat(told["date"])
