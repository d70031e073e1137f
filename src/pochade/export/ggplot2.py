"""ggplot2: a named vector and scales for R."""

from pochade.export import exporters
from pochade.export.identifiers import check_name, identifiers
from pochade.palette import Palette

RESERVED = "break else for function if in next repeat while"
"""The reserved words of R in lower-case letters, `help(Reserved)`; they cannot name an element of a vector."""

_SCALES = """
scale_colour_{name} <- function(...) ggplot2::scale_colour_manual(values = unname({name}), ...)
scale_color_{name} <- scale_colour_{name}
scale_fill_{name} <- function(...) ggplot2::scale_fill_manual(values = unname({name}), ...)
"""


@exporters.register("ggplot2", suffix=".r", media_type="text/x-r")
def ggplot2(palette: Palette, *, name: str = "pochade") -> bytes:
    """A named vector of the colors, and discrete scales of ggplot2: `scale_fill_pochade()`."""
    check_name("name", name, f"(?!(?:{RESERVED.replace(' ', '|')})$)[a-z][a-z0-9_]*", "pochade")
    names = identifiers(palette, "snake", reserved=RESERVED)
    entries = [f'  {element} = "{color}"' for element, color in zip(names, palette.hex, strict=True)]
    vector = "\n".join([f"{name} <- c(", ",\n".join(entries), ")"]) if entries else f"{name} <- character()"
    return f"{vector}\n{_SCALES.format(name=name)}".encode()
