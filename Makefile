# The front door. `make run` and `make test` do all set-up on a machine with Rust, Node, Python and make.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build test check console console-check unit clients browser forward-auth proof fuzz bench risk-report load response-times clean

# What the console is made from; it is built again when one of these changed.
CONSOLE_SOURCES := $(shell find console -type f -not -path '*/node_modules/*' -not -path 'console/dist/*' -not -path 'console/tests/*')

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 22

run: console ## build and start Riskgate on its embedded store
	cargo build --release --locked --package riskgate
	target/release/riskgate serve --data-dir .riskgate --dev

build: console ## build the release binary
	cargo build --release --locked --package riskgate

test: check console-check unit clients browser forward-auth ## run every test
	@echo "All tests passed. Screenshots: artifacts/browser"

check: ## formatting and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

console: console/dist/site/index.html ## build the console, which the next cargo build embeds

console/node_modules/.installed: console/package-lock.json
	cd console && npm ci --no-audit --no-fund --loglevel=error
	touch $@

console/dist/site/index.html: console/node_modules/.installed $(CONSOLE_SOURCES)
	cd console && npm run --silent build

console-check: console/node_modules/.installed ## formatting, lints, types and component tests of the console
	cd console && npm run --silent check && npm run --silent test

unit: ## all Rust tests, the store's on SQLite and on a throw-away PostgreSQL
	scripts/with-postgres cargo test --workspace --locked

clients: console/node_modules/.installed ## the whole story through the official Python and JavaScript SDKs
	cargo build --locked --package riskgate
	tests/clients/run

browser: console ## a person's path through Chromium, with screenshots
	cargo build --locked --package riskgate
	tests/browser/run

proof: ## both evaluators of Conditional Access asked about a million random policy sets and sign-ins
	RISKGATE_PROOF_PAIRS=1000000 cargo test --release --locked --package riskgate-access --test agreement

forward-auth: ## an application behind nginx and Caddy, configured as docs/FORWARD-AUTH.md says
	cargo build --locked --package riskgate
	tests/forward-auth/run

fuzz: ## a minute on each fuzz target (needs a nightly compiler and cargo-fuzz)
	scripts/fuzz 60

bench: ## criterion benchmarks
	cargo bench --workspace --locked

risk-report: ## measure the risk engine on simulated organisations: docs/RISK.md (SEEDS=development: artifacts/risk)
	cargo run --release --locked --package riskgate-risk-evaluation -- $(if $(filter development,$(SEEDS)),--seeds development,--seeds test --output docs)

load: ## figures of docs/PERFORMANCE.md, with wrk
	scripts/load

response-times: ## whether the time of an answer tells that an account exists: SECURITY.md
	scripts/response-times

clean: ## remove what was built and started
	rm -rf target artifacts .riskgate tests/clients/.venv tests/clients/node_modules tests/browser/node_modules \
		console/node_modules console/dist/site
