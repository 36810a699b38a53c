# For builders. `make` lists itself.
.POSIX:
.PHONY: help start test check lock bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

start: ## the portal on http://localhost:8000/
	@bin/start

check: ## everything CI does: all checks, all tests
	@.ci/run

test: ## tests only, quickly: make test PYTEST="tests/iwmo -k datum"
	@.venv/bin/python -m pytest $(PYTEST)

# uv writes no host name into the lock; without uv on PATH it is put in var/uv.
lock: ## renew requirements.lock and requirements-dev.lock from pyproject.toml
	@PATH="$$PATH:$$PWD/var/uv/bin"; export PATH; \
	command -v uv >/dev/null || { python3 -m venv var/uv && var/uv/bin/pip install -qq uv; }; \
	compile="uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-python-downloads --extra embedded"; \
	$$compile -o requirements.lock && $$compile --group dev -c requirements.lock -o requirements-dev.lock

# Each part makes its own throw-away servers; PEILING="--aantal 10000" makes it a short one.
bench: ## every benchmark: ratios measured side by side in one run
	@for part in $$(.venv/bin/python -m benchmarks); do \
	  echo "== $$part"; \
	  .venv/bin/python -m "benchmarks.$$part" $(PEILING) || exit 1; \
	done
