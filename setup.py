"""Build the compiled kernel. Without a compiler the installation goes on, and the NumPy twin does the work.

Everything else is in pyproject.toml. `optional=True` makes setuptools warn instead of fail.
"""

import os
import sys

from Cython.Build import cythonize
from setuptools import Extension, setup

# No contraction of a*b+c: the same bits on every machine, with or without fused multiply-add.
# Python's own flags ask for debug symbols (-g), which are four fifths of a module.
# A level of optimization in CFLAGS counts before ours.
LEVEL = [] if "-O" in os.environ.get("CFLAGS", "") else ["-O3"]
COMPILE = [] if os.name == "nt" else [*LEVEL, "-g0", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"]
LINK = [] if os.name == "nt" else ["-Wl,-x" if sys.platform == "darwin" else "-Wl,-s"]

# Cython's code for memory views is in each module, or once in one that the others import: a third of the size and time.
SHARED = "pochade.kernel._shared"

parts = [
    Extension(
        f"pochade.kernel.{part}",
        [f"src/pochade/kernel/{part}.pyx"],
        include_dirs=["src/pochade/kernel"],
        depends=["src/pochade/kernel/_vectors.h", "src/pochade/kernel/_linkage.h"],
        extra_compile_args=COMPILE,
        extra_link_args=LINK,
    )
    for part in (
        "_count",
        "_bins",
        "_search",
        "_appearance",
        "_linkage",
        "_pairs",
        "_simplex",
        "_lookup",
        "_lut",
        "_nearest",
        "_dither",
        "_planes",
    )
]
parts.append(
    Extension(SHARED, ["src/pochade/kernel/_shared.c"], extra_compile_args=COMPILE, extra_link_args=LINK)
)  # Cython writes it
modules = cythonize(parts, language_level=3, shared_utility_qualified_name=SHARED, build_dir="build/cython")
for module in modules:
    module.optional = True  # cythonize drops the option of an Extension

setup(ext_modules=modules, options={"build_ext": {"parallel": os.cpu_count()}})
