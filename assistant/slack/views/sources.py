"""The modal behind a citation: the words of a source, or a sum done again line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.claims import Evidence, Input, Withheld
from assistant.drafting.titles import title_in
from assistant.formulas import BadFormula, evaluate
from assistant.rendering.captions import Captions
from assistant.slack.links import NO_LINKS, Links
from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.splitting import VIEW_BLOCKS
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    link_button,
    modal,
    section,
    sections,
)
from assistant.slack.views.citing import Labels, number
from assistant.slack.words import words

#: Lines of a sum that are shown; the rest is added up in the last.
_MOST_LINES = 60
_PAGE = 40
#: A source in a list is told by so much of its title and its words.
_LISTED = 160


def source_view(
    evidence: Evidence, label: str, links: Links = NO_LINKS, language: str = "en"
) -> Block:
    """One source: what it says, when, where it is, and how a figure comes about."""
    told = words(language)
    blocks = [
        *sections(f"*[{number(label)}] {mrkdwn(line(title_in(evidence, language)))}*"),
        *(_sum(evidence, told) if evidence.type == "computed" else _quote(evidence)),
        *_where(evidence, links, told),
    ]
    return modal(
        told.text("source.title", number=number(label)),
        blocks,
        callback=ids.SOURCE_VIEW,
        close=told.text("modal.close"),
    )


def sources_view(
    labels: Labels, key: str, page: int = 0, language: str = "en", links: Links = NO_LINKS
) -> Block:
    """All sources of an answer or draft, so many a page; each opens its own modal on top."""
    told = words(language)
    listed = list(labels.items())
    blocks: list[Block] = []
    for at, (evidence, label) in enumerate(listed[page * _PAGE : (page + 1) * _PAGE], start=1):
        opened = button(
            told.text("answer.show"), ids.numbered(ids.SOURCE, at), ids.pack(key, label)
        )
        blocks.append(section(_listed(evidence, label, links, language), opened))
    if (page + 1) * _PAGE < len(listed):
        value = ids.pack(key, "", str(page + 1))
        more = button(told.text("modal.more"), ids.SOURCES, value)
        blocks += [divider(), actions(more)]
    return modal(
        told.text("source.all"),
        blocks or [section(mrkdwn(told.text("source.none")))],
        callback=ids.SOURCE_VIEW,
        close=told.text("modal.close"),
        carried=ids.pack(key, str(page)),
    )


def withheld_view(withheld: Sequence[Withheld], language: str = "en") -> Block:
    """What failed the check, struck out, with the reason."""
    told = words(language)
    blocks = [context(mrkdwn(told.text("withheld.intro")))]
    for one in withheld:
        blocks += sections(f"~{mrkdwn(line(one.text))}~\n{mrkdwn(line(one.reason))}")
    return modal(
        told.text("withheld.title"),
        blocks[:VIEW_BLOCKS],
        callback=ids.WITHHELD_VIEW,
        close=told.text("modal.close"),
    )


def _listed(evidence: Evidence, label: str, links: Links, language: str) -> str:
    unit = f" {line(evidence.unit)}" if evidence.unit else ""
    title, quote = plain(title_in(evidence, language), _LISTED), plain(evidence.quote, _LISTED)
    return f"*[{number(label)}]* {mrkdwn(title)}\n{mrkdwn(quote + unit, links)}"


def _quote(evidence: Evidence) -> Iterator[Block]:
    words_there = mrkdwn(evidence.quote.strip()) or "–"
    yield from sections("\n".join(f">{part}" for part in words_there.splitlines()))


def _where(evidence: Evidence, links: Links, told: Captions) -> Iterator[Block]:
    stored = mrkdwn(", ".join(evidence.refs[:3]))
    dated = [mrkdwn(told.day(evidence.dated))] if evidence.dated else []
    if evidence.refs[3:]:
        stored += " " + mrkdwn(told.counted("source.more_records", len(evidence.refs) - 3))
    yield context(*dated, *([stored] if stored else []))
    if url := links.of(evidence):
        where = "source.open_message" if links.is_message(url) else "source.open"
        page = link_button(told.text(where), ids.numbered(ids.SOURCE, 0), url)
        yield actions(page)


def _sum(evidence: Evidence, told: Captions) -> Iterator[Block]:
    """The formula, each input on its line, and the result worked out now."""
    formula = evidence.formula or ""
    yield from sections(f"{mrkdwn(told.text('source.formula'))}\n`{mrkdwn(line(formula))}`")
    inputs = list(_inputs(evidence.inputs, told))
    if inputs:
        yield from sections("\n".join(inputs))
    shown = mrkdwn(plain(f"{evidence.quote} {evidence.unit or ''}", _LISTED))
    try:
        again = evaluate(formula, evidence.inputs)
    except BadFormula:
        yield section(f"*= {shown}*")
        yield context(mrkdwn(told.text("source.not_recomputed")))
        return
    yield section(f"*= {shown}*")
    same = isinstance(evidence.value, (int, Decimal)) and again == evidence.value
    verdict = "source.recomputed" if same else "source.differs"
    yield context(mrkdwn(told.text(verdict, value=_figure(again, told))))


def _inputs(inputs: Sequence[Input], told: Captions) -> Iterator[str]:
    by_name = {one.name: [i for i in inputs if i.name == one.name] for one in inputs}
    room = _MOST_LINES
    for name, given in by_name.items():
        for one in given[:room]:
            unit = f" {one.unit}" if one.unit else ""
            yield f"{mrkdwn(name)} = {mrkdwn(_told(one, told) + unit)}"
        if len(given) > room:
            yield mrkdwn(told.counted("source.more_inputs", len(given) - room, name=name))
        room = max(room - len(given), 1)


def _told(given: Input, told: Captions) -> str:
    value = given.value
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return line(str(value))
    return _figure(Decimal(value), told)


def _figure(value: Decimal, told: Captions) -> str:
    places = max(0, -int(value.normalize().as_tuple().exponent)) if value.is_finite() else 0
    return told.number(value, min(places, 4))
