SHELL := /bin/bash
export SUIRO_STARTED := $(shell date +%s)
SOURCES := Sources Tests Package.swift
TORTURES := $(addprefix Tests/Acceptance/,test_torture.py test_postgres_failover.py test_high_availability.py \
    test_webhook_outage.py)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo build test format lint goldens browser-test simulate mutants tamper schemathesis torture bench reproduce clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what building and testing need (Debian's packages, a Python environment in .venv)
	@scripts/setup test

demo: ## Build in release mode and start a sandbox full of examples; ARGS="--port 8080"
	@scripts/setup build
	@scripts/say "swift build -c release: suiro-sandbox (some minutes the first time)"
	@swift build -c release --product suiro-sandbox
	@scripts/say "swift build -c release: suirod"
	@swift build -c release --product suirod
	@scripts/say "swift build -c release: suiro"
	@swift build -c release --product suiro
	@scripts/say "suiro-sandbox up --demo $(ARGS)"
	@exec .build/release/suiro-sandbox up --demo $(ARGS)

build: ## Build everything in debug mode
	@scripts/setup build
	@scripts/say "swift build"
	@swift build

test: ## Run every test on SQLite and PostgreSQL; ARGS="--filter SuiroDomainTests"
	@scripts/setup test
	@scripts/test $(ARGS)

format: ## Format the Swift sources in place
	@scripts/say "swift format"
	@swift format --in-place -r --parallel $(SOURCES)

lint: ## Check the format, changing nothing
	@scripts/say "swift format lint"
	@swift format lint --strict -r --parallel $(SOURCES)

goldens: ## Write the expected files of the tests anew, and show which have changed
	@scripts/setup test
	@scripts/say "swift test, writing goldens"
	@SUIRO_REWRITE_GOLDENS=1 scripts/with-postgres swift test $(ARGS)
	@scripts/say "changed files, to be read like code:"
	@git status --short

browser-test: ## Drive the portal in Chromium: pages, keyboard, accessibility
	@scripts/setup browser
	@scripts/say "swift build: suiro-sandbox"
	@swift build --product suiro-sandbox
	@scripts/say "browser tests"
	@SUIRO_SANDBOX=$(CURDIR)/.build/debug/suiro-sandbox SUIRO_CHROMIUM=/usr/bin/chromium \
	    .venv/bin/python -m pytest -q -p no:cacheprovider Tests/Browser $(ARGS)

simulate: ## Play 100,000 random worlds of moves; SUIRO_SEEDS=1000, or SUIRO_SEED=7 for one with its story
	@scripts/setup build
	@scripts/say "swift build -c release: suiro-simulate"
	@swift build -c release --product suiro-simulate
	@scripts/say "suiro-simulate"
	@.build/release/suiro-simulate

mutants: ## Spoil the gate on purpose, hole by hole, and see each found; ARGS="--every 10"
	@scripts/say "Tests/Mutation/mutate.py"
	@python3 Tests/Mutation/mutate.py $(ARGS)

tamper: ## Tamper with an event log 10,000 times on SQLite, 1,000 on PostgreSQL: each time it must be seen
	@scripts/setup test
	@scripts/say "swift test, tampering"
	@SUIRO_TAMPERINGS=$${SUIRO_TAMPERINGS:-10000} scripts/with-postgres swift test --filter TamperingTests

schemathesis: ## Send 20,000 generated requests to every operation of openapi.yaml, without a time box; SUIRO_FUZZ_SEED=2
	@scripts/setup test
	@scripts/say "swift build: suiro-sandbox"
	@swift build --product suiro-sandbox
	@scripts/say "schemathesis"
	@SUIRO_FUZZ_SECONDS=0 SUIRO_FUZZ_CASES=$${SUIRO_FUZZ_CASES:-20000} SUIRO_BIN=$(CURDIR)/.build/debug \
	    SUIRO_SANDBOX=$(CURDIR)/.build/debug/suiro-sandbox \
	    .venv/bin/python -m pytest -q -p no:cacheprovider Tests/Acceptance/test_openapi_fuzzing.py $(ARGS)

torture: ## Kill, end, cut off and replace programs and databases under load, 50 times each; SUIRO_TRIALS=200
	@scripts/setup test
	@scripts/say "swift build: suiro-sandbox"
	@swift build --product suiro-sandbox
	@scripts/say "torture"
	@SUIRO_TRIALS=$${SUIRO_TRIALS:-50} SUIRO_EVENTS=$${SUIRO_EVENTS:-10000} SUIRO_BIN=$(CURDIR)/.build/debug \
	    SUIRO_SANDBOX=$(CURDIR)/.build/debug/suiro-sandbox \
	    scripts/with-postgres .venv/bin/python -m pytest -q -s -p no:cacheprovider $(TORTURES) $(ARGS)

bench: ## Measure a release build on both databases beside an empty route; ARGS="100000 --rounds 5"
	@scripts/setup bench
	@scripts/setup build
	@scripts/bench $(ARGS)

reproduce: ## Build the released programs twice from nothing and compare every byte; half an hour
	@scripts/setup build
	@scripts/reproduce

clean: ## Remove what was built and the Python environments
	@scripts/say "clean"
	@swift package clean
	@rm -rf .venv .venv-bench
