"""“Why?”: the framework behind a finding, a section or a sentence, and the rule with its numbers.

Every rule and every section has an answer. It is a draft like any other: sentences with sources,
checked before anybody reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from assistant.claims import Claim, Draft, Finding, Section
from assistant.drafting.because import Because, overlap
from assistant.drafting.brief import Brief
from assistant.drafting.frameworks import Framework, Ground, read_frameworks
from assistant.drafting.pen import Pen
from assistant.drafting.plan.summary import deciding
from assistant.drafting.portfolio.team_brief import TeamBrief
from assistant.drafting.portfolio_review import SECTIONS as TEAM_SECTIONS
from assistant.drafting.template import template_draft
from assistant.drafting.value import key_readers
from assistant.insight.eighty_twenty import eighty_twenty
from assistant.insight.value import value
from knowledge.errors import NotFound
from knowledge.playbook import read_playbook
from knowledge.records.references import source_of

_PLAYBOOK = "playbook:"
_MOST_RULES = 2

Named = tuple[str, Finding]


def topics() -> Mapping[str, Ground]:
    """What an account's “why” can be asked about besides the rules: the ids of all sections."""
    return read_frameworks().account


def why(brief: Brief, topic: str) -> Draft:
    """Why a rule concludes what it does, or what a section stands on.

    A name that is both (`revenue`) is the rule.

    Raises:
        NotFound: neither a rule nor a section has that name.
    """
    name = topic.strip().lower().replace("-", "_")
    if name in brief.study.findings or name == "value":
        return why_rule(brief, name)
    return why_section(brief, name)


def why_rule(brief: Brief, rule: str) -> Draft:
    """Why a rule concludes what it does about the account; raises `NotFound` for no such rule."""
    found = _finding(brief, rule)
    framework = read_frameworks().frameworks[rule]
    return _account_draft(brief, brief.pen.word(f"rule.{rule}"), framework, [found])


def why_section(brief: Brief, section: str) -> Draft:
    """What a section stands on: its framework, and its rules with the account's numbers.

    Raises:
        NotFound: no draft about an account has that section.
    """
    ground = read_frameworks().account.get(section)
    if ground is None:
        raise NotFound("rule or section", section)
    rules = [deciding(brief)[1].rule if rule == "deciding" else rule for rule in ground.rules]
    found = [_finding(brief, rule) for rule in rules]
    framework = read_frameworks().frameworks[ground.framework]
    return _account_draft(brief, brief.pen.phrases.heading(section), framework, found)


def why_claim(brief: Brief, draft: Draft, section_id: str, position: int) -> Draft:
    """Why one sentence of a draft stands there: the rules that rest on what it cites.

    A sentence that quotes the playbook has its own article as framework; one that shares no
    source with any rule is answered for by its section.

    Args:
        brief: of the same account.
        draft: as the reader saw it.
        section_id: the section.
        position: the sentence's place in it, from 0.

    Raises:
        NotFound: the draft has no such sentence.
    """
    claim = _claim(draft, section_id, position)
    ground = read_frameworks().account.get(section_id)
    if ground is None:
        raise NotFound("section", section_id)
    near = _nearest([(brief.name, one) for one in _findings(brief)], [claim])
    if not near and not article_of([claim]):
        return why_section(brief, section_id)
    rules = [one.rule for _, one in near]
    topic = brief.pen.word(f"rule.{rules[0]}") if rules else brief.pen.phrases.heading(section_id)
    framework = _quoted(claim) or read_frameworks().frameworks[rules[0] if rules else "life_cycle"]
    return _account_draft(brief, topic, framework, [one for _, one in near])


def why_team(team: TeamBrief, section: str) -> Draft:
    """What a section of a team's review stands on, with the accounts that weigh most in it.

    Raises:
        NotFound: a team's review has no such section.
    """
    ground = read_frameworks().team.get(section)
    if ground is None:
        raise NotFound("section", section)
    claims = tuple(TEAM_SECTIONS[section](team))
    candidates = [one for rule in ground.rules for one in _team_findings(team, rule)]
    near = _nearest(candidates, claims) or candidates[:1]
    framework = read_frameworks().frameworks[ground.framework]
    return _answer(team, team.pen.phrases.heading(section), framework, near)


def article_of(claims: Iterable[Claim]) -> str | None:
    """The slug of the article that sentences rest on, the first of several."""
    refs = (e.ref for claim in claims for e in claim.evidence)
    found = next((ref for ref in refs if ref.startswith(_PLAYBOOK)), None)
    return source_of(found).removeprefix(_PLAYBOOK) if found else None


def _account_draft(
    brief: Brief, topic: str, framework: Framework, found: Sequence[Finding]
) -> Draft:
    return _answer(brief, topic, framework, [(brief.name, one) for one in found])


def _answer(
    brief: Brief | TeamBrief, topic: str, framework: Framework, named: Sequence[Named]
) -> Draft:
    title = brief.pen.phrases.text("title.why", topic=topic, account=brief.name)
    return template_draft(brief, "why", title, _sections(brief, framework, named))


def _sections(
    brief: Brief | TeamBrief, framework: Framework, named: Sequence[Named]
) -> tuple[Section, ...]:
    pen = brief.pen
    laid_open = [Because(pen, name, one) for name, one in named]
    parts: list[tuple[str, Callable[[Because], Iterator[Claim]]]] = [
        ("rule", Because.rule),
        ("speaks_for", Because.speaks_for),
        ("speaks_against", Because.speaks_against),
        ("would_change", Because.would_change),
    ]
    written = [
        (part, _telling(pen, chain.from_iterable(tell(one) for one in laid_open)))
        for part, tell in parts
    ]
    if not laid_open:
        written = [("rule", (Claim(pen.word("because.no_rule"), "unknown"),))]
    return (
        pen.section("framework", _framework(pen, framework, _versions(brief))),
        *(pen.section(part, claims) for part, claims in written),
    )


def _telling(pen: Pen, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Each sentence once; that there is nothing is said only where nothing else is."""
    told = tuple(dict.fromkeys(claims))
    blank = {pen.word(f"because.{name}") for name in ("nothing_for", "nothing_against", "open")}
    return tuple(claim for claim in told if claim.text not in blank) or told


def _framework(pen: Pen, framework: Framework, versions: Mapping[str, int]) -> Iterator[Claim]:
    """The article's own sentences, then where the rest of it stands."""
    article = read_playbook()[framework.article]
    shown = framework.passages(article, versions.get(article.source_id, 1))
    for one in shown:
        yield Claim(" ".join(one.quote.split()), "fact", (one,))
    yield pen.advice("because.read", *shown[:1], title=article.title, slug=article.slug)


def _finding(brief: Brief, rule: str) -> Finding:
    if rule == "value":
        return _valued(brief)
    if rule not in brief.study.findings:
        raise NotFound("rule", rule)
    return brief.study[rule]


def _findings(brief: Brief) -> Iterator[Finding]:
    yield from brief.study.findings.values()
    yield _valued(brief)


def _valued(brief: Brief) -> Finding:
    """The value rule for the key player who is measured on something; it needs a reader."""
    readers = key_readers(brief)
    wanted = readers[0].name if readers else brief.pen.word("part.decider")
    return value(brief.file, brief.study.thresholds, wanted)


def _team_findings(team: TeamBrief, rule: str) -> list[Named]:
    """What a rule found: about the team as a whole, or account by account."""
    whole = {"nurture": team.nurture, "neglected_potential": team.neglected}
    if rule == "eighty_twenty":
        return [(team.name, eighty_twenty(team.portfolio, team.thresholds))]
    if rule in whole:
        return [(team.name, whole[rule])]
    if rule == "plan_state":
        return [(b.name, team.plans[b.file.account.id]) for b in team.briefs]
    return [(brief.name, brief.study[rule]) for brief in team.briefs]


def _nearest(named: Iterable[Named], claims: Iterable[Claim]) -> list[Named]:
    """The findings that share most sources with some sentences, at most two."""
    cited = Counter(e.ref for claim in claims for e in claim.evidence)
    shared = [(overlap(one, cited), (name, one)) for name, one in named]
    shared.sort(key=lambda pair: -pair[0])
    return [pair for count, pair in shared[:_MOST_RULES] if count]


def _claim(draft: Draft, section_id: str, position: int) -> Claim:
    section = draft.section(section_id)
    if section is None or not 0 <= position < len(section.claims):
        raise NotFound("sentence", f"{section_id} {position}")
    return section.claims[position]


def _quoted(claim: Claim) -> Framework | None:
    """The article a sentence quotes, as its framework."""
    slug = article_of([claim])
    if slug is None or slug not in read_playbook():
        return None
    return Framework(slug, tuple(e.quote for e in claim.evidence if e.ref.startswith(_PLAYBOOK)))


def _versions(brief: Brief | TeamBrief) -> Mapping[str, int]:
    """The stored versions of the articles; they are the same for every account."""
    one = brief if isinstance(brief, Brief) else next(iter(brief.briefs), None)
    return one.versions if one else {}
