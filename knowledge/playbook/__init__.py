"""The playbook: what good account teams do, with sources; everyone may read it."""

from knowledge.playbook.articles import SITUATIONS, Article, Reference, read_article, read_playbook

__all__ = ["SITUATIONS", "Article", "Reference", "read_article", "read_playbook"]
