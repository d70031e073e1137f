"""Run all tests in three stages, even after a failure, and count them together: `make test`.

The last line is `N passed, N failed, N skipped`; the exit code is 1 if a test or a stage failed.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

# One more than processors, as tests wait at times for timers, browsers and processes.
PARALLEL = (f"--numprocesses={min(os.cpu_count() or 1, 4) + 1}",)
BROWSER = "tests/web/browser"
ON_KERNEL = (
    "tests/kernel",
    "tests/histograms",
    "tests/cluster",
    "tests/palette/test_origin.py",
    "tests/extraction",
    "tests/explain",
    "tests/batch",
)
# A browser and its server keep a processor busy, so these tests run apart from the others, in two browsers.
STAGES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "the kernel's callers on the NumPy twin": ({"POCHADE_KERNEL": "reference"}, (*ON_KERNEL, *PARALLEL)),
    "the page in a browser": ({}, (BROWSER, "--numprocesses=3")),
    "all other tests": ({}, (f"--ignore={BROWSER}", *PARALLEL)),
}
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b")
SUMMARY = re.compile(r"^=* ?(\d+ \w+, )*\d+ \w+( \w+)? in [\d.]+s")
COLOR = re.compile(r"\x1b\[[\d;]*m")
KINDS = {"error": "failed", "errors": "failed", "xfailed": "skipped", "xpassed": "passed"}


def counts(summary: str) -> Counter[str]:
    """The tests passed, failed and skipped, from pytest's summary; an error counts as a failure.

    >>> sorted(counts("1 failed, 20 passed, 3 skipped, 1 error in 2.10s").items())
    [('failed', 2), ('passed', 20), ('skipped', 3)]
    """
    total: Counter[str] = Counter()
    for number, kind in COUNT.findall(summary):
        total[KINDS.get(kind, kind)] += int(number)
    return total


def run(command: Sequence[str], environment: dict[str, str]) -> Counter[str]:
    """Run a stage, show its output, and count its tests; a crash without a failed test is a failure."""
    summary = ""
    with subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if SUMMARY.match(plain := COLOR.sub("", line)):
                summary = plain
    total = counts(summary)
    if process.returncode and not total["failed"]:
        total["failed"] += 1
    return total


def main(stages: dict[str, tuple[dict[str, str], tuple[str, ...]]] = STAGES) -> int:
    total: Counter[str] = Counter()
    # Parallel processes agree on the order of tests only with the same hash seed.
    fixed = {"PYTHONHASHSEED": "0"}
    for title, (environment, arguments) in stages.items():
        print(f"== {title}", flush=True)
        total += run([sys.executable, "-m", "pytest", *arguments], fixed | environment)
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    os.chdir(Path(__file__).parent.parent)
    sys.exit(main())
