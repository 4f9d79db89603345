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


class Company(_Part):
    """The whole of `liaison.toml`."""

    workspace: WorkspaceSettings = WorkspaceSettings()
    company: CompanySettings = CompanySettings()
    currency: CurrencySettings = CurrencySettings()
    crm: CrmSettings = CrmSettings()
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
            table = header[1].strip() + "."
            line_of.setdefault(table.rstrip("."), number)
        elif key := re.match(r"\s*([\w\".-]+)\s*=", line):
            line_of.setdefault(table + key[1].replace('"', ""), number)
    for length in range(len(location), 0, -1):
        found = line_of.get(".".join(str(part) for part in location[:length]))
        if found:
            return f"line {found} ({path})"
    return path
