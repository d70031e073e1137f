"""The kinds of picture that need a library of the `formats` extra: one file, one register() each.

An entry is a function of the material and the wishes that returns a Picture. `recognizes` tells by the
content whether a file is of that kind; it must be quick and import nothing heavy.
"""

from collections.abc import Callable

from pochade.registry import Entry, Registry
from pochade.source.material import Material
from pochade.source.picture import Picture, Wishes

Loader = Callable[[Material, Wishes], Picture]

formats: Registry[Loader] = Registry("reader", "pochade.source.formats")


def find_format(material: Material) -> Entry[Loader] | None:
    """The entry that recognizes the file, or None."""
    return next((entry for entry in formats if entry.about["recognizes"](material)), None)
