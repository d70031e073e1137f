"""The chapters of a film's container, which group its shots."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from pochade.films import sums
from pochade.histograms.histogram import Histogram
from pochade.palette import Palette

if TYPE_CHECKING:
    from pochade.films.film import Film, Shot


@dataclass(frozen=True, eq=False)
class Chapter:
    """The shots of a chapter. `extract`, `look`, `compare` and `recolor(like=)` take it as a picture.

    title : of the container, or its number; empty for shots that lie in no chapter.
    start, end : of its shots, in seconds. shots : those whose middle lies in it, one or more.
    """

    title: str
    shots: "tuple[Shot, ...]"
    _film: "Film" = field(repr=False)

    @property
    def start(self) -> Fraction:
        """Seconds from the start of the film."""
        return self.shots[0].start

    @property
    def end(self) -> Fraction:
        """Seconds from the start of the film."""
        return self.shots[-1].end

    @cached_property
    def histogram(self) -> Histogram:
        """The exact sum of its shots."""
        film = self._film
        places = [shot.number - 1 for shot in self.shots]
        return sums.histogram_of([(film.records[i], film.boxes[i]) for i in places], film.codings)

    @cached_property
    def palette(self) -> Palette:
        """The palette of the sum, of as many colors as the film was asked for."""
        return self._film.extracted(self.histogram, self._film.k)


def chapters_of(film: "Film") -> tuple[Chapter, ...]:
    """The chapters that have shots, in order; none if the container has none."""
    if not film.chapters:
        return ()
    spans = sorted(range(len(film.chapters)), key=lambda i: film.chapters[i][:2])

    def place(shot: "Shot") -> int:
        middle = (shot.start + shot.end) / 2
        return next((i for i in reversed(spans) if film.chapters[i][0] <= middle < film.chapters[i][1]), -1)

    found = []
    for i, shots in groupby(film.shots, place):
        title = film.chapters[i][2].strip() or f"Chapter {i + 1}" if i >= 0 else ""
        found.append(Chapter(title, tuple(shots), film))
    return tuple(found)
