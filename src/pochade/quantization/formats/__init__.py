"""File formats of a quantized picture, one a module."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pochade.errors import OptionError
from pochade.files import suffix_of
from pochade.registry import Registry

if TYPE_CHECKING:
    from pochade.quantization.result import Quantized

__all__ = ["Encoded", "Format", "check_suffix", "format_of", "formats"]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file. bits : per pixel before compression. alpha_levels : levels of alpha; 1 if all pixels are opaque."""

    content: bytes
    bits: int
    alpha_levels: int = 1


Format = Callable[["Quantized"], Encoded]
"""A function from a picture in few colors to a file."""


@dataclass(frozen=True, slots=True)
class About:
    """Facts about a format.

    by_suffix : False if only its name selects it, never the suffix of a path.
    indexed : whether it holds at most 256 entries of color and alpha.
    """

    suffix: str
    media_type: str
    by_suffix: bool = True
    indexed: bool = False


formats: Registry[Format, About] = Registry("picture format", "pochade.quantization.formats", about=About)
"""All picture formats. `register(name, suffix=".png", media_type="image/png")`."""


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format of a path's suffix; OptionError if there is none."""
    suffix = suffix_of(path)
    known = {e.about.suffix: e.name for e in formats.entries if e.about.by_suffix}
    if suffix not in known:
        raise OptionError(f"{os.fspath(path)}: its suffix names no format: give one of {', '.join(sorted(known))}.")
    return known[suffix]


def check_suffix(path: str | os.PathLike[str], format: str) -> None:
    """Refuse a path whose suffix belongs to another format; a path without suffix is allowed."""
    suffix, fits = os.path.splitext(os.fspath(path))[1], formats.entry(format).about.suffix
    if suffix and suffix.lower() != fits:
        raise OptionError(f"{os.fspath(path)}: a file of the format {format} ends with {fits}, not with {suffix}.")
