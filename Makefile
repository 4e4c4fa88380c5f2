# Everything runs in .venv, which the first target that needs it makes. Nothing else is installed on the machine.
VENV ?= .venv
BIN := $(VENV)/bin
# The first interpreter that works and is new enough; name another with `make PYTHON=...`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

# How many words of .ci/words.txt are left. Lower it with each change; never raise it.
WORDS := 1390

.DEFAULT_GOAL := help
.PHONY: help demo test test-all check check-quick generate bench docs docs-serve clean

help:
	@echo "make demo      set up and show the SDK against an embedded SPE simulator"
	@echo "make test      set up and run every test"
	@echo "make test-all  the same on each of Python 3.11, 3.12 and 3.13 that this machine has"
	@echo "make check     generated files up to date, style, words, types, import rules"
	@echo "make check-quick  the same without pyright, for a hook before each commit"
	@echo "make generate  write the generated files anew from spec/"
	@echo "make bench     print the benchmarks; BENCH=\"calls results\" those of these subjects alone; ROUNDS=1 a quick look"
	@echo "make docs      build the site into site/; make docs-serve shows it while you write"

demo: $(VENV)/.ready
	@$(BIN)/mailstore-codegen generate
	@$(BIN)/python examples/tour.py

test: $(VENV)/.ready
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Interpreters on the PATH, and those of pyenv, which are not.
test-all:
	@for version in 3.11 3.12 3.13; do \
		found=; \
		for python in python$$version "$$HOME"/.pyenv/versions/$$version.*/bin/python; do \
			"$$python" -c '' 2>/dev/null && found=$$python && break; \
		done; \
		if [ -z "$$found" ]; then echo "Python $$version: not on this machine"; continue; fi; \
		echo "Python $$version: $$found"; \
		$(MAKE) test VENV=.venv-$$version PYTHON="$$found" || exit 1; \
	done

check: $(VENV)/.ready
	$(BIN)/mailstore-codegen check
	$(BIN)/mailstore-codegen manual --check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@found=$$($(BIN)/codespell | wc -l); echo "$$found words of .ci/words.txt, $(WORDS) allowed; $(BIN)/codespell lists them"; [ $$found -le $(WORDS) ]
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

# Without pyright, whose start alone takes longer than all of this.
check-quick: $(VENV)/.ready
	$(BIN)/mailstore-codegen check
	$(BIN)/mailstore-codegen manual --check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@found=$$($(BIN)/codespell | wc -l); echo "$$found words of .ci/words.txt, $(WORDS) allowed; $(BIN)/codespell lists them"; [ $$found -le $(WORDS) ]
	$(BIN)/mypy
	$(BIN)/lint-imports

generate: $(VENV)/.ready
	$(BIN)/mailstore-codegen generate
	$(BIN)/mailstore-codegen manual

bench: $(VENV)/.ready
	@$(BIN)/python -m benchmarks.run $(BENCH)

# The theme tells each build about the next generation of its makers' tools; we know.
docs docs-serve: export NO_MKDOCS_2_WARNING := 1
docs: $(VENV)/.ready
	$(BIN)/mkdocs build --strict

docs-serve: $(VENV)/.ready
	$(BIN)/mkdocs serve

clean:
	rm -rf site .venv .venv-* .codegen_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage

$(VENV)/.ready: pyproject.toml
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python"; exit 1; fi
	@echo "Setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
