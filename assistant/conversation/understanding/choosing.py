"""A question that waits for a name, and the reply that gives it: a name, a part of it, a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.conversation.understanding.mentions import Directory
from assistant.conversation.understanding.words import alike, words_in

#: What a reply says beside the name.
_FILLING = re.compile(
    r"the|a|and|at|for|i|mean|meant|please|one|account|customer|ok|no|yes|it|is"
    r"|und|die|der|das|den|bei|ich|meine|bitte|kunde|konto|nein|ja"
    r"|imeiu|v|vidu|dlia|po|klient|net|da"
)
_NUMBERED = ("first|erst", "second|zweit", "third|dritt", "fourth|viert", "fifth|fünft")
_RUSSIAN = ("перв", "втор", "трет", "четверт", "пят")


@dataclass(frozen=True)
class Pending:
    """A question with a gap: the words before it and after it, and what may stand there."""

    before: str
    after: str
    labels: tuple[str, ...]

    def with_name(self, name: str) -> str:
        """The question with a name in its gap; a last word said twice is said once."""
        last = re.escape(name.rsplit(maxsplit=1)[-1])
        after = re.sub(rf"^[ -]{last}\b", "", self.after, count=1, flags=re.IGNORECASE)
        return f"{self.before}{name}{after}"

    def answered(self, reply: str, directory: Directory) -> str | None:
        """The whole question, where a reply is no more than the name it waits for.

        Args:
            reply: what was said next in the thread.
            directory: the names the speaker may use; another's choices are nobody's.
        """
        own = {one.name for one in directory.names}
        labels = [label for label in self.labels if label in own]
        number = _number(reply)
        if number is not None and labels == list(self.labels) and number < len(labels):
            return self.with_name(labels[number])
        said = [word.plain for word in words_in(reply) if not _FILLING.fullmatch(word.plain)]
        fits = [label for label in labels if said and _within(said, label)]
        if len(fits) == 1:
            return self.with_name(fits[0])
        mentions = directory.mentions(reply)
        named = mentions.of("account")
        rest = words_in(mentions.without(reply))
        alone = all(_FILLING.fullmatch(word.plain) for word in rest)
        if alone and len(mentions.found) == len(named) == 1 and named[0].clear:
            return self.with_name(named[0].fits[0].name)
        return None

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {"before": self.before, "after": self.after, "labels": list(self.labels)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Pending:
        """As it was kept."""
        return cls(kept["before"], kept["after"], tuple(kept["labels"]))


def _within(said: list[str], label: str) -> bool:
    """Whether every word said is one of the label's."""
    own = [word.plain for word in words_in(label)]
    return all(any(alike(word, token) for token in own) for word in said)


def _number(reply: str) -> int | None:
    """Which of the choices a reply counts out, from nought: “2”, “the second one”, “второй”."""
    plain = reply.casefold().strip(" .)#!")
    if plain.isdigit() and len(plain) == 1:
        return int(plain) - 1 if plain != "0" else None
    ordinals = [f"{known}|{russian}" for known, russian in zip(_NUMBERED, _RUSSIAN, strict=True)]
    words = plain.split()
    if len(words) > 3:  # noqa: PLR2004 - “the second one”
        return None
    return next(
        (n for n, stem in enumerate(ordinals) if any(re.match(stem, word) for word in words)), None
    )
