"""A finding laid open: what it concludes, the sums, the limits, both sides, what would turn it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Claim, Evidence, Finding, Input, Value
from assistant.drafting.pen import Pen
from assistant.insight.evidence import FIELD_BREAK, computed

_MOST_SUMS, _MOST_RECORDS, _MOST_QUESTIONS = 4, 4, 2
_QUOTE = 140
_WHOLE = 1_000  # amounts from here on are told without cents; the source has them
_CURRENCY = 3  # letters in a currency code
_DAYS = frozenset({"contact_days", "key_player_days", "plan_idle_days", "approval_days"})
_PERCENT = frozenset(
    {"core_share", "nurture_potential", "dependence_top1", "dependence_top5", "cost_to_serve_limit"}
    | {"potential_gap_limit", "stance_known", "features_known", "growth_percent", "health_known"}
    | {"decline_percent", "single_thread_share", "selling_share", "expansion_room"}
)

#: What our rules count; other languages tell it from the name of the figure.
_COUNTED = frozenset(
    {"points", "periods", "deals", "orders", "actions", "promises", "cases", "functions"}
    | {"touches", "elements", "of 8", "accounts", "customers", "sources", "changes"}
)


@dataclass(frozen=True)
class Because:
    """Writes why a rule concluded what it did; `name` is the account's (or the team's)."""

    pen: Pen
    name: str
    finding: Finding

    def rule(self) -> Iterator[Claim]:
        """The conclusion, how much was known, the sums behind it and the limits it used."""
        pen, found = self.pen, self.finding
        outcome = pen.outcome(found.rule, found.outcome)
        shown = (*found.evidence, self._said("outcome", outcome))
        yield pen.inference(
            "because.concludes",
            *shown,
            rule=pen.phrases.texts.get(f"because.{found.rule}") or pen.word(f"rule.{found.rule}"),
            account=self.name,
            outcome=outcome,
        )
        known = round(found.confidence * 100)
        share = self._set("known", known, "%")
        yield pen.inference("because.confidence", share, share=pen.percent(known))
        for evidence in _sums(found.evidence)[:_MOST_SUMS]:
            yield self._sum(evidence)
        for name, value in found.thresholds.items():
            yield self._limit(name, value)
        if not found.thresholds:
            yield Claim(pen.word("because.no_limit"), "unknown")

    def speaks_for(self) -> Iterator[Claim]:
        """The records on its side; the sums stand with the rule."""
        told = list(self._records(self.finding.evidence))
        yield from told or [Claim(self.pen.word("because.nothing_for"), "unknown")]

    def speaks_against(self) -> Iterator[Claim]:
        """The other side, sums and records."""
        against = self.finding.against
        told = [self._sum(e) for e in _sums(against)[:_MOST_RECORDS]]
        told += self._records(against)
        yield from told[:_MOST_RECORDS] or [
            Claim(self.pen.word("because.nothing_against"), "unknown")
        ]

    def would_change(self) -> Iterator[Claim]:
        """What would turn it, and whom to ask."""
        found, pen = self.finding, self.pen
        told = []
        if found.would_change:
            words = pen.worded(found.would_change)
            said = self._said("would_change", words)
            told.append(pen.unknown("because.change", said, what=words))
        for question in found.questions[:_MOST_QUESTIONS]:
            asked = pen.question(question)
            told.append(Claim(asked, "unknown", (self._said("question", asked),)))
        yield from told or [Claim(pen.word("because.open"), "unknown")]

    def _sum(self, evidence: Evidence) -> Claim:
        """A figure with its formula and its inputs; a long list by its length."""
        pen = self.pen
        formula = _readable(evidence.formula or "")
        title = pen.titled(evidence)
        told = {
            "title": title,
            "value": self._shown(evidence.value, evidence.unit),
            "formula": formula,
        }
        own = formula if title == evidence.title else f"{title}: {formula}"
        spelled = self._said("formula", own)
        if not evidence.inputs:
            return pen.inference("because.empty_sum", evidence, spelled, **told)
        inputs = "; ".join(self._inputs(evidence.inputs))
        return pen.inference("because.sum", evidence, spelled, inputs=inputs, **told)

    def _inputs(self, inputs: Iterable[Input]) -> Iterator[str]:
        by_name: dict[str, list[Input]] = {}
        for given in inputs:
            by_name.setdefault(given.name, []).append(given)
        for name, some in by_name.items():
            called = name.replace("_", " ")
            if len(some) == 1:
                yield f"{called} = {self._shown(some[0].value, some[0].unit)}"
            else:
                yield self.pen.phrases.text("because.some", name=called, count=str(len(some)))

    def _limit(self, name: str, value: Value) -> Claim:
        unit = "days" if name in _DAYS or name == "review_days" else None
        unit = "%" if name in _PERCENT else unit
        limit = self.pen.phrases.text(f"limit.{name}", value=self._shown(value, unit))
        return self.pen.inference("because.limit", self._set(name, value, unit), limit=limit)

    def _records(self, evidence: Iterable[Evidence]) -> list[Claim]:
        kept = [e for e in evidence if e.type == "record" and e.quote and not _is_key(e)]
        told = [self._record(e) for e in kept]
        return [claim for claim in told if claim is not None][:_MOST_RECORDS]

    def _record(self, evidence: Evidence) -> Claim | None:
        """What a record says; None for a bare figure whose unit stands elsewhere."""
        title = self.pen.titled(evidence)
        if not isinstance(evidence.value, (int, Decimal)) or isinstance(evidence.value, bool):
            words = max(evidence.quote.split(FIELD_BREAK), key=len)
            return self.pen.fact("plain.record", evidence, title=title, quote=_shortened(words))
        if evidence.unit is None:
            return None
        shown = self._shown(evidence.value, evidence.unit)
        return self.pen.fact("because.figure", evidence, title=title, value=shown)

    def _said(self, what: str, words: str) -> Evidence:
        """Words of the rule itself; they rest on what the finding rests on."""
        return self._set(what, words, None)

    def _set(self, what: str, value: Value, unit: str | None) -> Evidence:
        rule = self.finding.rule.replace("_", " ")
        return computed(
            f"rule:{self.finding.rule}:{what}",
            title=f"Rule: {rule}, {what.replace('_', ' ')}",
            value=value,
            unit=unit,
            formula="setting",
            inputs=[Input("setting", value, (), unit)],
        )

    def _shown(self, value: Value, unit: str | None) -> str:
        """A value as the language writes it, to the unit: whoever doubts a sum wants it whole."""
        wording = self.pen.wording
        if isinstance(value, date):
            return wording.day(value)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            return "–" if value is None else str(value)
        if unit == "%":
            return self.pen.percent(value)
        if unit == "days":
            return wording.days(value)
        figure = wording.number(value)
        code, _, per = (unit or "").partition(" ")
        if len(code) != _CURRENCY or not code.isupper():
            told = unit if unit and (unit not in _COUNTED or self.pen.language == "en") else ""
            return f"{figure} {told}".strip()
        told = self.pen.phrases.texts.get(f"unit.{per.replace(' ', '_')}", "")
        whole = wording.number(round(value)) if abs(Decimal(value)) >= _WHOLE else figure
        return f"{whole} {code} {told}".strip()


def overlap(finding: Finding, cited: Mapping[str, int]) -> int:
    """How many of some cited references the finding rests on."""
    own = {e.ref for e in (*finding.evidence, *finding.against)}
    return sum(times for ref, times in cited.items() if ref in own)


def _sums(evidence: Iterable[Evidence]) -> list[Evidence]:
    return [e for e in evidence if e.type == "computed" and e.value is not None]


def _is_key(evidence: Evidence) -> bool:
    """A record's key into another record tells a reader nothing."""
    return evidence.ref.rpartition("#")[2].split("+")[0].endswith("_id")


def _readable(formula: str) -> str:
    return formula.replace("_", " ").replace("*", "×").replace("/", "÷")


def _shortened(words: str) -> str:
    whole = " ".join(words.split())
    return whole if len(whole) <= _QUOTE else whole[:_QUOTE].rpartition(" ")[0] + "…"
