"""Two films side by side: their palettes over the share of their running time, and their distance."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pochade.errors import OptionError
from pochade.films.film import Film
from pochade.similarity import Comparison, compare
from pochade.similarity.flow import number
from pochade.similarity.look import compared


@dataclass(frozen=True, eq=False)
class Pair:
    """Two films side by side.

    a, b : the films. difference : the name of the color difference.
    """

    a: Film
    b: Film
    difference: str = "ciede2000"

    @cached_property
    def comparison(self) -> Comparison:
        """The comparison of their exact sums, as of `pochade.compare`."""
        return compare(self.a, self.b, difference=self.difference)

    @property
    def distance(self) -> float:
        """The Earth Mover's Distance of their palettes."""
        return self.comparison.distance

    @property
    def names(self) -> tuple[str, str]:
        """The names of their files; "the first" and "the second" if both are equal."""
        first, second = (os.path.basename(film.name.replace("\\", "/")) for film in (self.a, self.b))
        return (first, second) if first != second else ("the first", "the second")

    def words(self) -> list[str]:
        """Two sentences: the distance, and the look of the second film relative to the first."""
        first, second = self.names
        apart = f"{number(self.distance)} apart ({self.difference})" if self.distance else "the same"
        subject = f"{first} and {second}" if first != "the first" else "The two"
        return [f"{subject} are {apart}.", compared(self.a.look, self.b.look, first, second)]

    def save(self, path: str | os.PathLike[str], **options: Any) -> None:
        """Write them to a file, whole or not at all: .html, .png, .jpg, .webp, .svg, .pdf.

        options : of a picture, view and columns; the view is "stacked", "mean", "slit" or "timeline".

        Raises
        ------
        OptionError : another suffix, or an option that is not allowed.
        """
        from pochade.files import write_whole
        from pochade.films.files.pair import encode

        write_whole(path, encode(self, path, **options))


def pair(a: Film, b: Film, *, difference: str = "ciede2000") -> Pair:
    """Two films side by side, aligned by the share of their running time.

    Raises
    ------
    OptionError : one of them is no film.
    """
    for film in (a, b):
        if not isinstance(film, Film):
            raise OptionError(f"a {type(film).__name__} is no film: give the result of pochade.film().")
    return Pair(a, b, difference)
