"""find(): the pictures of a collection that fit wishes best, exactly, and why.

Every picture is filtered exactly. Then lower bounds of the distance put the pictures in order, and the distance itself
is computed for the first ones only, until the next bound exceeds the worst of the best. So the result is that of
computing all distances; docs/find.md explains the meaning of wishes.

References
----------
Yossi Rubner, Carlo Tomasi and Leonidas J. Guibas, 2000: "The Earth Mover's Distance as a metric for image retrieval",
International Journal of Computer Vision 40(2): unequal masses, and bounds to search by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.collection.collection import Collection
from pochade.collection.index import SHARE, Index, Near, steps_of
from pochade.collection.match import Match, Matches, Why
from pochade.collection.signature import oklab_of
from pochade.collection.slices import bounds, limit_of, slices
from pochade.collection.wishes import Wish, widened, wish_of, wishes_of
from pochade.color.difference import differences
from pochade.color.srgb import decode, to_hex
from pochade.errors import OptionError
from pochade.extraction.extract import extract
from pochade.kernel.lookup import UNIT
from pochade.option import Within, check_options
from pochade.palette import Color, Palette

WITHIN = 0.1
"""The Oklab distance up to which a color counts as the one that is wished for: about the same color by name."""

TRACE = 0.001
"""The share below which a picture has none of a color."""

FEW = 4096
"""The most pictures of which every distance is computed, without bounds."""

FIRST = 256
"""The pictures whose distance is computed first, those with the least bounds."""

CHUNK = 1024
"""The most pictures whose distances are computed in one call of the kernel."""

MARGIN = 0.015
"""The Oklab distance by which a search for pictures without a color looks further than `within`, a quarter of a cell.

The mean color of a cell can lie outside while a part of its pixels lies inside. Of drawn pictures that `without` kept,
none to 10 % had 1 % or more of the color without the margin, and none to 1 % with it; as few are lost by it.
"""

ROUNDING = 2 / UNIT
"""The most that two points in steps add to a distance in Oklab, or take from it."""

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


def find(
    collection: Collection | str,
    *wishes: Any,
    without: Any = None,
    like: Any = None,
    within: Annotated[float, Within(above=0, most=1)] = WITHIN,
    trace: Annotated[float, Within(0, 1)] = TRACE,
    top: Annotated[int, Within(1)] = 20,
) -> Matches:
    """The pictures that fit all wishes best, the best first; of equals the more prominent, then by id.

    Parameters
    ----------
    collection : a collection, its folder, or the address of a database to which one was pushed: "postgresql://...".
    wishes : colors, each as text: "#c32727" in any size; "teal:60%" for about that share; "orange:2%..10%" for a share
        in that range. A name is one of CSS, XKCD or ISCC-NBS; "any green" is every color that people call green.
    without : a color or several that a picture must not have: less than `trace` of it.
    like : a picture, a palette, or the id of a picture of the collection: palettes like its own come first.
    within : the Oklab distance up to which a color counts as the one that is wished for.
    trace : the share, 0..1, below which a picture has none of a color.
    top : the most pictures to return.

    Raises
    ------
    OptionError, UnknownNameError : a wish is not allowed, or there is none. SourceError : `like` cannot be read.

    Examples
    --------
    >>> import pochade
    >>> museum = pochade.Collection("museum.pochade")                                  # doctest: +SKIP
    >>> for match in museum.find("teal:60%", "orange:2%..10%", without="any green"):   # doctest: +SKIP
    ...     print(match.id, *match.why)
    """
    options = {"without": without, "like": like, "within": within, "trace": trace, "top": top}
    if isinstance(collection, str) and is_address(collection):
        from pochade.collection.postgres import Database

        return Database(collection).find(*wishes, **options)
    if not isinstance(collection, Collection):
        collection = Collection(collection)
    query = query_of(collection, wishes, **options)
    return result(collection.index, query, collection)


def is_address(text: str) -> bool:
    """Whether a text is the address of a database."""
    return text.startswith(("postgresql://", "postgres://"))


def result(index: Index, query: "Query", collection: Any) -> Matches:
    """The result of a query over an index. collection : that which `Matches.palette` asks."""
    rows, distances, search = search_rows(index, query)
    matches = tuple(
        Match(index.id(row), distance, palette_at(index, row, collection), search.why(row))
        for row, distance in zip(rows.tolist(), distances.tolist(), strict=True)
    )
    empty = None if matches else search.emptied(len(index))
    return Matches(matches, search.fits, len(index), empty, collection)


@dataclass(frozen=True, eq=False)
class Query:
    """A checked search.

    like : the palette to resemble, or None, and its name.
    """

    wishes: tuple[Wish, ...]
    without: tuple[Wish, ...]
    like: Palette | None
    like_name: str
    within: float
    trace: float
    top: int

    @property
    def masses(self) -> list[Wish]:
        """The wishes with a share to be moved: all of a share, and the lower end of a range."""
        return [wish for wish in self.wishes if wish.low > 0 and wish.family is None]

    @property
    def terms(self) -> int:
        """The number of distances whose mean is the distance of a picture."""
        return sum(wish.kind == "any size" for wish in self.wishes) + bool(self.masses) + (self.like is not None)


def query_of(
    collection: Collection,
    wishes: Sequence[Any],
    *,
    without: Any = None,
    like: Any = None,
    within: float = WITHIN,
    trace: float = TRACE,
    top: int = 20,
) -> Query:
    """The arguments of `find`, checked.

    Raises
    ------
    OptionError, UnknownNameError, SourceError : as by `find`.
    """
    check_options(find, within=within, trace=trace, top=top)
    wished = wishes_of(wishes)
    unwanted = [wish_of(one) for one in _several(without)]
    for wish in unwanted:
        if wish.kind != "any size":
            raise OptionError(
                f"without={wish.text!r}: a color to do without has no share: trace= (--trace) sets how little "
                "counts as none."
            )
    if not wished and not unwanted and like is None:
        raise OptionError("nothing to find: give a color such as 'teal:60%', without=, or like=.")
    palette, name = (None, "") if like is None else _like(collection, like)
    return Query(tuple(wished), tuple(unwanted), palette, name, float(within), float(trace), int(top))


def _several(without: Any) -> list[Any]:
    """The colors to do without, one by one."""
    if without is None:
        return []
    if isinstance(without, str | Color) or not isinstance(without, Iterable):
        return [without]
    items = list(without)
    triple = len(items) == 3 and all(isinstance(item, int | np.integer) for item in items)
    return [items] if triple else items


def _like(collection: Collection, like: Any) -> tuple[Palette, str]:
    """The palette to resemble, and its name: of a palette, of an id of the collection, or of a picture."""
    if isinstance(like, Palette):
        if not like.weights.sum() > 0:
            raise OptionError("like: a palette without colors, or with weights of 0 only, resembles nothing.")
        return like, like.source or "the palette"
    if isinstance(like, str):
        row = collection.index.row(like)
        if row is not None:
            return palette_at(collection.index, row, collection), like
    palette = extract(like, **collection.model.options)
    return palette, palette.source or "the picture"


def palette_at(index: Index, row: int, collection: Collection) -> Palette:
    """The palette of a picture of the collection."""
    place = index.colors(row)
    positions = index.positions[place].tolist()
    colors = tuple(
        Color((red, green, blue), weight, None if np.isnan(x) else (x, y))
        for (red, green, blue), weight, (x, y) in zip(
            index.codes[place].tolist(), index.weights[place].tolist(), positions, strict=True
        )
    )
    return Palette(colors, source=index.id(row))


class Search:
    """A query over an index: the filters, the exact differences of colors, the bounds and the distances."""

    def __init__(self, index: Index, query: Query) -> None:
        self.index, self.query = index, query
        n = len(index)
        self.near = [self._near(wish) for wish in query.wishes]
        self.unwanted = [self._around(wish) for wish in query.without]
        self.kept = np.ones(n, bool)
        self.left: list[tuple[str, int]] = []  # after each filter, the pictures that are left
        self.exact = np.zeros(n)  # the sum of the terms that are known without transport
        self.prominence = np.zeros(n)
        for wish, near in zip(query.wishes, self.near, strict=True):
            if near is None:
                continue
            rows = np.flatnonzero(near.mass)
            if wish.kind == "any size":
                fits = np.zeros(n, bool)
                fits[rows] = True
                self._filter(wish.text, fits)
                self.exact[rows] += np.sqrt(near.far[rows].astype(np.float64)) / UNIT
            else:
                share = near.mass.astype(np.int64)
                low, high = np.floor(wish.low * SHARE), np.ceil(wish.high * SHARE)
                self._filter(wish.text, (share >= low) & (share <= high))
            self.prominence[rows] += near.mass[rows] / float(SHARE)
        for wish, near in zip(query.without, self.unwanted, strict=True):
            self._filter(f"no {wish.text}", near.mass < max(query.trace * SHARE, 1))
        self.fits = int(self.kept.sum())
        self._prepare()

    def _near(self, wish: Wish) -> Near | None:
        """The cells near a wish, if they count: for a share, the palette does, unless it is of a family."""
        if wish.family is not None:
            return self.index.among(wish.family)
        return None if wish.kind == "share" else self.index.near(wish.codes, self.query.within)

    def _around(self, wish: Wish) -> Near:
        """The cells near a color that is not wanted, and those that may hold some of it."""
        if wish.family is not None:
            return self.index.among(widened(wish.family))
        return self.index.near(wish.codes, self.query.within + MARGIN)

    def _filter(self, name: str, fits: NDArray[np.bool_]) -> None:
        self.kept &= fits
        self.left.append((name, int(self.kept.sum())))

    def _prepare(self) -> None:
        """The two sets of points to be moved: the masses, with the unnamed rest, and the palette to resemble."""
        masses = self.query.masses
        self.wished = oklab_of(np.array([wish.codes for wish in masses], np.uint8).reshape(-1, 3))
        self.demand = np.array([wish.low for wish in masses])
        like = self.query.like
        self.points = oklab_of(np.empty((0, 3), np.uint8) if like is None else like.srgb)
        self.weights = np.zeros(0) if like is None else like.weights / like.weights.sum()
        self.sliced = slices(self.points, self.weights, np.array([len(self.weights)]))[0]

    @property
    def moves(self) -> bool:
        """Whether the distance needs transport."""
        return bool(len(self.demand) or len(self.weights))

    def bounds(self, stop: int, limit: float = np.inf) -> Floats:
        """Lower bounds of the sum of all terms of the first pictures, up to `stop`: float64 (stop,).

        limit : a bound above it may be lower than it could be.
        """
        total = self.exact[:stop].copy()
        if len(self.demand):
            share = self.demand / self.demand.sum()
            ends = self.index.ends[:stop]
            for point, part in zip(steps_of(self.wished), share.tolist(), strict=True):
                far = kernel.closest(self.index.points, ends, point)
                total += part * np.maximum(np.sqrt(far) / UNIT - ROUNDING, 0)
        if len(self.weights):
            total += bounds(kernel.sliced(self.index.slices[:stop], self.sliced, limit_of(limit)))
        return total

    def distances(self, rows: Rows) -> Floats:
        """The sum of all terms of some pictures, exactly: float64 (len(rows),)."""
        total: Floats = self.exact[rows]
        if not self.moves or not len(rows):
            return total
        points, weights, ends = self._palettes(rows)
        turned = np.zeros(len(rows), np.uint8)
        if len(self.demand):
            whole = float(self.demand.sum())
            costs = kernel.straight(self.wished, points)
            supply = self.demand
            if whole < 1 - 1e-9:  # the unnamed rest goes anywhere, at no cost
                costs, supply = np.vstack([costs, np.zeros(len(points))]), np.append(supply, 1 - whole)
            total = total + kernel.fares(supply, weights, ends, np.ascontiguousarray(costs), turned) / min(whole, 1.0)
        if len(self.weights):
            total = total + kernel.fares(self.weights, weights, ends, kernel.straight(self.points, points), turned)
        return total

    def _palettes(self, rows: Rows) -> tuple[Floats, Floats, NDArray[np.int64]]:
        """The points, weights and ends of the palettes of some pictures."""
        starts, stops = self.index.starts[rows], self.index.ends[rows]
        lengths = stops - starts
        ends = lengths.cumsum()
        at = np.arange(ends[-1]) + np.repeat(starts - ends + lengths, lengths)
        return oklab_of(self.index.codes[at]), self.index.weights[at].astype(np.float64), ends

    def why(self, row: int) -> tuple[Why, ...]:
        """The answers of a picture to all wishes."""
        answers = []
        flow = self._flow(row)
        for wish, near in zip(self.query.wishes, self.near, strict=True):
            if near is not None and near.at[row] >= 0:
                codes, distance = self.index.cell_codes[near.at[row]], float(near.distance[row])
                answers.append(self._answer(wish.text, wish, codes, float(near.share[row]), distance, row))
            elif wish in flow:
                codes, distance, share = flow[wish]
                answers.append(self._answer(wish.text, wish, codes, share, distance, row))
            else:
                answers.append(Why(wish.text, None, 0.0, None, None))
        for wish, near in zip(self.query.without, self.unwanted, strict=True):
            answers.append(Why(f"no {wish.text}", None, float(near.share[row]), None, None))
        if self.query.like is not None:
            points, weights, ends = self._palettes(np.array([row]))
            costs = kernel.straight(self.points, points)
            distance = float(kernel.fares(self.weights, weights, ends, costs, np.zeros(1, np.uint8))[0])
            answers.append(Why(f"like {self.query.like_name}", None, None, distance, None))
        return tuple(answers)

    def _answer(self, text: str, wish: Wish, codes: NDArray[np.uint8], share: float, distance: float, row: int) -> Why:
        """The answer of a color of a picture, with the place of the nearest color of its palette."""
        far = None if wish.family is not None else _ciede2000(wish.codes, codes)
        place = self.index.colors(row)
        apart = ((oklab_of(self.index.codes[place]) - oklab_of(codes[None])) ** 2).sum(1)
        x, y = self.index.positions[place][int(apart.argmin())].tolist()
        return Why(text, to_hex(codes), share, distance, far, None if np.isnan(x) else (x, y))

    def _flow(self, row: int) -> dict[Wish, tuple[NDArray[np.uint8], float, float]]:
        """For each mass, the color of the palette that gives most of it, its mean distance moved, and its share."""
        masses = self.query.masses
        if not masses:
            return {}
        points, weights, _ = self._palettes(np.array([row]))
        costs = kernel.straight(self.wished, points)
        whole = float(self.demand.sum())
        supply, prices = self.demand, costs
        if whole < 1 - 1e-9:
            prices, supply = np.vstack([costs, np.zeros(len(points))]), np.append(supply, 1 - whole)
        flow = kernel.transport(supply, weights, np.ascontiguousarray(prices))[: len(masses)]
        codes = self.index.codes[self.index.colors(row)]
        found = {}
        for wish, moved, cost in zip(masses, flow, costs, strict=True):
            best = int(moved.argmax())
            distance = float((moved * cost).sum() / max(moved.sum(), 1e-12))
            found[wish] = codes[best], distance, float(weights[best] / weights.sum())
        return found

    def emptied(self, n: int) -> str:
        """Which wish emptied the result, in a sentence."""
        if not n:
            return "the collection holds no picture that could be read."
        before = n
        for name, left in self.left:
            if not left:
                rest = (
                    f"of {before} pictures"
                    if before == n
                    else f"of the {before} pictures that fit the wishes before it"
                )
                return (
                    f"{name!r} is answered by none {rest}: take another color or share, or a larger distance (within)."
                )
            before = left
        return "no picture fits."


def _ciede2000(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(differences["ciede2000"].of_linear(decode(one), decode(other)))


def search_rows(index: Index, query: Query) -> tuple[Rows, Floats, Search]:
    """The numbers of the best pictures, their distances, and the search that found them."""
    search = Search(index, query)
    rows = np.flatnonzero(search.kept)
    top, terms = query.top, max(query.terms, 1)
    if not search.moves:
        best = _best(rows, search.exact[rows], search.prominence[rows], top)
        return rows[best], search.exact[rows[best]] / terms, search
    if len(rows) <= FEW:
        done, far = rows, search.distances(rows)
    else:
        done, far = _nearest(search, len(index), top)
    best = _best(done, far, search.prominence[done], top)
    return done[best], far[best] / terms, search


def _nearest(search: Search, n: int, top: int) -> tuple[Rows, Floats]:
    """Pictures with their distances, among them the best: those whose bounds do not exclude them.

    The best by bounds of a part of the pictures give a first limit, which spares the others most of their bounds.
    """
    part = n if n < 16 * FEW else n // 16
    lower = np.where(search.kept[:part], search.bounds(part), np.inf)
    first = min(part, max(FIRST, 2 * top))
    started = np.argpartition(lower, first - 1)[:first]
    done = started[np.isfinite(lower[started])]
    far = search.distances(done)
    limit = _limit(far, top)
    if part < n:
        lower = np.where(search.kept, search.bounds(n, limit), np.inf)
    later = np.flatnonzero(lower <= min(limit, np.finfo(float).max))
    later = later[~np.isin(later, done)]
    later = later[np.argsort(lower[later], kind="stable")]
    start, size = 0, FIRST // 4
    while start < len(later):
        block = later[start : start + size]
        start, size = start + size, min(2 * size, CHUNK)
        block = block[lower[block] <= limit]
        if not len(block):
            break
        done, far = np.concatenate([done, block]), np.concatenate([far, search.distances(block)])
        limit = _limit(far, top)
    return done, far


def _limit(far: Floats, top: int) -> float:
    """The distance that a picture must not exceed to be among the best so far."""
    return float(np.partition(far, top - 1)[top - 1]) if len(far) >= top else np.inf


def _best(rows: Rows, far: Floats, prominence: Floats, top: int) -> Rows:
    """The places of the best: by distance, then prominence, then id."""
    if len(rows) > top:
        near = np.flatnonzero(far <= _limit(far, top))
        return near[np.lexsort((rows[near], -prominence[near], far[near]))][:top]
    return np.lexsort((rows, -prominence, far))
