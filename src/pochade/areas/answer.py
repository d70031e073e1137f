"""Numbers: the answer of numbers(), a sheet to paint by."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from pochade.areas.outlines import Points, signed_area
from pochade.areas.pages import DOTS, PAGES, PAPER, Content, Entry, Number, Page, image_of, pdf_of, svg_of
from pochade.areas.paper import Layout
from pochade.draw.content import title_of
from pochade.errors import OptionError
from pochade.files import DRAWINGS, QUALITY, encode_image, suffix_of, write_whole
from pochade.paint import Recipe, Stock
from pochade.palette import Palette
from pochade.palette.display import png

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """One area of a sheet. All lengths are in millimeters from the upper left corner of the picture.

    number : of its color, from 1; None for bare paper, where the picture is transparent.
    rings : its outer ring and its holes, float64 (n, 2), without a repeated point at the end. Neighbors have the same
        points; holes turn the other way, so signed areas add up.
    circles : middle and radius of the circles in which numbers stand, the largest first; bare paper has none.
    size : in square millimeters.
    """

    number: int | None
    rings: tuple[Points, ...]
    circles: tuple[tuple[float, float, float], ...]
    size: float


@dataclass(frozen=True, eq=False)
class Numbers(Sequence[Area]):
    """A sheet to paint by: a picture as numbered areas. It is the sequence of these areas, by number.

    palette : the colors to paint; number 1 is the first. weight : their shares of the sheet.
    areas : all areas. labels : int16 (h, w), the place in the palette of each point of the picture; -1 is bare paper.
    lines : each border once, float64 (n, 2) in millimeters.
    recipes : of the colors, if paints were chosen. stock : the tints that they use, to be made first.
    paper : "a4". width_mm, height_mm : of the picture on it. least_mm : the diameter of the circle for which each area
        has room.
    difference : mean CIEDE2000 of the picture from the colors of its areas. nearest : the same if each pixel had the
        nearest of the colors; no sheet comes closer.
    notes : a sentence for each color tag of the picture that was ignored, and one if it is one frame or page of many.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> flag = np.full((40, 60, 3), 255, np.uint8)
    >>> flag[:, :20], flag[:, 40:] = (0, 0, 160), (200, 0, 20)
    >>> sheet = pochade.numbers(flag, "navy, white, crimson", paper="a5")
    >>> [(area.number, round(area.size)) for area in sheet]
    [(1, 6384), (2, 6384), (3, 6384)]
    """

    palette: Palette
    areas: tuple[Area, ...]
    labels: NDArray[np.int16] = field(repr=False)
    lines: tuple[Points, ...] = field(repr=False)
    layout: Layout
    least_mm: float
    difference: float
    nearest: float
    recipes: tuple[Recipe, ...] = ()
    stock: tuple[Stock, ...] = ()
    source: str | None = None
    notes: tuple[str, ...] = ()

    @overload
    def __getitem__(self, at: int) -> Area: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Area, ...]: ...
    def __getitem__(self, at: int | slice) -> Area | tuple[Area, ...]:
        return self.areas[at]

    def __len__(self) -> int:
        return len(self.areas)

    def __repr__(self) -> str:
        colors, areas = _count(len(self.shares), "color"), _count(len(self), "area")
        return f"<Numbers on {self.paper}, {colors}, {areas} of at least {self.least_mm:g} mm>"

    def __str__(self) -> str:
        return " ".join(self.words())

    @property
    def paper(self) -> str:
        """The name of the paper."""
        return self.layout.paper

    @property
    def width_mm(self) -> float:
        """The width of the picture on the paper."""
        return self.layout.box[2]

    @property
    def height_mm(self) -> float:
        """The height of the picture on the paper."""
        return self.layout.box[3]

    @property
    def shares(self) -> dict[int, float]:
        """The share of the sheet of each number that is on it, 0..1."""
        counts = np.bincount(self.labels[self.labels >= 0].ravel(), minlength=len(self.palette))
        return {i + 1: float(count) / self.labels.size for i, count in enumerate(counts.tolist()) if count}

    def words(self) -> list[str]:
        """Sentences: paper, areas and colors, and how near the answer comes to the picture."""
        areas = sum(area.number is not None for area in self)
        used = self.shares
        sentences = [
            f"{self.paper}, {self.width_mm:.0f} x {self.height_mm:.0f} mm: {_count(areas, 'area')} in "
            f"{_count(len(used), 'color')}, each with room for a circle of {self.least_mm:g} mm.",
            f"The answer is {self.difference:.1f} (CIEDE2000) from the picture; its colors allow {self.nearest:.1f}.",
        ]
        absent = [i for i in range(1, len(self.palette) + 1) if i not in used]
        if absent:
            sentences.append(f"Not in the picture: {', '.join(f'{i} ({self.palette[i - 1].hex})' for i in absent)}.")
        far = [f"{i} ({one.difference:.1f})" for i, one in enumerate(self.recipes, 1) if not one.within_reach]
        if far:
            sentences.append(f"Out of reach of the tubes: {', '.join(far)}.")
        return sentences

    def to_dict(self) -> dict[str, Any]:
        """The colors and areas in the types of JSON, without their outlines."""
        shares = self.shares
        colors = [
            {"number": i, "hex": color.hex, "share": round(shares.get(i, 0.0), 5)}
            | ({"recipe": self.recipes[i - 1].to_dict()} if self.recipes else {})
            for i, color in enumerate(self.palette, 1)
        ]
        return {
            "source": self.source,
            "paper": self.paper,
            "width_mm": round(self.width_mm, 2),
            "height_mm": round(self.height_mm, 2),
            "least_mm": self.least_mm,
            "difference": round(self.difference, 2),
            "nearest": round(self.nearest, 2),
            "colors": colors,
            "stock": [tint.to_dict() for tint in self.stock],
            "areas": [
                {
                    "number": area.number,
                    "size": round(area.size, 2),
                    "circles": [[round(value, 2) for value in circle] for circle in area.circles],
                }
                for area in self
            ],
            "words": self.words(),
        }

    def image(self, page: Page = "sheet") -> "Image.Image":
        """A page as a PIL image of 288 dots an inch: "sheet" (lines and numbers), "answer" (colors) or "legend"."""
        _check_page(page)
        image: Image.Image = image_of(self._content, page)
        return image

    def encode(self, suffix: str = ".pdf", page: Page | None = None) -> bytes:
        """The file with a suffix: .pdf, .svg, .png, .jpg or .webp.

        page : "sheet", "answer" or "legend". By default a PDF has all of them, and other files the sheet.

        Raises
        ------
        OptionError : another suffix or page. PochadeError : PDF needs the extra `draw`.
        """
        if suffix not in DRAWINGS:
            raise OptionError(f"{suffix!r} is no suffix of a sheet: give one of {', '.join(DRAWINGS)}.")
        if page is not None:
            _check_page(page)
        if suffix == ".pdf":
            return pdf_of(self._content, PAGES if page is None else (page,))
        if suffix == ".svg":
            return svg_of(self._content, page or PAGES[0]).encode()
        return encode_image(self.image(page or PAGES[0]), DRAWINGS[suffix].name, quality=QUALITY, dpi=(DOTS, DOTS))

    def save(self, path: str | os.PathLike[str], page: Page | None = None) -> None:
        """Write it to a file of the kind that the suffix says, whole or not at all; see `encode`.

        An existing file is replaced.
        """
        write_whole(path, self.encode(suffix_of(path), page))

    def _repr_png_(self) -> bytes:
        return png(np.asarray(self.image()))

    @property
    def _content(self) -> Content:
        corner = np.array(self.layout.box[:2])
        by_extent = sorted(self, key=lambda area: signed_area(area.rings[0]), reverse=True)
        return Content(
            self.layout,
            tuple(line + corner for line in self.lines),
            tuple((area.rings[0] + corner, self._hex(area)) for area in by_extent),
            tuple(
                Number(str(area.number), x + corner[0], y + corner[1], radius)
                for area in self
                for x, y, radius in area.circles
            ),
            tuple(self._entry(number, share) for number, share in self.shares.items()),
            title_of(self.palette),
            tuple(f"First make {tint.name}: {tint.words}." for tint in self.stock),
            tuple(self.words()),
        )

    def _hex(self, area: Area) -> str:
        return PAPER if area.number is None else self.palette[area.number - 1].hex

    def _entry(self, number: int, share: float) -> Entry:
        color = self.palette[number - 1]
        if not self.recipes:
            return Entry(number, color.hex, share, f"{color.hex} {self.palette.names[number - 1]}", None)
        recipe = self.recipes[number - 1]
        return Entry(number, color.hex, share, recipe.words, None if recipe.within_reach else recipe.difference)


def _check_page(page: Any) -> None:
    if page not in PAGES:
        raise OptionError(f"page={page!r} is not allowed: give one of {', '.join(PAGES)}.")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"
