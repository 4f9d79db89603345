"""The names under which clicks and submitted forms come back, and what a button carries.

An action that occurs several times in one block is numbered (`source.open.3`); `every(SOURCE)`
matches them all. A button's value is a list of short strings: `pack` and `unpack`.
"""

from __future__ import annotations

import json
import re
from typing import Final

# Answers and drafts
SOURCE: Final = "source.open"
SOURCES: Final = "source.list"
WITHHELD: Final = "withheld.list"
WHY: Final = "why"
FEEDBACK: Final = "feedback"
CHOICE: Final = "answer.choose"
FOLLOW_UP_QUESTION: Final = "answer.ask"
SECTION_MENU: Final = "section.menu"

# What can be done with a draft
OPEN_DRAFT: Final = "draft.open"
CANVAS: Final = "draft.canvas"
WORD: Final = "draft.word"
CHARTS: Final = "draft.charts"
SLIDES: Final = "draft.slides"
MAIL: Final = "draft.mail"
REVISE: Final = "draft.revise"
SAVE_REVIEW: Final = "draft.save_review"
ASK_APPROVAL: Final = "draft.ask_approval"
PREPARE: Final = "draft.prepare"
DECIDE: Final = "draft.decide"
CLOSE_REVIEW: Final = "draft.close_review"
UPDATE_CANVAS: Final = "canvas.update"
CHOOSE_ACCOUNT: Final = "draft.account"

# Home
HOME_TAB: Final = "home.tab"
HOME_PAGE: Final = "home.page"
PLAN: Final = "account.plan"
ASK: Final = "account.ask"
FOLLOW_UP: Final = "account.follow_up"
REVIEW: Final = "account.review"
SNOOZE: Final = "account.snooze"
SHOW_ACCOUNT: Final = "account.show"
TEAM_SORT: Final = "team.sort"
TEAM_FILTER: Final = "team.filter"
TEAM_PAGE: Final = "team.page"
TEAM_REVIEW: Final = "team.review"
LESSON: Final = "learning.lesson"
CARDS: Final = "learning.cards"
ROLE_PLAY: Final = "learning.role_play"
LESSON_READ: Final = "learning.read"
CARD_CHOICE: Final = "card.choose"
CARD_REVEAL: Final = "card.reveal"
CARD_GRADE: Final = "card.grade"
SHARING: Final = "learning.sharing"
SHARE: Final = "learning.share"
UNSHARE: Final = "learning.unshare"
BEGIN_SCENE: Final = "scene.begin"
SAY_IN_SCENE: Final = "scene.say"
END_SCENE: Final = "scene.end"
PLAYBOOK: Final = "playbook.open"
CAPTURE: Final = "capture.open"
DIGEST_SETTINGS: Final = "digest.settings"
STOP_DIGEST: Final = "digest.stop"

# Lists
LISTS: Final = "list.show"
LIST_CSV: Final = "list.csv"
CLOSE_ASK: Final = "ask.close"
NEW_ASK: Final = "ask.new"
CHECK: Final = "self_check.open"

# What deals taught
DEBRIEF: Final = "debrief.open"
DEBRIEF_LATER: Final = "debrief.later"
DEAL_LESSONS: Final = "deal_lesson.list"
LESSON_USED: Final = "deal_lesson.used"
LESSON_LEFT: Final = "deal_lesson.left"

# Approvals
APPROVE: Final = "approval.approve"
CHANGE: Final = "approval.change"
REFUSE: Final = "approval.refuse"

# Modals, by the callback their submission comes back under
DRAFT_FORM: Final = "form.draft"
CAPTURE_FORM: Final = "form.capture"
TOUCH_FORM: Final = "form.touch"
PROMISE_FORM: Final = "form.promise"
ROLE_FORM: Final = "form.role"
LOG_FORM: Final = "form.log"
REVISE_FORM: Final = "form.revise"
APPROVE_FORM: Final = "form.approve"
CHANGE_FORM: Final = "form.change"
REFUSE_FORM: Final = "form.refuse"
DIGEST_FORM: Final = "form.digest"
ASK_FORM: Final = "form.ask"
ASK_APPROVAL_FORM: Final = "form.ask_approval"
NEW_ASK_FORM: Final = "form.new_ask"
CLOSE_ASK_FORM: Final = "form.close_ask"
CHECK_FORM: Final = "form.self_check"
DECISION_FORM: Final = "form.decision"
DEBRIEF_FORM: Final = "form.debrief"
LESSON_LEFT_FORM: Final = "form.lesson_left"
THREAD_FORM: Final = "form.thread"
TOPICS_VIEW: Final = "view.topics"
SOURCE_VIEW: Final = "view.source"
WITHHELD_VIEW: Final = "view.withheld"
NOTICE_VIEW: Final = "view.notice"
WHY_VIEW: Final = "view.why"
HOME_VIEW: Final = "view.home"
ACCOUNT_VIEW: Final = "view.account"

# Fields: block and action id are the same word
ACCOUNT: Final = "account"
STAKEHOLDER: Final = "stakeholder"
MEETING: Final = "meeting"
SINCE: Final = "since"
LANGUAGE: Final = "language"
TEXT: Final = "text"
DAY: Final = "day"
DUE: Final = "due"
OWNER_SIDE: Final = "owner_side"
OWNER: Final = "owner"
BUYER_REASON: Final = "buyer_reason"
SAID_BY: Final = "said_by"
OUR_REASON: Final = "our_reason"
AGAIN: Final = "again"
IMPERATIVE: Final = "imperative"
SCORE: Final = "score"
KIND: Final = "kind"
#: Not `KIND`: Slack keeps what was chosen in a field when the next form has one of the same id.
LOGGED: Final = "logged"
ROLES: Final = "roles"
STANCE: Final = "stance"
SCOPE: Final = "scope"
REASON: Final = "reason"
VALUE: Final = "value"
FREQUENCY: Final = "frequency"
QUIET_FROM: Final = "quiet_from"
QUIET_TO: Final = "quiet_to"
SNOOZE_DAYS: Final = "snooze_days"


def numbered(action: str, number: int) -> str:
    """The id of one of several alike in a block."""
    return f"{action}.{number}"


def every(action: str) -> re.Pattern[str]:
    """Matches an action and all that are numbered after it."""
    return re.compile(rf"{re.escape(action)}(?:\.\d+)?")


def pack(*parts: str) -> str:
    """What a button carries; at most 2,000 characters, 150 in an option."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def unpack(value: str) -> tuple[str, ...]:
    """What a button carried; raises `ValueError` for anything `pack` has not made."""
    parts = json.loads(value)
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError("not a value of ours")
    return tuple(parts)
