"""What a draft costs in tokens: sent and written, and how much of it a provider can keep."""

from __future__ import annotations

from pathlib import Path

from assistant.demonstration import set_up_sample
from assistant.desk import Desk
from assistant.models import Models, Outside, estimate_tokens
from assistant.prompting import AnswerOut
from assistant.settings import read_settings
from knowledge.journal.runs import Runs
from knowledge.records import Viewer
from knowledge.records.importing.intake import Unwatched
from tests.benchmarks.measuring import Line, median
from tests.doubles.hallucinating import Hallucinating
from tests.doubles.model import KEY, MODEL, Reply, Request, ScriptedOpenAI, say

_QUICK = 5
#: Questions that no rule computes, so that the model is asked.
QUESTIONS = (
    "What worries Borealis Dairy Group about our energy figures?",
    "Why did we lose the seal call-off at Borealis Dairy Group?",
    "How should I prepare for a first meeting with a CFO?",
    "What did Katrin Vestergaard say about a second source?",
)
NO_ANSWER = AnswerOut(
    claims=(),
    no_answer_because="Nothing on record says so.",
    would_help=(),
    follow_ups=(),
    orders_in_sources=(),
)
_NOTHING_TOKENS = estimate_tokens(NO_ANSWER.model_dump_json())


def measure(home: Path, *, quick: bool) -> list[Line]:
    """Median tokens of a plan, of a follow-up (over the sample's accounts) and of an answer.

    The model is a double that restates every finding in other words, so what it writes is
    as long as a real one's. Goal: a plan is sent in a quarter of what may be sent.
    """
    desk, _ = set_up_sample(home, Unwatched())
    written: list[int] = []

    def writes(request: Request) -> Reply:
        if request.form not in {"DraftOut", "RepairOut"}:
            return say(NO_ANSWER)(request)
        reply = Hallucinating(lies=0)(request)
        written.append(estimate_tokens(b"".join(reply.pieces()).decode()))
        return reply

    server = ScriptedOpenAI(then=writes)
    environ = {"OPENAI_API_KEY": KEY, "LIAISON_MODEL": MODEL}
    desk.models = Models(
        read_settings(home, environ),
        Runs(desk.workspace.database),
        Outside(transport=server.transport),
    )
    lines = []
    for kind in ("plan", "follow-up"):
        server.sent.clear()
        written.clear()
        for account in desk.accounts(Viewer.operator(), desk.day(None))[
            : _QUICK if quick else None
        ]:
            _draft(desk, kind, account.id)
        lines.append(_line(kind, server.sent, written, desk.models.input_tokens))
    server.sent.clear()
    for question in QUESTIONS:
        desk.conversation.reply(Viewer.operator(), question)
    lines.append(_line("answer", server.sent, [_NOTHING_TOKENS], desk.models.input_tokens))
    desk.close()
    return lines


def _draft(desk: Desk, kind: str, account: str) -> None:
    viewer, day = Viewer.operator(), desk.day(None)
    if kind == "plan":
        desk.plan(viewer, account, day)
    else:
        desk.follow_up(viewer, account, None, day)


def _line(kind: str, sent: list[Request], written: list[int], limit: int) -> Line:
    first = [request for request in sent if request.form != "RepairOut"]
    if not first:
        return Line(kind, None, "", "no model was asked")
    sizes = [estimate_tokens(request.system + request.user) for request in first]
    [prefix] = {request.system for request in first}
    about = (
        f"{median(sizes):.0f} sent, {median(written):.0f} written (medians of {len(first)}; "
        f"{len(sent) - len(first)} repairs); the first {estimate_tokens(prefix)} never change"
    )
    return Line(f"{kind}, of {limit:,} that may be sent", median(sizes) / limit, "≤ 0.25", about)
