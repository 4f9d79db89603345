"""Settings: the only reader of the environment, and of `liaison.toml` in the home folder.

Secrets come only from the environment and are never shown. Everything else about the company
stands in `liaison.toml`, which is optional; a mistake in it is told with its line.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from assistant.errors import BadSettings
from assistant.thresholds import Thresholds

FILE_NAME = "liaison.toml"
DEFAULT_MODEL = "gpt-6.1-terra"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WorkspaceSettings(_Part):
    """`[workspace]`: what this home folder holds."""

    name: str = Field("", description="What to call this workspace")
    as_of: date | None = Field(
        None, description="The day the records end; the sample workspace is frozen at one"
    )


class CompanySettings(_Part):
    """`[company]`: us."""

    name: str = Field("our company", description="Our company's name, as drafts write it")
    currency: str = Field("EUR", pattern="^[A-Z]{3}$", description="Currency figures are told in")
    fiscal_year_start: int = Field(1, ge=1, le=12, description="First month of the fiscal year")
    languages: tuple[Literal["en", "de", "ru"], ...] = Field(
        ("en",), description="Languages drafts may be written in; the first is the default"
    )
    admins: tuple[str, ...] = Field((), description="E-mail addresses that may see everything")


class CurrencySettings(_Part):
    """`[currency]`: how other currencies are turned into ours."""

    rates: dict[str, Decimal] = Field(
        default_factory=dict, description="Units of our currency for one unit of the other"
    )


class CrmSettings(_Part):
    """`[crm]`: where a record's page is."""

    link: str | None = Field(
        None, description="Address of a record's page, with {id} where its id goes"
    )
    link_hosts: tuple[str, ...] = Field((), description="Other hosts that links may lead to")


class Price(_Part):
    """What a million tokens of a model cost, in US dollars."""

    input: Decimal = Field(ge=0, description="Tokens sent")
    cached: Decimal | None = Field(None, ge=0, description="Tokens sent that were sent before")
    output: Decimal = Field(ge=0, description="Tokens written, those of thinking included")


#: OpenAI's list prices of November 2026 for requests below 272,000 tokens.
LIST_PRICES = {
    name: Price(input=Decimal(sent), cached=Decimal(again), output=Decimal(written))
    for name, sent, again, written in (
        ("gpt-6.1-sol", "2.00", "0.10", "10.00"),
        ("gpt-6.1-terra", "1.00", "0.05", "5.00"),
        ("gpt-6-sol", "2.00", "0.20", "10.00"),
        ("gpt-6-luna", "0.10", "0.01", "0.50"),
    )
}


class ModelSettings(_Part):
    """`[model]`: how long, how much and for how much money the language model may work."""

    effort: Literal["none", "low", "medium", "high"] = Field(
        "none", description="How hard OpenAI's models of the fifth generation and later think"
    )
    call_seconds: int = Field(60, ge=1, le=60, description="A call is given up after this long")
    job_seconds: int = Field(180, ge=1, le=900, description="So are all calls for one answer")
    attempts: int = Field(3, ge=1, le=5, description="Times a call is tried when it may help")
    longest_wait: int = Field(
        20, ge=0, le=120, description="Seconds waited before the next try; beyond it, come back"
    )
    input_tokens: int = Field(24_000, ge=1_000, description="Most tokens sent in one call")
    output_tokens: int = Field(4_000, ge=16, description="Most tokens written in one call")
    daily_tokens: int = Field(2_000_000, ge=0, description="Tokens one user may use in a day")
    daily_dollars: Decimal = Field(
        Decimal(5),
        ge=0,
        description="US dollars one user may spend in a day, where prices are known",
    )
    prices: dict[str, Price] = Field(
        default_factory=dict,
        description="Dollars for a million tokens by model: `input`, `cached`, `output`; "
        "they go before the known list prices, and a model without a price counts tokens only",
    )

    def price(self, model: str) -> Price | None:
        """The price of a model, or of the one it is a dated release of; None if unknown."""
        known = LIST_PRICES | self.prices
        undated = re.sub(r"-\d{4}-\d{2}-\d{2}$", "", model)
        return known.get(model) or known.get(undated)


_COMMAND = r"^/[a-z0-9_-]{1,31}$"


class CommandSettings(_Part):
    """`[slack.commands]`: what each slash command is called; the app's manifest says the same."""

    plan: str = Field("/plan", pattern=_COMMAND, description="Drafts an account plan")
    value: str = Field("/value", pattern=_COMMAND, description="Drafts a value proposition")
    follow_up: str = Field("/followup", pattern=_COMMAND, description="Drafts a follow-up")
    review: str = Field("/review", pattern=_COMMAND, description="Drafts a review")
    playbook: str = Field("/playbook", pattern=_COMMAND, description="Asks the playbook")


class NudgeSettings(_Part):
    """`[slack.digest]`: what holds for whoever has not chosen when to hear from us."""

    often: Literal["daily", "weekly", "off"] = Field(
        "weekly", description="How often a digest comes, where there is something new"
    )
    hour: int = Field(8, ge=0, le=23, description="From which hour of somebody's own clock")
    quiet_from: int = Field(18, ge=0, le=23, description="The hour from which nothing is sent")
    quiet_until: int = Field(8, ge=0, le=23, description="The hour until which nothing is sent")


class SlackSettings(_Part):
    """`[slack]`: how we are there."""

    listen: str = Field(
        "127.0.0.1:3000",
        pattern=r"^.+:\d+$",
        description="Host and port for Slack's requests over HTTP, and for health and metrics",
    )
    hands: int = Field(4, ge=1, le=64, description="How many questions are worked on at once")
    commands: CommandSettings = CommandSettings()
    digest: NudgeSettings = NudgeSettings()


class Company(_Part):
    """The whole of `liaison.toml`."""

    workspace: WorkspaceSettings = WorkspaceSettings()
    company: CompanySettings = CompanySettings()
    currency: CurrencySettings = CurrencySettings()
    crm: CrmSettings = CrmSettings()
    model: ModelSettings = ModelSettings()
    slack: SlackSettings = SlackSettings()
    rules: Thresholds = Thresholds()


class Settings(_Part):
    """Everything that is set, read once."""

    home: Path = Field(description="LIAISON_HOME, the folder of the embedded database and index")
    company: Company = Company()
    database_url: SecretStr = Field(description="LIAISON_DATABASE_URL, PostgreSQL instead of it")
    chroma_url: str | None = Field(None, description="LIAISON_CHROMA_URL, a Chroma server")
    embeddings: Literal["local", "multilingual", "openai"] = Field(
        "local", description="LIAISON_EMBEDDINGS, whose vectors carry the meaning"
    )
    embedding_model: str = Field(
        "text-embedding-3-small", description="LIAISON_EMBEDDING_MODEL, with openai embeddings"
    )
    embedding_dimensions: int = Field(
        1536, ge=8, description="LIAISON_EMBEDDING_DIMENSIONS, with openai embeddings"
    )
    openai_api_key: SecretStr | None = Field(None, description="OPENAI_API_KEY")
    openai_base_url: str | None = Field(None, description="OPENAI_BASE_URL, a compatible server")
    slack_bot_token: SecretStr | None = Field(None, description="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(
        None, description="SLACK_APP_TOKEN, for Socket Mode: we call Slack"
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="SLACK_SIGNING_SECRET, for HTTP: Slack calls us"
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", description="SLACK_API_URL, another server than Slack's own"
    )
    model: str = Field(
        DEFAULT_MODEL, description="LIAISON_MODEL, the model that writes and answers"
    )

    @property
    def embedded(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.database_url.get_secret_value().startswith("sqlite:")

    @property
    def today(self) -> date | None:
        """The day the workspace is frozen at, or None for the calendar's today."""
        return self.company.workspace.as_of


def read_settings(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of a home folder; raises `BadSettings` with file and line, or the variable."""
    env = os.environ if environ is None else environ
    folder = (home or Path(env.get("LIAISON_HOME") or ".liaison")).expanduser().absolute()
    given = {
        "database_url": env.get("LIAISON_DATABASE_URL") or f"sqlite:///{folder / 'liaison.db'}",
        "chroma_url": env.get("LIAISON_CHROMA_URL") or None,
        "embeddings": env.get("LIAISON_EMBEDDINGS") or "local",
        "embedding_model": env.get("LIAISON_EMBEDDING_MODEL") or "text-embedding-3-small",
        "embedding_dimensions": env.get("LIAISON_EMBEDDING_DIMENSIONS") or 1536,
        "openai_api_key": env.get("OPENAI_API_KEY") or None,
        "openai_base_url": env.get("OPENAI_BASE_URL") or None,
        "slack_bot_token": env.get("SLACK_BOT_TOKEN") or None,
        "slack_app_token": env.get("SLACK_APP_TOKEN") or None,
        "slack_signing_secret": env.get("SLACK_SIGNING_SECRET") or None,
        "slack_api_url": env.get("SLACK_API_URL") or "https://slack.com/api/",
        "model": env.get("LIAISON_MODEL") or DEFAULT_MODEL,
    }
    try:
        return Settings(home=folder, company=read_company(folder / FILE_NAME), **given)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        variable = "LIAISON_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadSettings(f"{variable}: {first['msg']}.") from None


def read_company(path: Path) -> Company:
    """`liaison.toml`, or the defaults where there is none; raises `BadSettings`."""
    if not path.is_file():
        return Company()
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadSettings(f"{path}, line {line}: save it as UTF-8.") from None
    try:
        return Company.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}: {error}.") from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise BadSettings(f"{path}, {_where(text, first['loc'])}: {first['msg']}.") from None


def _where(text: str, location: tuple[Any, ...]) -> str:
    """`line 12 (rules.core_share)` for the place a setting stands at."""
    path = ".".join(str(part) for part in location)
    table = ""
    line_of: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = header[1].strip().replace('"', "") + "."
            line_of.setdefault(table.rstrip("."), number)
        elif key := re.match(r"\s*([\w\".-]+)\s*=", line):
            line_of.setdefault(table + key[1].replace('"', ""), number)
    for length in range(len(location), 0, -1):
        found = line_of.get(".".join(str(part) for part in location[:length]))
        if found:
            return f"line {found} ({path})"
    return path
