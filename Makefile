# `make` alone lists the targets. Each installs what it needs in .venv on its first call.
# PYTHON=python3.13 chooses another Python for a new .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# An installation depends on these files. The package itself is linked, so other edits need no new installation.
PARTS := pyproject.toml setup.py $(wildcard src/pochade/kernel/*.py* src/pochade/kernel/*.h)

.DEFAULT_GOAL := help
.PHONY: help run test bench lint docs dist figures notebooks clean
.DELETE_ON_ERROR:

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run.stamp  ## print the palette of the example picture
	$(BIN)/pochade examples/harbor.jpg
	@echo "next: $(BIN)/pochade serve --open"

test: .venv/test.stamp  ## run all tests, on both kernels and in a browser
	$(BIN)/python tests/stages.py

bench: .venv/bench.stamp  ## measure speed and quality, in 4 minutes
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/quality.py
	$(BIN)/python benchmarks/ablation.py
	$(BIN)/python benchmarks/methods.py --short

lint: .venv/lint.stamp  ## check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

docs: .venv/docs.stamp  ## build the pages as HTML in build/docs
	$(BIN)/sphinx-build --jobs auto --fail-on-warning --keep-going --quiet -b html docs build/docs
	@echo "build/docs/index.html"

dist: .venv/dist.stamp  ## build both kinds of packages, the wheel and the sources, in dist
	@rm -rf dist
	$(BIN)/python -m build --outdir dist >/dev/null
	@ls -l dist

# The pictures in the figures come from examples/harbor.py, aurora.py and stills.py, which this target does not run.
figures: .venv/test.stamp  ## draw the figures of the pages again
	$(BIN)/python examples/readme.py
	$(BIN)/python examples/good_palette.py
	$(BIN)/python examples/areas.py
	$(BIN)/python examples/moods.py
	$(BIN)/python examples/why.py
	$(BIN)/python examples/orders.py
	$(BIN)/python examples/sight.py
	$(BIN)/python examples/themes.py
	$(BIN)/python examples/tints.py
	$(BIN)/python examples/suggest.py
	$(BIN)/python examples/experiments.py
	$(BIN)/python examples/posters.py
	$(BIN)/python examples/compare.py
	$(BIN)/python examples/recolor.py
	$(BIN)/python examples/paints.py
	$(BIN)/python examples/museum.py
	$(BIN)/python examples/paint_by_number.py
	$(BIN)/python examples/page.py
	$(BIN)/python examples/quantize.py
	$(BIN)/python docs/formats.py
	$(BIN)/python docs/layers.py

notebooks: .venv/test.stamp  ## run the notebooks and save their output
	$(BIN)/python examples/notebooks.py

clean:  ## delete everything that these targets have built
	rm -rf .venv build dist src/pochade.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache
	rm -f src/pochade/kernel/*.c src/pochade/kernel/*.so src/pochade/kernel/*.pyd
	find src tests examples benchmarks -name __pycache__ -prune -exec rm -rf {} +

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "pochade needs Python 3.11 or later, and $(PYTHON) is not: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || \
	    { echo "$(PYTHON) has no venv module: install it (on Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(PIP) install --quiet --upgrade "pip>=25.1"
	@touch $@

.venv/run.stamp: .venv/made.stamp $(PARTS)
	$(PIP) install --quiet --editable ".[web]"
	@$(BIN)/python -c 'from pochade import kernel; print("kernel:", kernel.name)'
	@touch $@

.venv/bench.stamp: .venv/run.stamp
	@touch $@

.venv/test.stamp: .venv/made.stamp $(PARTS)
	$(PIP) install --quiet --editable ".[all]" --group test
	@tests/programs.sh
	@touch $@ .venv/run.stamp

.venv/lint.stamp: .venv/test.stamp
	$(PIP) install --quiet --group lint
	@touch $@

.venv/dist.stamp: .venv/made.stamp
	$(PIP) install --quiet --group dist
	@touch $@

.venv/docs.stamp: .venv/run.stamp
	$(PIP) install --quiet --group docs
	@touch $@
