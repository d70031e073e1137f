# make run    the palette of the example picture
# make test   every test, over both kernels        make lint    style and types
# make bench  speed and quality, in 4 minutes      make docs    the pages as HTML, in build/docs
# make figures  draws the figures anew   make notebooks  runs them and saves what they say
# make clean  away with all that was made here
#
# Each makes what it needs in .venv on the first call. PYTHON=python3.13 chooses another Python, for a new .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# What an installation is made of; the package itself is linked, so that edits count at once.
PARTS := pyproject.toml setup.py $(wildcard src/pochade/kernel/*.py* src/pochade/kernel/*.h)

.PHONY: run test bench lint docs figures notebooks clean
.DELETE_ON_ERROR:

run: .venv/run.stamp
	$(BIN)/pochade examples/harbor.jpg

# What the kernel answers for, over its NumPy twin; then everything over the compiled kernel (where a compiler was): the
# page by itself, as it keeps a processor busy, then the rest, whose summary is the last line. Processes agree on the order
# of tests only where they hash alike.
PYTEST := PYTHONHASHSEED=0 $(BIN)/python -m pytest
AT_ONCE := --numprocesses=auto --maxprocesses=4
ON_KERNEL := tests/cluster $(addprefix tests/test_,$(addsuffix .py,kernel kernel_pairs kernel_simplex kernel_lut kernel_dither histogram extract scale preference \
    explain origin batch))

test: .venv/test.stamp
	POCHADE_KERNEL=reference $(PYTEST) $(ON_KERNEL) $(AT_ONCE)
	$(PYTEST) tests/web/browser
	$(PYTEST) --ignore=tests/web/browser $(AT_ONCE)

bench: .venv/bench.stamp
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/quality.py
	$(BIN)/python benchmarks/ablation.py
	$(BIN)/python benchmarks/methods.py --short

lint: .venv/lint.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

docs: .venv/docs.stamp
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs build/docs
	@echo "build/docs/index.html"

# The pictures in them are painted by examples/harbor.py and stills.py, and stay as they are.
figures: .venv/test.stamp
	$(BIN)/python examples/readme.py
	$(BIN)/python examples/good_palette.py
	$(BIN)/python examples/why.py
	$(BIN)/python examples/orders.py
	$(BIN)/python examples/sight.py
	$(BIN)/python examples/themes.py
	$(BIN)/python examples/experiments.py
	$(BIN)/python examples/posters.py
	$(BIN)/python examples/compare.py
	$(BIN)/python examples/recolor.py
	$(BIN)/python examples/page.py
	$(BIN)/python examples/quantize.py
	$(BIN)/python docs/formats.py

notebooks: .venv/test.stamp
	$(BIN)/python examples/notebooks.py

clean:
	rm -rf .venv build src/pochade.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache
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
	$(PIP) install --quiet --editable .
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

.venv/docs.stamp: .venv/run.stamp
	$(PIP) install --quiet --group docs
	@touch $@
