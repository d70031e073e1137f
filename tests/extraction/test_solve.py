import numpy as np
import pytest

import pochade
from pochade.cluster import methods
from pochade.extraction.solve import SUPPLIERS


def test_every_keyword_of_a_method_has_one_supplier():
    by_preference = {"fixed", "among", "favor"}
    (supplied,) = {entry.supplied for entry in methods.entries}
    assert supplied == SUPPLIERS.keys() | by_preference
    assert not SUPPLIERS.keys() & by_preference


def test_coarse_counts_are_refused_as_a_source(photo):
    histogram = pochade.histogram(pochade.read(photo))
    with pytest.raises(pochade.PochadeError, match="Counts"):
        pochade.extract(histogram.coarse)


def test_coarse_bins_number_the_cells_of_32_levels(photo):
    histogram = pochade.histogram(pochade.read(photo))
    red, green, blue = histogram.bins >> 12, histogram.bins >> 6 & 63, histogram.bins & 63
    cells = (red >> 1) << 10 | (green >> 1) << 5 | blue >> 1
    np.testing.assert_array_equal(histogram.coarse_bins[histogram.parents], cells)
