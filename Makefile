# Four verbs: make ingest, make test, make lint, make bench. And make docs, which renews what is generated.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
DATABASE ?= nianbao.db
REPORTS ?= corpus/published
WORKERS ?= 2

.PHONY: ingest test test-postgresql lint bench docs

ingest: $(INSTALLED)
	$(BIN)/nianbao ingest $(REPORTS) --db $(DATABASE)
	@echo
	$(BIN)/nianbao sql "SELECT agency, year, edition, received, granted, carried_forward, penalties, completeness, errors FROM report_overview ORDER BY agency, year LIMIT 40" --db $(DATABASE)
	@echo
	@echo 'Now ask it: $(BIN)/nianbao sql "SELECT ..." --db $(DATABASE)    (docs/data-dictionary.md lists tables and views)'

test: lint
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup

# The store's tests once more on a PostgreSQL server, which is started for them (Debian: apt-get install postgresql).
test-postgresql: $(INSTALLED)
	.ci/with-postgresql $(BIN)/python -m pytest -q -n $(WORKERS) tests/db

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks.accuracy corpus/specimens/files
	$(BIN)/python -m benchmarks.speed corpus/specimens/files
	$(BIN)/python -m benchmarks.ingest

docs: $(INSTALLED)
	$(BIN)/python -m pipeline.reference
	$(BIN)/python -m parsers.checks.catalogue
	$(BIN)/python -m db.dictionary

$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed (python3.11 on the PATH)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--editable '.[charts,export,ocr,postgresql,scrape,specimens,dev]'
	touch $@
