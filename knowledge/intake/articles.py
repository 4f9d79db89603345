"""The playbook's articles as sources that everyone may read and every draft may cite."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from knowledge.intake.cutting import cut_passages
from knowledge.playbook import Article, read_playbook
from knowledge.records import Database
from knowledge.records.importing.intake import Unwatched
from knowledge.records.landing import Arrival, content_hash, land
from knowledge.records.tables import Source, SourceVersion

KIND = "playbook"


def keep_playbook(database: Database, now: datetime) -> Mapping[str, int]:
    """Keep the shipped articles; an edited one becomes a new version, a withdrawn one is hidden.

    Writes only when something differs from what is kept.

    Returns:
        The current version of every article by its source id.
    """
    arrivals = {a.source_id: a for a in map(_arrival, read_playbook().values())}
    wanted = {source_id: content_hash(arrival) for source_id, arrival in arrivals.items()}
    kept = _kept(database)
    if {source_id: digest for source_id, (digest, _) in kept.items()} != wanted:
        with database.writing() as session:
            land(session, list(arrivals.values()), now)
            mine = update(Source).where(Source.kind == KIND)
            session.execute(mine.values(linked=Source.current, audience="withdrawn"))
            session.execute(mine.where(Source.id.in_(arrivals)).values(audience="everyone"))
        cut_passages(database, Unwatched())
        kept = _kept(database)
    return {source_id: number for source_id, (_, number) in kept.items()}


def _kept(database: Database) -> dict[str, tuple[str, int]]:
    with database.reading() as session:
        rows = session.execute(
            select(Source.id, SourceVersion.content_hash, Source.current)
            .join(
                SourceVersion,
                (SourceVersion.source_id == Source.id) & (SourceVersion.number == Source.current),
            )
            .where(Source.kind == KIND, Source.audience == "everyone")
        )
        return {source_id: (digest, number) for source_id, digest, number in rows}


def _arrival(article: Article) -> Arrival:
    return Arrival(
        kind=KIND,
        key=article.slug,
        title=article.title,
        text=article.text,
        payload={
            "media": "text/markdown",
            "summary": article.summary,
            "situations": list(article.situations),
            "roles": list(article.roles),
        },
        origin=f"playbook/{article.slug}.md:1",
        audience="everyone",
    )
