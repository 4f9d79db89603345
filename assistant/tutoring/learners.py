"""Who learns: the name a learner's journal is kept under, and the path that fits their role."""

from __future__ import annotations

from assistant.tutoring.path import Role
from knowledge.errors import NotFound
from knowledge.records import Viewer


def learner_of(viewer: Viewer) -> str:
    """Under which name a viewer's learning is kept: their address, or `local` for the operator."""
    if viewer.email:
        return viewer.email.strip().lower()
    if viewer.user_id:
        return f"user:{viewer.user_id}"
    if viewer.sees_all:
        return "local"
    raise NotFound("learner", viewer.name)


def role_of(viewer: Viewer) -> Role:
    """The path that goes with a viewer's role in the records; a new hire's for everybody else."""
    if viewer.role == "rep":
        return "rep"
    leads = viewer.role == "manager" or (viewer.sees_all and viewer.user_id is not None)
    return "manager" if leads else "new hire"
