"""Settings: read once, told with their line when they are wrong, secrets never shown."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import BadSettings
from assistant.settings import read_settings


def test_without_anything_set_the_defaults_serve(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, {})
    assert settings.company.company.currency == "EUR"
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path / 'liaison.db'}"
    assert settings.company.rules.core_share == 80


def test_the_company_sets_its_own_thresholds_and_rates(tmp_path: Path) -> None:
    (tmp_path / "liaison.toml").write_text(
        '[company]\ncurrency = "USD"\n[currency.rates]\nEUR = "1.09"\n[rules]\ncore_share = 70\n'
    )
    company = read_settings(tmp_path, {}).company
    assert company.company.currency == "USD"
    assert company.currency.rates == {"EUR": Decimal("1.09")}
    assert company.rules.core_share == 70


def test_a_dated_release_costs_what_its_model_costs(tmp_path: Path) -> None:
    model = read_settings(tmp_path, {}).company.model
    assert model.price("gpt-6.1-sol-2026-09-29") == model.price("gpt-6.1-sol")
    assert model.price("gemma-3-270m") is None


def test_the_model_and_its_prices_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "liaison.toml").write_text(
        '[model.prices."our-model"]\ninput = "0.20"\noutput = "0.80"\n'
    )
    settings = read_settings(tmp_path, {"LIAISON_MODEL": "our-model"})
    price = settings.company.model.price(settings.model)
    assert price is not None
    assert price.output == Decimal("0.80")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rules]\n\ncore_share = 170\n", r"line 3 \(rules.core_share\)"),
        ('[company]\ncurency = "EUR"\n', r"line 2 \(company.curency\)"),
        ("[rules]\ncore_share = \n", "line 2"),
        ("[rulez]\n", r"line 1 \(rulez\)"),
        ('[model.prices."m.1"]\ninput = -1\noutput = 2\n', r"line 2 \(model.prices.m.1.input\)"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "liaison.toml").write_text(text)
    with pytest.raises(BadSettings, match=said):
        read_settings(tmp_path, {})


def test_an_impossible_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="LIAISON_EMBEDDINGS"):
        read_settings(tmp_path, {"LIAISON_EMBEDDINGS": "magic"})


def test_secrets_do_not_show(tmp_path: Path) -> None:
    settings = read_settings(
        tmp_path,
        {
            "OPENAI_API_KEY": "sk-very-secret",
            "LIAISON_DATABASE_URL": "postgresql://liaison:hunter2@localhost/liaison",
        },
    )
    assert "sk-very-secret" not in repr(settings)
    assert "hunter2" not in repr(settings)
