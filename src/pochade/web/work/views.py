"""What the page shows beside a palette: which pixels a color stands for, and all colors as points in space."""

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_hex
from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.web.held import Held
from pochade.web.work.palettes import made
from pochade.web.worker import Done

NONE = 255
"""The gray level of pixels that no color stands for; so that many colors cannot be told apart in a label map."""

POINTS = 5000
"""As many as a browser turns smoothly."""


def labels(held: Held, digest: str, wishes: Mapping[str, Any], arrange: Mapping[str, Any], width: int) -> Done:
    """Which color stands for each pixel, as a gray PNG at most so wide: the color's index, 255 for none."""
    from PIL import Image

    found, _ = made(held, digest, wishes, arrange)
    if found.k > NONE:
        raise OptionError(f"k: a label map tells {NONE} colors apart, and the palette has {found.k}: ask for fewer.")
    whole = found.labels()
    image = Image.fromarray(np.where(whole < 0, NONE, whole).astype(np.uint8))
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.NEAREST)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return Done(file.getvalue(), "image/png")


def cloud(held: Held, digest: str, wishes: Mapping[str, Any], arrange: Mapping[str, Any], space: str) -> Done:
    """The picture's colors as points: [x, y, z, hex, share, index of the palette's color or -1]."""
    found, _ = made(held, digest, wishes, arrange)
    codes, shares, index = _points(found)
    coordinates = spaces[space].value.from_linear(decode(codes))
    points = [
        [*(round(x, 4) for x in place), hex, round(share, 6), at]
        for place, hex, share, at in zip(
            coordinates.tolist(),
            map(to_hex, np.rint(codes).astype(np.uint8)),
            shares.tolist(),
            index.tolist(),
            strict=True,
        )
    ]
    told = {"space": space, "channels": list(spaces[space].value.channels), "points": points}
    return Done(json.dumps(told).encode(), "application/json")


def _points(palette: Palette) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32]]:
    """Mean sRGB codes, float64 (n, 3), shares, and indices of the palette's colors, of cells of alike colors.

    Cells grow until there are few enough; colors of two clusters are never in one, so that no accent is lost.
    """
    origin = palette.origin
    assert origin is not None
    index = np.full(len(origin.answer.codes) + 1, -1, np.int32)  # the last for bins without a color
    index[origin.indices(palette.srgb)] = np.arange(palette.k)
    labels, counted = index[origin.answer.labels], origin.counted
    same = np.zeros(0, np.intp)
    key = np.zeros(0, np.int64)
    for shift in range(2, 9):
        cell = (np.rint(counted.means).astype(np.int64) >> shift) @ (1 << 16, 1 << 8, 1)
        key, same = np.unique(cell * (palette.k + 1) + labels + 1, return_inverse=True)
        if len(key) <= POINTS:
            break
    counts = np.bincount(same, counted.counts)
    sums = np.stack([np.bincount(same, counted.sums[:, channel]) for channel in range(3)], 1)
    return sums / counts[:, None], counts / counts.sum(), (key % (palette.k + 1) - 1).astype(np.int32)


def poster(
    held: Held,
    digest: str,
    wishes: Mapping[str, Any],
    arrange: Mapping[str, Any],
    type: str,
    options: Mapping[str, Any],
) -> Done:
    """The picture with its palette, to be shared."""
    from pochade import draw

    found, _ = made(held, digest, wishes, arrange)
    if type == "svg":
        return Done(draw.poster_svg(found, **options).encode(), "image/svg+xml")
    file = io.BytesIO()
    draw.poster(found, **options).save(file, "PNG", compress_level=6)
    return Done(file.getvalue(), "image/png")
