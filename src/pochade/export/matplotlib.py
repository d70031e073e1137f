"""matplotlib: a style sheet whose plots cycle through the palette's colors."""

from pochade.export import exporters
from pochade.palette import Palette


@exporters.register("matplotlib", suffix=".mplstyle", media_type="text/plain")
def matplotlib(palette: Palette) -> bytes:
    """A style of matplotlib, for `plt.style.use("palette.mplstyle")`: lines and bars cycle through the colors."""
    if not len(palette):
        return b"# a palette without colors changes nothing\n"
    colors = ", ".join(f"'{color[1:]}'" for color in palette.hex)  # a # would begin a comment
    return f"axes.prop_cycle: cycler('color', [{colors}])\n".encode()
