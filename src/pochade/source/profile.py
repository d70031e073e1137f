"""ICC profiles: which ones are sRGB in effect, and the colors of those that are not.

Conversion is LittleCMS's, through Pillow, imported when a profile asks for it: relative colorimetric with
black point compensation, as picture editors do by default, so that white stays white and paper's black
becomes black. A profile that LittleCMS cannot use is ignored, as browsers do: its picture is taken for sRGB.

References
----------
ICC.1:2022. IEC 61966-2-1:1999 (sRGB).
"""

import functools
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.source.matrix_profile import is_srgb_matrix

_SPACES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK", b"Lab ": "LAB"}
_TOLERANCE = 1  # one 8-bit code: what LittleCMS itself rounds by


def profile_space(profile: bytes | None) -> str | None:
    """The Pillow mode of the pictures that a profile is for: RGB, L, CMYK or LAB; None where it is no
    profile."""
    if not profile or len(profile) < 132 or profile[36:40] != b"acsp":
        return None
    return _SPACES.get(profile[16:20])


def is_srgb(profile: bytes) -> bool:
    """Whether a profile changes no color by more than one 8-bit code, or cannot be used at all.

    Matrix profiles are compared by their numbers in 0.1 ms; the others by pushing 4913 colors through
    LittleCMS.
    """
    return profile_space(profile) != "RGB" or _is_srgb(profile)


def rgb_profile(profile: bytes | None) -> bytes | None:
    """The profile itself where it is one for RGB that is not sRGB in effect, else None."""
    return None if profile is None or is_srgb(profile) else profile


def to_srgb(codes: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    """Codes that carry an RGB profile, as sRGB.

    Parameters
    ----------
    codes : uint8 (n, 3).
    profile : an ICC profile; one that cannot be used is ignored.

    Returns
    -------
    uint8 (n, 3), sRGB.
    """
    transform = srgb_transform(profile, "RGB")
    if transform is None or not len(codes):
        return codes
    from PIL import Image, ImageCms

    picture = Image.frombuffer("RGB", (len(codes), 1), np.ascontiguousarray(codes), "raw", "RGB", 0, 1)
    done = ImageCms.applyTransform(picture, transform)
    assert done is not None
    return np.frombuffer(done.tobytes(), np.uint8).reshape(-1, 3)


def gray_table(profile: bytes | None) -> NDArray[np.uint8] | None:
    """sRGB of the 256 levels of a gray profile, uint8 (256, 3); None where the levels are sRGB's own."""
    if profile is None or profile_space(profile) != "L":
        return None
    return _gray_table(profile)


def srgb_transform(profile: bytes | None, mode: str) -> Any:
    """A Pillow transform from pictures of that mode to sRGB; None where the profile is not for them, or
    broken."""
    if profile_space(profile) != mode:
        return None
    from PIL import ImageCms

    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile or b""))
        return _to_srgb(given, mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def lab_transform() -> Any:
    """A Pillow transform from CIELAB (D50) to sRGB, for pictures in that space that carry no profile."""
    from PIL import ImageCms

    return _to_srgb(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "LAB")


def _to_srgb(given: Any, mode: str) -> Any:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        given,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


@functools.lru_cache(maxsize=64)
def _is_srgb(profile: bytes) -> bool:
    if is_srgb_matrix(profile):
        return True
    levels = np.linspace(0, 255, 17).astype(np.uint8)
    probe = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(-1, 3)
    moved = to_srgb(probe, profile).astype(np.int16) - probe
    return int(np.abs(moved).max()) <= _TOLERANCE


@functools.lru_cache(maxsize=16)
def _gray_table(profile: bytes) -> NDArray[np.uint8] | None:
    transform = srgb_transform(profile, "L")
    if transform is None:
        return None
    from PIL import Image, ImageCms

    levels = np.arange(256, dtype=np.uint8)
    picture = ImageCms.applyTransform(Image.frombuffer("L", (256, 1), levels, "raw", "L", 0, 1), transform)
    assert picture is not None
    table = np.frombuffer(picture.tobytes(), np.uint8).reshape(256, 3)
    moved = np.abs(table.astype(np.int16) - levels[:, None])
    return None if int(moved.max()) <= _TOLERANCE else table
