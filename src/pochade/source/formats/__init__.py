"""The formats that need a library of the `formats` extra: each is one file with one register().

An entry is a function from the material and the options to a Picture. `recognizes` tests the content; it must be
quick and import nothing heavy.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pochade.registry import Entry, Registry
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions

Loader = Callable[[Material, ReadOptions], Picture]


@dataclass(frozen=True, slots=True)
class About:
    """Facts about a loader.

    recognizes : whether the content has its format.
    light : whether it stores the light of a scene, which `exposure` scales.
    isolate : the module of a library that can crash or run without end; it is used in a process of its own.
    """

    recognizes: Callable[[Material], bool]
    light: bool = False
    isolate: str | None = None


formats: Registry[Loader, About] = Registry("reader", "pochade.source.formats", about=About)


def find_format(material: Material) -> Entry[Loader, About] | None:
    """The entry that recognizes the file, or None."""
    return next((entry for entry in formats.entries if entry.about.recognizes(material)), None)
