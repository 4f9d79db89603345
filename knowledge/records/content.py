"""What of a passage is embedded, and the key under which its vectors are kept."""

from __future__ import annotations

from hashlib import sha256


def embedded_text(heading: str, text: str) -> str:
    """The text a model embeds for a passage: its heading, then what it says.

    A passage cut from the middle of a document rarely names its own subject; the heading does.
    """
    return f"{heading}\n{text}" if heading else text


def content_hash_of(heading: str, text: str) -> str:
    """The SHA-256 (hexadecimal) of the embedded text: `Passage.content_hash`."""
    return sha256(embedded_text(heading, text).encode("utf-8", "surrogatepass")).hexdigest()
