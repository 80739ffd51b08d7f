# Everything a person or CI runs. `make help` lists it.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
TOOLS := $(VENV)/tools
EVENT ?=
SECONDS ?= 60
KILLS ?= 200
ONLY ?=
SMALL ?=
# Of the UI, which whoever reaches it may use. Not ?=: some shells set HOST to the name of the machine.
HOST := 127.0.0.1
PORT := 3000

export DAGSTER_HOME := $(CURDIR)/.dagster

# An environment that was moved, cut short or made by another Python is made anew.
ifneq ($(shell $(PY) -c "import importlib.util as u, sys; sys.exit(not (u.find_spec('pipeline') and u.find_spec('typst')))" 2>/dev/null && echo whole),whole)
.PHONY: $(INSTALLED)
endif

.PHONY: help report test bench fuzz kill soak ui lint reference docs site links lock audit licences clean
.DEFAULT_GOAL := help

help:  ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

report: $(INSTALLED)  ## install if needed, run the pipeline on data/, write reports/ (EVENT=name for one event)
	@$(PY) -m pipeline run $(EVENT)

test: $(INSTALLED) lint  ## install if needed, check style and types, run the tests
	$(PY) -m pytest --numprocesses auto --dist worksteal

lint: $(INSTALLED)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(INSTALLED)  ## everything beside its rivals and limits, as ratios, into docs/performance.md (ONLY=name: a part)
	$(PY) benchmarks/run.py $(ONLY) $(if $(SMALL),--small)

kill: $(INSTALLED)  ## kill runs at KILLS moments and between as many operations on files, and run again
	$(PY) -m pytest tests/faults/test_kill.py --kills $(KILLS)

fuzz: $(INSTALLED)  ## every kind of input for SECONDS=60 each, with fresh mutations; keeps what fails in tests/fuzz/corpus/
	$(PY) tests/fuzz/fuzzing.py $(SECONDS)

soak: $(INSTALLED)  ## 50,000 articles through the whole road in one process: whether memory or open files grow (an hour)
	$(PY) benchmarks/soak.py 50000 50

ui: $(INSTALLED)  ## the Dagster UI on http://127.0.0.1:3000 (HOST=, PORT=: elsewhere; see docs/how-to/serve-the-ui.md)
	$(PY) -m dagster dev --host $(HOST) --port $(PORT)

reference: $(INSTALLED)  ## renew the pages of docs/reference/, which are made from the code
	$(PY) -m pipeline.documenting docs/reference

docs: report reference  ## renew docs/reference/ and the pictures that the documentation takes from the sample report
	mkdir -p docs/pictures
	$(PY) -m pytest -q tests/assets/test_ui.py -k explains --pictures docs/pictures
	cp reports/kazakhstan-2022/page-one.png docs/pictures/
	for name in standing-statement parts-of-a-whole afterlife; do \
	  cp reports/kazakhstan-2022/figures/$$name.png docs/pictures/; done

site: $(INSTALLED)  ## the documentation as a site that opens from its files: site/index.html
	$(PY) -m sphinx -b html -W --keep-going --quiet --fresh-env --doctree-dir .site docs site

links: $(INSTALLED)  ## ask the hosts that the documentation links to whether the pages are there (uses the network)
	$(PY) -m sphinx -b linkcheck --quiet --fresh-env --doctree-dir .site docs .site/links

LOCK := $(TOOLS)/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-strip-extras --no-emit-index-url --no-annotate --no-header --quiet
lock: $(TOOLS)/.installed  ## renew the lock files: exact versions and hashes, no addresses
	$(LOCK) pyproject.toml --all-extras --output-file requirements.lock
	$(LOCK) tools/requirements.in --output-file tools/requirements.lock

audit: $(TOOLS)/.installed  ## ask for known vulnerabilities of all that the lock files name (uses the network)
	$(TOOLS)/bin/python tools/audit.py requirements.lock tools/requirements.lock

licences: $(INSTALLED)  ## list the licence of everything installed, and whether it is allowed (tools/licences.toml)
	$(PY) tools/licences.py

clean:  ## remove reports, warehouse and environment; data/ stays
	rm -rf $(VENV) .bench .counterclaim .site site reports/*/

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
	  || { echo "Counterclaim needs Python 3.11 or newer; say which: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "installing into $(VENV) (about a minute, once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What maintainers use and no report needs, in an environment of its own.
$(TOOLS)/.installed: tools/requirements.lock | $(INSTALLED)
	@$(PYTHON) -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@
