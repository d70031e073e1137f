"""PNG files of drawings: the same pixels for every size, and the same bytes for every number of threads."""

import io
import time

import numpy as np
import pytest
from PIL import Image

from pochade.draw.canvas import paste_rounded, rounded
from pochade.draw.png import png


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (700, 1), (600, 300), (1900, 1400)])
def test_the_pixels_come_back(size):
    codes = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), np.uint8)
    codes[: size[1] // 2] = 240, 240, 240
    content = png(Image.fromarray(codes))
    with Image.open(io.BytesIO(content)) as again:
        again.verify()
    with Image.open(io.BytesIO(content)) as again:
        assert (again.format, again.mode) == ("PNG", "RGB")
        assert np.array_equal(np.asarray(again), codes)


def test_the_bytes_do_not_depend_on_the_number_of_threads(monkeypatch):
    image = Image.effect_noise((1500, 900), 60).convert("RGB")
    files = set()
    for number in ("1", "2", "7"):
        monkeypatch.setenv("POCHADE_THREADS", number)
        files.add(png(image))
    assert len(files) == 1


def test_a_drawing_with_a_photo_takes_a_small_part_of_the_time_of_optimization():
    noise = [Image.effect_noise((1000, 800), 20 + 10 * i) for i in range(3)]
    image = Image.merge("RGB", noise)

    def spent(encode) -> float:
        start = time.process_time()
        encode()
        return time.process_time() - start

    ours = min(spent(lambda: png(image)) for _ in range(3))
    assert ours < 0.5 * spent(lambda: image.save(io.BytesIO(), "PNG", optimize=True))


@pytest.mark.parametrize("size", [(100, 60), (9, 60), (60, 9), (1, 1), (20, 20)])
@pytest.mark.parametrize("radius", [0, 3, 10])
def test_corners_are_those_of_a_whole_mask(size, radius):
    picture = Image.effect_noise(size, 80).convert("RGB")
    ours, whole = Image.new("RGB", (140, 90), "#fbfaf8"), Image.new("RGB", (140, 90), "#fbfaf8")
    paste_rounded(ours, picture, (20, 10), radius)
    whole.paste(picture, (20, 10), rounded(size, radius))
    assert np.abs(np.asarray(ours, int) - np.asarray(whole, int)).max() <= 1
