from __future__ import annotations

from tests.knowledge.passages.files import ReadOne, Refusal

TEAMS = """WEBVTT - Call with Nordwind

NOTE recorded by Teams

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:04.000 align:start
<v Anna Berger>We need the offer</v>

2
00:00:04.000 --> 00:00:06.000
<v Anna Berger>by <b>Friday</b> &amp; not later.</v>

3
00:00:06.000 --> 00:00:08.000
<v.loud Dana Ruiz>You will have it.</v>
<v Anna Berger>Good.</v>
"""

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Anna Berger: We need the offer

2
00:00:04.000 --> 00:00:06.000
Anna Berger: by Friday
and not later.

00:00:06.000 --> 00:00:08.000
(laughter)

00:00:06.000 --> 00:00:08.000
Dana Ruiz: You will have it.
"""


def test_a_teams_call_is_read_as_turns_with_names(read_one: ReadOne) -> None:
    reading = read_one("2026-03-04 call.vtt", TEAMS)
    assert reading.title == "Call with Nordwind"
    assert reading.text == (
        "Anna Berger: We need the offer by Friday & not later.\n"
        "Dana Ruiz: You will have it.\n"
        "Anna Berger: Good."
    )
    assert str(reading.dated) == "2026-03-04"


def test_a_zoom_call_is_read_and_nobody_is_given_words_that_name_nobody(read_one: ReadOne) -> None:
    assert read_one("zoom call.vtt", ZOOM).text == (
        "Anna Berger: We need the offer by Friday and not later.\n"
        "(laughter)\n"
        "Dana Ruiz: You will have it."
    )


def test_captions_shown_twice_count_once(read_one: ReadOne) -> None:
    cue = "\n00:00:01.000 --> 00:00:02.000\nAnna: Hello.\n"
    assert read_one("a.vtt", "WEBVTT\n" + cue * 3).text == "Anna: Hello."


def test_what_is_no_transcript_is_refused(refusal: Refusal) -> None:
    assert "WEBVTT" in refusal("a.vtt", "1\n00:00:01,000 --> 00:00:02,000\nsubtitle")
    assert "holds no text" in refusal("a.vtt", "WEBVTT\n\nNOTE nothing")
