"""Films: their shots, each with its exact palette, and the palette of the whole."""

from pochade.films.chapters import Chapter
from pochade.films.film import Column, Film, Shot, film

__all__ = ["Chapter", "Column", "Film", "Shot", "film"]
