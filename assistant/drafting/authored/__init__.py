"""Drafts in a language model's words: it restates what the rules concluded, code fills the figures.

The template draft is the skeleton and what is left when the model fails. Every sentence of the
model's is checked like one of ours and held against the checked sentences it restates besides;
what fails is written anew once, then the template's sentence stands in its place.
"""

from assistant.drafting.authored.revision import revised
from assistant.drafting.authored.writer import ModelWriter, Task

__all__ = ["ModelWriter", "Task", "revised"]
