"""Box: the paints to choose from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pochade.color import Array
from pochade.errors import OptionError, UnknownNameError
from pochade.paint.kubelka_munk import coefficients, outside
from pochade.paint.paint import Paint
from pochade.paint.spectrum import linear_of

MAX_PAINTS = 100
"""The most paints of a box: the mixes of three paints grow with the cube of their number."""

ALONE = "Give the paint in a tint and the same paint alone: one part of paint to nine of white is a good tint."


@dataclass(frozen=True, init=False, eq=False)
class Box(Sequence[Paint]):
    """Paints to choose from, with one white.

    paints : at least two, with different names. One is the white: the paint without a tint.
    name : of the box, or None. credit : the source of its data, or empty.

    Raises
    ------
    OptionError : two paints have one name, no paint or more than one is white, or a tint is not lighter than its paint
        and darker than the white.

    Examples
    --------
    >>> box = Box([Paint("white", "#f4f4ef"), Paint("black", "#232323", "#8d8f90", "1:9")])
    >>> box.names, box.white.name
    (['white', 'black'], 'white')
    """

    paints: tuple[Paint, ...]
    name: str | None = None
    credit: str = ""

    def __init__(self, paints: Iterable[Paint], name: str | None = None, credit: str = "") -> None:
        """Set the fields and check them."""
        try:
            every = tuple(paints)
        except TypeError:
            every = ()
        if not every or not all(isinstance(paint, Paint) for paint in every):
            raise OptionError("a box is a list of paints: Box([Paint('white', '#f4f4ef'), Paint('black', ...)]).")
        object.__setattr__(self, "paints", every)  # the box is frozen
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "credit", credit)
        _check_box(every)
        _ = self.constants

    def __getitem__(self, at: int) -> Paint:  # type: ignore[override]
        return self.paints[at]

    def __len__(self) -> int:
        return len(self.paints)

    def __iter__(self) -> Iterator[Paint]:
        return iter(self.paints)

    def __repr__(self) -> str:
        return f"<Box {self.name or 'of'} {len(self)} paints: {', '.join(self.names)}>"

    @property
    def names(self) -> list[str]:
        """The names of the paints, in the order of the box."""
        return [paint.name for paint in self.paints]

    @property
    def white(self) -> Paint:
        """The white."""
        return next(paint for paint in self.paints if paint.is_white)

    def only(self, names: Iterable[str], name: str | None = None) -> "Box":
        """A box of some of the paints; UnknownNameError if one is not here.

        Examples
        --------
        >>> from pochade.paint.boxes import boxes
        >>> boxes["kimera"]().only(["white", "black", "red"]).names
        ['white', 'red', 'black']
        """
        chosen = {self.index(one) for one in names}
        return Box((self.paints[i] for i in sorted(chosen)), name, self.credit)

    def index(self, name: str) -> int:  # type: ignore[override]
        """The place of a paint, from 0; UnknownNameError with the nearest name if it is not here."""
        if name not in self.names:
            raise UnknownNameError("paint", name, self.names)
        return self.names.index(name)

    @cached_property
    def constants(self) -> tuple[Array, Array]:
        """Absorption K and scattering S of each paint: two float64 (paints, 31), with S of white 1."""
        white = self.white.inner
        rows = [_constants(paint, white) for paint in self.paints]
        absorption, scattering = (np.array(column) for column in zip(*rows, strict=True))
        return absorption, scattering


def _check_box(paints: tuple[Paint, ...]) -> None:
    """OptionError if the paints make no box."""
    names = [paint.name for paint in paints]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise OptionError(f"two paints have the name {twice[0]!r}: give each its own.")
    if len(paints) > MAX_PAINTS:
        raise OptionError(f"the box has {len(paints)} paints: give at most {MAX_PAINTS}.")
    if len(paints) < 2:
        raise OptionError(f"the box has one paint, {names[0]!r}: give a white and at least one other.")
    whites = [paint.name for paint in paints if paint.is_white]
    if not whites:
        raise OptionError("no paint of the box is white: give one without a tint; the others are known by their tints.")
    if len(whites) > 1:
        raise OptionError(
            f"{' and '.join(map(repr, whites))} have no tint, and only the white has none: give the others a tint."
        )


def _constants(paint: Paint, white: Array) -> tuple[Array, Array]:
    """K and S of a paint; OptionError if its tint cannot be a mix of it with the white."""
    if paint.absorption is not None and paint.scattering is not None:
        return np.array(paint.absorption), np.array(paint.scattering)
    if paint.inner_tint is None or paint.parts_of_tint is None:
        return paint.absorbs, np.ones_like(white)
    own, tint, lightest = (_luminance(curve) for curve in (paint.inner, paint.inner_tint, white))
    if tint <= own:
        kind = "equal to" if tint == own else "darker than"
        raise paint.refusal(f"has a tint {kind} its masstone (reflectance {tint:.3f} and {own:.3f}). {ALONE}")
    if tint >= lightest:
        raise paint.refusal(
            f"has a tint that is not darker than the white (reflectance {tint:.3f} and {lightest:.3f}). {ALONE}"
        )
    parts, rest = paint.parts_of_tint
    return coefficients(paint.inner, paint.inner_tint, white, parts / (parts + rest))


def _luminance(inner: Array) -> float:
    """Y of a curve inside a layer, 0..1."""
    red, green, blue = linear_of(outside(inner)).tolist()
    return float(round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6))
