"""Convert sRGB codes to linear light, to hex, and back.

The transfer function is IEC 61966-2-1:1999, Amendment 1 (2003), "Default RGB colour space - sRGB". It is extended as an
odd function below 0, and with the same formula above 1, so it stays invertible outside 0..1.

The standard's two branches do not quite meet. Where they join, a round trip errs by up to 3e-8 of full scale, less than
a hundred-thousandth of a code; elsewhere only by rounding.
"""

import functools
import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pochade.color import Array
from pochade.errors import OptionError

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def decode_unit(srgb: Array) -> Array:
    """Linear light of sRGB-encoded values, both 0..1."""
    size = np.abs(srgb)
    return np.copysign(np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4), srgb)


def encode_unit(linear: Array) -> Array:
    """sRGB-encoded values of linear light, both 0..1."""
    size = np.abs(linear)
    return np.copysign(np.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055), linear)


@functools.cache
def _table() -> Array:
    table = decode_unit(np.arange(256) / 255)
    table.flags.writeable = False
    return table


def decode(codes: ArrayLike) -> Array:
    """Linear light, 0..1, of sRGB codes.

    Parameters
    ----------
    codes : uint8, or float 0..255 (such as means of codes), any shape.

    Examples
    --------
    >>> decode([0, 127.5, 255]).round(4)
    array([0.   , 0.214, 1.   ])
    """
    codes = np.asarray(codes)
    if codes.dtype == np.uint8:
        linear: Array = _table()[codes]
        return linear
    return decode_unit(codes.astype(np.float64) / 255)


def encode(linear: ArrayLike) -> Array:
    """Unrounded sRGB codes of linear light, 0..255 within the gamut.

    Examples
    --------
    >>> encode([0.0, 0.214, 1.0]).round(1)
    array([  0. , 127.5, 255. ])
    """
    return encode_unit(np.asarray(linear, dtype=np.float64)) * 255


def to_codes(linear: ArrayLike) -> NDArray[np.uint8]:
    """The nearest uint8 sRGB codes of linear light.

    Values outside the gamut are clipped in each channel. That gives the nearest code, not the nearest color: hue may
    shift. Means of a picture's colors never lie outside.

    Examples
    --------
    >>> to_codes([-0.01, 0.5, 1.2])
    array([  0, 188, 255], dtype=uint8)
    """
    return np.rint(np.clip(encode(linear), 0, 255)).astype(np.uint8)


def parse_hex(text: str) -> NDArray[np.uint8]:
    """The sRGB codes, uint8 (3,), of `#rgb` or `#rrggbb`.

    Raises
    ------
    OptionError : any other text.

    Examples
    --------
    >>> parse_hex("#8e1a24")
    array([142,  26,  36], dtype=uint8)
    """
    if not _HEX.fullmatch(text):
        raise OptionError(f"{text!r} is no hex color: give #rgb or #rrggbb, as in #8e1a24.")
    digits = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
    return np.frombuffer(bytearray.fromhex(digits), dtype=np.uint8)


def to_hex(codes: ArrayLike) -> str:
    """The `#rrggbb` of one color.

    Parameters
    ----------
    codes : three whole sRGB codes, 0..255.

    Examples
    --------
    >>> to_hex([142, 26, 36])
    '#8e1a24'
    """
    red, green, blue = np.asarray(codes).tolist()
    return f"#{red:02x}{green:02x}{blue:02x}"
