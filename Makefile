# Every command of the project; plain `make` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
# Development and tests run as a demo: secrets are made up and kept in the data folder.
export SUBAN_DEMO ?= 1
UV := $(VENV)/bin/uv
UV_VERSION := 0.13.9
# Processes of one test run.
JOBS ?= 2

help:  ## list all commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.stamp  ## prepare the environment in .venv

$(UV):
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed"; exit 1; }
	@python3 -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is needed: apt-get install python3-venv"; exit 1; }
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

$(VENV)/.stamp: requirements/dev.lock pyproject.toml | $(UV)
	VIRTUAL_ENV=$(VENV) $(UV) pip sync --quiet --require-hashes requirements/dev.lock
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --editable .
	@touch $@

assets: setup  ## collect the static files into the data folder
	$(VENV)/bin/python -m django collectstatic --settings suban.config.settings --no-input --verbosity 0

demo: setup  ## load a small Jiangsu and serve it (PORT=8000, SUBAN_DATA=./var)
	@$(VENV)/bin/python -c 'import sys; from suban.config.environment import environment as e; \
	  from suban.config.cli.serving import find_port_fault; sys.exit(find_port_fault(e().host, e().port) or None)'
	@echo "Preparing the database …"
	@$(VENV)/bin/suban migrate >/dev/null
	@$(VENV)/bin/suban demo load
	@exec $(VENV)/bin/suban serve

test: setup test-tools  ## everything on SQLite, on PostgreSQL and in a browser; writes junit-*.xml
	@rm -f junit-*.xml
	@$(MAKE) --no-print-directory --keep-going -j1 test-sqlite test-postgres test-browser

test-tools:  ## look for Chromium, pdfsig and a Chinese font; install them where root and apt are there
	@tests/tools.sh

test-sqlite: setup  ## unit, architecture and integration tests on SQLite
	$(VENV)/bin/pytest -n $(JOBS) -m "not browser and not journey and not postgres" --junitxml=junit-sqlite.xml -q

test-postgres: setup  ## the integration tests on a PostgreSQL that is started for them
	$(VENV)/bin/python tests/postgres.py $(VENV)/bin/pytest -n $(JOBS) tests/integration -m "not browser and not journey" --junitxml=junit-postgres.xml -q

test-browser: setup  ## the journeys against a running site, in Chromium
	$(VENV)/bin/pytest -m "browser or journey" --junitxml=junit-browser.xml -q tests/journeys

faults: setup  ## kill -9 web and worker at 200 chance moments while people work (20 minutes)
	KILLS=100 $(VENV)/bin/pytest -m journey -q tests/journeys/test_killed.py

screenshots: setup test-tools  ## take the pictures of docs/images anew, on a demo of their own
	$(VENV)/bin/python -m tests.journeys.pictures

lint: setup  ## ruff, mypy strict, import contracts
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

check: lint test  ## lint and test: what has to pass before a merge

generate: setup  ## write anew what is generated: .env.example, docs/reference/{settings.md,events.md,openapi.json}
	$(VENV)/bin/python tests/architecture/generate.py

audit: setup  ## look the locked dependencies up in the lists of known vulnerabilities (needs the net)
	$(UV) tool run pip-audit --require-hashes --disable-pip --requirement requirements/run.lock

lock: | $(UV)  ## resolve the dependencies anew into requirements/*.lock
	$(UV) pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 -o requirements/run.lock pyproject.toml
	$(UV) pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 --group dev -c requirements/run.lock -o requirements/dev.lock pyproject.toml

clean:  ## remove caches, reports and the environment; data in ./var stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* junit-*.xml build dist
	find src tests -name __pycache__ -prune -exec rm -rf {} +

.PHONY: faults screenshots help setup assets demo test test-tools test-sqlite test-postgres test-browser lint check generate audit lock clean
