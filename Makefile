# Everything runs in .venv, which the first target that needs it creates. Nothing else is installed on the machine.
VENV ?= .venv
BIN := $(VENV)/bin
# The first interpreter that works and is new enough; use another one with `make PYTHON=...`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
# The versions of everything that is installed. `make lock` writes them; the package itself accepts ranges.
PINS ?= --constraint constraints.txt
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINS)
LOCK := .venv-lock/bin/uv pip compile --quiet --no-annotate --custom-compile-command "make lock" pyproject.toml --all-extras

# Containers often forbid Python to keep what it compiles. Here, hundreds of processes would each compile the same modules.
unexport PYTHONDONTWRITEBYTECODE

# How many tests run at once: more than there are cores, as many of them wait for a server or a clock.
WORKERS ?= 3
PYTEST := -n $(WORKERS) --dist worksteal

# Tests whose coverage is not measured, which takes as long again: they are mostly other programs, or run the same code with every
# function or any value.
UNMEASURED := tests/slow $(wildcard tests/*/test_every_*.py tests/*/test_any_*.py)

# How many words of .ci/words.txt are allowed.
WORDS := 0

# The percentages of the SDK, of the generator and of the simulator that tests must run. Raise them with the coverage; never lower them.
SDK_FLOOR := 99
GENERATOR := codegen/*
GENERATOR_FLOOR := 97
SIMULATOR := mailstore_sdk/simulator/*
SIMULATOR_FLOOR := 99

.DEFAULT_GOAL := help
.PHONY: help demo unit test pytest pytest-unmeasured test-random test-newest test-oldest test-all check check-quick lock generate bench docs docs-serve clean

help:
	@echo "make demo         set up what it needs and show the SDK with an embedded SPE simulator"
	@echo "make unit         run the tests that take seconds"
	@echo "make test         run all checks and all tests; T=tests/cli runs these tests only"
	@echo "make test-random  run all tests in random order"
	@echo "make test-newest  run all checks and tests with the newest version of everything"
	@echo "make test-oldest  run all tests with the oldest versions that the package accepts"
	@echo "make test-all     run all checks and tests on each Python from 3.11 to 3.14 that this machine has"
	@echo "make check        check generated files, style, words, types and import rules; check-quick leaves out pyright"
	@echo "make lock         write the newest versions of everything to constraints.txt"
	@echo "make generate     write the generated files again from spec/"
	@echo "make bench        print the benchmarks; BENCH=\"calls results\" only these, ROUNDS=1 quickly"
	@echo "make docs         build the site into site/; make docs-serve shows it while you write"

demo: $(VENV)/.demo
	@$(BIN)/mailstore-codegen generate
	@$(BIN)/python examples/tour.py

unit: $(VENV)/.ready
	$(BIN)/pytest -q tests/unit

ifdef T
test: $(VENV)/.ready
	$(BIN)/pytest $(PYTEST) $(T)
else
test: check pytest pytest-unmeasured
endif

pytest: $(VENV)/.ready
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PYTEST) $(ORDER) $(addprefix --ignore=,$(UNMEASURED))
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --omit='$(GENERATOR),$(SIMULATOR)' --fail-under=$(SDK_FLOOR)
	$(BIN)/coverage report --include='$(GENERATOR)' --fail-under=$(GENERATOR_FLOOR)
	$(BIN)/coverage report --include='$(SIMULATOR)' --fail-under=$(SIMULATOR_FLOOR)

# In the slow tests, those with the same mark xdist_group share one worker, and so what it has loaded.
pytest-unmeasured: $(VENV)/.ready
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(ORDER) $(UNMEASURED)

test-random: export ORDER := -p randomly
test-random: pytest pytest-unmeasured

test-newest:
	rm -rf .venv-newest
	$(MAKE) test VENV=.venv-newest PINS=

# The package's own dependencies are the oldest that it accepts; the tools of the tests are new.
test-oldest: .venv-lock/bin/uv
	rm -rf .venv-oldest
	$(LOCK) --resolution lowest-direct --upgrade --output-file build/oldest.txt
	$(MAKE) pytest pytest-unmeasured VENV=.venv-oldest PINS='--constraint build/oldest.txt'

# Interpreters on the PATH, and those of pyenv, which are not.
test-all:
	@for version in 3.11 3.12 3.13 3.14; do \
		found=; \
		for python in python$$version "$$HOME"/.pyenv/versions/$$version.*/bin/python; do \
			"$$python" -c '' 2>/dev/null && found=$$python && break; \
		done; \
		if [ -z "$$found" ]; then echo "Python $$version: not on this machine"; continue; fi; \
		echo "Python $$version: $$found"; \
		$(MAKE) test VENV=.venv-$$version PYTHON="$$found" || exit 1; \
	done

check: check-quick
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/pyright --pythonpath $(BIN)/python --pythonversion 3.14
	$(BIN)/mypy --python-version 3.14

# Without pyright, which takes longer than all of this, and for the oldest Python only.
check-quick: $(VENV)/.ready
	$(BIN)/mailstore-codegen check
	$(BIN)/mailstore-codegen manual --check
	$(BIN)/python .ci/sync_twins.py --check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@found=$$($(BIN)/codespell | wc -l); echo "$$found words of .ci/words.txt, $(WORDS) allowed; $(BIN)/codespell lists them"; [ $$found -le $(WORDS) ]
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: .venv-lock/bin/uv
	$(LOCK) --universal --python-version 3.11 --upgrade --group dev --group lock --output-file constraints.txt

generate: $(VENV)/.demo
	$(BIN)/python .ci/sync_twins.py
	$(BIN)/mailstore-codegen generate
	$(BIN)/mailstore-codegen manual

bench: $(VENV)/.ready
	@$(BIN)/python -m benchmarks.run $(BENCH)

# The theme prints a notice about MkDocs 2 at each build; pyproject.toml takes care of it.
docs docs-serve: export NO_MKDOCS_2_WARNING := 1
docs: $(VENV)/.ready
	$(BIN)/mkdocs build --strict

docs-serve: $(VENV)/.ready
	$(BIN)/mkdocs serve

clean:
	rm -rf build dist site .venv .venv-* .codegen_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage

# An environment of its own: after a change of pyproject.toml, the old pins may not fit any more.
.venv-lock/bin/uv:
	@$(PYTHON) -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv

# One environment: the demo's, which the tests and checks extend.
$(VENV)/.demo: pyproject.toml constraints.txt
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python"; exit 1; fi
	@echo "Creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) hatchling hatch-fancy-pypi-readme
	@echo "Installing the SDK, its command line, the simulator and the generator"
	@$(PIP) --no-build-isolation --editable '.[cli,codegen,simulator]'
	@touch $@

# Python compiles a module when it is first imported; pip would compile all of them, and let the tests wait.
$(VENV)/.ready: $(VENV)/.demo
	@echo "Installing what the checks and tests need; this takes a minute"
	@$(PIP) --upgrade pip
	@$(PIP) --no-compile --group dev
	@touch $@
