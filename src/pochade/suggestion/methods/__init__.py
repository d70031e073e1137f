"""Methods that propose colors to go with others, one in each file.

A method is a function `method(kept, k, *, ...options)` that yields drafts, the best first. kept : float64 (f, 3),
Oklab of the colors that stand, f from 0 to k - 1. k : the number of colors of a palette. The caller fits each draft
into the user's limits, so that they hold for every method. A method asks for more by keyword-only parameters:

seed : the user's; `pochade.suggestion.noise` makes random numbers of it.
limits : the `Limits` of the colors.

All other keyword-only parameters are the method's options.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pochade.color import Array
from pochade.registry import NoFacts, Registry
from pochade.suggestion.known import After
from pochade.suggestion.proposal import Moved


@dataclass(frozen=True)
class Draft:
    """Colors that a method proposes.

    oklab : float64 (k - f, 3), the colors beside the kept ones. cost : the less, the better, in units of Oklab x 100.
    after, moved, rule : as in `Suggestion`.
    """

    oklab: Array
    cost: float = 0.0
    after: After | None = None
    moved: Moved | None = None
    rule: str | None = None


Method = Callable[..., Iterator[Draft]]

methods: Registry[Method, NoFacts] = Registry(
    "method of suggestion",
    "pochade.suggestion.methods",
    supplied=frozenset({"seed", "limits"}),
    plural="suggestion_methods",
)
"""All methods of suggestion."""
