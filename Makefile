# make lists the targets. make test is all that CI runs.

BUDGET   := 820000# bytes of tim.wasm under brotli 11
FUZZTIME ?= 20s
GO       ?= go
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS   += --no-print-directory
.DEFAULT_GOAL := help

# Builds do not depend on whose checkout this is.
export GOFLAGS := $(strip $(GOFLAGS) -buildvcs=false)

FOR_WASM := GOOS=js GOARCH=wasm
GO_FILES  = $(shell find . -name '*.go' -not -path '*/node_modules/*' -not -path './third_party/*')
# The packages with tests for the browser, and memstore, which pages fall back
# to; the tests of the built page; the TypeScript projects of the type tests.
WASM_PKGS = $(sort ./store/memstore/ $(dir $(shell find . -name '*_js_test.go' -not -path '*/node_modules/*')))
E2E_TESTS = $(sort $(shell find e2e -name '*.test.mjs' 2>/dev/null))
# Two files at a time, the longest first: much of what they do is waiting. A file that
# fails is run once more, alone, and that is told.
SOAK     := e2e/soak.test.mjs
RUN_E2E   = node e2e/run.mjs 2 $(SOAK) $(filter-out $(SOAK),$(E2E_TESTS))
TYPE_DIRS = $(sort $(dir $(shell find . -name tsconfig.json -not -path '*/node_modules/*')))

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Packages in which nothing is inlined: ours, and those that no hot loop of ours
# is in. docs/decisions/0007-size.md has what that saves.
NOT_INLINED := timconv/... bytes fmt log os reflect slices sort strconv strings time unicode/utf8 github.com/hack-pad/... internal/bisect internal/godebug
NO_INLINING := $(NOT_INLINED:%=-gcflags=%=-l)

.PHONY: build
build: ## web/tim.wasm, compressed too, and the wasm_exec.js of the Go that built it
	@rm -f web/tim.wasm # go build would take the packed one for its own
	$(FOR_WASM) $(GO) build -trimpath -ldflags="-s -w" $(NO_INLINING) -o web/tim.wasm ./wasm
	$(GO) run ./internal/wasmpack web/tim.wasm
	node internal/compress.mjs web/tim.wasm
	cp "$$($(GO) env GOROOT)/lib/wasm/wasm_exec.js" web/wasm_exec.js

# The same sources with a schema one higher, for tabs of two builds side by side.
.PHONY: next
next: build
	@mkdir -p e2e/out
	@awk '/^const schemaVersion = /{ $$NF = $$NF + 1 } { print }' store/idbstore/conn_js.go >e2e/out/conn_next.txt
	@echo '{"Replace": {"store/idbstore/conn_js.go": "e2e/out/conn_next.txt"}}' >e2e/out/overlay.json
	$(FOR_WASM) $(GO) build -trimpath -overlay e2e/out/overlay.json -ldflags="-s -w" $(NO_INLINING) -o e2e/out/next.wasm ./wasm

.PHONY: build-debug
build-debug: ## the same with names and lines, for stack traces, not compressed
	rm -f web/tim.wasm.br web/tim.wasm.gz
	$(FOR_WASM) $(GO) build -o web/tim.wasm ./wasm
	cp "$$($(GO) env GOROOT)/lib/wasm/wasm_exec.js" web/wasm_exec.js

.PHONY: run
run: build ## build, and serve the demo page (PORT, 8080 if free)
	$(GO) run ./internal/serve

.PHONY: test
test: lint test-go test-wasm test-types test-bench test-e2e test-engines-quick audit size ## everything: what CI runs

.PHONY: test-fast
test-fast: ## native tests only, without the race detector
	$(GO) vet ./...
	$(GO) test ./...

.PHONY: lint
lint: bin/staticcheck ## gofmt, go vet and staticcheck, native and for wasm
	@unformatted=$$(gofmt -l $(GO_FILES)); [ -z "$$unformatted" ] || { echo "not gofmt'ed:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(FOR_WASM) $(GO) vet ./...
	bin/staticcheck -checks inherit,-U1000 ./... # what only js files use counts as used below
	$(FOR_WASM) bin/staticcheck ./...

.PHONY: audit
audit: ## known vulnerabilities, where their databases can be reached; says where not
	@[ -x bin/govulncheck ] || GOBIN="$(CURDIR)/bin" $(GO) install $(GOVULNCHECK) || true
	@GO="$(GO)" node internal/audit.mjs

.PHONY: test-go
test-go: ## native tests with the race detector, and 100,000 random calls without
	$(GO) test -race ./...
	$(GO) test ./jsapi -run TestRandomCallsAgreeWithAModel -model.steps 100000

.PHONY: test-wasm
test-wasm: bin/wasmbrowsertest browser ## tests that need a browser, in headless Chromium
	$(FOR_WASM) $(GO) test -timeout 300s -exec "$(CURDIR)/bin/wasmbrowsertest" $(WASM_PKGS)

.PHONY: test-types
test-types: node_modules/.package-lock.json ## the typings, with tsc --strict
	@for dir in $(TYPE_DIRS); do echo "tsc -p $$dir"; node_modules/.bin/tsc -p "$$dir"; done

.PHONY: test-e2e
test-e2e: build next browser node_modules/.package-lock.json ## the built page in headless Chromium
	@[ -n "$(E2E_TESTS)" ] || { echo "no tests in e2e/"; exit 0; }; \
	CHROMIUM="$$(internal/browser.sh)" $(RUN_E2E)

# What a browser is needed for, in each engine; of the quick ones a part, side by side.
ENGINES     := chromium firefox webkit
QUICK_TESTS := $(addprefix e2e/,$(addsuffix .test.mjs,builds durability faults folding kill lifecycle tabs))
IN_ENGINE    = export ENGINE=$* CI=1 CHROMIUM="$$([ $* != chromium ] || internal/browser.sh)" && \
  $(FOR_WASM) $(GO) test -timeout 300s -exec "node $(CURDIR)/e2e/engines/exec.mjs"

.PHONY: test-engines test-engines-quick
test-engines: $(ENGINES:%=test-in-%) ## the storage and end-to-end tests in Chromium, Firefox ESR and WebKitGTK
test-engines-quick: build next browser-firefox browser-webkit node_modules/.package-lock.json ## a part of them in the two that are not Chromium
	@$(MAKE) -j2 --output-sync=target quick-firefox quick-webkit

test-in-%: build next browser-% node_modules/.package-lock.json
	@$(IN_ENGINE) $(WASM_PKGS) && $(RUN_E2E)

quick-%:
	@$(IN_ENGINE) ./store/idbstore && KILLS=4 FOLD_KILLS=few node e2e/run.mjs 1 $(QUICK_TESTS)

.PHONY: test-bench
test-bench: ## the benchmark's data and statistics, without a browser or its packages
	node --test --test-reporter=spec bench/bench.test.mjs

.PHONY: test-kill
test-kill: build browser node_modules/.package-lock.json ## SIGKILL at random moments (KILLS, 60; KILL_SEED)
	CHROMIUM="$$(internal/browser.sh)" KILLS="$${KILLS:-60}" node --test --test-reporter=spec e2e/kill.test.mjs

.PHONY: soak
soak: build browser node_modules/.package-lock.json ## half an hour of traffic, the curve in docs/soak.svg (SOAK_MINUTES, 30)
	CHROMIUM="$$(internal/browser.sh)" SOAK_WRITE=1 SOAK_MINUTES="$${SOAK_MINUTES:-30}" node --test --test-reporter=spec e2e/soak.test.mjs

.PHONY: test-random
test-random: build browser node_modules/.package-lock.json ## 100,000 random calls in headless Chromium (MODEL_STEPS, MODEL_SEED)
	CHROMIUM="$$(internal/browser.sh)" MODEL_STEPS="$${MODEL_STEPS:-100000}" node --test --test-reporter=spec e2e/model.test.mjs

# The benchmark's packages are its own: the tests do without them.
BENCH = CHROMIUM="$$(internal/browser.sh)" node bench/run.mjs

.PHONY: bench
bench: build browser node_modules/.package-lock.json bench/node_modules/.package-lock.json ## all of docs/benchmark.md and the README's figures, measured anew (an hour)
	$(BENCH) --write

.PHONY: bench-quick
bench-quick: build browser node_modules/.package-lock.json bench/node_modules/.package-lock.json ## ours beside hand-written JavaScript, under 3 minutes
	$(BENCH) --quick

bench/node_modules/.package-lock.json: bench/package-lock.json
	cd bench && npm ci --no-audit --no-fund
	@touch $@

.PHONY: fuzz
fuzz: ## every fuzz function of the native packages, FUZZTIME each
	@{ grep -rl --include='*_test.go' --exclude-dir=node_modules '^func Fuzz' . || true; } | sort | while read -r file; do \
	  grep -oE '^func Fuzz[A-Za-z0-9_]*' "$$file" | while read -r _ name; do \
	    echo "$$name in $$(dirname "$$file")"; \
	    $(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x "$$(dirname "$$file")"; \
	  done; \
	done

.PHONY: size
size: build ## what tim.wasm weighs raw and compressed; fails past BUDGET
	@node internal/size.mjs web/tim.wasm $(BUDGET)

.PHONY: weigh
weigh: ## which package has how much code in tim.wasm
	@file=$$(mktemp); trap 'rm -f "$$file"' EXIT; \
	$(FOR_WASM) $(GO) build -trimpath $(NO_INLINING) -o "$$file" ./wasm; \
	node internal/weigh.mjs "$$file"

.PHONY: pack
pack: build ## the npm package, as a file in web/
	cd web && npm pack

.PHONY: deps
deps: bin/staticcheck bin/wasmbrowsertest node_modules/.package-lock.json $(ENGINES:%=browser-%) ## what the tests need: Go tools, npm packages, browsers

.PHONY: browser
browser: browser-chromium
browser-%:
	@internal/browser.sh $* >/dev/null

# Built for this machine, not with go tool: that would build them for the
# browser when GOOS says so.
bin/staticcheck: go.mod
	$(GO) build -o $@ honnef.co/go/tools/cmd/staticcheck
bin/wasmbrowsertest: go.mod
	$(GO) build -o $@ github.com/agnivade/wasmbrowsertest

node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

.PHONY: clean
clean: ## remove what the other targets have made
	rm -rf bin node_modules bench/node_modules bench/out e2e/out web/tim.wasm web/tim.wasm.br web/tim.wasm.gz web/wasm_exec.js web/*.tgz
