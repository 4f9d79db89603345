"""The tutor: lessons from the playbook, questions that cite it, and cards that come back in time.

`Tutor` is the whole of it for the terminal and Slack.
"""

from assistant.tutoring.bank import Question, read_questions, shipped_questions
from assistant.tutoring.cards import Asked, Card, Outcome
from assistant.tutoring.learners import learner_of
from assistant.tutoring.lessons import Fit, Lesson, Part
from assistant.tutoring.path import ROLES, Path, Role, Step, Unit
from assistant.tutoring.progress import Progress, Reread, Summary, UnitProgress
from assistant.tutoring.schedule import GRADES, Grade
from assistant.tutoring.tutor import Tutor

__all__ = [
    "GRADES",
    "ROLES",
    "Asked",
    "Card",
    "Fit",
    "Grade",
    "Lesson",
    "Outcome",
    "Part",
    "Path",
    "Progress",
    "Question",
    "Reread",
    "Role",
    "Step",
    "Summary",
    "Tutor",
    "Unit",
    "UnitProgress",
    "learner_of",
    "read_questions",
    "shipped_questions",
]
