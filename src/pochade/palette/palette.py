"""Palette: the colors of a picture, and how they were found."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
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
from pochade.palette.origin import Origin
from pochade.palette.shown import html, table
from pochade.palette.stored import from_dict, to_dict

if TYPE_CHECKING:
    from cycler import Cycler
    from matplotlib.colors import ListedColormap

    from pochade.accessibility import Contrast, Mended, Sight
    from pochade.color.vision import Deficiency
    from pochade.explain import Reason
    from pochade.explain.fidelity import Fidelity
    from pochade.theme import Kind, Theme
    from pochade.theme.roles import Roles


@dataclass(frozen=True)
class Palette(Sequence[Color]):
    """The colors of a picture, most telling first, and how they were found.

    colors : m of them, all different; their weights sum to 1.
    requested : the k that was asked for, a number or "auto"; m may be less.
    source : what the picture is called, or None. width, height : its size in pixels, or None.
    method, space, seed, options : what extract() was told.
    origin : what it was made of, for `fidelity`, `explain`, `labels` and `mask`; it is not part of the palette's value,
        and a palette that is pickled, copied or stored has none.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> palette = pochade.extract(np.full((2, 2, 3), 255, np.uint8))
    >>> palette.hex, palette.k
    (['#ffffff'], 1)
    """

    colors: tuple[Color, ...]
    requested: int | str | None = None
    source: str | None = None
    width: int | None = None
    height: int | None = None
    method: str | None = None
    space: str | None = None
    seed: int | None = None
    options: tuple[tuple[str, Any], ...] = ()
    origin: Origin | None = field(default=None, repr=False, compare=False)

    @overload
    def __getitem__(self, at: int) -> Color: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Color, ...]: ...
    def __getitem__(self, at: int | slice) -> Color | tuple[Color, ...]:
        return self.colors[at]

    def __len__(self) -> int:
        return len(self.colors)

    def __iter__(self) -> Iterator[Color]:
        return iter(self.colors)

    @property
    def k(self) -> int:
        """How many colors there are; where they are less than `requested`, `shortfall` says why."""
        return len(self.colors)

    @property
    def hex(self) -> list[str]:
        """`#rrggbb` of each color."""
        return [color.hex for color in self.colors]

    @property
    def srgb(self) -> NDArray[np.uint8]:
        """sRGB codes: uint8 (m, 3)."""
        return np.array([color.srgb for color in self.colors], np.uint8).reshape(-1, 3)

    @property
    def oklab(self) -> NDArray[np.float64]:
        """Oklab coordinates: float64 (m, 3)."""
        return spaces["oklab"].from_linear(decode(self.srgb))

    @property
    def weights(self) -> NDArray[np.float64]:
        """The share of the picture that each color stands for: float64 (m,), sum 1."""
        return np.array([color.weight for color in self.colors])

    @property
    def positions(self) -> list[tuple[float, float] | None]:
        """A place that shows each color: x and y, 0..1."""
        return [color.position for color in self.colors]

    @property
    def coolors(self) -> str:
        """The palette as a page of coolors.co."""
        return "https://coolors.co/" + "-".join(h[1:] for h in self.hex)

    @cached_property
    def names(self) -> list[str]:
        """The label of each color, or its nearest CSS name, by CIEDE2000."""
        from pochade.color.names import nearest

        found = nearest([color.srgb for color in self.colors])
        return [color.label or name for color, name in zip(self.colors, found, strict=True)]

    @property
    def shortfall(self) -> str | None:
        """Why there are fewer colors than asked for, in a sentence; None where there are not."""
        if not isinstance(self.requested, int) or self.k >= self.requested:
            return None
        colors = "1 color" if self.k == 1 else f"{self.k} colors"
        if any(name == "among" for name, _ in self.options):
            return f"{colors} instead of {self.requested}: of those given, the picture has no use for more."
        return f"{colors} instead of {self.requested}: {self._fewer()}"

    def _fewer(self) -> str:
        """Why there are no more: what the method says of itself, unless the picture has no more."""
        said = None
        if self.method and self.method in methods and (self.origin is None or len(self.origin.counted) > self.k):
            said = methods.entry(self.method).about.fewer
        return said or "the picture has no more that differ."

    @cached_property
    def fidelity(self) -> "tuple[Fidelity, ...]":
        """How well palettes of 1 to 16 colors, made like this one, stand for the picture: a row for each.

        Raises
        ------
        OptionError : the palette was not extracted here; nor for the three below.
        """
        from pochade.explain.fidelity import fidelity

        return fidelity(self._made("fidelity"))

    def explain(self) -> "tuple[Reason, ...]":
        """Why each color is in the palette, in words and figures."""
        from pochade.explain import explain

        return explain(self, self._made("explain()"))

    def labels(self) -> NDArray[np.int16]:
        """Which color stands for each pixel: int16 (height, width), its index, or -1 where none does.

        None does where a pixel is transparent or outside the region and mask. Of an animation: the first frame.

        Raises
        ------
        SourceError : the file that the picture was read from is gone, or has changed.
        """
        from pochade.histograms.labels import labels

        return labels(*self._made("labels()").reopened(self.srgb))

    def mask(self, i: int) -> NDArray[np.bool_]:
        """The pixels that color i stands for: bool (height, width), as a viewer shows the picture.

        Every pixel that counts is in exactly one color's mask. For all colors at once take `labels()`.
        """
        at = range(self.k)[i]
        mask: NDArray[np.bool_] = self.labels() == at
        return mask

    def _made(self, what: str) -> Origin:
        if self.origin is None:
            raise OptionError(
                f"{what} needs what the palette was made of, which is gone: it was loaded or copied, not extracted, or "
                "it is of extract_many(). Call extract() on the picture again."
            )
        return self.origin

    def sort(self, by: str = "smooth", *, reverse: bool = False) -> "Palette":
        """The same palette with its colors in a registered order, "smooth", "hue", "luminance"; see `pochade.sort`.

        Raises
        ------
        UnknownNameError : there is no such order. OptionError : the palette lacks what it goes by.

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
        """What is pickled: the value, without what it was made of."""
        return {name: value for name, value in vars(self).items() if name != "fidelity"} | {"origin": None}

    def contrast(self, *, by: Literal["wcag", "apca"] = "wcag") -> "Contrast":
        """WCAG 2.2's ratio and APCA's Lc of every pair of colors, and the text that reads best on each.

        Parameters
        ----------
        by : the measure that says which text reads best.
        """
        from pochade.accessibility import contrast

        return contrast(self, by=by)

    def seen(self, deficiency: "Deficiency", severity: float = 1.0) -> "Palette":
        """The palette as it looks with "protanopia", "deuteranopia", "tritanopia" or "achromatopsia".

        The colors stay in their order, with their weights, positions and labels; some may become equal.

        Parameters
        ----------
        severity : 0 for normal sight to 1 for a cone that is missing.
        """
        from pochade.accessibility import seen

        return seen(self, deficiency, severity)

    def sight(
        self, deficiencies: "Sequence[Deficiency] | None" = None, *, severity: float = 1.0, apart: float = 5.0
    ) -> "Sight":
        """How the palette is seen with each deficiency, and which colors can no longer be told apart, in words too.

        Parameters
        ----------
        deficiencies : all four by default.
        apart : colors at least so far apart by CIEDE2000 are told apart; `pochade.accessibility.APART` says why 5.
        """
        from pochade.accessibility import sight

        return sight(self, deficiencies, severity=severity, apart=apart)

    def mended(
        self, deficiencies: "Sequence[Deficiency] | None" = None, *, severity: float = 1.0, apart: float = 5.0
    ) -> "Mended":
        """The palette with the smallest total change of Oklab lightness that keeps apart what is told apart.

        Hues are kept, and chroma as far as the gamut allows. Where lightness alone cannot do it, the answer says what
        is confused still.

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
        """Which color is vibrant, muted, light and dark of both, the background, the text and the accent.

        `palette.roles()["vibrant"].hex`. No role is empty: one that no color fits has `found` False, says why, and
        offers the nearest. Where the palette was extracted here, 16 colors of the picture are looked at too.

        Raises
        ------
        OptionError : the palette has no colors.
        """
        from pochade.theme.roles import roles

        return roles(self)

    def to_dict(self) -> dict[str, Any]:
        """The palette as JSON's types; docs/json.md says what each field means."""
        return to_dict(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Palette":
        """The palette that `to_dict` was called on; only `colors`, each with `hex` or `srgb`, is needed.

        Raises
        ------
        OptionError : where a color cannot be read.
        """
        return cls(**from_dict(given))

    def to_json(self) -> str:
        """The palette as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def theme(self, kind: "Kind" = "terminal", *, dark: bool = True) -> "Theme":
        """Colors of a "terminal" or an "interface" that go together and can be read; see `pochade.theme.theme`."""
        from pochade.theme import theme

        return theme(self, kind, dark=dark)

    def export(self, format: str, **options: Any) -> bytes:
        """The palette in a registered format, "json", "css"; see `pochade.export.export`."""
        from pochade.export import export

        return export(self, format, **options)

    def save(self, path: str | os.PathLike[str], format: str | None = None, **options: Any) -> None:
        """Write the palette to a file, in the format that the suffix says; see `pochade.export.save`."""
        from pochade.export import save

        save(self, path, format, **options)

    def gradient(self, n: int, space: str = "oklab") -> "Palette":
        """n colors on the way through the palette's, from the first to the last, evenly from each to the next.

        space : where the way is straight, any of `pochade spaces`; in one with a hue it takes the shorter arc.

        What leaves sRGB on the way comes back with less chroma. Each color weighs 1/n; some may be equal.

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

        smooth : instead 256 colors from the darkest to the lightest, at even distances in CAM16-UCS.
        register : so that matplotlib knows it by its name, "pochade" where none is given.

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
        """`np.asarray(palette)`: sRGB codes, uint8 (m, 3), always of its own."""
        if copy is False:
            raise ValueError("a palette holds no array: leave copy=False out.")
        return self.srgb if dtype is None else self.srgb.astype(dtype)

    def __repr__(self) -> str:
        shown = " ".join(f"{c.hex} {c.weight:.1%}" for c in self.colors)
        return f"<Palette of {self.source or self.k}: {shown}>"

    def __rich__(self) -> Any:
        return table(self)

    def _repr_html_(self) -> str:
        return html(self)

    def _repr_svg_(self) -> str:
        return self.export("svg").decode()
