"""Text from records and models cannot ping, link, or break what it stands in."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.claims import Evidence
from assistant.settings import CrmSettings
from assistant.slack.links import Links, links_of
from assistant.slack.safety import clean, line, markdown, markdown_link, mrkdwn, mrkdwn_link, plain
from tests.assistant.slack.slack_rules import folded, read_markdown, read_mrkdwn

LINKS = links_of(
    CrmSettings(link="https://crm.varnholt.example/{id}", link_hosts=("wiki.varnholt.example",)),
    workspace="https://varnholt.slack.com/",
)

_HOSTILE = (
    *(
        "@channel",
        "@here",
        "@everyone",
        "<!channel>",
        "<!here|here>",
        "<@U024BE7LH>",
        "<#C024BE7LR>",
    ),
    *("<!subteam^SAZ94GDB8>", "<!date^1392734382^{date}|x>", "#general", "＠channel", "@daniel"),
    *(
        "<https://evil.example|Approve>",
        "https://evil.example/x?q=1",
        "http://crm.varnholt.example/1",
    ),
    *("www.evil.com", "evil.com", "evil。com", "EVIL．COM", "www.1a.com", "10.0.0.1", "münchen.de"),
    *(
        "[Approve](https://evil.example)",
        "![x](https://evil.example/p.png)",
        "[a][b]",
        "[b]: https://evil.example",
    ),
    *(
        "<a href=https://evil.example>x</a>",
        "<img src=x>",
        "<https://evil.example>",
        "mailto:a@evil.com",
    ),
    *("a@evil.com", "https://crm.varnholt.example/5", "https://crm.varnholt.example.evil.com/5"),
    *(
        "https://crm.varnholt.example@evil.com/5",
        "https://crm.varnholt.example:8080/",
        "https:evil.com",
    ),
    *(
        "https://CRM.varnholt.example/5",
        "https://crm.vаrnholt.example/5",
        "https://crm%2evarnholt.example/",
    ),
    *(
        "https://varnholt.slack.com/archives/C1/p1700000000000000",
        "https://varnholt.slack.com/services/x",
    ),
    *(
        "javascript:alert(1)",
        "slack://open",
        "HTTPS://EVIL.EXAMPLE",
        "https:\\\\evil.com",
        "ftp://evil.com",
    ),
    *(
        "```",
        "`rm -rf`",
        "*bold*",
        "_it_",
        "~gone~",
        "~~gone~~",
        "**b**",
        "__init__",
        "line_3",
        ":tada:",
    ),
    *(
        "> quote",
        "- item",
        "* item",
        "+ item",
        "1. one",
        "1) one",
        "# head",
        "---",
        "===",
        "| a | b |",
        "|---|---|",
    ),
    *(
        "&lt;!channel&gt;",
        "&amp;lt;",
        "&#64;channel",
        "&copy;",
        "\\*",
        "\\",
        "    code",
        "\t",
        "- [ ] task",
    ),
    *(
        "\u202egnp.exe",
        "\u200b",
        "\u2066x\u2069",
        "\U000e0041\U000e0042",
        "\ufe0f\ufe0f\ufe0f",
        "\x00",
        "\ud800",
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        " ",
        "a",
        "Ä",
        "Ж",
        "。",
        "€4.43 million",
        "30.09.2026",
        "e.g.",
        "👩‍🏭",
    ),
)
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(_HOSTILE), st.text(max_size=4)), max_size=8).map("".join),
)


@given(texts)
@example("[x]: https://crm.varnholt.example/1")
@example("<https://crm.varnholt.example/1|https://evil.example>")
@example("](https://crm.varnholt.example/1)")
def test_whatever_a_record_says_a_section_pings_nobody_and_links_only_where_we_allow(
    text: str,
) -> None:
    read = read_mrkdwn(mrkdwn(text, LINKS))
    assert read.mentions == ()
    assert all(LINKS.allows(link) for link in read.links), read.links
    assert read.shapes == ()
    assert read.seen == folded(text)


@given(texts)
@example("![x](https://crm.varnholt.example/1)")
@example("https://crm.varnholt.example/a_b_(c)*d*")
def test_whatever_a_record_says_markdown_pings_nobody_and_links_only_where_we_allow(
    text: str,
) -> None:
    for put in (markdown(text, LINKS), "- " + markdown(line(text), LINKS)):
        shown = put.removeprefix("- ")
        read = read_markdown(shown)
        assert read.mentions == ()
        assert all(LINKS.allows(link) for link in read.links), read.links
        assert read.shapes == ()
        assert read.seen == folded(text)


@given(texts, st.integers(min_value=1, max_value=150))
def test_a_button_never_says_more_than_it_may(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert len(shown.encode("utf-16-le")) // 2 <= limit
    assert "\n" not in shown
    assert folded(shown).rstrip("…") == folded(shown.rstrip("…"))


@given(texts)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert line(line(text)) == line(text)


def test_a_customer_who_writes_at_channel_in_a_mail_wakes_nobody() -> None:
    shown = mrkdwn("Tell @channel and <!here> that C & A <Viborg> waits")
    assert shown == (
        "Tell @\u200bchannel and &lt;\u200b!here&gt; that C &amp; A &lt;\u200bViborg&gt; waits"
    )


def test_our_own_pages_stay_clickable_and_nothing_else_does() -> None:
    text = "See https://crm.varnholt.example/006A, not https://crm.varnholt.example.evil.com/006A."
    read = read_mrkdwn(mrkdwn(text, LINKS))
    assert read.links == ("https://crm.varnholt.example/006A",)
    assert read_markdown(markdown(text, LINKS)).links == read.links


def test_a_label_cannot_hide_another_address() -> None:
    page = "https://crm.varnholt.example/1"
    assert mrkdwn_link(page, "a|b> <!here>") == f"<{page}|a|b&gt; &lt;\u200b!here&gt;>"
    assert read_markdown(markdown_link(page, "x](https://evil.example)")).links == (page,)


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.varnholt.example/1",
        "https://crm.varnholt.example:443/1",
        "https://user@crm.varnholt.example/1",
        "https://CRM.varnholt.example/1",
        "https://crm.varnholt.example./1",
        "https://sub.crm.varnholt.example/1",
        "https://crm.vаrnholt.example/1",
        "https://varnholt.slack.com/oauth/authorize?x=1",
        "https://varnholt.slack.com/archives/C1/p1?next=https://evil.example",
        "https://other.slack.com/archives/C1/p1700000000000000",
        "https://[broken/1",
        "//crm.varnholt.example/1",
        "https:///1",
        "https://crm.varnholt.example/" + "x" * 2_000,
    ],
)
def test_what_merely_looks_like_ours_is_no_link(url: str) -> None:
    assert not LINKS.allows(url)


def test_a_message_of_our_workspace_may_be_linked_also_inside_its_thread() -> None:
    message = "https://varnholt.slack.com/archives/C1/p1700000000000000"
    assert LINKS.allows(message)
    assert LINKS.allows(message + "?thread_ts=1700000000.000000&cid=C1")


def test_a_citation_opens_the_record_in_the_crm() -> None:
    deal = Evidence("record", "opportunity:006A@1#amount", "Opportunity: Viborg", "880000")
    assert LINKS.of(deal) == "https://crm.varnholt.example/006A"


def test_a_citation_of_a_captured_message_opens_the_message() -> None:
    said = "https://varnholt.slack.com/archives/C1/p1700000000000000"
    links = Links(workspace="varnholt.slack.com", permalink=lambda _: said)
    assert links.of(Evidence("passage", "note:1@1[0:3]", "Note", "Yes")) == said


@pytest.mark.parametrize(
    "ref",
    ["document:letter@1[0:5]", "computed:revenue", "opportunity:../../evil@1#x", "playbook:x@1"],
)
def test_a_source_without_a_page_has_no_link(ref: str) -> None:
    assert LINKS.of(Evidence("record", ref, "Something", "x")) is None


def test_without_a_crm_nothing_is_linked() -> None:
    assert links_of(CrmSettings()).of(Evidence("record", "account:1@1#name", "A", "B")) is None
