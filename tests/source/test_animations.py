"""All frames of an animation count, by their duration; of a file with pages one page counts."""

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
    frames = [frame.copy() for frame in frames]  # save() changes the images
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], **options)
    return file.getvalue()


def strips_of(pixels):
    """Frame, color and weight of each strip."""
    return [(strip.frame, tuple(strip.codes[0, 0].tolist()), strip.weight) for strip in pixels.strips()]


OPTIONS = {"GIF": {}, "WEBP": {"lossless": True}, "PNG": {}, "AVIF": {"quality": 100, "subsampling": "4:4:4"}}


@pytest.mark.parametrize("kind", OPTIONS)
def test_all_frames_count_by_their_duration(kind):
    pixels = read(animated(kind, duration=[50, 200, 1000], **OPTIONS[kind]))
    assert pixels.frames == 3
    strips = strips_of(pixels)
    assert [(frame, weight) for frame, _, weight in strips] == [(0, 50), (1, 200), (2, 1000)]
    assert np.abs(np.subtract([color for _, color, _ in strips], COLORS)).max() <= 2
    assert strips_of(pixels) == strips  # a second pass is equal


@pytest.mark.parametrize("kind", OPTIONS)
def test_one_frame_can_be_chosen(kind):
    pixels = read(animated(kind, duration=50, **OPTIONS[kind]), frame=2)
    assert pixels.frames == 1
    ((_, color, weight),) = strips_of(pixels)
    assert np.abs(np.subtract(color, COLORS[2])).max() <= 2
    assert weight == 1


def test_a_frame_without_a_duration_counts_100_ms_as_in_browsers():
    assert [weight for *_, weight in strips_of(read(animated("GIF")))] == [100, 100, 100]
    assert [weight for *_, weight in strips_of(read(animated("PNG", duration=0)))] == [100, 100, 100]


def test_a_frame_counts_at_most_one_minute():
    assert [weight for *_, weight in strips_of(read(animated("GIF", duration=600_000)))] == [60_000] * 3


def test_the_default_image_of_a_png_is_not_a_frame_of_its_animation():
    data = animated("PNG", default_image=True, duration=70)
    assert [color for _, color, _ in strips_of(read(data))] == COLORS[1:]
    assert [color for _, color, _ in strips_of(read(data, frame=0))] == COLORS[1:2]


def test_the_error_for_a_missing_frame_states_the_number_of_frames():
    with pytest.raises(OptionError, match=r"frame=3 does not exist; there are 3 frames, 0 to 2"):
        read(animated("GIF"), frame=3)
    with pytest.raises(OptionError, match=r"only (frame|page) 0"):
        read(FRAMES[0], frame=1)
    with pytest.raises(OptionError, match="only frame 0"):
        read(np.zeros((2, 2, 3), np.uint8), frame=1)


@pytest.mark.parametrize("frame", [-1, 1.0, True, "0"])
def test_a_frame_must_be_an_integer_from_0(frame):
    with pytest.raises(OptionError, match="frame="):
        read(FRAMES[0], frame=frame)


def test_the_first_page_counts_unless_another_is_chosen():
    data = animated("TIFF")
    assert [color for _, color, _ in strips_of(read(data))] == COLORS[:1]
    assert [color for _, color, _ in strips_of(read(data, frame=1))] == COLORS[1:2]
    with pytest.raises(OptionError, match="3 pages"):
        read(data, frame=3)


def test_pages_may_have_different_sizes():
    data = animated("TIFF", [FRAMES[0], Image.new("RGB", (4, 20), COLORS[1])])
    pixels = read(data, frame=1)
    assert (pixels.width, pixels.height) == (4, 20)


def test_the_first_picture_of_an_mpo_counts_unless_another_is_chosen():
    data = animated("MPO", quality=100)
    for frame, color in ((None, COLORS[0]), (0, COLORS[0]), (2, COLORS[2])):
        ((_, result, _),) = strips_of(read(data, frame=frame))
        assert np.abs(np.subtract(result, color)).max() <= 2


def test_transparent_pixels_of_a_frame_do_not_count():
    clear = Image.new("RGBA", (10, 6), (0, 0, 0, 0))
    pixels = read(animated("PNG", [FRAMES[0].convert("RGBA"), clear], duration=10, blend=0))
    alphas = [strip.alpha for strip in pixels.strips()]
    assert alphas[0].min() == 255
    assert alphas[1].max() == 0


def test_a_pil_image_counts_all_frames_and_keeps_its_current_one():
    image = Image.open(io.BytesIO(animated("GIF", duration=30)))
    image.seek(1)
    assert [weight for *_, weight in strips_of(read(image))] == [30, 30, 30]
    assert image.tell() == 1


def test_a_pil_image_counts_its_current_page():
    image = Image.open(io.BytesIO(animated("TIFF")))
    image.seek(2)
    assert [color for _, color, _ in strips_of(read(image))] == COLORS[2:]


def test_the_limit_on_pixels_applies_to_all_frames_or_to_the_chosen_one():
    data = animated("GIF")
    with pytest.raises(TooLargeError, match=r"10 x 6 x 3 frames are 180 pixels.*choose one frame"):
        read(data, max_pixels=100)
    assert read(data, max_pixels=100, frame=1).frames == 1


def test_a_truncated_animation_counts_its_complete_frames():
    noise = [Image.effect_noise((64, 64), 80 + i) for i in range(3)]
    data = animated("PNG", noise, duration=20)
    cut = data[: data.rindex(b"fdAT") + 2000]
    with pytest.raises(TruncatedError):
        list(read(cut).strips())
    assert [frame for frame, *_ in strips_of(read(cut, truncated=True))] == [0, 1]
