"""The table as ImageMagick and ffmpeg apply it to a picture."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade

HARBOR = Path(__file__).parents[2] / "examples" / "harbor.jpg"
MAGICK = shutil.which("magick") or shutil.which("convert-im6.q16")  # another program may be called convert


@pytest.fixture
def edited(tmp_path):
    """The harbor, its boat's red turned blue, in a folder with both as PNG."""
    codes = np.asarray(Image.open(HARBOR).reduce(3))
    Image.fromarray(codes).save(tmp_path / "in.png")
    return pochade.recolor(codes, {"#b3312c": "#2d5fc4"})


def made_by(folder, *command):
    """What a command writes to out.png."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return np.asarray(Image.open(folder / "out.png").convert("RGB")).astype(int)


@pytest.mark.skipif(not MAGICK, reason="ImageMagick is not installed")
def test_imagemagick_applies_the_hald_picture(edited, tmp_path):
    def applied(made):
        (tmp_path / "hald.png").write_bytes(made.lut.hald_png())
        return made_by(tmp_path, MAGICK, "in.png", "hald.png", "-hald-clut", "-depth", "8", "out.png")

    np.testing.assert_array_equal(applied(edited.again({})), edited.source)
    off = np.abs(applied(edited) - edited.image)  # it is trilinear between other nodes, and does not round but cut off
    assert off.max() <= 5
    assert off.mean() < 0.6
    assert np.abs(edited.image.astype(int) - edited.source).max() > 100


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
def test_ffmpeg_applies_the_cube_file(edited, tmp_path):
    edited.save(tmp_path / "look.cube")
    table = "lut3d=look.cube:interp=tetrahedral"
    command = ["ffmpeg", "-v", "error", "-i", "in.png", "-vf", table, "-pix_fmt", "rgb24", "out.png"]
    off = made_by(tmp_path, *command) - edited.image
    assert set(np.unique(off)) <= {-1, 0, 1}  # it cuts off where we round
