# The few commands of the project. `make run` and `make test` are all that a newcomer needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.set-up
DATABASE_URL ?= sqlite:///compendium.db
export DATABASE_URL

.DEFAULT_GOAL := help
.PHONY: help setup run test test-browser screenshots check bench recall lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(SETUP) ## Install everything into .venv, at the versions and hashes of the lock file

$(SETUP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m tests.login.real_provider || echo "The OpenID provider of the tests is missing; the first test tries again."
	@touch $@

run: setup ## Serve the compendium with its glossary on SQLite, at http://127.0.0.1:8000
	@$(BIN)/compendium migrate
	@$(BIN)/compendium load glossary
	@$(BIN)/compendium serve

test: setup ## Run the whole suite on SQLite and on a PostgreSQL that it starts itself
	@$(BIN)/python -m pytest -n auto --dist worksteal $(OPTIONS)

test-browser: setup ## Read the pages in a real browser, which npm brings: journeys, accessibility, keyboard
	@$(BIN)/python -m pytest -q --confcutdir=tests/browser tests/browser

screenshots: setup ## Take pictures of the main pages in the three languages, for the README and to look at
	@$(BIN)/python -m tests.browser.screenshots

check: setup ## Run everything else that CI runs: format, lint, types, imports, catalogues, migrations, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q tests/texts tests/test_migrations.py tests/docs

bench: setup ## Measure speed as ratios, side by side in one run
	@$(BIN)/python -m benchmarks

recall: setup ## Measure how well look-up finds what people type, on both engines
	@$(BIN)/python -m tests.recall --both

lock: setup ## Compile the lock files anew from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.lock
	@$(BIN)/uv pip compile --group build --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements-build.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements-dev.lock
