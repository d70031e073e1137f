"""Every frame is recolored, and files keep what the original stated."""

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageCms

import pochade

RED, BLUE, GREEN = (200, 30, 40), (30, 80, 200), (20, 140, 60)


def file_of(image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def walking(format="GIF", **options):
    """Three frames: a gray field, the field with a red square, the field with a green square."""
    frames = [np.full((30, 30, 3), 128, np.uint8) for _ in range(3)]
    frames[1][5:15, 5:15] = RED
    frames[2][15:25, 15:25] = GREEN
    first, *rest = map(Image.fromarray, frames)
    options = {"duration": [30, 70, 110], "loop": 0} | options
    return file_of(first, format, save_all=True, append_images=rest, **options)


def frames_of(content):
    """The pixels of the frames, their durations, and how often they play."""
    image, pixels, durations = Image.open(io.BytesIO(content)), [], []
    for i in range(image.n_frames):
        image.seek(i)
        pixels.append(np.asarray(image.convert("RGBA")))
        durations.append(image.info["duration"])
    return pixels, durations, image.info.get("loop")


CHANGE = {RED: BLUE}


@pytest.mark.parametrize("source", [walking(), walking("PNG"), walking("WEBP", lossless=True)])
def test_a_color_of_any_frame_is_changed_in_a_file_of_all_frames(source):
    result = pochade.recolor(source, CHANGE)
    assert result.frames == 3
    assert all(color.weight > 0 for color in result.palette if color.hex in result.changes)
    pixels, durations, plays = frames_of(result.encode(".png"))
    assert pixels[1][10, 10].tolist() == [*BLUE, 255]
    assert pixels[0][10, 10].tolist() == [128, 128, 128, 255]
    assert (durations, plays) == ([30, 70, 110], 0)
    pixels, durations, _ = frames_of(result.encode(".webp"))
    assert np.abs(pixels[1][10, 10, :3].astype(int) - BLUE).max() <= 6  # WebP of quality 95
    assert durations == [30, 70, 110]


def test_the_palette_is_that_of_all_frames():
    source = walking()
    assert {color.hex for color in pochade.recolor(source, harmonize="V").palette} == set(
        pochade.extract(source, 5).hex
    )


def test_a_chosen_frame_is_one_picture():
    result = pochade.recolor(walking(), CHANGE, frame=1)
    assert result.frames == 1
    assert Image.open(io.BytesIO(result.encode())).n_frames == 1
    assert result.image[10, 10].tolist() == [*BLUE]


def test_frames_that_are_transparent_in_part_stay_so():
    frames = [np.zeros((20, 20, 4), np.uint8) for _ in range(3)]
    for i, frame in enumerate(frames):
        frame[:, 6 * i : 6 * i + 6] = (*RED, 255)
    first, *rest = map(Image.fromarray, frames)
    source = file_of(first, "GIF", save_all=True, append_images=rest, duration=0, disposal=2, loop=0)
    pixels, durations, _ = frames_of(pochade.recolor(source, CHANGE).encode())
    for before, after in zip(frames, pixels, strict=True):
        np.testing.assert_array_equal(before[..., 3], after[..., 3])
        assert (after[before[..., 3] > 0, :3] == BLUE).all()
    assert durations == [0, 0, 0]


def test_a_new_edit_of_the_same_palette_has_all_frames():
    again = pochade.recolor(walking(), CHANGE).again({RED: GREEN})
    assert frames_of(again.encode())[0][1][10, 10].tolist() == [*GREEN, 255]


def test_an_unedited_animation_is_the_same_to_the_byte():
    source = walking()
    pixels = frames_of(pochade.recolor(source, {}).encode())[0]
    for before, after in zip(frames_of(source)[0], pixels, strict=True):
        np.testing.assert_array_equal(before, after)


def test_one_page_of_many_is_said():
    pages = [Image.new("RGB", (20, 20), color) for color in ("#c81e28", "#1e50c8")]
    source = file_of(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    said = ("Only one page of the file is used; the option frame chooses another.",)
    assert pochade.recolor(source, {}).palette.notes == said
    assert pochade.recolor(source, {}).again({}).palette.notes == said
    assert pochade.background(source).notes == said
    assert pochade.quantize(source, 2).palette.notes == said
    assert pochade.recolor(source, {}, frame=0).palette.notes == ()
    assert pochade.background(source, frame=1).notes == ()
    assert pochade.quantize(source, 2, frame=1).palette.notes == ()


def test_one_page_of_a_pdf_is_said():
    pytest.importorskip("pypdfium2")
    pages = [Image.new("RGB", (20, 20), color) for color in ("#c81e28", "#1e50c8")]
    said = ("Only one page of the file is used; the option frame chooses another.",)
    for isolate in (True, False):
        assert (
            pochade.quantize(
                file_of(pages[0], "PDF", save_all=True, append_images=pages[1:]), 2, isolate=isolate
            ).palette.notes
            == said
        )
        assert pochade.quantize(file_of(pages[0], "PDF"), 2, isolate=isolate).palette.notes == ()


def test_a_background_says_that_it_uses_the_first_frame():
    said = "Only the first of 3 frames is used; the option frame chooses another."
    assert pochade.background(walking()).notes == (said,)
    assert pochade.background(walking(), frame=2).notes == ()
    assert pochade.recolor(walking(), CHANGE).palette.notes == ()
    assert pochade.quantize(walking(), 3).palette.notes == ()


def test_the_command_writes_all_frames_or_says_which(tmp_path):
    (tmp_path / "walk.gif").write_bytes(walking())

    def run(output):
        command = [sys.executable, "-m", "pochade", "recolor", "walk.gif", "-c", "#c81e28=#1e50c8", "-o", output]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)

    assert run("walk.png").stderr.decode() == "pochade: #c81e28 became #1e50c8.\n"
    assert frames_of((tmp_path / "walk.png").read_bytes())[0][1][10, 10].tolist() == [*BLUE, 255]
    assert len(frames_of(run("-").stdout)[0]) == 3
    assert "A .jpg holds the first of 3 frames; .png and .webp hold all." in run("walk.jpg").stderr.decode()


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_files_keep_the_resolution_and_a_tag(suffix):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = file_of(Image.new("RGB", (30, 20), RED), "PNG", dpi=(300, 150), icc_profile=profile)
    content = pochade.recolor(source, CHANGE).encode(suffix)
    assert pochade.read(content).metadata.dpi == pytest.approx((300, 150), abs=0.02)
    assert pochade.read(content).metadata.tagged
    plain = pochade.recolor(np.full((20, 30, 3), RED, np.uint8), CHANGE).encode(suffix)
    assert pochade.read(plain).metadata.dpi is None
    assert not pochade.read(plain).metadata.tagged
    on_background = pochade.read(pochade.background(source, size=(64, 64)).encode(suffix)).metadata
    assert (on_background.dpi, on_background.tagged) == (None, True)
