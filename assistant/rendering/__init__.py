"""Drafts made readable: Markdown, Word, slides and charts."""
