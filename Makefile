# Everything a fresh machine needs is installed here: Python 3.11 or newer with venv, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=

.PHONY: demo test bench lint audit clean lock help

help: ## What can be made here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/.product ## Try it: a local wiki and tracker, and the connector beside them
	@exec $(BIN)/okr-connector demo $(ARGS)

test: $(VENV)/.developer ## The whole suite, in a browser too
	@$(BIN)/python -m tests.browser || true
	$(BIN)/python -m pytest $(ARGS)

bench: $(VENV)/.developer ## Benchmarks: ratios in one run
	$(BIN)/python -m tests.bench $(ARGS)

lint: $(VENV)/.developer ## Style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(VENV)/.developer ## The product's packages against published advisories
	@$(BIN)/python -m tests.audit $(ARGS)

lock: $(VENV)/.developer ## Pin the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	for client in tests/clients/*/requirements.in; do \
		uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
			"$$client" -o "$${client%.in}.lock" || exit 1; \
	done

clean: ## Remove what was installed and cached here
	rm -rf $(VENV) .venv-clients .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

$(VENV)/.product: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the connector needs (once)…"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.developer: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need (once)…"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@ $(VENV)/.product

# The first Python that is new enough; then its venv module, which Debian packs apart.
$(BIN)/python:
	@for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null && exec "$$python" -m venv $(VENV); \
		echo "Python's venv module is missing: install it first (Debian, Ubuntu: apt-get install python3-venv)." >&2; \
		exit 1; \
	done; \
	echo "Python 3.11 or newer is needed (make PYTHON=/path/to/python3.12 …)." >&2; exit 1
