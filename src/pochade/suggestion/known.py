"""The known palettes: about a thousand by people, with collection, author and license.

`tools/known_palettes.py` writes the file, and names its sources.
"""

import functools
import json
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of palettes.

    name : as an option takes it. title, author, source (an address), license : of the collection.
    codes : uint8 (m, 3) for each palette, in the order of the collection.
    """

    name: str
    title: str
    author: str
    source: str
    license: str
    codes: tuple[NDArray[np.uint8], ...]


@dataclass(frozen=True, slots=True)
class After:
    """The known palette that a proposal follows.

    collection, author, license : of the collection. number : its place in the collection, from 1; for "wada" it is the
    number of the combination in the book.

    Examples
    --------
    >>> str(After("MetBrewer", 12, "Blake Robert Mills", "CC0"))
    'MetBrewer 12 by Blake Robert Mills (CC0)'
    """

    collection: str
    number: int
    author: str
    license: str

    def __str__(self) -> str:
        return f"{self.collection} {self.number} by {self.author} ({self.license})"


@dataclass(frozen=True, slots=True)
class Known:
    """Known palettes in arrays.

    afters : who each palette is by. codes : uint8 (m, 3) for each. oklab : float64 (p, MOST, 3), rows after a palette's
    end 0. sizes : int64 (p,), the number of colors of each.
    """

    afters: tuple[After, ...]
    codes: tuple[NDArray[np.uint8], ...]
    oklab: Array
    sizes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.afters)

    def only(self, chosen: NDArray[np.bool_]) -> "Known":
        """Some of the palettes: bool (p,)."""
        places = np.flatnonzero(chosen).tolist()
        afters, codes = tuple(self.afters[i] for i in places), tuple(self.codes[i] for i in places)
        return Known(afters, codes, self.oklab[chosen], self.sizes[chosen])


@functools.cache
def collections() -> dict[str, Collection]:
    """The collections by name; the file is read at the first call."""
    given = json.loads((files(__package__) / "palettes.json").read_bytes())
    return {
        one["name"]: Collection(**one | {"codes": tuple(map(_codes, one.pop("palettes")))})  # the file has no codes
        for one in given
    }


def _codes(text: str) -> NDArray[np.uint8]:
    codes = np.frombuffer(bytes.fromhex(text), np.uint8)
    return codes.reshape(-1, 3)


@functools.cache
def known(collection: str | None = None) -> Known:
    """The known palettes of a collection, or all.

    Raises
    ------
    UnknownNameError : there is no such collection.
    """
    every = collections()
    if collection is not None and collection not in every:
        raise UnknownNameError("collection", collection, every)
    chosen = [each for each in every.values() if collection in (None, each.name)]
    afters = tuple(
        After(each.name, number, each.author, each.license)
        for each in chosen
        for number in range(1, len(each.codes) + 1)
    )
    codes = tuple(palette for each in chosen for palette in each.codes)
    sizes = np.array([len(palette) for palette in codes])
    oklab = np.zeros((len(codes), sizes.max(), 3))
    oklab[np.arange(sizes.max()) < sizes[:, None]] = spaces["oklab"].from_linear(decode(np.concatenate(codes)))
    return Known(afters, codes, oklab, sizes)
