"""Palette: the colors of a picture, and the options that led to them.

A Palette is the facade of the packages above it: methods such as `export()` import them when they are called.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import methods
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.palette.color import Color
from pochade.palette.display import html, table
from pochade.palette.origin import Origin
from pochade.palette.serialization import from_dict, to_dict
from pochade.palette.written import Colors, read_every_color

if TYPE_CHECKING:
    from cycler import Cycler
    from matplotlib.colors import ListedColormap

    from pochade.accessibility import Contrast, Mended, Sight
    from pochade.color.vision import Deficiency
    from pochade.explain import Reason
    from pochade.explain.fidelity import Fidelity
    from pochade.palette.tints import Tints
    from pochade.theme import Kind, Theme
    from pochade.theme.partners import Partner, Scheme
    from pochade.theme.roles import Roles


@dataclass(frozen=True, init=False)
class Palette(Sequence[Color]):
    """The colors of a picture, the largest share first.

    colors : m different ones; their weights sum to 1. The constructor also takes text (CSS colors) and triples of
        codes, alone or in a list; these weigh 1/m each. A slice is a palette of some of the colors, with their shares
        of the whole picture.
    k : the number of colors that was asked for, or "auto"; None in a palette made by hand. `len(palette)` is m, which
        may be less; `shortfall` gives the reason.
    source : the name of the picture, or None. width, height : its size in pixels, or None.
    method, space, seed, options : the other keywords of extract().
    notes : a sentence for each color tag of the picture that was ignored, because it is broken or contradicts itself;
        after recolor() and quantize(), also if the picture is one page of many.
    origin : the histogram and the answer of extract(), for `fidelities`, `explain`, `labels` and `mask`. It is not part
        of the palette's value; a palette that was pickled, copied or loaded has none.
    omitted : the entries of the file that load() left out, such as translucent colors, each with the reason, as
        sentences.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> palette = pochade.extract(np.full((2, 2, 3), 255, np.uint8))
    >>> palette.hex, len(palette), palette.k
    (['#ffffff'], 1, 8)
    >>> pochade.Palette(["#f00", "teal", (255, 255, 255)])[1:].hex
    ['#008080', '#ffffff']
    """

    colors: tuple[Color, ...]
    k: int | str | None = None
    source: str | None = None
    width: int | None = None
    height: int | None = None
    method: str | None = None
    space: str | None = None
    seed: int | None = None
    options: tuple[tuple[str, Any], ...] = ()
    notes: tuple[str, ...] = ()
    origin: Origin | None = field(default=None, repr=False, compare=False)
    omitted: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def __init__(
        self,
        colors: Colors,
        k: int | str | None = None,
        source: str | None = None,
        width: int | None = None,
        height: int | None = None,
        method: str | None = None,
        space: str | None = None,
        seed: int | None = None,
        options: tuple[tuple[str, Any], ...] = (),
        notes: tuple[str, ...] = (),
        origin: Origin | None = None,
        omitted: tuple[str, ...] = (),
    ) -> None:
        """Set the fields; OptionError or UnknownNameError if `colors` has something else than colors."""
        given = {name: value for name, value in locals().items() if name != "self"}
        for name, value in (given | {"colors": _colors(colors)}).items():
            object.__setattr__(self, name, value)  # the palette is frozen

    @overload
    def __getitem__(self, at: int) -> Color: ...
    @overload
    def __getitem__(self, at: slice) -> "Palette": ...
    def __getitem__(self, at: int | slice) -> "Color | Palette":
        if not isinstance(at, slice):
            return self.colors[at]
        colors = self.colors[at]
        # Of a part nobody asked for k colors, so nothing falls short.
        return replace(self, colors=colors, k=self.k if len(colors) == len(self) else None)

    def __len__(self) -> int:
        return len(self.colors)

    def __iter__(self) -> Iterator[Color]:
        return iter(self.colors)

    @property
    def hex(self) -> list[str]:
        """`#rrggbb` of each color."""
        return [color.hex for color in self.colors]

    @property
    def srgb(self) -> NDArray[np.uint8]:
        """sRGB codes: uint8 (m, 3)."""
        return np.array([color.srgb for color in self.colors], np.uint8).reshape(-1, 3)

    @property
    def rgb(self) -> list[tuple[int, int, int]]:
        """Red, green and blue of each color as sRGB codes, 0..255: `srgb` as plain numbers."""
        return [color.srgb for color in self.colors]

    @property
    def oklab(self) -> NDArray[np.float64]:
        """Oklab coordinates: float64 (m, 3)."""
        return spaces["oklab"].from_linear(decode(self.srgb))

    @property
    def weights(self) -> NDArray[np.float64]:
        """The share of the picture of each color: float64 (m,), sum 1."""
        return np.array([color.weight for color in self.colors])

    @property
    def positions(self) -> list[tuple[float, float] | None]:
        """A point that shows each color: x and y, 0..1; or None."""
        return [color.position for color in self.colors]

    @property
    def dominant(self) -> Color:
        """The color with the largest share.

        Raises
        ------
        OptionError : the palette has no colors.
        """
        if not self.colors:
            raise OptionError("a palette without colors has no dominant one: give it a color.")
        return max(self.colors, key=lambda color: color.weight)

    @property
    def accents(self) -> tuple[Color, ...]:
        """The small, chromatic colors that are unlike every other: less than 5 % of the picture, in its order."""
        return tuple(color for color in self.colors if color.accent)

    @property
    def coolors(self) -> str:
        """The address of the palette at coolors.co."""
        return "https://coolors.co/" + "-".join(h[1:] for h in self.hex)

    @cached_property
    def names(self) -> list[str]:
        """The label of each color, or its nearest CSS name, by CIEDE2000."""
        from pochade.color.names import nearest

        names = nearest([color.srgb for color in self.colors])
        return [color.label or name for color, name in zip(self.colors, names, strict=True)]

    @property
    def shortfall(self) -> str | None:
        """Why there are fewer than k colors, in a sentence; None if there are not."""
        if not isinstance(self.k, int) or len(self) >= self.k:
            return None
        colors = "1 color" if len(self) == 1 else f"{len(self)} colors"
        if any(name == "among" for name, _ in self.options):
            return f"{colors} instead of {self.k}: of those given, the picture has no use for more."
        return f"{colors} instead of {self.k}: {self._reason()}"

    def _reason(self) -> str:
        """Why there are no more colors: the method's own reason, unless the picture has no more."""
        reason = None
        if self.method and self.method in methods and (self.origin is None or len(self.origin.counted) > len(self)):
            reason = methods.entry(self.method).about.fewer
        return reason or "the picture has no more that differ."

    @cached_property
    def fidelities(self) -> "tuple[Fidelity, ...]":
        """How well palettes of 1 to 16 colors, with the same options, represent the picture: a row for each k.

        Raises
        ------
        OptionError : the palette has no origin. `explain`, `labels` and `mask` raise it too.
        """
        from pochade.explain.fidelity import fidelities

        return fidelities(self._origin("fidelities"))

    def explain(self) -> "tuple[Reason, ...]":
        """Why each color is in the palette, in words and figures."""
        from pochade.explain import explain

        return explain(self, self._origin("explain()"))

    def labels(self) -> NDArray[np.int16]:
        """The index of each pixel's color, int16 (height, width); -1 for pixels that do not count.

        These are transparent, or outside the region and mask. An animation has the labels of its first frame.

        Raises
        ------
        SourceError : the picture's file is gone, or has changed.
        """
        from pochade.histograms.labels import labels

        return labels(*self._origin("labels()").reopened(self.srgb))

    def mask(self, i: int) -> NDArray[np.bool_]:
        """The pixels of color i: bool (height, width), the right way up.

        Every pixel that counts is in the mask of exactly one color. `labels()` has all colors at once.
        """
        at = range(len(self))[i]
        mask: NDArray[np.bool_] = self.labels() == at
        return mask

    def _origin(self, what: str) -> Origin:
        if self.origin is None:
            raise OptionError(
                f"{what} needs the histogram of the picture, which this palette lacks: it was loaded or copied, or "
                "comes from extract_many(). Call extract() on the picture again."
            )
        return self.origin

    def sort(self, by: str = "smooth", *, reverse: bool = False) -> "Palette":
        """The same palette in a registered order, such as "smooth", "hue" or "luminance"; see `pochade.sort`.

        Raises
        ------
        UnknownNameError : there is no such order. OptionError : the palette lacks the values that the order needs.

        Examples
        --------
        >>> Palette.from_dict({"colors": ["#fff", "#000", "#888"]}).sort("lightness").hex
        ['#000000', '#888888', '#ffffff']
        """
        from pochade.sort import sort

        return replace(self, colors=tuple(self.colors[i] for i in sort(self, by, reverse=reverse)))

    def named(self, vocabulary: str = "css", *, unique: bool = False) -> "Palette":
        """The same palette, each color labeled with its nearest name in a vocabulary; see `pochade.color.names`.

        Raises
        ------
        UnknownNameError : there is no such vocabulary. OptionError : it has too few unique names.

        Examples
        --------
        >>> Palette.from_dict({"colors": ["#8e1a24"]}).named("iscc-nbs").names
        ['deep red']
        """
        from pochade.color.names import nearest

        names = nearest(self.srgb, vocabulary, unique=unique)
        return replace(self, colors=tuple(replace(c, label=n) for c, n in zip(self.colors, names, strict=True)))

    def __getstate__(self) -> dict[str, Any]:
        """The state to pickle: the value without its origin."""
        return {name: value for name, value in vars(self).items() if name != "fidelities"} | {"origin": None}

    def contrast(self, *, by: Literal["wcag", "apca"] = "wcag") -> "Contrast":
        """WCAG 2.2's ratio and APCA's Lc of every pair of colors, and the best readable text on each.

        Parameters
        ----------
        by : the measure that chooses the text.
        """
        from pochade.accessibility import contrast

        return contrast(self, by=by)

    def seen(self, deficiency: "Deficiency", severity: float = 1.0) -> "Palette":
        """The palette as a person with "protanopia", "deuteranopia", "tritanopia" or "achromatopsia" sees it.

        The colors keep their order, weights, positions and labels; some may become equal.

        Parameters
        ----------
        severity : from 0, normal vision, to 1, a missing cone.
        """
        from pochade.accessibility import seen

        return seen(self, deficiency, severity)

    def sight(
        self, deficiencies: "Sequence[Deficiency] | None" = None, *, severity: float = 1.0, apart: float = 5.0
    ) -> "Sight":
        """The palette under each color vision deficiency, and the pairs of colors that it confuses, in words too.

        Parameters
        ----------
        deficiencies : all four by default.
        apart : the least CIEDE2000 at which two colors are distinct; `pochade.accessibility.APART` gives the reason
            for 5.
        """
        from pochade.accessibility import sight

        return sight(self, deficiencies, severity=severity, apart=apart)

    def mended(
        self, deficiencies: "Sequence[Deficiency] | None" = None, *, severity: float = 1.0, apart: float = 5.0
    ) -> "Mended":
        """The palette with the smallest total change of Oklab lightness that keeps all distinct colors distinct.

        Hues stay, and chroma as far as the gamut allows. The answer lists the pairs that lightness alone cannot
        separate.

        Parameters
        ----------
        deficiencies : protanopia, deuteranopia and tritanopia by default. apart : as for `sight`.

        Raises
        ------
        OptionError : more than 32 colors.
        """
        from pochade.accessibility import mended

        return mended(self, deficiencies, severity=severity, apart=apart)

    def roles(self) -> "Roles":
        """The color for each role: vibrant and muted (each also light and dark), background, text and accent.

        `palette.roles()["vibrant"].hex`. No role is empty: if no color fits, `found` is False, and the role gives the
        reason and the nearest color. A palette with an origin also searches 16 colors of the picture.

        Raises
        ------
        OptionError : the palette has no colors.
        """
        from pochade.theme.roles import roles

        return roles(self)

    def tints(self) -> "Tints":
        """The tints and shades 50 to 950 of each color, with their contrast; see `pochade.tints`.

        Examples
        --------
        >>> tints = Palette.from_dict({"colors": ["#8e1a24"]}).tints()
        >>> tints.own, tints.scales[0][50].hex
        ((800,), '#fef4f3')
        """
        from pochade.palette.tints import Tints

        return Tints.of(self)

    def partners(self, color: Any, scheme: "Scheme" = "complementary") -> "tuple[Partner, ...]":
        """The colors in harmony with one color: of the picture if it has them, otherwise generated.

        Parameters
        ----------
        color : a color with a hue, as text, codes or a Color. scheme : "complementary", "analogous", "triad", "split"
            or "square"; `pochade.theme.partners` explains them.

        Raises
        ------
        OptionError : the color is gray. UnknownNameError : there is no such scheme.
        """
        from pochade.theme.partners import partners

        return partners(self, color, scheme)

    def likelihood(self) -> float:
        """By how many bits the colors, at most 10, are likelier together than alone, in palettes by people.

        A network that saw a thousand palettes judges; see `pochade.suggest`. Likely is not beautiful.

        Raises
        ------
        OptionError : the palette has no color, or more than 10.

        Examples
        --------
        >>> pastels = Palette(["#fbe7c6", "#b4f8c8", "#a0e7e5", "#ffaebc"])
        >>> mixed = Palette(["#ff00ff", "#12354e", "#8e8d8a", "#c8b89a"])
        >>> pastels.likelihood() > 0 > mixed.likelihood()
        True
        """
        from pochade.suggestion.likelihood import likelihood

        return likelihood(self.oklab)

    def to_dict(self) -> dict[str, Any]:
        """The palette in the types of JSON; docs/json.md explains each field."""
        return to_dict(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Palette":
        """The palette of a mapping from `to_dict`; it needs only `colors`, each with `hex` or `srgb`.

        Raises
        ------
        OptionError : a field cannot be read.
        """
        return cls(**from_dict(given))

    def to_json(self) -> str:
        """The palette as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def theme(self, kind: "Kind" = "terminal", *, dark: bool = True) -> "Theme":
        """A color scheme of readable colors for a "terminal" or an "interface"; see `pochade.theme.theme`."""
        from pochade.theme import theme

        return theme(self, kind, dark=dark)

    def export(self, format: str, **options: Any) -> bytes:
        """The palette in a registered format, such as "json" or "css"; see `pochade.export.export`."""
        from pochade.export import export

        return export(self, format, **options)

    def save(self, path: str | os.PathLike[str], format: str | None = None, **options: Any) -> None:
        """Write the palette to a file in the format of the suffix, replacing the file; see `pochade.export.save`."""
        from pochade.export import save

        save(self, path, format, **options)

    def gradient(self, n: int, space: str = "oklab") -> "Palette":
        """n colors of a gradient through the colors of the palette, with even steps between each two.

        space : the space of the interpolation, any of `pochade spaces`; hues take the shorter arc.

        Colors outside sRGB lose chroma until they are inside. Each color weighs 1/n; some may be equal.

        Raises
        ------
        OptionError : n is less than 2, or the palette has one color.

        Examples
        --------
        >>> Palette.from_dict({"colors": ["#000000", "#ffffff"]}).gradient(3).hex
        ['#000000', '#636363', '#ffffff']
        """
        from pochade.palette.gradient import gradient

        codes = gradient(self.srgb, n, space).tolist()
        return Palette(tuple(Color((red, green, blue), 1 / n) for red, green, blue in codes), source=self.source)

    def cmap(self, *, smooth: bool = False, name: str | None = None, register: bool = False) -> "ListedColormap":
        """A matplotlib colormap of the colors in their order.

        smooth : 256 colors from the darkest to the lightest instead, at even distances in CAM16-UCS.
        register : register it with matplotlib under its name, "pochade" by default.

        Raises
        ------
        PochadeError : matplotlib is not installed. OptionError : the name is taken, or there are too few colors.
        """
        from pochade.draw.plotting import cmap

        return cmap(self, smooth=smooth, name=name, register=register)

    def cycler(self) -> "Cycler[str, str]":
        """The colors as matplotlib's property cycle: `plt.rc("axes", prop_cycle=palette.cycler())`."""
        from pochade.draw.plotting import cycler

        return cycler(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """`np.asarray(palette)`: a new array of sRGB codes, uint8 (m, 3)."""
        if copy is False:
            raise ValueError("a palette holds no array: leave copy=False out.")
        return self.srgb if dtype is None else self.srgb.astype(dtype)

    def __repr__(self) -> str:
        shown = " ".join(f"{c.hex} {c.weight:.1%}" for c in self.colors)
        return f"<Palette of {self.source or len(self)}: {shown}>"

    def __rich__(self) -> Any:
        return table(self)

    def _repr_html_(self) -> str:
        return html(self)

    def _repr_svg_(self) -> str:
        return self.export("svg").decode()


def _colors(given: Colors) -> tuple[Color, ...]:
    """The colors as a caller gives them; a Color keeps its weight, all others weigh 1/m."""
    if isinstance(given, tuple) and all(isinstance(color, Color) for color in given):
        return given
    items = given
    if isinstance(given, Color):
        items = [given]
    elif isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping | os.PathLike):
        items = list(given)
    codes = read_every_color("colors", items).tolist()
    colors = [Color((red, green, blue), 1 / len(codes)) for red, green, blue in codes]
    if isinstance(items, list) and len(items) == len(colors):
        colors = [item if isinstance(item, Color) else color for item, color in zip(items, colors, strict=True)]
    return tuple(colors)
