"""The types of the compiled kernel are those of its twin."""

from pochade.kernel.reference import (
    Tally as Tally,
)
from pochade.kernel.reference import (
    assign as assign,
)
from pochade.kernel.reference import (
    coarsen as coarsen,
)
from pochade.kernel.reference import (
    farthest as farthest,
)
from pochade.kernel.reference import (
    gather as gather,
)
from pochade.kernel.reference import (
    lloyd as lloyd,
)
from pochade.kernel.reference import (
    locate as locate,
)
from pochade.kernel.reference import (
    near as near,
)
from pochade.kernel.reference import (
    oklab as oklab,
)
from pochade.kernel.reference import (
    sample as sample,
)
from pochade.kernel.reference import (
    spots as spots,
)
