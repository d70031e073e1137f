"""ggplot2: a named vector and scales for R."""

from pochade.export import exporters
from pochade.export.identifiers import checked, identifiers
from pochade.palette import Palette

RESERVED = "break else for function if in next repeat while"
"""The reserved words of R that are lower case letters only, `help(Reserved)`; they would end the vector."""

_SCALES = """
scale_colour_{name} <- function(...) ggplot2::scale_colour_manual(values = unname({name}), ...)
scale_color_{name} <- scale_colour_{name}
scale_fill_{name} <- function(...) ggplot2::scale_fill_manual(values = unname({name}), ...)
"""


@exporters.register("ggplot2", suffix=".r", media_type="text/x-r")
def ggplot2(palette: Palette, *, name: str = "pochade") -> bytes:
    """A vector of the colors by name, and scales of ggplot2 for categories, `scale_fill_pochade()`."""
    checked("name", name, f"(?!(?:{RESERVED.replace(' ', '|')})$)[a-z][a-z0-9_]*", "pochade")
    names = identifiers(palette, "snake", reserved=RESERVED)
    entries = [f'  {called} = "{color}"' for called, color in zip(names, palette.hex, strict=True)]
    vector = "\n".join([f"{name} <- c(", ",\n".join(entries), ")"]) if entries else f"{name} <- character()"
    return f"{vector}\n{_SCALES.format(name=name)}".encode()
