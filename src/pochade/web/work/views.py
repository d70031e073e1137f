"""What the page shows beside a palette: which pixels a color stands for, and all colors as points in space."""

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

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
    from pochade.draw.space import points_of

    found, _ = made(held, digest, wishes, arrange)
    cells = points_of(found, POINTS, range(2, 9))
    coordinates = spaces[space].from_linear(decode(cells.codes))
    points = [
        [*(round(x, 4) for x in place), hex, round(share, 6), at]
        for place, hex, share, at in zip(
            coordinates.tolist(),
            map(to_hex, np.rint(cells.codes).astype(np.uint8)),
            cells.shares.tolist(),
            cells.labels.tolist(),
            strict=True,
        )
    ]
    told = {"space": space, "channels": list(spaces[space].channels), "points": points}
    return Done(json.dumps(told).encode(), "application/json")


def poster(
    held: Held,
    digest: str,
    wishes: Mapping[str, Any],
    arrange: Mapping[str, Any],
    type: str,
    options: Mapping[str, Any],
) -> Done:
    """The picture with its palette, to be shared."""
    found, _ = made(held, digest, wishes, arrange)
    return _drawn(found, type, options)


def poster_of_palette(
    held: Held, digest: str | None, palette: Mapping[str, Any], type: str, options: Mapping[str, Any]
) -> Done:
    """A palette that was edited, with a picture or without."""
    picture = None if digest is None else held.data(digest)
    return _drawn(Palette.from_dict(palette), type, {**options, "picture": picture})


def _drawn(palette: Palette, type: str, options: Mapping[str, Any]) -> Done:
    from pochade import draw

    if type == "svg":
        return Done(draw.poster_svg(palette, **options).encode(), "image/svg+xml")
    file = io.BytesIO()
    draw.poster(palette, **options).save(file, "PNG", compress_level=6)
    return Done(file.getvalue(), "image/png")
