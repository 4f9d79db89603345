"""Whether the records say that a customer may be insolvent or under the protection of a court.

Words are found by `trouble`; the rule adds what could still be owed. It is a flag for finance,
never a verdict. Source: the playbook's “Standing by a customer in bad times” asks to talk to
credit control before anything is promised (practice, not tested); months are defaults of ours.
"""

from __future__ import annotations

from assistant.claims import Finding, Gist, Question
from assistant.insight import buying_centre as centre
from assistant.insight.periods import months_before, window
from assistant.insight.revenue import amount, total
from assistant.insight.trouble import Mention, mentions, what_followed
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "solvency"


def solvency(file: AccountFile, thresholds: Thresholds) -> Finding:
    """What the account's own record and our touches say of its solvency.

    Outcome: `doubtful` (insolvency or court protection is told of), `lifted` (told of, and a
    later record says that it is over), or `unsaid`. Values: `told` and `lifted`, mentions;
    `followed`, what was said since of court and prepayment; `exposure`, the orders of
    `exposure_months` that may still be unpaid, in our currency, with `exposure_evidence`.
    """
    since = months_before(file.as_of, thresholds.trouble_months)
    found = mentions(file, since)
    told = tuple(one for one in found if not one.over)
    over = tuple(one for one in found if one.over)
    outcome = _outcome(told, over)
    orders = total(file, window(file.as_of, thresholds.exposure_months), "exposure")
    doubtful = outcome == "doubtful"
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=outcome,
        values={
            "told": told,
            "lifted": over,
            "followed": what_followed(file, told) if doubtful else (),
            "exposure": amount(orders) if doubtful else None,
            "exposure_evidence": orders if doubtful else None,
        },
        evidence=(*(one.evidence for one in told), *((orders,) if doubtful else ())),
        against=tuple(one.evidence for one in over),
        would_change=Gist("would_change.solvent", account=file.account.name) if doubtful else None,
        thresholds={
            "trouble_months": thresholds.trouble_months,
            "exposure_months": thresholds.exposure_months,
        },
        questions=_questions(file) if doubtful else (),
    )


def _outcome(told: tuple[Mention, ...], over: tuple[Mention, ...]) -> str:
    """What stands without a day is how things are; else the later word counts."""
    if not told:
        return "lifted" if over else "unsaid"
    days = [one.day for one in told if one.day is not None]
    ended = [one.day for one in over if one.day is not None]
    return "lifted" if len(days) == len(told) and ended and max(ended) > max(days) else "doubtful"


def _questions(file: AccountFile) -> tuple[Question, ...]:
    owed = Gist("question.owed", account=file.account.name)
    return (Question("solvency", owed, centre.rep(file)),)
