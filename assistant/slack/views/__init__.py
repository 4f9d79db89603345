"""What people see in Slack: pure builders from values to messages, modals and Home.

    answer_message(answer, links)       streamed: stream_task, stream_sentence, answer_tail
    draft_message(draft, key, links)    its replies hold the rest
    rep_home, team_home, learner_home, outsider_home
    approval_message, digest_message, error_message, private_notice …

Nothing here calls Slack or reads a record. Names of actions stand in `ids`.
"""

from __future__ import annotations

from assistant.slack.views.answer import (
    answer_message,
    answer_tail,
    stream_sentence,
    stream_task,
)
from assistant.slack.views.approval import (
    Approval,
    ApprovalLine,
    Trail,
    approval_message,
    approve_form,
    change_form,
    refuse_form,
)
from assistant.slack.views.blocks import Block, Option
from assistant.slack.views.draft import draft_message, section_blocks
from assistant.slack.views.forms import (
    ask_form,
    draft_form,
    promise_form,
    remember_form,
    revise_form,
    role_form,
    touch_form,
)
from assistant.slack.views.home import (
    Attention,
    OutsiderHome,
    Reason,
    RepHome,
    outsider_home,
    rep_home,
)
from assistant.slack.views.home_learning import LearnerHome, Lesson, learner_home
from assistant.slack.views.home_team import TeamHome, TeamLine, team_home
from assistant.slack.views.message import Message, message
from assistant.slack.views.notices import (
    error_message,
    kept_message,
    late_note,
    private_notice,
    unknown_user_message,
    waiting_message,
)
from assistant.slack.views.nudge import (
    Digest,
    DigestSettings,
    digest_form,
    digest_message,
    snooze_form,
)
from assistant.slack.views.reasons import reason_of
from assistant.slack.views.sources import source_view, sources_view, withheld_view

__all__ = [
    "Approval",
    "ApprovalLine",
    "Attention",
    "Block",
    "Digest",
    "DigestSettings",
    "LearnerHome",
    "Lesson",
    "Message",
    "Option",
    "OutsiderHome",
    "Reason",
    "RepHome",
    "TeamHome",
    "TeamLine",
    "Trail",
    "answer_message",
    "answer_tail",
    "approval_message",
    "approve_form",
    "ask_form",
    "change_form",
    "digest_form",
    "digest_message",
    "draft_form",
    "draft_message",
    "error_message",
    "kept_message",
    "late_note",
    "learner_home",
    "message",
    "outsider_home",
    "private_notice",
    "promise_form",
    "reason_of",
    "refuse_form",
    "remember_form",
    "rep_home",
    "revise_form",
    "role_form",
    "section_blocks",
    "snooze_form",
    "source_view",
    "sources_view",
    "stream_sentence",
    "stream_task",
    "team_home",
    "touch_form",
    "unknown_user_message",
    "waiting_message",
    "withheld_view",
]
