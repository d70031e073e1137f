"""Palettes of many pictures at once, by a crew of processes."""

from pochade.batch.batch import Result, extract_many

__all__ = ["Result", "extract_many"]
