"""Animated pictures count all their frames by duration; files with pages count one."""

import io

import numpy as np
import pytest
from PIL import Image

from pochade.errors import OptionError, TooLargeError, TruncatedError
from pochade.source import read

COLORS = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
FRAMES = [Image.new("RGB", (10, 6), color) for color in COLORS]


def animated(kind, frames=FRAMES, **options):
    file = io.BytesIO()
    frames = [frame.copy() for frame in frames]  # saving leaves its options on an image
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], **options)
    return file.getvalue()


def seen(pixels):
    """Frame, color and weight of each strip."""
    return [(strip.frame, tuple(strip.codes[0, 0].tolist()), strip.weight) for strip in pixels.strips()]


OPTIONS = {"GIF": {}, "WEBP": {"lossless": True}, "PNG": {}, "AVIF": {"quality": 100, "subsampling": "4:4:4"}}


@pytest.mark.parametrize("kind", OPTIONS)
def test_all_frames_count_by_their_duration(kind):
    pixels = read(animated(kind, duration=[50, 200, 1000], **OPTIONS[kind]))
    assert pixels.frames == 3
    strips = seen(pixels)
    assert [(frame, weight) for frame, _, weight in strips] == [(0, 50), (1, 200), (2, 1000)]
    assert np.abs(np.subtract([color for _, color, _ in strips], COLORS)).max() <= 2
    assert seen(pixels) == strips  # and once more


@pytest.mark.parametrize("kind", OPTIONS)
def test_one_frame_can_be_chosen(kind):
    pixels = read(animated(kind, duration=50, **OPTIONS[kind]), frame=2)
    assert pixels.frames == 1
    ((_, color, weight),) = seen(pixels)
    assert np.abs(np.subtract(color, COLORS[2])).max() <= 2
    assert weight == 1


def test_a_frame_without_a_duration_counts_as_100_ms_as_browsers_show_it():
    assert [weight for *_, weight in seen(read(animated("GIF")))] == [100, 100, 100]
    assert [weight for *_, weight in seen(read(animated("PNG", duration=0)))] == [100, 100, 100]


def test_a_frame_that_stays_for_hours_counts_as_a_minute():
    assert [weight for *_, weight in seen(read(animated("GIF", duration=600_000)))] == [60_000] * 3


def test_the_still_that_a_png_shows_to_old_viewers_is_not_of_the_animation():
    data = animated("PNG", default_image=True, duration=70)
    assert [color for _, color, _ in seen(read(data))] == COLORS[1:]
    assert [color for _, color, _ in seen(read(data, frame=0))] == COLORS[1:2]


def test_a_frame_that_does_not_exist_is_refused_with_the_number_there_are():
    with pytest.raises(OptionError, match=r"frame=3 does not exist; there are 3 frames, 0 to 2"):
        read(animated("GIF"), frame=3)
    with pytest.raises(OptionError, match=r"only (frame|page) 0"):
        read(FRAMES[0], frame=1)
    with pytest.raises(OptionError, match="only frame 0"):
        read(np.zeros((2, 2, 3), np.uint8), frame=1)


@pytest.mark.parametrize("frame", [-1, 1.0, True, "0"])
def test_a_frame_that_is_no_number_from_0_is_refused(frame):
    with pytest.raises(OptionError, match="frame="):
        read(FRAMES[0], frame=frame)


def test_of_a_file_with_pages_the_first_counts_unless_another_is_chosen():
    data = animated("TIFF")
    assert [color for _, color, _ in seen(read(data))] == COLORS[:1]
    assert [color for _, color, _ in seen(read(data, frame=1))] == COLORS[1:2]
    with pytest.raises(OptionError, match="3 pages"):
        read(data, frame=3)


def test_pages_of_different_sizes_keep_theirs():
    data = animated("TIFF", [FRAMES[0], Image.new("RGB", (4, 20), COLORS[1])])
    pixels = read(data, frame=1)
    assert (pixels.width, pixels.height) == (4, 20)


def test_of_an_mpo_the_first_picture_counts_unless_another_is_chosen():
    data = animated("MPO", quality=100)
    for frame, color in ((None, COLORS[0]), (0, COLORS[0]), (2, COLORS[2])):
        ((_, found, _),) = seen(read(data, frame=frame))
        assert np.abs(np.subtract(found, color)).max() <= 2


def test_transparent_pixels_of_a_frame_do_not_count():
    clear = Image.new("RGBA", (10, 6), (0, 0, 0, 0))
    pixels = read(animated("PNG", [FRAMES[0].convert("RGBA"), clear], duration=10, blend=0))
    alphas = [strip.alpha for strip in pixels.strips()]
    assert alphas[0].min() == 255
    assert alphas[1].max() == 0


def test_a_pil_image_counts_all_frames_and_stays_at_the_one_it_was():
    image = Image.open(io.BytesIO(animated("GIF", duration=30)))
    image.seek(1)
    assert [weight for *_, weight in seen(read(image))] == [30, 30, 30]
    assert image.tell() == 1


def test_a_pil_image_of_a_page_counts_that_page():
    image = Image.open(io.BytesIO(animated("TIFF")))
    image.seek(2)
    assert [color for _, color, _ in seen(read(image))] == COLORS[2:]


def test_the_limit_holds_for_all_frames_together_and_a_chosen_one_is_less():
    data = animated("GIF")
    with pytest.raises(TooLargeError, match=r"10 x 6 x 3 frames are 180 pixels.*choose one frame"):
        read(data, max_pixels=100)
    assert read(data, max_pixels=100, frame=1).frames == 1


def test_an_animation_that_ends_early_gives_the_frames_before():
    noise = [Image.effect_noise((64, 64), 80 + i) for i in range(3)]
    data = animated("PNG", noise, duration=20)
    cut = data[: data.rindex(b"fdAT") + 2000]
    with pytest.raises(TruncatedError):
        list(read(cut).strips())
    assert [frame for frame, *_ in seen(read(cut, truncated=True))] == [0, 1]
