# One command, `make check`, does what is done before a change is accepted. BIN is where the tools are.
BIN ?= .venv/bin

.PHONY: check install osrm test lint format types contracts packaging clean

check: lint types contracts test packaging

install:
	python3 -m venv .venv
	.venv/bin/pip install -e '.[test]'

# A real osrm-routed for the tests of travel times: the programs in the wheel need no Python of a certain version.
osrm:
	$(BIN)/pip download --quiet --no-deps --only-binary=:all: --python-version 3.12 -d .venv/osrm 'osrm-bindings>=26.10'
	$(BIN)/python -m zipfile -e .venv/osrm/osrm_bindings-*.whl .venv/osrm
	chmod +x .venv/osrm/osrm/bin/*
	@echo export DISPATCH_OSRM_ROUTED=$(CURDIR)/.venv/osrm/osrm/bin/osrm-routed

test:
	$(BIN)/pytest

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

packaging:
	$(BIN)/pytest -m packaging tests/packaging

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
