"""Palettes by proposal: complete colors to palettes, or suggest palettes from nothing, by the habits of known ones.

    pochade.complete("#8e1a24", 5)     five palettes of five colors, each with #8e1a24
    pochade.suggest(5)                 five palettes from nothing

It is apart from extraction: it knows palettes, not pictures.
"""

from pochade.suggestion.complete import complete, suggest
from pochade.suggestion.known import After
from pochade.suggestion.proposal import Moved, Suggestion, Suggestions

__all__ = ["After", "Moved", "Suggestion", "Suggestions", "complete", "suggest"]
