# `make run` and `make test`, and `make gate` for accuracy. Needs Python >= 3.11, make and a package index.
RAW ?= raw
WAREHOUSE ?= warehouse
UV_VERSION := 0.13.8
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

# Every run and many tests start processes that import the same libraries: let the first write what it compiled.
export PYTHONDONTWRITEBYTECODE :=
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

# Another Python than the default has an environment of its own: make test PYTHON=3.13
ifdef PYTHON
export UV_PYTHON := $(PYTHON)
export UV_PROJECT_ENVIRONMENT := .venv-$(PYTHON)
endif

.DEFAULT_GOAL := run
.PHONY: run ci beside test gate gate-quick lint types imports unit environment format coverage canary retrain

run: environment
	@$(UV) run --frozen --no-sync onrecord ingest --raw "$(RAW)" --warehouse "$(WAREHOUSE)" --examples 3; \
	code=$$?; if [ $$code -eq 3 ]; then exit 0; fi; exit $$code

# What CI runs: all of `test`, and the figures of `gate-quick`, one gold at a time, while tests wait for servers and
# processes: two cores have nothing to wait for. The gate tells its figures when it has them all.
ci: lint
	@$(MAKE) --no-print-directory --jobs=2 unit beside

beside: imports types
	@said="$$($(UV) run --no-sync python -m benchmarks.gate --quick 2>&1)"; code=$$?; echo; echo "$$said"; exit $$code

# Everything that CI checks but accuracy. The types are checked beside the tests, in one process more.
test: lint imports
	@$(MAKE) --no-print-directory --jobs=2 types unit

# Every accuracy figure beside its floor (docs/gate.md): all of them, or what CI measures.
gate: environment
	$(UV) run --no-sync python -m benchmarks.gate --jobs 2

gate-quick: environment
	$(UV) run --no-sync python -m benchmarks.gate --quick --jobs 2

environment: $(UV)
	@$(UV) sync --frozen --quiet

# Where there is no uv, a pinned one goes into a folder of its own.
.uv/bin/uv:
	@python3 -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

lint: environment
	$(UV) lock --check
	$(UV) run --no-sync ruff check .
	$(UV) run --no-sync ruff format --check .

types: environment
	$(UV) run --no-sync mypy

imports: environment
	$(UV) run --no-sync lint-imports --no-cache

unit: environment
	$(UV) run --no-sync pytest -n 2 --dist loadfile --no-loadscope-reorder

format: environment
	$(UV) run --no-sync ruff check --fix .
	$(UV) run --no-sync ruff format .

# Which lines no test runs.
coverage: environment
	$(UV) run --no-sync pytest -n 2 --dist loadfile --cov=onrecord --cov=tasks --cov=flows --cov-report=term-missing:skip-covered

# The tests on the newest of everything that the version ranges allow, and on what they hold back; changes no file.
canary: $(UV)
	@rm -rf .canary && mkdir .canary && git ls-files -z | xargs -0 cp --parents -t .canary
	sed -i -e '/"\(prefect\|fastapi\|sqlalchemy\)[>=]/s/,<[0-9.]*//' .canary/pyproject.toml
	cd .canary && $(abspath $(UV)) lock --upgrade && $(abspath $(UV)) sync --quiet && \
	$(abspath $(UV)) run --no-sync pytest -n 2 --dist loadfile --no-loadscope-reorder

# Fit all that is learned from the gold, out of fold, and end with the gate: after a new encoder or more gold.
CORPORA ?= ../shared/corpora
retrain: environment
	$(UV) run --no-sync python -m training.retrain --corpora "$(CORPORA)"
