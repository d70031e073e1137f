"""Palettes and pictures as HTML and PNG for notebooks, and as tables of rich."""

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade.files import encode_image

if TYPE_CHECKING:
    from pochade.palette.palette import Palette

# Text has the notebook's color, light or dark. The gray edge makes swatches in the page's color visible.
CARD = "display:inline-block;width:104px;margin:0 8px 8px 0;vertical-align:top;font:12px/1.5 ui-monospace,monospace"
SWATCH = (
    "height:56px;margin-bottom:4px;border-radius:3px;border:1px solid rgba(128,128,128,.5);forced-color-adjust:none"
)
NAME = "overflow:hidden;text-overflow:ellipsis;white-space:nowrap"


def html(palette: "Palette") -> str:
    """Swatches as an HTML list, which screen readers read as a list."""
    items = "".join(
        f'<li style="{CARD}"><div style="{SWATCH};background:{color.hex}"></div>'
        f'<div style="{NAME}" title="{escape(name)}">{escape(name)}</div>'
        f"<code>{color.hex}</code><div>{escape(weight_text(color))}</div></li>"
        for color, name in zip(palette.colors, palette.names, strict=True)
    )
    label = f"Palette of {palette.source or f'{len(palette)} colors'}"
    return f'<ul aria-label="{escape(label)}" style="list-style:none;margin:0;padding:0">{items}</ul>'


MAX_SIZE = 600, 1200
"""Largest width and height of a picture in a notebook, in pixels; a notebook's column is 600 pixels wide."""


def png(codes: NDArray[np.uint8]) -> bytes:
    """A picture, uint8 sRGB (h, w, 3) or (h, w, 4) with alpha, as a PNG scaled down for a notebook."""
    from PIL import Image

    image = Image.fromarray(codes)
    image.thumbnail(MAX_SIZE, Image.Resampling.BOX)
    return encode_image(image, "PNG")


def weight_text(color: Any) -> str:
    """The weight of a color as a percentage, "<0.1%" if it is small but not 0."""
    return f"{color.weight:.1%}" if color.weight >= 0.0005 or not color.weight else "<0.1%"


def table(palette: "Palette") -> Any:
    """A table of rich, with a swatch, hex, share and name in each row."""
    from rich.table import Table
    from rich.text import Text

    rows = Table.grid(padding=(0, 2))
    rows.add_column()
    rows.add_column(no_wrap=True)
    rows.add_column(justify="right", no_wrap=True)
    rows.add_column()
    for color, name in zip(palette.colors, palette.names, strict=True):
        rows.add_row(Text(" " * 8, style=f"on {color.hex}"), color.hex, weight_text(color), Text(name))
    return rows
