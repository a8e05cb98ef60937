# Every command of the project; plain `make` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
# Development and tests run as a demo: secrets are made up and kept in the data folder.
export SUBAN_DEMO ?= 1
UV := $(VENV)/bin/uv
UV_VERSION := 0.13.9

help:  ## list all commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.stamp  ## prepare the environment in .venv

$(UV):
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed"; exit 1; }
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

$(VENV)/.stamp: requirements/dev.lock pyproject.toml | $(UV)
	VIRTUAL_ENV=$(VENV) $(UV) pip sync --quiet --require-hashes requirements/dev.lock
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --editable .
	@touch $@

lock: | $(UV)  ## resolve the dependencies anew into requirements/*.lock
	$(UV) pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 -o requirements/run.lock pyproject.toml
	$(UV) pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 --group dev -c requirements/run.lock -o requirements/dev.lock pyproject.toml

lint: setup  ## ruff, mypy strict, import contracts
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

.PHONY: help setup lock lint
