"""Themes: the colors of a terminal or a user interface, from one palette, with guaranteed contrast.

Hues come from the picture; lightness moves as little as necessary until every pair that carries text reaches its
ratio. The ratio is measured on the final codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pochade.color.contrast import wcag
from pochade.color.srgb import to_hex
from pochade.errors import OptionError
from pochade.palette import Palette

__all__ = ["Kind", "Pair", "Theme", "theme"]

Kind = Literal["terminal", "interface"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text color and its background in a theme. least : the guaranteed WCAG 2.2 ratio, 4.5 for text."""

    text: str
    background: str
    least: float


@dataclass(frozen=True)
class Theme:
    """The named colors of a theme.

    kind : "terminal" or "interface". dark : whether the background is dark.
    colors : sRGB codes by name. pairs : the colors that meet, with the guaranteed ratio.
    """

    kind: Kind
    dark: bool
    colors: Mapping[str, tuple[int, int, int]]
    pairs: tuple[Pair, ...]

    def __getitem__(self, name: str) -> str:
        """The `#rrggbb` of a named color."""
        return to_hex(self.colors[name])

    @property
    def hex(self) -> dict[str, str]:
        """The `#rrggbb` of each color, by name."""
        return {name: to_hex(codes) for name, codes in self.colors.items()}

    def contrasts(self) -> list[tuple[Pair, float]]:
        """Each pair with its actual WCAG 2.2 ratio."""
        return [(pair, float(wcag(self.colors[pair.text], self.colors[pair.background]))) for pair in self.pairs]

    def to_dict(self) -> dict[str, Any]:
        """The theme as JSON types."""
        pairs = [
            {"text": pair.text, "background": pair.background, "promised": pair.least, "ratio": round(ratio, 2)}
            for pair, ratio in self.contrasts()
        ]
        return {"kind": self.kind, "dark": self.dark, "colors": self.hex, "pairs": pairs}


def theme(palette: Palette, kind: Kind = "terminal", *, dark: bool = True) -> Theme:
    """A theme from the colors of a palette.

    Parameters
    ----------
    kind : "terminal": background, foreground, cursor, selection and color0 to color15, of which 1 to 6 and 9 to 14 are
        red, green, yellow, blue, magenta and cyan. "interface": background, surface, text, muted, border, primary,
        accent, success, warning, error, and on-primary, ... for text on those.

    Raises
    ------
    OptionError : the palette has no color, or the kind is unknown.

    Examples
    --------
    >>> from pochade import Palette
    >>> sea = Palette.from_dict({"colors": ["#12355b", "#d72638", "#f5e9d0", "#3c7a6f"]})
    >>> page = theme(sea, "interface", dark=False)
    >>> page["primary"], min(ratio for _, ratio in page.contrasts()) >= 3
    ('#12355b', True)
    """
    if not len(palette):
        raise OptionError("a theme needs at least one color, and the palette has none.")
    if kind == "terminal":
        from pochade.theme.terminal import terminal

        return terminal(palette, dark=dark)
    if kind == "interface":
        from pochade.theme.interface import interface

        return interface(palette, dark=dark)
    raise OptionError(f"kind={kind!r} is not allowed: give 'terminal' or 'interface'.")
