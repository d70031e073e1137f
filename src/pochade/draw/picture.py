"""Small pictures for drawings, and the part of each pixel that each cluster covers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.draw.canvas import PAPER
from pochade.draw.thumbnail import thumbnail
from pochade.histograms.labels import Table, labeled
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image

SMOOTH = 2
"""Pictures are computed at this multiple of their size, then scaled down."""

MIN_SIDE = 8
"""Least width and height of a picture, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A small picture.

    codes : float32 (h, w, 3), sRGB. opaque : float32 (h, w), 0..1, the opaque part of each pixel. cover : float32
    (m, h, w), 0..1, the part of each pixel in each cluster. box : the region of the picture, in pixels.
    """

    codes: NDArray[np.float32]
    opaque: NDArray[np.float32]
    cover: NDArray[np.float32]
    box: tuple[int, int, int, int]


def small(pixels: Pixels, most: tuple[int, int]) -> "Image.Image":
    """The picture or its region, scaled to fit into `most` (width, height), over paper.

    A picture of at least half that size is not enlarged: it stays sharp.
    """
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    fit = min(most[0] / (right - left), most[1] / (bottom - top))
    if 1 < fit < 2:
        fit = 1.0
    size = max(MIN_SIDE, round(fit * (right - left))), max(MIN_SIDE, round(fit * (bottom - top)))
    return _sized(thumbnail(pixels, SMOOTH * max(size), PAPER), size)


def view_of(pixels: Pixels, table: Table, m: int, shown: tuple[int, int]) -> View:
    """The picture at SMOOTH times its shown size or more; each pixel is the mean of a square of pixels."""
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    by = max(1, (right - left) // (SMOOTH * shown[0]), (bottom - top) // (SMOOTH * shown[1]))
    width, height = -(-(right - left) // by), -(-(bottom - top) // by)
    cells = width * height
    sums, cover = np.zeros((3, cells)), np.zeros((m, cells), np.float32)
    seen = np.zeros(cells)
    for strip, labels in labeled(pixels, table):
        if strip.frame:
            break
        rows = (np.arange(labels.shape[0]) + strip.top - top) // by
        columns = (np.arange(labels.shape[1]) + strip.left - left) // by
        first, count = int(rows[0]) * width, (int(rows[-1]) - int(rows[0]) + 1) * width
        at = ((rows - rows[0])[:, None] * width + columns).ravel()
        here = slice(first, first + count)
        is_opaque = labels.ravel() >= 0
        seen[here] += np.bincount(at, is_opaque, count)
        for channel in range(3):
            sums[channel, here] += np.bincount(at, strip.codes[..., channel].ravel() * is_opaque, count)
        for j in set(labels[labels >= 0].tolist()):
            cover[j, here] += np.bincount(at[labels.ravel() == j], minlength=count)
    # Squares at the right and lower edges have fewer pixels.
    size = np.full((height, width), float(by * by))
    size[-1] *= (bottom - top - (height - 1) * by) / by
    size[:, -1] *= (right - left - (width - 1) * by) / by
    means = (sums / np.maximum(seen, 1)).T.astype(np.float32)
    if pixels.profile is not None:
        from pochade.source.profile import to_srgb

        means = to_srgb(np.rint(means).astype(np.uint8), pixels.profile).astype(np.float32)
    return View(
        means.reshape(height, width, 3),
        (seen.reshape(height, width) / size).astype(np.float32),
        (cover / np.maximum(seen, 1)).astype(np.float32).reshape(m, height, width),
        (left, top, right, bottom),
    )


def tile(codes: NDArray[np.float32], opaque: NDArray[np.float32], size: tuple[int, int]) -> "Image.Image":
    """The picture over paper, scaled to a size."""
    from PIL import Image, ImageColor

    paper = np.array(ImageColor.getrgb(PAPER), np.float32)
    over = codes * opaque[..., None] + paper * (1 - opaque[..., None])
    return _sized(Image.fromarray(np.rint(over.clip(0, 255)).astype(np.uint8)), size)


def _sized(picture: "Image.Image", size: tuple[int, int]) -> "Image.Image":
    from PIL import Image

    enlarge = picture.width < size[0]
    is_tiny = max(picture.size) <= 64  # pixel art
    if size == picture.size:
        return picture
    mild = size[0] <= picture.width < 2 * size[0]  # here Hamming's filter looks the same, in half the time
    how = Image.Resampling.HAMMING if mild else Image.Resampling.LANCZOS
    if enlarge and is_tiny:
        how = Image.Resampling.NEAREST
    return picture.resize(size, how)
