"""Small pictures of shots."""

import io
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pochade.films.coding import Coding

HEIGHT = 180
"""Rows of a still."""

QUALITY = 80
"""Of its JPEG."""


def still(samples: NDArray[np.uint8], coding: Coding, turn: int) -> bytes:
    """The JPEG of a small copy, uint8 (h, w, 3), samples in codes of 8 bits. turn : quarter turns against the clock."""
    from PIL import Image

    codes = np.rint(coding.to_srgb(samples.reshape(-1, 3).astype(np.float64))).astype(np.uint8).reshape(samples.shape)
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(np.rot90(codes, turn))).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def size_of(width: int, height: int, aspect: Fraction) -> tuple[int, int]:
    """Rows and columns of a still of a frame, as shown with its pixel aspect."""
    rows = min(HEIGHT, max(2, height))
    return rows, max(2, min(640, round(rows * width * aspect / height)))
