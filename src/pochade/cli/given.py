"""Palettes that are given in files."""

import os
from dataclasses import replace

from pochade.cli.asked import PICTURES
from pochade.palette import Palette


def holds_palette(path: str) -> bool:
    """Whether a name is that of a palette file, by its suffix; no URL is, and no picture."""
    from pochade.export import exporters

    suffix = os.path.splitext(path)[1].lower()
    kinds = {entry.about.suffix for entry in exporters.entries if entry.about.read}
    return "://" not in path and suffix not in PICTURES and suffix in kinds


def loaded(path: str) -> Palette:
    """The palette of a file, called like it where it says no other name."""
    from pochade.export import load

    found = load(path)
    return found if found.source else replace(found, source=path)
