"""Simulation of color vision deficiencies on pictures."""

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

import pochade
from pochade.accessibility import picture
from pochade.color.vision import DEFICIENCIES, simulate_codes
from pochade.errors import UnknownNameError


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_lookup_tables_are_exact_except_for_rounding(deficiency):
    codes = np.random.default_rng(5).integers(0, 256, (300, 200, 3), dtype=np.uint8)
    seen, exact = picture(codes, deficiency, 0.7), simulate_codes(codes, deficiency, 0.7)
    off = np.abs(seen.astype(int) - exact)
    assert off.max() <= 1
    assert (off > 0).mean() < 0.01


def test_severity_0_does_not_change_a_picture(photo):
    assert (picture(photo, "tritanopia", 0) == photo).all()


def test_the_input_array_is_not_changed(photo):
    before = photo.copy()
    picture(photo, "protanopia")
    assert (photo == before).all()


def test_transparency_is_kept(photo):
    alpha = np.full((*photo.shape[:2], 1), 255, np.uint8)
    alpha[:10] = 0
    seen = picture(np.concatenate([photo, alpha], 2), "deuteranopia")
    assert seen.shape == (*photo.shape[:2], 4)
    assert (seen[..., 3:] == alpha).all()
    assert (seen[10:, :, :3] == picture(photo, "deuteranopia")[10:]).all()


def test_only_the_region_is_returned(photo):
    seen = picture(photo, "achromatopsia", region=(20, 30, 60, 50))
    assert (seen == picture(photo, "achromatopsia")[30:50, 20:60]).all()


def test_the_orientation_and_profile_of_a_file_are_applied(tmp_path, photo):
    image = Image.fromarray(photo)
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.png", exif=exif)
    assert picture(tmp_path / "turned.png", "tritanopia").shape == (photo.shape[1], photo.shape[0], 3)
    swapped = _swapped(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    image.save(tmp_path / "profile.png", icc_profile=swapped)
    seen = picture(tmp_path / "profile.png", "protanopia", 0)
    assert np.abs(seen.astype(int) - photo[..., ::-1]).max() <= 2


def _swapped(profile: bytes) -> bytes:
    """A profile with the red and blue primaries exchanged."""
    return profile.replace(b"rXYZ", b"tmpZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tmpZ", b"bXYZ", 1)


def test_an_animation_gives_its_first_frame(photo):
    file = io.BytesIO()
    frames = [Image.fromarray(photo), Image.fromarray(photo[::-1].copy())]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert (picture(file.getvalue(), "deuteranopia") == picture(photo, "deuteranopia")).all()


def test_open_pixels_are_accepted(photo):
    assert (picture(pochade.read(photo), "deuteranopia") == picture(photo, "deuteranopia")).all()


def test_an_unknown_deficiency_is_refused_before_reading():
    with pytest.raises(UnknownNameError, match="Known: achromatopsia, deuteranopia"):
        picture("nowhere.png", "normal")  # type: ignore[arg-type]
