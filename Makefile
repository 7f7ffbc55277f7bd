# Two commands are all a newcomer needs:  make run   and   make test
# Everything is set up on first use: a virtual environment in .venv, and what the tests need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STORE  := build/store

.PHONY: help run test lint types docs bench wheel lock clean system

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run  ## build the graph of seeds/, check it, export it, draw it, and say what to try next
	$(BIN)/kg --store $(STORE) build seeds --fresh
	$(BIN)/kg --store $(STORE) --quiet export --format turtle -o build/report.ttl
	$(BIN)/kg --store $(STORE) --quiet render -o build/graph.html
	@printf '  %s\n' "" \
	  "build/report.ttl   the graph as Turtle" \
	  "build/graph.html   the graph to explore: open it in a browser" \
	  "" \
	  "$(BIN)/kg query --list                  the questions that are ready to ask" \
	  "$(BIN)/kg query targets                 last year's figures beside this year's targets" \
	  "$(BIN)/kg query promises --format csv   the year's promises as a table with citations" \
	  "$(BIN)/kg explain NAME                  all that is said of a thing, with its quotes" \
	  "$(BIN)/kg site -o build/site            pages for people: the report beside its facts, charts, map" \
	  "$(BIN)/kg serve                         a SPARQL endpoint and editor on this machine" \
	  "$(BIN)/kg build YOUR-REPORT.docx        your own report, into the same store"

test: $(VENV)/.test system lint types  ## run the tests, the linter and the type checker
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check kg tests tools bench

types: $(VENV)/.test
	$(BIN)/mypy

bench: $(VENV)/.test system  ## measure speed and memory, as ratios to peers in the same run
	$(BIN)/python -m bench

wheel: $(VENV)/.test  ## build the wheel into dist/
	$(BIN)/python -m build --wheel --outdir dist .

lock: $(VENV)/.test  ## resolve the dependencies anew into requirements.lock
	$(BIN)/python -m piptools compile --quiet --strip-extras --all-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --output-file requirements.lock pyproject.toml

system:  ## install what tests need from the system (browser, RDF parser, a third-party SPARQL store), where permitted
	@sh tools/system-packages.sh

clean:  ## remove everything that was built
	rm -rf build dist $(VENV) .mypy_cache .ruff_cache .pytest_cache

# The environment to run in: the locked versions, without what only tests need.
$(VENV)/.run: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make run PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || { \
	  echo "Python's venv module is missing; trying to install it…" >&2; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); } || { \
	    echo "Install it (Debian, Ubuntu: sudo apt-get install python3-venv) and run make again." >&2; exit 1; }; }
	@echo "Setting up .venv (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[serve]'
	@touch $@

$(VENV)/.test: $(VENV)/.run
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[serve,mcp,fast,dev]'
	@touch $@
