"""Profiles: detect those that equal sRGB, and convert colors from the others.

A profile is an ICC profile, or an Encoding, which `tags` makes of any other tag.

LittleCMS converts, through Pillow, which is imported when a profile needs it. The intent is relative
colorimetric with black point compensation, the default of picture editors: white stays white and paper's black
becomes black. Profiles that LittleCMS cannot use are ignored, as in browsers: the next tag of the file counts.

References
----------
ICC.1:2022. IEC 61966-2-1:1999 (sRGB).
"""

import functools
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.source.encoding import Encoding
from pochade.source.matrix_profile import is_srgb_matrix

Profile = bytes | Encoding
"""The meaning of codes: an ICC profile, or an encoding by numbers."""

_SPACES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK", b"Lab ": "LAB"}
_WORDS = {"RGB": "RGB", "L": "gray", "CMYK": "CMYK", "LAB": "CIELAB"}
_TOLERANCE = 1  # one 8-bit code: LittleCMS rounds by as much


def profile_space(profile: Profile | None) -> str | None:
    """The Pillow mode that an ICC profile applies to: RGB, L, CMYK or LAB; None if the bytes are no such profile."""
    if not isinstance(profile, bytes) or len(profile) < 132 or profile[36:40] != b"acsp":
        return None
    return _SPACES.get(profile[16:20])


def is_srgb(profile: bytes) -> bool:
    """Whether a profile changes no color by more than one 8-bit code, or cannot be used at all.

    The numbers of matrix profiles are compared, in 0.1 ms. For others, LittleCMS converts 4913 colors.
    """
    return profile_space(profile) != "RGB" or _is_srgb(profile)


def rgb_profile(profile: Profile | None) -> Profile | None:
    """The profile if it is for RGB and differs from sRGB, else None. An encoding becomes ICC, unless it is HDR."""
    if isinstance(profile, Encoding):
        if profile.hdr or profile == Encoding():
            return profile if profile.hdr else None
        profile = profile.icc()
    return None if profile is None or is_srgb(profile) else profile


def to_srgb(codes: NDArray[np.uint8], profile: Profile) -> NDArray[np.uint8]:
    """Convert codes with an RGB profile to sRGB.

    Parameters
    ----------
    codes : uint8 (n, 3).
    profile : an ICC profile, which is ignored if it cannot be used, or an encoding.

    Returns
    -------
    uint8 (n, 3), sRGB.
    """
    if isinstance(profile, Encoding):
        return profile.to_srgb(codes)
    transform = srgb_transform(profile, "RGB")
    if transform is None or not len(codes):
        return codes
    from PIL import Image, ImageCms

    picture = Image.frombuffer("RGB", (len(codes), 1), np.ascontiguousarray(codes), "raw", "RGB", 0, 1)
    srgb = ImageCms.applyTransform(picture, transform)
    assert srgb is not None
    return np.frombuffer(srgb.tobytes(), np.uint8).reshape(-1, 3)


def gray_table(profile: Profile | None) -> NDArray[np.uint8] | None:
    """The sRGB codes of the 256 levels of a gray profile, uint8 (256, 3); None if the levels equal sRGB's."""
    if not isinstance(profile, bytes) or profile_space(profile) != "L":
        return None
    return _gray_table(profile)


def profile_problem(profile: bytes, modes: tuple[str, ...]) -> str | None:
    """Why an ICC profile cannot convert a picture of these modes, as a clause; None if it can."""
    mode = profile_space(profile)
    if mode is None:
        return "it is broken"
    if mode not in modes:
        return f"it is for {_WORDS[mode]}, and the picture is {_WORDS[modes[0]]}"
    return None if _is_usable(profile, mode) else "it is broken"


@functools.lru_cache(maxsize=16)
def _is_usable(profile: bytes, mode: str) -> bool:
    return (mode == "RGB" and is_srgb_matrix(profile)) or srgb_transform(profile, mode) is not None


def srgb_transform(profile: Profile | None, mode: str) -> Any:
    """A Pillow transform from a mode to sRGB; None if the profile is broken or for another mode."""
    if not isinstance(profile, bytes) or profile_space(profile) != mode:
        return None
    from PIL import ImageCms

    try:
        return _to_srgb(ImageCms.ImageCmsProfile(io.BytesIO(profile)), mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def lab_transform() -> Any:
    """A Pillow transform from CIELAB (D50) to sRGB, for CIELAB pictures without a profile."""
    from PIL import ImageCms

    return _to_srgb(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "LAB")


def _to_srgb(profile: Any, mode: str) -> Any:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        profile,
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
    change = to_srgb(probe, profile).astype(np.int16) - probe
    return int(np.abs(change).max()) <= _TOLERANCE


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
    change = np.abs(table.astype(np.int16) - levels[:, None])
    return None if int(change.max()) <= _TOLERANCE else table
