"""complete() and suggest(): the road from kept colors to proposals, which every face and method takes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Annotated, Any

import numpy as np

from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.option import Within
from pochade.palette import Color, Palette
from pochade.palette.written import Colors
from pochade.suggestion.check import MAX_COLORS, MAX_PROPOSALS, check
from pochade.suggestion.limits import Codes, Limits, codes_of, fitted, spread
from pochade.suggestion.methods import Draft, methods
from pochade.suggestion.proposal import Suggestion, Suggestions

EQUAL = 5.0
"""Two proposals are nearly equal if each color of one is within this CIEDE2000 of one of the other."""

POOL = 3
"""So many drafts a proposal are fitted to the limits, before the best are chosen."""

MAX_IDLE = 3
"""After so many pools without a proposal that differs, the method has no more."""

MAX_FAILED = 12
"""If so many drafts have no room within the limits, a search for room replaces them."""

K = Annotated[int, Within(1, MAX_COLORS)]
N = Annotated[int, Within(1, MAX_PROPOSALS)]
Range = Annotated[tuple[float, float] | None, "two numbers, the least and the most"]


def complete(
    keep: Any,
    k: K = 5,
    n: N = 5,
    *,
    method: str = "example",
    seed: Annotated[int, Within(0)] = 0,
    apart: Annotated[float, Within(0, 100)] = 10.0,
    avoid: Colors | None = None,
    lightness: Range = None,
    chroma: Range = None,
    hue: Range = None,
    contrast: Annotated[float | None, Within(1, 21)] = None,
    on: Any = None,
    **options: Any,
) -> Suggestions:
    """Palettes that contain the kept colors, to the byte.

    Parameters
    ----------
    keep : colors, a palette, or a picture, whose k // 2 most prominent colors are kept; at most 9. They are the first
        colors of every proposal. It may be empty.
    k : the number of colors of a palette, 1 to 10, above the number of kept ones.
    n : the number of proposals, 1 to 100. There may be fewer; `Suggestions.shortfall` gives the reason.
    method : "example" moves known palettes, "masked" asks a network, "wheel" turns hues, "frequent" draws frequent
        colors.
    seed : another seed gives other proposals, the same seed the same.
    apart : the least CIEDE2000 between two colors; kept colors may be nearer to one another.
    avoid : colors that must not be in a proposal, nor any color within 10 of them (CIEDE2000).
    lightness, chroma, hue : the least and the most of Oklch, for all colors but the kept ones: 0..1, 0..0.33, and
        degrees, counted upward from the first: (330, 30) is around red.
    contrast : the least contrast ratio (WCAG 2.2, 1 to 21) of all colors but the kept ones with the color `on`.
    options : of the method.

    Raises
    ------
    OptionError, UnknownNameError : a value is not allowed, or no color meets all limits.
    SourceError : the picture cannot be read.

    Examples
    --------
    >>> proposals = complete("#8e1a24", 4, seed=3)
    >>> len(proposals), {one.palette.hex[0] for one in proposals}
    (5, {'#8e1a24'})
    """
    request = check(
        keep,
        k,
        n,
        method=method,
        seed=seed,
        limits={"lightness": lightness, "chroma": chroma, "hue": hue},
        apart=apart,
        avoid=avoid,
        contrast=contrast,
        on=on,
        options=options,
    )
    entry = methods.entry(method)
    supplied: dict[str, Any] = {"seed": request.seed, "limits": request.limits}
    oklab = spaces["oklab"].from_linear(decode(request.kept))
    given = {name: supplied[name] for name in entry.asks} | dict(request.options)
    drafts = entry.value(oklab, request.k, **given)
    chosen = _chosen(drafts, request.kept, request.k, request.n, request.limits)
    return Suggestions(
        tuple(_suggestion(request.kept, codes, draft, entry.name) for codes, draft in chosen),
        request.n,
        entry.name,
        request.seed,
    )


def suggest(k: K = 5, n: N = 5, *, seed: Annotated[int, Within(0)] = 0, **options: Any) -> Suggestions:
    """Palettes from nothing: `complete` without kept colors.

    Parameters
    ----------
    k, n, seed, options : as of `complete`.

    Examples
    --------
    >>> [len(one.palette) for one in suggest(4, 2, seed=1)]
    [4, 4]
    """
    return complete((), k, n, seed=seed, **options)


def _chosen(drafts: Iterator[Draft], kept: Codes, k: int, n: int, limits: Limits) -> list[tuple[Codes, Draft]]:
    """The best n drafts that fit into the limits and differ, with their codes.

    Raises
    ------
    OptionError : no color meets the limits, or none of the drafts has room.
    """
    if not limits.free:
        _ = limits.allowed  # refuses limits that exclude one another
    chosen: list[tuple[Codes, Draft]] = []
    first, idle = None, 0
    while len(chosen) < n and idle < MAX_IDLE and (pool := list(islice(drafts, POOL * n))):
        first, before = first or pool[0], len(chosen)
        for codes, draft in _fitted(pool, kept, limits):
            if len(chosen) < n and all(_differ(codes, other) for other, _ in chosen):
                chosen.append((codes, draft))
        idle = idle + 1 if len(chosen) == before else 0
    if not chosen and first is not None:
        room = spread(kept, k - len(kept), limits, first.oklab[0])
        if room is None:
            raise limits.too_narrow(k - len(kept))
        chosen.append((room, Draft(first.oklab, rule="colors as far apart as the limits allow")))
    return chosen


def _fitted(pool: list[Draft], kept: Codes, limits: Limits) -> list[tuple[Codes, Draft]]:
    """The drafts that have room within the limits, the least cost first; a color's movement to fit is a cost."""
    result: list[tuple[Codes, Draft]] = []
    plain = codes_of(np.stack([draft.oklab for draft in pool]))
    for tried, draft in enumerate(pool):
        if tried == MAX_FAILED and not result:
            break
        fit = fitted(draft.oklab, plain[tried], kept, limits)
        if fit is None:
            continue
        codes, distances = fit
        distances[distances <= _ROUNDING] = 0
        cost = draft.cost + float(distances.mean())
        moved = draft.moved and replace(draft.moved, fitted=int((distances > 0).sum()))
        result.append((codes, replace(draft, cost=cost, moved=moved)))
    return sorted(result, key=lambda one: one[1].cost)


_ROUNDING = 2.0
"""Oklab x 100 that rounding to codes and the gamut may move a color."""


def _differ(a: Codes, b: Codes) -> bool:
    """Whether two sets of colors are more than nearly equal."""
    apart = differences["ciede2000"].of_linear(decode(a)[:, None], decode(b)[None])
    return bool(max(apart.min(0).max(), apart.min(1).max()) > EQUAL)


def _suggestion(kept: Codes, codes: Codes, draft: Draft, method: str) -> Suggestion:
    every = np.concatenate([kept, codes]).tolist()
    colors = tuple(Color((red, green, blue), 1 / len(every)) for red, green, blue in every)
    after = draft.after
    source = f"after {after.collection} {after.number}" if after else draft.rule or f"suggested by {method}"
    return Suggestion(Palette(colors, source=source), len(kept), after, draft.moved, draft.rule)
