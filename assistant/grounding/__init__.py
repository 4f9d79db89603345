"""Claims against their evidence: no sentence is shown as a fact that its sources do not bear out.

`check` judges claims by rules (citations, figures, dates, names, denials), `support` grades how
far free text bears out a sentence, and `evaluate_grounding` measures that on labelled claims.
No language model takes part.
"""

from assistant.grounding.checking import Examined, check, examine
from assistant.grounding.evaluation import GroundingReport, evaluate_grounding
from assistant.grounding.faults import Fault
from assistant.grounding.grounds import Ground, Grounds, LedgerGrounds
from assistant.grounding.restating import Particular, Statement, restating_faults
from assistant.grounding.support import Support, support

__all__ = [
    "Examined",
    "Fault",
    "Ground",
    "GroundingReport",
    "Grounds",
    "LedgerGrounds",
    "Particular",
    "Statement",
    "Support",
    "check",
    "evaluate_grounding",
    "examine",
    "restating_faults",
    "support",
]
