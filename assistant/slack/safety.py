"""Safe output: text from records or a model becomes text that Slack shows and does not obey.

Three places take text. `plain` is for plain-text objects (headers, buttons, options), `mrkdwn` for
sections and contexts, `markdown` for the Markdown block, streams and canvases. In all three the
text pings nobody, links nowhere but where `Links` allows, and cannot change the structure it
stands in; what a person reads stays what it was, less the characters nobody can see.

Neither syntax has an escape that every Slack client honours, so nothing here relies on one: a
zero-width space parts what Slack would read together (`@` and a name, a host and its ending), and
a sign that has a meaning is written with its look-alike (`∗` for an asterisk).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from assistant.slack.links import NO_LINKS, Links

#: Parts what would be read together; the only invisible character that ever leaves here.
BREAK = "\u200b"

_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Invisible, though Unicode counts them as letters, marks or nothing at all; tags among them.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0d\U000e0000-\U000e0fff]"
)
#: One selector after a sign chooses emoji or text; more of them can only carry a message.
_SELECTORS = re.compile("(?<=[\\s\ufe0e\ufe0f])[\ufe0e\ufe0f]+|^[\ufe0e\ufe0f]+")
_HIDDEN_KINDS = frozenset({"Cc", "Cf", "Cs"})

_ALIKE = str.maketrans({"`": "ˋ", "*": "∗", "~": "∼"})
_ALIKE_IN_MARKDOWN = str.maketrans({"|": "∣"})
_ALIKE_IN_LABELS = str.maketrans({"[": "［", "]": "］"})
_CITATION = re.compile(r"\[\d+\]")
#: An underline inside a word, as in `line_3`, is none of Slack's business.
_UNDERLINE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")

_PARTED = re.compile(
    r"""
      [@＠#]                                    # a person, everybody, a channel
    | (?<=\S)[.。．｡](?=[^\W\d])                 # a host and its ending, in any script
    | (?<=\d)\.(?=\d+\.\d)                      # an address in figures
    | (?<=www)[.。．｡]
    | :(?=[/\\]{2})                             # the start of an address
    | (?<=mailto):|(?<=tel):|(?<=sms):
    | :(?=[\w+'-]*[a-z][\w+'-]*:)               # an emoji by its name
    | \](?=[(\[:])                              # a link, a reference, its definition
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: What makes a line a heading, quote, list, rule, table or code in Markdown.
_OPENS_BLOCK = re.compile(r"^[ ]*(?=[#>\-+=|∣:\[]|\d+[.)])", re.MULTILINE)
_INDENT = re.compile(r"^[ ]+", re.MULTILINE)
_QUOTES = re.compile(r"^(?=[ ]*>)", re.MULTILINE)
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)", re.MULTILINE)

_ADDRESS = re.compile(r"https://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_AFTER_ADDRESS = ".,;:!?'\")]*~"


def clean(text: str) -> str:
    """The text without what nobody can see: controls, directions, joiners, tags, selectors.

    Line ends become newlines, tabs spaces.
    """
    shown = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    shown = "".join(c for c in shown if c == "\n" or unicodedata.category(c) not in _HIDDEN_KINDS)
    return _SELECTORS.sub("", _INVISIBLE.sub("", shown))


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(clean(text).split())


def plain(text: str, limit: int) -> str:
    """One line for a plain-text object of at most `limit` characters; `…` shows a cut."""
    shown = line(text)
    if _length(shown) <= limit:
        return shown
    while _length(shown) > limit - 1:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def mrkdwn(text: str, links: Links = NO_LINKS) -> str:
    """The text for a section or context, where `<`, `>`, `&` and `*_~` have a meaning."""
    return _around_links(clean(text), links, _mrkdwn, lambda url: f"<{_escaped(url)}>")


def mrkdwn_link(url: str, label: str) -> str:
    """A link with a label; the caller has asked `Links` whether it may lead there."""
    return f"<{_escaped(url)}|{_mrkdwn(line(label))}>"


def markdown(text: str, links: Links = NO_LINKS) -> str:
    """The text for a Markdown block, a stream or a canvas; also inside a list or a table cell."""
    return _around_links(
        clean(text), links, _markdown, lambda url: f"[{_label(url)}]({_in_brackets(url)})"
    )


def markdown_link(url: str, label: str) -> str:
    """A link with a label; the caller has asked `Links` whether it may lead there."""
    return f"[{_label(line(label))}]({_in_brackets(url)})"


def _around_links(
    text: str, links: Links, safe: Callable[[str], str], linked: Callable[[str], str]
) -> str:
    """The text made safe, with the addresses that links may lead to as links."""
    shown, end = "", 0
    for match in _ADDRESS.finditer(text):
        url = match[0].rstrip(_AFTER_ADDRESS)
        if links.allows(url):
            shown += _after(shown, text[end : match.start()], safe) + linked(url)
            end = match.start() + len(url)
    return shown + _after(shown, text[end:], safe)


def _after(before: str, text: str, safe: Callable[[str], str]) -> str:
    """The text made safe where it stands: behind a link, no line begins with it."""
    return safe(f"/{text}")[1:] if before else safe(text)


def _mrkdwn(text: str) -> str:
    return _escaped(_QUOTES.sub(BREAK, _parted(text)))


def _markdown(text: str) -> str:
    shown = _parted(text.translate(_ALIKE_IN_MARKDOWN))
    shown = _BACKSLASH.sub("\\\\" + BREAK, _INDENT.sub("", _OPENS_BLOCK.sub(BREAK, shown)))
    return _escaped(shown)


def _parted(text: str) -> str:
    shown = _UNDERLINE.sub("ˍ", text.translate(_ALIKE))
    return _PARTED.sub(lambda match: match[0] + BREAK, shown).replace("<", f"<{BREAK}")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _label(text: str) -> str:
    """A label whose brackets, other than those of a citation, cannot end it."""
    return text if _CITATION.fullmatch(text) else _markdown(text.translate(_ALIKE_IN_LABELS))


def _in_brackets(url: str) -> str:
    """An address that ends where its bracket does."""
    return url.replace("(", "%28").replace(")", "%29").replace("*", "%2A").replace("_", "%5F")


def _length(text: str) -> int:
    """The length as Slack counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
