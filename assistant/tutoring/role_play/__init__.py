"""Role play: conversations with invented people of fictional accounts, and their debriefs.

Nothing of the records can enter: the room is given a journal, prompts and perhaps a model, and no
ledger.
"""

from assistant.tutoring.role_play.debriefing import Debrief, Scored
from assistant.tutoring.role_play.personas import Persona, read_personas
from assistant.tutoring.role_play.scenes import Line, Option, Scene
from assistant.tutoring.role_play.stage import RolePlay

__all__ = [
    "Debrief",
    "Line",
    "Option",
    "Persona",
    "RolePlay",
    "Scene",
    "Scored",
    "read_personas",
]
