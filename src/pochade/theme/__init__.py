"""Themes: the colors of a terminal or of a user interface, from one palette, with contrast that is guaranteed.

Hues are the picture's; lightness is moved, and no further than it must be, until every pair that carries text reaches
its ratio. The ratio is measured on the final codes, so what a theme promises is so.
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
    """Two colors of a theme that meet. least : the WCAG 2.2 ratio that is promised, 4.5 for text."""

    text: str
    background: str
    least: float


@dataclass(frozen=True)
class Theme:
    """Named colors that go together.

    kind : "terminal" or "interface". dark : whether the background is dark.
    colors : sRGB codes by name. pairs : which of them meet, and the ratio that is promised.
    """

    kind: Kind
    dark: bool
    colors: Mapping[str, tuple[int, int, int]]
    pairs: tuple[Pair, ...]

    def __getitem__(self, name: str) -> str:
        """`#rrggbb` of a named color."""
        return to_hex(self.colors[name])

    @property
    def hex(self) -> dict[str, str]:
        """`#rrggbb` by name."""
        return {name: to_hex(codes) for name, codes in self.colors.items()}

    def contrasts(self) -> list[tuple[Pair, float]]:
        """Each pair with the WCAG 2.2 ratio that it has."""
        return [(pair, float(wcag(self.colors[pair.text], self.colors[pair.background]))) for pair in self.pairs]

    def to_dict(self) -> dict[str, Any]:
        """The theme as JSON's types."""
        pairs = [
            {"text": pair.text, "background": pair.background, "promised": pair.least, "ratio": round(ratio, 2)}
            for pair, ratio in self.contrasts()
        ]
        return {"kind": self.kind, "dark": self.dark, "colors": self.hex, "pairs": pairs}


def theme(palette: Palette, kind: Kind = "terminal", *, dark: bool = True) -> Theme:
    """A theme in the colors of a palette.

    Parameters
    ----------
    kind : "terminal": background, foreground, cursor, selection and color0 to color15, of which 1 to 6 and 9 to 14 are
        what a terminal calls red, green, yellow, blue, magenta and cyan. "interface": background, surface, text, muted,
        border, primary, accent, success, warning, error, and on-primary, ... for text on those.

    Raises
    ------
    OptionError : the palette has no color, or there is no such kind.

    Examples
    --------
    >>> from pochade import Palette
    >>> sea = Palette.from_dict({"colors": ["#12355b", "#d72638", "#f5e9d0", "#3c7a6f"]})
    >>> made = theme(sea, "interface", dark=False)
    >>> made["primary"], min(ratio for _, ratio in made.contrasts()) >= 3
    ('#12355b', True)
    """
    if not len(palette):
        raise OptionError("a theme needs a color, and the palette has none.")
    if kind == "terminal":
        from pochade.theme.terminal import terminal

        return terminal(palette, dark=dark)
    if kind == "interface":
        from pochade.theme.interface import interface

        return interface(palette, dark=dark)
    raise OptionError(f"kind={kind!r} is not allowed: give 'terminal' or 'interface'.")
