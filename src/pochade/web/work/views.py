"""Views of a palette: label map, color cloud and poster."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pochade.color.names import nearest
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_hex
from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.source import read
from pochade.theme.partners import Scheme
from pochade.web.answer import Answer
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock
from pochade.web.work.palettes import palette_of

NO_COLOR = 255
"""The gray level of pixels without a color; a label map has room for that many colors."""

MAX_POINTS = 5000
"""The most points that a browser rotates smoothly."""


def labels(cache: Cache, digest: str, keywords: Mapping[str, Any], arrange: Mapping[str, Any], width: int) -> Answer:
    """A gray PNG, at most `width` pixels wide, of the index of each pixel's color, 255 for none."""
    from PIL import Image

    palette, _ = palette_of(cache, digest, keywords, arrange)
    if len(palette) > NO_COLOR:
        raise OptionError(
            f"k: a label map has room for {NO_COLOR} colors, and the palette has {len(palette)}: ask for fewer."
        )
    whole = palette.labels()
    image = Image.fromarray(np.where(whole < 0, NO_COLOR, whole).astype(np.uint8))
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.NEAREST)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return Answer(file.getvalue(), "image/png")


def cloud(cache: Cache, digest: str, keywords: Mapping[str, Any], arrange: Mapping[str, Any], space: str) -> Answer:
    """The colors of the picture as points: [x, y, z, hex, share, index of the palette color or -1]."""
    from pochade.draw.space import points_of

    palette, _ = palette_of(cache, digest, keywords, arrange)
    cells = points_of(palette, MAX_POINTS, range(2, 9))
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
    facts = {"space": space, "channels": list(spaces[space].channels), "points": points}
    return Answer(json.dumps(facts).encode(), "application/json")


def harmony(
    cache: Cache,
    digest: str,
    keywords: Mapping[str, Any],
    arrange: Mapping[str, Any],
    color: str,
    schemes: Sequence[Scheme],
) -> Answer:
    """The partners of a color in each scheme, with names."""
    palette, _ = palette_of(cache, digest, keywords, {})
    found = {scheme: palette.partners(color, scheme) for scheme in schemes}
    names = iter(nearest([one.srgb for all in found.values() for one in all], arrange.get("names", "css")))
    facts = {
        scheme: [
            {
                "hex": one.hex,
                "name": next(names),
                "angle": one.angle,
                "off": one.off,
                "in_picture": one.in_picture,
                "position": one.position,
            }
            for one in all
        ]
        for scheme, all in found.items()
    }
    return Answer(json.dumps({"color": color, "schemes": facts}, ensure_ascii=False).encode(), "application/json")


def poster(
    cache: Cache,
    digest: str,
    keywords: Mapping[str, Any],
    arrange: Mapping[str, Any],
    type: str,
    options: Mapping[str, Any],
) -> Answer:
    """A poster of the picture with its palette."""
    palette, _ = palette_of(cache, digest, keywords, arrange)
    return _draw(palette, type, options)


def poster_of_palette(
    cache: Cache,
    digest: str | None,
    palette: Mapping[str, Any],
    type: str,
    options: Mapping[str, Any],
    reading: Mapping[str, Any],
) -> Answer:
    """A poster of an edited palette, with or without a picture. reading : the options of read(), such as a region."""
    picture = None if digest is None else read(cache.data(digest), **cache.limited(reading))
    return _draw(Palette.from_dict(palette), type, {**options, "picture": picture})


def _draw(palette: Palette, type: str, options: Mapping[str, Any]) -> Answer:
    from pochade import draw
    from pochade.draw.png import png

    if type == "svg":
        return Answer(draw.poster_svg(palette, **options).encode(), "image/svg+xml")
    clock = Clock()
    image = draw.poster(palette, **options)
    clock.lap("make")
    content = png(image)
    clock.lap("write")
    return Answer(content, "image/png", clock.laps)
