"""Prompts: one readable file a task, filled strictly; sources fenced as data."""

from assistant.prompting.evidence import SourceText, fence
from assistant.prompting.files import Filled, Prompt, Turn, read_prompts
from assistant.prompting.schemas import (
    AnswerClaim,
    AnswerOut,
    AskBack,
    DraftClaim,
    DraftOut,
    DraftSection,
    RepairedClaim,
    RepairOut,
    RoleReply,
    Score,
    Scores,
)
from assistant.prompting.slots import Slot, fill_slots, list_slots

__all__ = [
    "AnswerClaim",
    "AnswerOut",
    "AskBack",
    "DraftClaim",
    "DraftOut",
    "DraftSection",
    "Filled",
    "Prompt",
    "RepairOut",
    "RepairedClaim",
    "RoleReply",
    "Score",
    "Scores",
    "Slot",
    "SourceText",
    "Turn",
    "fence",
    "fill_slots",
    "list_slots",
    "read_prompts",
]
