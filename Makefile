# Everything a newcomer needs, from nothing but Python. See README.md.

PYTHON ?= python3
BIN := .venv/bin
# Both cores of a small machine, and no more of a large one than the tests can use.
# One more than there are cores: tests wait for browsers, servers and the database most of their time.
PROCESSES := $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) + 1 )))

# Python compiles what it imports and keeps that beside the source. Machines that forbid it start much more slowly,
# and here it goes only into this folder.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: up env test check fmt bench audit messages clean

up: ## Start Heard with a demo workspace and simulated networks. Arguments: make up ARGS="--port 9000"
	@$(PYTHON) setup/environment.py run
	@exec $(BIN)/heard up --demo $(ARGS)

env: ## Make .venv with all that development needs
	@$(PYTHON) setup/environment.py develop

test: ## Run all tests. Arguments: make test ARGS="-k resolve"
	@$(PYTHON) setup/environment.py test
	@# Once, and not by each process that meets it first.
	@$(BIN)/python -m compileall -q -j 0 heard
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal $(ARGS)

check: env ## Everything that CI checks beside the tests
	@$(BIN)/python setup/check.py $(ARGS)

fmt: env ## Format the code
	@$(BIN)/python -m ruff check --fix-only --quiet .
	@$(BIN)/python -m ruff format --quiet .

messages: env ## Bring the catalogues of translations up to date with the code
	@$(BIN)/python setup/messages.py update

bench: ## Measure. Arguments: make bench ARGS="hooks"
	@$(PYTHON) setup/environment.py develop
	@$(BIN)/python -m bench $(ARGS)

audit: env ## Look for known weaknesses in the dependencies; needs the network
	@$(BIN)/python -m pip_audit --require-hashes --disable-pip -r requirements/heard.txt

clean: ## Remove what was built; data in .data stays
	rm -rf .venv build heard.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12
.PHONY: help
