"""The template's draft: what every draft that no language model wrote has in common."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.claims import Draft, Section
from assistant.drafting.brief import Brief
from assistant.drafting.portfolio.team_brief import TeamBrief


def template_draft(
    brief: Brief | TeamBrief, kind: str, title: str, sections: Iterable[Section]
) -> Draft:
    """A draft about an account or a team; nothing in it has been checked yet."""
    return Draft(
        kind=kind,
        title=title,
        account_id=brief.file.account.id if isinstance(brief, Brief) else "",
        account_name=brief.name,
        as_of=brief.as_of,
        language=brief.pen.language,
        writer="template",
        sections=tuple(sections),
    )
