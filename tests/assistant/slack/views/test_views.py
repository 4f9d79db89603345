"""What people see: Slack takes every view in every language, and hostile words stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from assistant.conversation.answer import Step
from assistant.drafting import Pen
from assistant.insight.priorities import Priority
from assistant.slack import views
from assistant.slack.canvas.page import Renewal
from assistant.slack.safety import BREAK
from assistant.slack.views import ids
from assistant.slack.views.canvas import (
    Shown,
    canvas_message,
    gone_message,
    outdated_message,
    renewed_message,
)
from assistant.slack.views.home import MOST_ACCOUNTS, Tab
from assistant.slack.views.home_team import PAGE
from assistant.slack.views.policy import Term, ask_approval_form, policy_blocks
from tests.assistant.slack.slack_rules import read_mrkdwn
from tests.assistant.slack.views.values import (
    DAY,
    HOSTILE,
    LINKS,
    answer,
    approval,
    attention,
    draft,
    honest_no,
    record,
    total,
    unsure,
)
from tests.doubles.slack.blockkit import block_faults, view_faults

LANGUAGES = ("en", "de", "ru")
CANVAS = "https://varnholt.slack.com/docs/T/F"
ACCOUNT = views.Option("Borealis Dairy Group", "001A")


def messages(text: str, language: str) -> Iterator[views.Message]:
    yield views.answer_message(answer(text, language), LINKS)
    yield views.answer_message(honest_no(), LINKS)
    yield views.answer_message(unsure(3), LINKS)
    for kind in ("account_plan", "account_review", "follow_up", "portfolio_review", "other"):
        yield views.draft_message(draft(kind, text, language), "draft-1", LINKS)
    for state in ("open", "approved", "changed", "refused", "expired"):
        yield views.approval_message(
            approval(text, state=state, reason=text, language=language, decided_by="Claire Okafor")
        )
    yield views.digest_message(views.Digest(DAY, attention(text), language=language))
    yield views.error_message("R-17", language, text)
    yield views.unknown_user_message(f"{text[:60]}@x.example", ("Claire Okafor",), language)
    yield views.unknown_user_message(None, (), language)
    yield views.kept_message(
        text, "Borealis", language, "https://varnholt.slack.com/archives/C1/p1"
    )
    yield views.waiting_message(language)
    yield views.late_note(language)
    for reason in ("outside", "guests", "unseen", "unsure", "bots"):
        yield views.private_notice(reason, language)
    canvas = Shown("F1", "001A", f"Plan: {text}"[:150], CANVAS, language)
    plan = draft(text=text)
    became = Renewal((text[:80],), (text[:80],), (plan.sections[0].id,))
    yield canvas_message(canvas, 7)
    yield renewed_message(canvas, plan, became, LINKS)
    yield renewed_message(canvas, plan, Renewal(), LINKS)
    yield outdated_message(canvas, text[:80], {text[:60]: [text] * 5})
    yield gone_message("001A", text[:80], language)
    terms = [Term(text[:200], "12 %", ids.pack("a", text[:400]), forbidden=n > 6) for n in range(8)]
    yield views.message("Plan", policy_blocks(terms, language))


def modals(text: str, language: str) -> Iterator[dict[str, Any]]:
    labels = answer(text).sources
    yield views.source_view(record(title=text, quote=text), "S1", LINKS, language)
    yield views.source_view(total(), "S2", LINKS, language)
    yield views.sources_view(labels, "run-1", 0, language, LINKS)
    yield views.withheld_view(draft(text=text).withheld, language)
    for kind in ("plan", "value", "follow_up", "review"):
        yield views.draft_form(kind, language, account=ACCOUNT, meetings=(ACCOUNT,))
    yield views.ask_form(views.Option(text[:70], "001A"), language)
    yield views.remember_form(text, language, account=ACCOUNT, scopes=("message", "thread", "file"))
    yield views.touch_form(DAY, language, account=ACCOUNT)
    yield views.promise_form(language, text=text[:400])
    yield views.role_form(language)
    yield views.revise_form("draft-1", language, free=True)
    yield views.revise_form("draft-1", language)
    yield views.refuse_form("approval-1", language)
    yield views.change_form("approval-1", "17", "12", language)
    yield views.approve_form("approval-1", language)
    yield ask_approval_form(text, ids.pack("a", text[:500]), language)
    yield views.digest_form(views.DigestSettings(language=language))
    yield views.snooze_form("001A", text, language)


def homes(text: str, language: str) -> Iterator[dict[str, Any]]:
    tabs: tuple[Tab, ...] = ("accounts", "team", "learning")
    many = attention(text, 40)
    yield views.rep_home(views.RepHome(text[:90], DAY, many, 4, language, tabs))
    yield views.rep_home(views.RepHome("Daniel", DAY, (), 4, language))
    yield team(text, language)
    yield views.learner_home(
        views.LearnerHome(
            name="Ana",
            path="First month",
            lessons=tuple(
                views.Lesson(
                    str(n), text[:80], 5, "next" if n == 2 else "done" if n < 2 else "later"
                )
                for n in range(30)
            ),
            due=7,
            weak=(text[:40],),
            shared_with="Claire Okafor",
            language=language,
        )
    )
    topics = (("stakeholders", text[:50]),)
    yield views.outsider_home(views.OutsiderHome("x@y.example", ("Claire",), topics, language))


def team(text: str, language: str = "en", page: int = 0) -> dict[str, Any]:
    lines = tuple(
        views.TeamLine(
            f"00{n}", text[:60], None, "major", "early", "€1", text, text, text, late=True
        )
        for n in range(PAGE)
    )
    waiting = tuple(views.ApprovalLine(str(n), "A", text[:60], "Sofia", DAY) for n in range(9))
    return views.team_home(
        views.TeamHome(
            name="Claire",
            day=DAY,
            figures=tuple((f"Figure {n}", text[:20]) for n in range(12)),
            said=(text[:300],) * 9,
            lines=lines,
            found=55,
            total=60,
            approvals=waiting,
            owners=("Daniel Reyes", "Marcus Bell"),
            only="owner:Marcus Bell",
            page=page,
            language=language,
        )
    )


def everything(message: views.Message) -> Iterator[views.Message]:
    yield message
    for reply in message.replies:
        yield from everything(reply)


def marked(piece: Any) -> Iterator[str]:
    """Every text that Slack reads as mrkdwn."""
    if isinstance(piece, dict):
        if piece.get("type") == "mrkdwn":
            assert piece["verbatim"] is True
            yield piece["text"]
        for value in piece.values():
            yield from marked(value)
    elif isinstance(piece, (list, tuple)):
        for value in piece:
            yield from marked(value)


def press(piece: Any) -> dict[str, list[tuple[str, ...]]]:
    """What the buttons of a message carry, by action."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for block in piece:
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if "value" in element:
                action = re.sub(r"\.\d+$", "", element["action_id"])
                found.setdefault(action, []).append(ids.unpack(element["value"]))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["Søren waits.", HOSTILE], ids=["kind", "hostile"])
def test_slack_takes_every_message(text: str, language: str) -> None:
    for message in messages(text, language):
        for one in everything(message):
            assert block_faults(list(one.blocks)) == []
            assert 0 < len(one.text) <= 3_000
            assert one.to_json()["unfurl_links"] is one.to_json()["unfurl_media"] is False


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["Søren waits.", HOSTILE], ids=["kind", "hostile"])
def test_slack_takes_every_modal_and_every_home(text: str, language: str) -> None:
    for modal in modals(text, language):
        assert view_faults(modal, "modal") == []
    for home in homes(text, language):
        assert view_faults(home, "home") == []


def test_hostile_words_ping_nobody_and_link_nowhere_in_any_view() -> None:
    shown = [one.to_json() for made in messages(HOSTILE, "en") for one in everything(made)]
    for piece in [*shown, *modals(HOSTILE, "en"), *homes(HOSTILE, "en")]:
        for text in [*marked(piece), piece.get("text", "") if "blocks" in piece else ""]:
            read = read_mrkdwn(text)
            assert read.mentions == ()
            known = [link for link in read.links if "/archives/" in link or link == CANVAS]
            assert all(LINKS.allows(link) or link in known for link in read.links)


def test_an_answer_says_the_answer_first_and_each_mark_opens_its_record() -> None:
    message = views.answer_message(answer(), LINKS)
    first = message.blocks[0]["text"]["text"]
    assert first == "*Henrik Dalgaard decides.* <https://crm.varnholt.example/006A|[1]>"
    assert message.text == "Henrik Dalgaard decides."


def test_every_source_of_an_answer_is_one_click_away() -> None:
    pressed = press(views.answer_message(answer(), LINKS).blocks)
    assert pressed[ids.SOURCE] == [("run-1", "S1"), ("run-1", "S2"), ("run-1", "S3")]
    assert pressed[ids.SOURCES] == [("run-1", "")]
    assert pressed[ids.WITHHELD] == [("run-1",)]
    assert pressed[ids.FOLLOW_UP_QUESTION][0] == ("run-1", "What does he want?")


def test_an_ambiguous_name_gets_a_chooser_and_no_guess() -> None:
    message = views.answer_message(unsure(12), LINKS)
    pressed = press(message.blocks)
    assert pressed[ids.CHOICE] == [("run-2", str(n)) for n in range(10)]
    assert ids.FEEDBACK not in pressed
    assert "There are more" in message.blocks[-1]["elements"][0]["text"]


def test_an_honest_no_gives_its_reason_and_what_would_help() -> None:
    message = views.answer_message(honest_no())
    assert message.blocks[0]["text"]["text"] == "*No record says what margin Borealis makes.*"
    assert "→ Ask Mette Kjærgaard for the annual report." in message.blocks[1]["text"]["text"]


def test_a_streamed_sentence_bears_the_number_that_the_answer_gives_it() -> None:
    claims = answer().claims
    chunks = [views.stream_sentence(claims[: n + 1], LINKS)["text"] for n in range(len(claims))]
    assert chunks[0] == (
        "**Henrik Dalgaard decides.** [[1]](https://crm.varnholt.example/006A)\n\n"
    )
    assert chunks[1] == "Nobody has met Birgit Aagaard. [2]\n\n"
    assert chunks[2].startswith("→ Ask Henrik Dalgaard decides. for an introduction. [[3]](")


def test_a_step_begins_and_ends_under_one_id() -> None:
    begun = views.stream_task(Step("searching", "Searching the history"), 1)
    done = views.stream_task(Step("searching", "Searching the history", done=True), 1)
    assert begun["id"] == done["id"]
    assert (begun["status"], done["status"]) == ("in_progress", "complete")


def test_a_plan_decides_on_its_first_screen_and_the_rest_follows_complete() -> None:
    written = draft()
    message = views.draft_message(written, "draft-1", LINKS)
    shown = " ".join(marked(message.blocks))
    assert "*Decision: defend.*" in shown
    assert shown.count("→") == 3
    assert press(message.blocks)[ids.WHY] == [("draft-1", "summary", str(n)) for n in (2, 3, 4)]
    rest = " ".join(text for reply in message.replies for text in marked(reply.blocks))
    for part in written.sections[1:]:
        assert f"*{part.title}*" in rest
        assert all(one.text in rest.replace(BREAK, "") for one in part.claims)


def test_withheld_sentences_are_counted_and_can_be_seen() -> None:
    message = views.draft_message(draft(), "draft-1", LINKS)
    assert "1 sentence withheld" in " ".join(marked(message.blocks))
    assert press(message.blocks)[ids.WITHHELD] == [("draft-1",)]
    shown = " ".join(marked(views.withheld_view(draft().withheld)))
    assert "~Søren waits.~\nno source says so" in shown


def test_a_message_to_the_customer_is_shown_as_it_will_be_read() -> None:
    message = views.draft_message(draft("follow_up"), "draft-1", LINKS)
    assert ">Decision: defend.\n>\n>They bought 12 % less." in " ".join(marked(message.blocks))


def test_a_draft_speaks_its_own_language() -> None:
    german = views.draft_message(draft(language="de"), "draft-1", LINKS)
    labels = [element["text"]["text"] for element in german.blocks[-3]["elements"]]
    assert labels[0] == "Ganzen Plan öffnen"


def test_a_sum_is_worked_out_again_line_by_line() -> None:
    shown = "\n".join(marked(views.source_view(total(), "S2", LINKS)))
    assert "`sum(amount)`" in shown
    assert "amount = 10 EUR\namount = 20 EUR" in shown
    assert "*= 30 EUR*" in shown
    assert "Worked out again just now: 30. It agrees." in shown


def test_a_sum_that_comes_out_differently_says_so() -> None:
    shown = "\n".join(marked(views.source_view(total("31", "10", "20"), "S2", LINKS)))
    assert "30. That differs; please report it." in shown


def test_a_source_shows_its_words_and_leads_to_its_page() -> None:
    modal = views.source_view(record(quote="“No category stays single-sourced.”"), "S1", LINKS)
    assert ">“No category stays single-sourced.”" in "\n".join(marked(modal))
    assert modal["blocks"][-1]["elements"][0]["url"] == "https://crm.varnholt.example/006A"


def test_hundreds_of_sources_are_paged() -> None:
    labels = {record(str(n)): f"S{n + 1}" for n in range(95)}
    first, last = (views.sources_view(labels, "draft-1", page) for page in (0, 2))
    assert first["blocks"][-1]["elements"][0]["value"] == ids.pack("draft-1", "", "1")
    assert len(last["blocks"]) == 15


def test_a_rep_sees_the_most_urgent_accounts_and_how_many_more_there_are() -> None:
    home = views.rep_home(views.RepHome("Daniel", DAY, attention(accounts=15), steady=2))
    shown = " ".join(marked(home))
    assert "15 accounts need you" in shown
    assert shown.count(":red_circle:") == MOST_ACCOUNTS
    assert "3 more accounts need something" in shown
    assert len(press(home["blocks"])[ids.PLAN]) == MOST_ACCOUNTS


def test_a_quiet_day_is_told_as_one() -> None:
    home = views.rep_home(views.RepHome("Daniel", DAY, (), steady=5))
    assert "A good day to call somebody who expects nothing." in " ".join(marked(home))


def test_a_manager_turns_the_pages_of_the_team() -> None:
    middle = press(team("Borealis", page=1)["blocks"])
    assert middle[ids.TEAM_PAGE] == [("0",), ("2",)]
    assert "21–40 of 55 accounts that fit; 60 in the team" in " ".join(marked(team("A", page=1)))


def test_an_approval_that_is_decided_has_no_buttons_and_says_who_and_why() -> None:
    refused = views.approval_message(
        approval(state="refused", decided_by="Claire Okafor", decided_on=DAY, reason="Too deep.")
    )
    assert press(refused.blocks) == {}
    shown = " ".join(marked(refused.blocks))
    assert "*Claire Okafor refused this on 30 September 2026.*\nToo deep." in shown


def test_an_open_approval_can_be_decided_three_ways() -> None:
    pressed = press(views.approval_message(approval()).blocks)
    assert set(pressed) == {ids.APPROVE, ids.CHANGE, ids.REFUSE}


def test_the_approver_opens_the_deal_from_the_request() -> None:
    page = "https://crm.varnholt.example/006A"
    shown = " ".join(marked(views.approval_message(approval(url=page), LINKS).blocks))
    assert f"*<{page}|Discount of 17 %>*" in shown
    elsewhere = views.approval_message(approval(url="https://evil.example/006A"), LINKS)
    assert "evil" not in " ".join(marked(elsewhere.blocks))


def test_an_error_is_short_and_has_a_number() -> None:
    message = views.error_message("R-17")
    assert message.text == "That did not work. It was not your doing, and nothing was lost."
    assert "R-17" in " ".join(marked(message.blocks))


def test_a_value_that_is_not_ours_is_refused() -> None:
    assert ids.unpack(ids.pack("a", "b")) == ("a", "b")
    for forged in ('{"a":1}', "[1]", "x"):
        with pytest.raises(ValueError, match=r"not a value of ours|Expecting value"):
            ids.unpack(forged)
    assert ids.every(ids.SOURCE).fullmatch(ids.numbered(ids.SOURCE, 3))
    assert not ids.every(ids.SOURCE).fullmatch("source.opened")


def test_a_form_starts_with_the_day_it_is_given() -> None:
    form = views.touch_form(date(2026, 9, 1))
    day = next(block for block in form["blocks"] if block.get("block_id") == ids.DAY)
    assert day["element"]["initial_date"] == "2026-09-01"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "They wait for “a price list”: due on 11 September 2026, 19 days ago. Do it by 7 Oct",
        ),
        ("de", "Der Kunde wartet auf „a price list“: fällig am 11. September 2026"),
        ("ru", "Клиент ждёт: «a price list». Срок был 11 сентября 2026"),
    ],
)
def test_a_rep_is_told_what_is_overdue_in_their_language(language: str, told: str) -> None:
    values = {"what": "a price list", "due": date(2026, 9, 11), "days": 19}
    asked = Priority("answer_request", 100, date(2026, 10, 7), "Daniel Reyes", values)
    reason = views.reason_of(asked, Pen(language, "EUR"))
    assert reason.text.startswith(told)
    assert reason.late
    assert (reason.kind, ".." in reason.text) == ("request", False)
