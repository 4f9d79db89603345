"""A picture that stands with a section of a draft."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.claims import Draft

#: The sections a figure may stand with, best first. Any other figure stands with the section
#: that bears its name.
HOMES: Mapping[str, Sequence[str]] = {
    "revenue": ("revenue", "decline"),
    "portfolio": ("portfolio",),
    "stakeholders": ("stakeholders", "relationship"),
    "whitespace": ("whitespace", "revenue"),
}
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Figure:
    """A picture as PNG with the words that go with it.

    The picture carries no title of its own: `title` is text wherever the figure stands, so that
    it can be searched, read aloud and translated.

    Attributes:
        name: what it shows, in one word; it decides the section (see `HOMES`).
        title: the message, as a sentence a person would say.
        alt: what the picture shows, in words, for who cannot see it.
        width_mm: its width on paper.
        about: the id of the account it is about; empty where there is only one.
    """

    name: str
    title: str
    alt: str
    png: bytes
    width_mm: float
    about: str = ""

    def __post_init__(self) -> None:
        if not self.png.startswith(_PNG):
            raise ValueError(f"Figure “{self.name}” is no PNG.")

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture."""
        width, height = struct.unpack(">II", self.png[16:24])
        return width, height

    @property
    def height_mm(self) -> float:
        """Its height on paper."""
        width, height = self.pixels
        return self.width_mm * height / width


def placed(draft: Draft, figures: Iterable[Figure]) -> dict[str | None, list[Figure]]:
    """The figures by the id of the section they stand with; under None those without one."""
    known = {section.id for section in draft.sections}
    places: dict[str | None, list[Figure]] = {}
    for figure in figures:
        homes = HOMES.get(figure.name, (figure.name,))
        home = next((name for name in homes if name in known), None)
        places.setdefault(home, []).append(figure)
    return places
