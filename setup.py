"""Build the compiled kernel. Without a compiler the installation goes on, and the NumPy twin does the work.

Everything else is in pyproject.toml. `optional=True` makes setuptools warn instead of fail.
"""

import os

from Cython.Build import cythonize
from setuptools import Extension, setup

# No contraction of a*b+c: the same bits on every machine, with or without fused multiply-add.
FLAGS = [] if os.name == "nt" else ["-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"]

parts = [
    Extension(
        f"pochade.kernel.{part}",
        [f"src/pochade/kernel/{part}.pyx"],
        include_dirs=["src/pochade/kernel"],
        depends=["src/pochade/kernel/_vectors.h", "src/pochade/kernel/_linkage.h"],
        extra_compile_args=FLAGS,
    )
    for part in ("_count", "_bins", "_search", "_linkage", "_pairs", "_simplex", "_lut", "_nearest", "_dither", "_planes")
]
modules = cythonize(parts, language_level=3)
for module in modules:
    module.optional = True  # cythonize drops the option of an Extension

setup(ext_modules=modules)
