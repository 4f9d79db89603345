"""Taking in what a company exports: tables become records, documents become passages.

`Capture` keeps what people tell us between two exports.
"""

from knowledge.intake.capturing import Capture
from knowledge.intake.remembering import Captured
from knowledge.intake.report import ImportReport
from knowledge.intake.taking import take_in
from knowledge.intake.threads import Message

__all__ = ["Capture", "Captured", "ImportReport", "Message", "take_in"]
