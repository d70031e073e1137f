"""Backgrounds as pixels, and the picture on them."""

import numpy as np
from numpy.typing import NDArray

from pochade.backgrounds.border import shrunk
from pochade.backgrounds.choice import BANDS, CHROMA_SHARE, MAX_CHROMA, Choice, codes_of
from pochade.backgrounds.corners import corners
from pochade.backgrounds.strip import Strip
from pochade.color import Array
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, encode

Codes = NDArray[np.uint8]

FIELD = 24
"""The longer side of the picture that a field is made of, in cells: too few to recognize anything."""

SOFT = 0.12
"""Radius of the blur, as a part of the field's shorter side."""

LIGHTNESS_SHARE = 0.6
"""The part of its spread in lightness that a field keeps."""

ROWS = 64


def painted(choice: Choice, codes: Codes, size: tuple[int, int]) -> Codes:
    """The background without the picture: uint8 sRGB (height, width, 3).

    It is computed in Oklab and rounded with fixed noise of one code, which hides banding.
    """
    width, height = size
    if choice.kind == "solid":
        return np.broadcast_to(codes_of(choice.stops[None]), (height, width, 3)).copy()
    if choice.kind == "gradient":
        at = np.linspace(0, len(choice.stops) - 1, height)
        stops = np.arange(len(choice.stops))
        column = np.stack([np.interp(at, stops, channel) for channel in choice.stops.T], axis=-1)
        rows = encode(into_gamut(spaces["oklab"].to_linear(column)))
        return _noised(np.broadcast_to(rows[:, None], (height, width, 3)))
    field = encode(into_gamut(spaces["oklab"].to_linear(_field(choice, codes, size))))
    return _noised(_enlarged(field, size))


def placed(under: Codes, codes: Codes, margin: float, radius: float, strip: Strip | None = None) -> Codes:
    """The picture in the middle of a background, as large as the margin allows, with round corners.

    margin, radius : parts of the background's shorter side. strip : goes under the picture; both are centered.
    """
    from PIL import Image

    height, width = under.shape[:2]
    short = min(width, height)
    room = space((width, height), margin)
    below, gap = (0, 0) if strip is None else strip.room(room)
    by = min(room[0] / codes.shape[1], (room[1] - gap - below) / codes.shape[0])
    size = max(1, round(codes.shape[1] * by)), max(1, round(codes.shape[0] * by))
    picture = Image.fromarray(codes).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    mask = corners(size, round(radius * short))
    if codes.shape[2] == 4:
        from PIL import ImageChops

        mask = ImageChops.multiply(mask, picture.getchannel("A"))
    sheet = Image.fromarray(under)
    top = (height - size[1] - gap - below) // 2
    sheet.paste(picture.convert("RGB"), ((width - size[0]) // 2, top), mask)
    if strip is not None:
        across = strip.width(size[0], room)
        drawn = strip.drawn((across, below), round(radius * short), short)
        sheet.paste(drawn.convert("RGB"), ((width - across) // 2, top + size[1] + gap), drawn.getchannel("A"))
    return np.asarray(sheet).copy()


def space(size: tuple[int, int], margin: float) -> tuple[int, int]:
    """The width and height inside a margin."""
    edge = round(margin * min(size))
    return size[0] - 2 * edge, size[1] - 2 * edge


def _field(choice: Choice, codes: Codes, size: tuple[int, int]) -> Array:
    """The picture as a few blurred cells of limited chroma: Oklab, float64 (h, w, 3), in the background's
    proportions."""
    small = shrunk(codes)
    opacity = small[..., 3:] / 255 if small.shape[2] == 4 else np.ones((*small.shape[:2], 1))
    points = spaces["oklab"].from_linear(decode(small[..., :3]))
    mean = (points * opacity).sum((0, 1)) / max(float(opacity.sum()), 1e-9)
    points = points * opacity + mean * (1 - opacity)
    by = FIELD / max(size)
    cells = max(2, round(size[0] * by)), max(2, round(size[1] * by))
    blurred = _blurred(_resized(points, cells), max(1, round(SOFT * min(cells) + 0.5)))
    low, high = BANDS[choice.mode]
    middle = float(choice.stops[:, 0].mean())
    lightness = (middle + LIGHTNESS_SHARE * (blurred[..., :1] - blurred[..., :1].mean())).clip(low, high)
    chroma = np.hypot(blurred[..., 1:2], blurred[..., 2:])
    calm = np.minimum(CHROMA_SHARE * chroma, 1.5 * MAX_CHROMA[choice.mode])
    return np.concatenate([lightness, blurred[..., 1:] * (calm / np.maximum(chroma, 1e-9))], axis=-1)


def _resized(points: Array, size: tuple[int, int]) -> Array:
    """Each channel resized, bicubic."""
    from PIL import Image

    channels = [Image.fromarray(channel.astype(np.float32)) for channel in np.moveaxis(points, -1, 0)]
    return np.stack([np.asarray(one.resize(size, Image.Resampling.BICUBIC), np.float64) for one in channels], axis=-1)


def _enlarged(codes: Array, size: tuple[int, int]) -> Array:
    return _resized(codes, size).clip(0, 255)


def _blurred(points: Array, radius: int) -> Array:
    """Three box blurs, nearly a Gaussian; the edge is repeated outwards."""
    for axis in (0, 1):
        for _ in range(3):
            padded = np.pad(points, [(radius, radius) if i == axis else (0, 0) for i in range(3)], mode="edge")
            sums = np.cumsum(np.insert(padded, 0, 0, axis), axis)
            width = 2 * radius + 1
            n = points.shape[axis]
            points = (sums.take(range(width, width + n), axis) - sums.take(range(n), axis)) / width
    return points


def _noised(codes: Array) -> Codes:
    rng = np.random.default_rng(0)
    out = np.empty(codes.shape, np.uint8)
    for start in range(0, len(codes), ROWS):
        part = codes[start : start + ROWS]
        out[start : start + ROWS] = np.floor(part + rng.random((*part.shape[:2], 1))).clip(0, 255)
    return out
