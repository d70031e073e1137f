"""tailwind: theme variables of Tailwind CSS 4, which define utilities such as bg-brown and text-brown."""

from pochade.export import exporters
from pochade.export.stylesheet import MAGIC, read
from pochade.export.variables import variables
from pochade.palette import Palette


@exporters.register("tailwind", suffix=".tailwind.css", media_type="text/css", read=read, magic=MAGIC, general=True)
def tailwind(palette: Palette, *, tints: bool = False) -> bytes:
    """Theme variables of Tailwind CSS 4, `--color-brown: #8e1a24` in @theme; put them after its import.

    Parameters
    ----------
    tints : also the tints and shades of each color, for utilities such as bg-brown-50 to bg-brown-950.
    """
    lines = [f"  --{name}: {color};" for name, color in variables(palette, "color", with_tints=tints)]
    return "\n".join(["@theme {", *lines, "}", ""]).encode()
