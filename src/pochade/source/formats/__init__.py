"""The kinds of picture that need a library of the `formats` extra: one file, one register() each.

An entry is a function of the material and the options that returns a Picture. `recognizes` tells by the
content whether a file is of that kind; it must be quick and import nothing heavy.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pochade.registry import Entry, Registry
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions

Loader = Callable[[Material, ReadOptions], Picture]


@dataclass(frozen=True, slots=True)
class About:
    """Facts about a loader. recognizes : a quick test of the content, which imports nothing heavy."""

    recognizes: Callable[[Material], bool]


formats: Registry[Loader, About] = Registry("reader", "pochade.source.formats", about=About)


def find_format(material: Material) -> Entry[Loader, About] | None:
    """The entry that recognizes the file, or None."""
    return next((entry for entry in formats.entries if entry.about.recognizes(material)), None)
