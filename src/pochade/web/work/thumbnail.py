"""Thumbnails: small sRGB images of the first frame, with its transparency."""

from typing import TYPE_CHECKING

import numpy as np

from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image


def thumbnail(pixels: Pixels, width: int) -> "Image.Image":
    """The first frame of a picture, at most `width` pixels wide, as RGB, or RGBA if it is partly transparent.

    Strips are subsampled by an integer factor as they arrive, and the rest is done by Lanczos, so that memory stays
    small.
    """
    from PIL import Image

    by = max(1, pixels.width // (2 * width))
    columns, rows = -(-pixels.width // by), -(-pixels.height // by)
    codes = np.zeros((rows, columns, 3), np.uint8)
    alpha = np.zeros((rows, columns), np.uint8)
    for strip in pixels.strips():
        if strip.frame:
            break
        # every by-th pixel, counted from the edges of the picture
        top, left = -strip.top % by, -strip.left % by
        part = strip.codes[top::by, left::by]
        if not part.size:
            continue
        y, x = (strip.top + top) // by, (strip.left + left) // by
        here = slice(y, y + part.shape[0]), slice(x, x + part.shape[1])
        codes[here] = part
        alpha[here] = 255 if strip.alpha is None else strip.alpha[top::by, left::by]
    if pixels.profile is not None:
        from pochade.source.profile import to_srgb

        codes = to_srgb(codes.reshape(-1, 3), pixels.profile).reshape(codes.shape)
    opaque = bool((alpha == 255).all())
    image = Image.fromarray(codes if opaque else np.dstack([codes, alpha]))
    if image.width <= width:
        return image
    size = width, max(1, round(image.height * width / image.width))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
