# One command, `make check`, does what is done before a change is accepted. BIN is where the tools are.
BIN ?= .venv/bin

.PHONY: check install test lint format types contracts packaging clean

check: lint types contracts test packaging

install:
	python3 -m venv .venv
	.venv/bin/pip install -e '.[test]'

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
	$(BIN)/pytest -m packaging

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
