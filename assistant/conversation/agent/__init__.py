"""Answers in a language model's words: it looks up with read-only tools, code checks what it says.

The model is taken to obey whatever a customer's mail tells it. Its tools read, through the
asker's eyes and within what the question is about; a sentence of its is shown only if the checked
sentences it cites bear it out and nothing in it leads out, calls somebody or hides anything.
"""

from assistant.conversation.agent.author import Author, Authored

__all__ = ["Author", "Authored"]
