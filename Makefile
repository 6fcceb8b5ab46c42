# Every target sets up what it needs, so `make demo` or `make test` can be the first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TOOLS := .venv-supply
TOOLED := $(TOOLS)/.installed
#: The Pythons that `make matrix` runs the tests on: names or paths, separated by commas.
PYTHONS ?= python3.11,python3.12,python3.13
NP := $(BIN)/npcompare
#: The markers of the tests that `make test` leaves to `make test-all`.
SLOW := slow or further or browser or office or tex or fuzz

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow test-all coverage programs lint types check format schemas golden docs styles names picture windows messages dist bench scale reading fuzz mutate lock audit sbom matrix clean

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## Create .venv and install npcompare into it

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "npcompare needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP) ## Check the bundled corpus, classify it, and compare Kenya with Jamaica
	$(NP) validate
	$(NP) classify
	$(NP) diff kenya jamaica

test: $(STAMP) ## Run the quick tests; they take about two minutes on two cores
	$(BIN)/python -m pytest --quiet --numprocesses=auto -m "not ($(SLOW))"

test-slow: $(STAMP) ## Run what `make test` leaves out: further cases, browser, LibreOffice, TeX, fuzzing
	$(BIN)/python -m pytest --quiet --numprocesses=auto --hypothesis-profile=thorough -m "$(SLOW)"

test-all: test test-slow ## Run all tests

coverage: $(STAMP) ## Run all tests and show which lines none of them runs; takes half an hour
	$(BIN)/python -m pytest --numprocesses=auto --hypothesis-profile=thorough --cov --cov-report=term:skip-covered

programs: ## Install what some tests need beyond Python: browser, office, TeX and checkers (as root)
	tests/programs.sh

lint: $(STAMP) ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## Check types
	$(BIN)/mypy

check: lint types test-all ## Run everything that a change must pass

format: $(STAMP) ## Put the code into its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schemas: $(STAMP) ## Generate schemas/: the vocabulary of provisions, and every JSON output
	$(NP) codebook --schema --output schemas/provision.schema.json --force
	$(BIN)/python tools/make_schemas.py

golden: $(STAMP) ## Write the expected outputs again; read the difference before you commit it
	NPCOMPARE_GOLDEN=write $(BIN)/python -m pytest -q tests/unit/formats/test_registry.py tests/acceptance/test_docs.py tests/acceptance/test_release_queries.py tests/unit/coding/test_adjudication.py tests/unit/coding/test_migration.py tests/unit/dataset/test_changes.py tests/unit/law/test_invalid_files.py

docs: $(STAMP) ## Write the outputs in README.md and docs/ and the generated pages again
	NPCOMPARE_GOLDEN=write $(BIN)/python -m pytest -q tests/acceptance/test_docs.py tests/acceptance/test_licences.py tests/acceptance/test_release_queries.py

styles: $(STAMP) ## Pack tools/styles/ into the Word file that annexes are written into
	$(BIN)/python tools/make_styles.py

names: $(STAMP) ## Sort the names of States in schemas/labels/states/; needs Node
	$(BIN)/python tools/order_names.py

# The page in the README: its command, then LibreOffice and pdftoppm.
picture: $(STAMP) ## Draw docs/annex.png again
	@folder=$$(mktemp -d) && $(NP) export kenya jamaica gambia coe-26 --number "Annex II" --title "Non-punishment of victims of trafficking in persons" -o $$folder/annex.docx && \
	  soffice -env:UserInstallation=file://$$folder/profile --headless --convert-to pdf --outdir $$folder $$folder/annex.docx >/dev/null && \
	  pdftoppm -png -r 75 -f 1 -l 1 -singlefile $$folder/annex.pdf docs/annex && rm -r $$folder

messages: $(STAMP) ## List the English messages of the code, for translators
	$(BIN)/python tools/list_messages.py

windows: $(STAMP) ## Draw the pictures of docs/how-to/install-windows.md again
	$(BIN)/python tools/draw_windows.py

dist: $(STAMP) ## Build the wheel in dist/, for computers without this repository
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

bench: $(STAMP) ## Time the commands against two small baselines and print the ratios
	$(BIN)/python benchmarks/startup.py

reading: $(STAMP) ## Print how well `suggest` reads drafted provisions and whole Acts
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/acts.py

scale: $(STAMP) ## Time all commands on corpora of up to 10,000 provisions; takes five minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python benchmarks/scale.py

fuzz: $(STAMP) ## Try many generated inputs; with TARGET=reader MINUTES=15, guided by coverage
ifdef TARGET
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz
	cd tests && PYTHONPATH=unit/readers:unit/coding ../$(BIN)/python -m fuzz $(TARGET) ../.fuzz/$(TARGET) -artifact_prefix=../.fuzz/ \
	  -max_total_time=$$((60 * $(or $(MINUTES),15)))
else
	$(BIN)/python -m pytest -q tests/acceptance/test_fuzz.py --hypothesis-profile=long
endif

mutate: $(STAMP) ## Change the code in small ways that tests must notice: MODULE=model.kinds
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutate
	$(BIN)/mutmut run $(if $(MODULE),'npcompare.$(MODULE).*')
	$(BIN)/mutmut results

$(TOOLED): pyproject.toml
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --group supply
	@touch $(TOOLED)

lock: $(TOOLED) ## Write requirements.lock again: the exact releases and their hashes
	$(TOOLS)/bin/uv pip compile --quiet --universal --generate-hashes --upgrade --no-header \
	  --no-emit-index-url --no-annotate --group dev --output-file requirements.lock pyproject.toml

audit: $(TOOLED) ## Ask for known vulnerabilities of the locked releases; fails if it cannot ask
	$(TOOLS)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

sbom: $(TOOLED) ## Write dist/npcompare.cdx.json, the bill of materials of an installation
	rm -rf dist/sbom
	$(TOOLS)/bin/uv venv --quiet --python $(PYTHON) dist/sbom
	$(TOOLS)/bin/uv pip install --quiet --python dist/sbom/bin/python '.[pdf]'
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --validate --output-file dist/npcompare.cdx.json dist/sbom/bin/python
	rm -rf dist/sbom

matrix: $(TOOLED) ## Run the tests against the wheel with the oldest and newest dependencies
	$(PYTHON) tests/matrix.py $(TOOLS)/bin/uv $(PYTHONS) $(ARGS)

clean: ## Remove the environments and temporary files
	rm -rf $(VENV) $(TOOLS) tests/node_modules .checkers .pytest_cache .mypy_cache .ruff_cache .hypothesis .fuzz mutants .coverage dist
