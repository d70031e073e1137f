"""Collections: the colors of many pictures in a folder of Parquet files, their palette, and the search among them."""

from pochade.collection.collect import collect
from pochade.collection.collection import Collection
from pochade.collection.match import Match, Matches, Why

__all__ = ["Collection", "Match", "Matches", "Why", "collect"]
