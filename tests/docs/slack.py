"""What a rep sees in Slack, over the sample workspace: Block Kit for `docs/examples/slack`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.conversation.answer import Answer
from assistant.desk import Desk
from assistant.slack.links import Links, links_of
from assistant.slack.views import (
    Approval,
    Attention,
    Message,
    RepHome,
    Trail,
    answer_message,
    approval_message,
    draft_message,
    reason_of,
    rep_home,
)
from knowledge.records import Viewer

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "slack"
PICTURED = ("home", "answer", "plan", "approval")
REP, ACCOUNT, OUTSIDE_POLICY = "Daniel Reyes", "Borealis Dairy Group", "Lindauer Papierwerke"
QUESTION = f"Who decides at {ACCOUNT}, and when did we last meet them?"
_REASONS = 2


def slack_pages(desk: Desk) -> Iterator[tuple[Path, str]]:
    """Home, an answer, a plan and an approval, as they would be sent to Slack."""
    day = desk.day(None)
    links = links_of(desk.office.company.crm, workspace="varnholt.slack.com")
    viewer = desk.workspace.ledger.overseen(Viewer.operator(), REP)
    plan = desk.plan(viewer, ACCOUNT, day)
    asked = [{"who": REP, "when": "09:12", "text": QUESTION}]
    command = [{"who": REP, "when": "09:14", "text": f"/plan {ACCOUNT}"}]
    yield _written("home", rep_home(_home(desk, viewer, day)))
    answer = answered(desk, viewer, day)
    yield _written("answer", _sent(answer_message(answer, links), "09:12", asked))
    yield _written("plan", _sent(draft_message(plan, "plan-borealis", links), "09:14", command))
    yield _written("approval", _sent(_approval(desk, day, links), "11:40", []))


def _home(desk: Desk, viewer: Viewer, day: date) -> RepHome:
    rows = desk.accounts(viewer, day)
    briefs = {row.id: desk.office.brief(viewer, row.id, day) for row in rows}
    rows = [row for row in rows if briefs[row.id].rep == REP]
    urgent = sorted(
        (row for row in rows if briefs[row.id].priorities),
        key=lambda row: (-briefs[row.id].priorities[0].weight, row.name),
    )
    attention = [
        Attention(
            account_id=row.id,
            account=row.name,
            tier=row.tier,
            revenue=briefs[row.id].pen.money(row.revenue),
            reasons=tuple(
                reason_of(one, briefs[row.id].pen) for one in briefs[row.id].priorities[:_REASONS]
            ),
        )
        for row in urgent
    ]
    return RepHome(REP, day, tuple(attention), steady=len(rows) - len(urgent))


def answered(desk: Desk, viewer: Viewer, day: date) -> Answer:
    """What the product answers to the pictured question, under an id that stays the same."""
    return replace(desk.conversation.reply(viewer, QUESTION, day=day), id="answer-borealis")


def _approval(desk: Desk, day: date, links: Links) -> Message:
    """The first term of an account that needs an approval, as its rep would ask for it."""
    brief = desk.office.brief(Viewer.operator(), OUTSIDE_POLICY, day)
    ruling = next(
        one
        for one in brief.study["policy"].values["rulings"]
        if one.status in {"expired", "needs_approval"} and one.request.deal
    )
    deal, policy, pen = ruling.request.deal, ruling.policy, brief.pen
    value = pen.quantity(ruling.request.value, policy.unit)
    approval = Approval(
        id="approval-1",
        account=brief.name,
        what=f"{pen.term(ruling.request.subject).capitalize()} of {value} on “{deal.name}”",
        limit=f"{pen.quantity(policy.inside_up_to, policy.unit)} without an approval",
        sentence=f"For all 28 seals of PM1 we can offer {value} on list.",
        asked_by=brief.rep,
        url=links.of(ruling.request.evidence),
        expires_on=day + timedelta(days=5),
        facts=(
            ("Deal", f"{pen.money(deal.amount)}, closes {pen.wording.day(deal.closes_on)}"),
            ("Stage", deal.stage),
            ("Revenue, 12 months", pen.money(Decimal(brief.study["revenue"].evidence[0].quote))),
        ),
        why="The approval of May expired in July. Pumpenwerk Sander has test seals on PM1.",
        trail=(Trail(day, brief.rep, "asked"),),
    )
    return approval_message(approval, links)


def _sent(message: Message, when: str, before: list[dict[str, str]]) -> dict[str, Any]:
    return {"surface": "message", "when": when, "before": before, **message.to_json()}


def _written(name: str, document: dict[str, Any]) -> tuple[Path, str]:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return FOLDER / f"{name}.json", text.replace("\u200b", "\\u200b") + "\n"
