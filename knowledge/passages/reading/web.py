"""HTML: what a reader of the page would see, as text with Markdown headings."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

from knowledge.errors import Unreadable
from knowledge.passages.reading import charset
from knowledge.passages.reading.base import Original, Reading, clean, day, line

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_SILENT = {
    *("script", "style", "template", "noscript", "head", "nav", "svg", "math", "iframe", "object"),
    *("audio", "video", "canvas", "select", "button", "textarea"),
}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "dl"),
    *("table", "pre", "figure", "figcaption", "form", "fieldset", "address", "details", "summary"),
}
_LINES = {"li", "dt", "dd", "hr", "caption"}
_HEADING = re.compile(r"h([1-6])\Z")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|opacity)\s*:\s*0(?![\d.]*[1-9])",
    re.IGNORECASE,
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_GAPS = re.compile(r"\n{3,}")


def html(original: Original) -> list[Reading]:
    """A saved web page; its title is `<title>`, else the first heading."""
    declared = _DECLARED.search(original.data[:4096])
    text = charset.decoded(
        original.data, declared[1].decode("ascii", "replace") if declared else None
    )
    if text is None:
        raise original.refusal(
            "is not text in a known encoding; save the page as UTF-8 and import it again",
            "file_encoding",
        )
    page = _parsed(text, original)
    heading = page.find("h1")
    title = line(page.title.get_text() if page.title else "")
    language = page.html.get("lang") if page.html else None
    return [
        Reading(
            key=original.name,
            title=title or (line(heading.get_text()) if heading else "") or original.stem,
            text=_visible(page, original),
            media="text/html",
            dated=original.dated or day(_meta(page, "date") or _meta(page, "dcterms.date")),
            author=line(_meta(page, "author")) or None,
            language_hint=str(language) if language else None,
        )
    ]


def visible(markup: str, original: Original) -> str:
    """The text of an HTML fragment, such as the body of a mail; `> ` marks what is quoted."""
    return _visible(_parsed(markup, original), original)


def _parsed(markup: str, original: Original) -> BeautifulSoup:
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    if markup.count("<") > original.limits.html_elements:
        raise original.refusal(
            f"holds more than {original.limits.html_elements:,} HTML tags; split it", "file_long"
        )
    try:
        with warnings.catch_warnings():
            # bs4 wonders aloud whether short markup is a file name, and whether XHTML is XML.
            warnings.simplefilter("ignore")
            return BeautifulSoup(clean(markup), "lxml")
    except (ParserRejectedMarkup, AssertionError) as error:
        raise original.refusal("is not HTML; save the page again", "file_damaged") from error


def _meta(page: BeautifulSoup, name: str) -> str:
    found = page.find("meta", attrs={"name": re.compile(rf"\A{re.escape(name)}\Z", re.IGNORECASE)})
    return str(found.get("content") or "") if found else ""


def _visible(page: BeautifulSoup, original: Original) -> str:
    def refuse() -> Unreadable:
        return original.refusal(
            f"nests HTML deeper than {original.limits.html_depth} levels; save it as text",
            "file_long",
        )

    text = _flow(page, original.limits.html_depth, refuse)
    return _trimmed(text)


def _flow(tag: Tag, depth: int, refuse: Callable[[], Unreadable], *, typed: bool = False) -> str:
    """The text inside a tag; blocks stand between blank lines; `typed` keeps the line ends."""
    from bs4.element import CData, NavigableString, Tag

    if depth <= 0:
        raise refuse()
    parts: list[str] = []
    for child in tag.children:
        if isinstance(child, Tag):
            if not _hidden(child):
                inner = _flow(child, depth - 1, refuse, typed=typed or child.name == "pre")
                parts.append(_laid_out(child, inner))
        elif type(child) in {NavigableString, CData}:  # comments and declarations are subclasses
            parts.append(str(child) if typed else re.sub(r"\s+", " ", str(child)))
    return "".join(parts)


def _laid_out(tag: Tag, text: str) -> str:
    name = tag.name
    if heading := _HEADING.match(name):
        return f"\n\n{'#' * int(heading[1])} {' '.join(text.split())}\n\n" if text.strip() else ""
    if name in {"td", "th", "tr"}:
        return _tabular(name, text.strip())
    if name == "blockquote":
        return f"\n\n{_quoted(text)}\n\n"
    if name == "br" or name in _LINES:
        return f"\n- {text.strip()}\n" if name == "li" else f"{text}\n"
    return f"\n\n{text}\n\n" if name in _BLOCKS else text


def _tabular(name: str, text: str) -> str:
    if name == "tr":
        return f"\n{text.removesuffix('|').rstrip()}\n"
    # A cell of several lines is not of a table: e-mails are laid out in such cells.
    return f"\n\n{text}\n\n" if "\n" in text else f"{text} | "


def _quoted(text: str) -> str:
    return "\n".join(f"> {row}" for row in _trimmed(text).split("\n"))


def _trimmed(text: str) -> str:
    """Lines without spaces around them, and never more than one blank line."""
    rows = (row.strip(" \t\xa0") for row in text.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(rows)).strip()


def _hidden(tag: Tag) -> bool:
    """Whether a browser would not show it: instructions hide in such places."""
    if tag.name in _SILENT or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    return bool(_HIDING.search(str(tag.get("style") or "")))
