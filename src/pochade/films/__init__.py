"""Films: their shots, each with its exact palette, and the palette of the whole."""

from pochade.films.chapters import Chapter
from pochade.films.film import Column, Film, Shot, film
from pochade.films.pair import Pair, pair

__all__ = ["Chapter", "Column", "Film", "Pair", "Shot", "film", "pair"]
