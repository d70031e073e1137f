"""Color science: pure functions on arrays whose last axis is a color."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
