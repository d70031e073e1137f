"""Names of colors: the nearest of a vocabulary, by CIEDE2000.

Each module of this package registers one vocabulary: a file of names and colors, with its source and its license.
"""

import importlib.resources
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.registry import NoFacts, Registry

__all__ = ["Vocabulary", "nearest", "register", "vocabularies"]


@dataclass(frozen=True)
class Vocabulary:
    """Colors and their names, read from a file on first use.

    name : as the user writes it, "css".
    summary : one line for lists.
    package, file : the place of its data, JSON with `source`, `license` and `names`, name to #rrggbb. The first of
        several names of a color counts.

    Examples
    --------
    >>> vocabularies["css"].colors["teal"]
    '#008080'
    """

    name: str
    summary: str
    package: str
    file: str

    @cached_property
    def _table(self) -> Mapping[str, str | dict[str, str]]:
        content = importlib.resources.files(self.package).joinpath(self.file).read_text(encoding="utf-8")
        table: Mapping[str, str | dict[str, str]] = json.loads(content)
        return table

    @property
    def source(self) -> str:
        """Its author and its publication."""
        return str(self._table["source"])

    @property
    def license(self) -> str:
        """Its license."""
        return str(self._table["license"])

    @cached_property
    def colors(self) -> dict[str, str]:
        """Name to #rrggbb, each color once."""
        names = self._table["names"]
        assert isinstance(names, dict)
        first = {color: name for name, color in reversed(names.items())}
        return {name: color for name, color in names.items() if first[color] == name}

    @cached_property
    def points(self) -> Array:
        """CIELAB of the colors: float64 (n, 3)."""
        digits = bytes.fromhex("".join(color[1:] for color in self.colors.values()))
        return _cielab(np.frombuffer(digits, np.uint8).reshape(-1, 3))

    @cached_property
    def words(self) -> list[str]:
        """The names alone, in the same order."""
        return list(self.colors)


vocabularies: Registry[Vocabulary, NoFacts] = Registry("vocabulary", "pochade.color.names", plural="vocabularies")


def register(vocabulary: Vocabulary) -> None:
    """Register a vocabulary under its own name."""
    vocabularies.add(vocabulary.name, vocabulary)


def nearest(colors: ArrayLike | Sequence[ArrayLike], vocabulary: str = "css", *, unique: bool = False) -> list[str]:
    """The nearest name of each color, by CIEDE2000.

    Parameters
    ----------
    colors : integers 0..255 (m, 3), sRGB codes.
    vocabulary : "css", "everyday", "xkcd", "iscc-nbs", "color-names", or another registered name.
    unique : use no name twice. The nearest color of all gets a name first; the others get the nearest names left.

    Raises
    ------
    UnknownNameError : there is no such vocabulary.
    OptionError : the values are no colors; or unique names are needed for more colors than the vocabulary has.

    Examples
    --------
    >>> nearest([(250, 128, 113)])
    ['salmon']
    >>> nearest([(250, 128, 113)], "iscc-nbs")
    ['vivid yellowish pink']
    >>> nearest([(0, 0, 0), (1, 1, 1)], unique=True)
    ['black', 'darkslategray']
    """
    codes = _codes(colors)
    if not len(codes):
        return []
    chosen = vocabularies[vocabulary]
    if unique and len(codes) > len(chosen.words):
        raise OptionError(
            f"{vocabulary} has {len(chosen.words)} colors, too few for {len(codes)} unique names: "
            "give another vocabulary."
        )
    from pochade.color.names.closest import closest, closest_unique

    find = closest_unique if unique else closest
    return [chosen.words[i] for i in find(_cielab(codes), chosen.points).tolist()]


def _codes(colors: ArrayLike | Sequence[ArrayLike]) -> NDArray[np.uint8]:
    """uint8 (m, 3), checked."""
    try:
        codes = np.asarray(colors)
    except ValueError:  # rows of different lengths
        codes = np.empty((1, 0))
    if codes.size == codes.shape[0] == 0:
        return np.empty((0, 3), np.uint8)
    if codes.ndim != 2 or codes.shape[1] != 3 or codes.dtype.kind not in "iu" or codes.min() < 0 or codes.max() > 255:
        raise OptionError("the colors to be named are no sRGB codes: give a list of three whole numbers 0..255 each.")
    return codes.astype(np.uint8)


def _cielab(codes: NDArray[np.uint8]) -> Array:
    return spaces["cielab"].from_linear(decode(codes))
