"""An administrator asks the doctor what works and how to mend the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.checkup import Check, check_up
from assistant.models import Outside, reach
from assistant.settings import Settings, read_settings
from tests.doubles.slack import SlackDouble

MANIFEST = json.loads((Path(__file__).parents[2] / "manifest.json").read_text(encoding="utf-8"))


def found(settings: Settings) -> dict[str, Check]:
    return {check.name: check for check in check_up(settings)}


def test_before_anything_is_set_up_every_step_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    home = tmp_path / "new"
    checks = found(read_settings(home, {}))
    assert checks["home"].state == "idle"
    assert "liaison import" in checks["home"].mend
    assert "OPENAI_API_KEY" in checks["model"].mend
    assert "SLACK_BOT_TOKEN" in checks["slack bot token"].mend
    assert "ill" not in {check.state for check in checks.values()}
    assert not home.exists()


def test_a_home_that_others_can_read_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    check = found(read_settings(home, {}))["home"]
    assert check.state == "ill"
    assert check.mend == f"chmod 700 {home}"


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    address = "postgresql://liaison:hunter2@127.0.0.1:1/liaison"
    checks = found(read_settings(tmp_path / "home", {"LIAISON_DATABASE_URL": address}))
    assert checks["database"].state == "ill"
    assert "hunter2" not in "".join(str(check) for check in checks.values())


def test_good_tokens_and_scopes_are_well(tmp_path: Path) -> None:
    with SlackDouble(MANIFEST) as slack:
        checks = found(read_settings(tmp_path / "home", surroundings(slack)))
    assert checks["slack bot token"].state == "well"
    assert checks["slack scopes"].state == "well"
    assert checks["slack app token"].state == "well"
    assert checks["slack signing secret"].state == "well"


def test_a_missing_scope_is_named(tmp_path: Path) -> None:
    narrow = json.loads(json.dumps(MANIFEST))
    narrow["oauth_config"]["scopes"]["bot"].remove("users:read.email")
    with SlackDouble(narrow) as slack:
        check = found(read_settings(tmp_path / "home", surroundings(slack)))["slack scopes"]
    assert check.state == "ill"
    assert "users:read.email" in check.told
    assert "reinstall" in check.mend


def test_a_wrong_token_is_refused_and_never_shown(tmp_path: Path) -> None:
    with SlackDouble(MANIFEST) as slack:
        wrong = surroundings(slack) | {"SLACK_BOT_TOKEN": "xoxb-stolen", "SLACK_APP_TOKEN": "xapp-"}
        checks = found(read_settings(tmp_path / "home", wrong))
    assert checks["slack bot token"].state == "ill"
    assert checks["slack app token"].state == "ill"
    assert "stolen" not in "".join(str(check) for check in checks.values())


def test_over_http_the_administrator_reads_which_url_goes_where(tmp_path: Path) -> None:
    with SlackDouble(MANIFEST) as slack:
        environ = surroundings(slack)
        del environ["SLACK_APP_TOKEN"]
        check = found(read_settings(tmp_path / "home", environ))["slack request URL"]
    assert check.state == "idle"
    assert "https://YOUR-HOST/slack/events" in check.told
    for place in ("Event Subscriptions", "Interactivity", "Options Load URL", "Slash Commands"):
        assert place in check.mend
    assert "/plan, /value, /followup, /review, /playbook" in check.mend


def test_over_a_socket_there_is_no_url_to_enter(tmp_path: Path) -> None:
    with SlackDouble(MANIFEST) as slack:
        environ = surroundings(slack)
        del environ["SLACK_SIGNING_SECRET"]
        assert "slack request URL" not in found(read_settings(tmp_path / "home", environ))


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"object": "list", "data": [{"id": "our-model", "object": "model"}]}, "well"),
        ({"object": "list", "data": [{"id": "another", "object": "model"}]}, "ill"),
    ],
)
def test_a_model_that_is_not_offered_is_told(tmp_path: Path, body: object, state: str) -> None:
    import httpx2

    environ = {"OPENAI_API_KEY": "sk-test", "LIAISON_MODEL": "our-model"}
    settings = read_settings(tmp_path, environ)
    transport = httpx2.MockTransport(lambda _request: httpx2.Response(200, json=body))
    if state == "well":
        assert "our-model" in reach(settings, Outside(transport=transport))
    else:
        with pytest.raises(Exception, match="does not offer “our-model”"):
            reach(settings, Outside(transport=transport))


def surroundings(slack: SlackDouble) -> dict[str, str]:
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
    }
