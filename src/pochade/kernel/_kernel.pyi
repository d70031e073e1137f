"""The types of the compiled kernel are those of its twin."""

from pochade.kernel.reference import (
    Tally as Tally,
    assign as assign,
    coarsen as coarsen,
    farthest as farthest,
    gather as gather,
    lloyd as lloyd,
    locate as locate,
    near as near,
    oklab as oklab,
    sample as sample,
    spots as spots,
)
