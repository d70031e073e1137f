"""Files keep the order of colors, the repetitions, the durations, the resolution and the tag of the original."""

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

import pochade
from pochade.errors import OptionError

from .conftest import drawn


def opened(content):
    return Image.open(io.BytesIO(content))


def file_of(image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def moving(format, **options):
    """An animation of three frames."""
    first, *rest = (Image.fromarray(np.roll(drawn(4, 40, 60), 9 * i, 1)) for i in range(3))
    if format == "WEBP":
        options["lossless"] = True
    return file_of(first, format, save_all=True, append_images=rest, **options)


def durations(content):
    image, out = opened(content), []
    for i in range(image.n_frames):
        image.seek(i)
        image.load()
        out.append(image.info["duration"])
    return out


GAME = "#0f380f,#306230,#8bac0f,#9bbc0f"


@pytest.mark.parametrize("format", ["png", "gif"])
@pytest.mark.parametrize("used", [[0, 1, 2, 3], [3], [3, 1]])
def test_a_palette_is_written_as_given_whatever_colors_occur(format, used):
    few = pochade.quantize(np.zeros((1, 1, 3), np.uint8), palette=GAME)
    colors = few.codes[np.resize(used, (20, 20))]
    image = opened(pochade.quantize(colors, palette=GAME).encode(format))
    assert image.mode == "P"
    assert image.getpalette()[:12] == few.codes.ravel().tolist()
    np.testing.assert_array_equal(np.asarray(image), np.resize(used, (20, 20)))


def test_a_color_that_is_given_twice_keeps_both_places():
    image = opened(
        pochade.quantize(np.full((9, 9, 3), (0, 255, 0), np.uint8), palette="black,red,black,lime").encode("png")
    )
    assert image.getpalette() == [0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 0]
    assert (np.asarray(image) == 3).all()


def test_a_palette_and_transparency_keep_the_order():
    picture = np.zeros((10, 10, 4), np.uint8)
    picture[5:] = (0x9B, 0xBC, 0x0F, 255)
    for format in ("png", "gif"):
        image = opened(pochade.quantize(picture, palette=GAME).encode(format))
        np.testing.assert_array_equal(np.unique(np.asarray(image)), [3, 4])
        assert image.convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.fixture
def indexed():
    """An indexed picture of 18 entries in no order of weight, of which one is unused; its indexes."""
    rng = np.random.default_rng(0)
    colors = rng.permutation([(r, g, b) for r in (0, 90, 200) for g in (0, 120, 255) for b in (0, 255)])
    indexes = rng.integers(0, 18, (40, 40)).astype(np.uint8)
    indexes[indexes == 7] = 3
    image = Image.fromarray(indexes, "P")
    image.putpalette(colors.astype(np.uint8).tobytes())
    return image, indexes


@pytest.mark.parametrize("transparency", [None, 5, bytes([255, 128, 0, 60])])
@pytest.mark.parametrize("k", [18, 40, 256])
def test_an_indexed_picture_keeps_its_indexes(indexed, transparency, k):
    image, indexes = indexed
    content = file_of(image, "PNG", **({} if transparency is None else {"transparency": transparency}))
    few = pochade.quantize(content, k)
    again = opened(few.encode("png"))
    np.testing.assert_array_equal(np.asarray(again), indexes)
    assert again.getpalette()[:54] == image.getpalette()[:54]
    assert again.info.get("transparency") == transparency
    assert few.report("png").psnr == np.inf


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF"])
def test_indexed_pictures_of_other_formats_keep_their_order(indexed, format):
    image, _ = indexed
    source = opened(file_of(image, format))
    again = opened(pochade.quantize(file_of(image, format), 64).encode("png"))
    np.testing.assert_array_equal(np.asarray(again), np.asarray(source))


def test_colors_that_differ_little_stay_apart_in_an_indexed_picture():
    image = Image.fromarray(np.array([[0, 1], [1, 2]], np.uint8), "P")
    image.putpalette([90, 90, 90, 91, 90, 90, 90, 91, 90])
    few = pochade.quantize(file_of(image, "PNG"))
    assert few.codes.tolist() == [[90, 90, 90], [91, 90, 90], [90, 91, 90]]


def test_an_indexed_picture_of_more_colors_than_asked_for_is_reduced(indexed):
    few = pochade.quantize(file_of(indexed[0], "PNG"), 5)
    assert len(few) == 5
    assert opened(few.encode("png")).getpalette() == few.codes.ravel().tolist()


def test_unused_entries_that_cost_bits_are_left_out_but_the_order_stays():
    image = Image.fromarray(np.array([[200, 3], [90, 3]], np.uint8), "P")
    image.putpalette(np.arange(768) // 3)
    few = pochade.quantize(file_of(image, "PNG"), 4)
    assert few.codes[:, 0].tolist() == [3, 90, 200]
    assert few.report("png").bits == 2
    assert opened(few.encode("png")).getpalette()[::3] == [3, 90, 200]


def test_a_method_finds_its_own_colors_in_an_indexed_picture(indexed):
    content = file_of(indexed[0], "PNG")
    assert pochade.quantize(content, 6, method="kmeans").palette.hex == pochade.extract(content, 6, method="kmeans").hex


@pytest.mark.parametrize(
    ("format", "options", "plays"),
    [
        ("GIF", {}, 1),
        ("GIF", {"loop": 0}, 0),
        ("GIF", {"loop": 2}, 3),
        ("WEBP", {"loop": 1}, 1),
        ("WEBP", {"loop": 0}, 0),
        ("WEBP", {"loop": 3}, 3),
        ("PNG", {"loop": 1}, 1),
        ("PNG", {"loop": 3}, 3),
    ],
)
def test_an_animation_plays_as_often_as_the_original(format, options, plays):
    """A GIF states how often it repeats after the first time, or nothing; WebP and PNG how often they play."""
    few = pochade.quantize(moving(format, duration=50, **options), 4)
    assert opened(few.encode("gif")).info.get("loop") == {1: None, 0: 0}.get(plays, plays - 1)
    assert opened(few.encode("webp")).info["loop"] == plays
    assert opened(few.encode("png")).info["loop"] == plays


@pytest.mark.parametrize("format", ["gif", "webp", "png"])
def test_the_durations_of_frames_stay(format):
    content = moving("GIF", duration=[0, 20, 90_000])
    assert durations(pochade.quantize(content, 4).encode(format)) == [0, 20, 90_000]


def test_durations_between_the_steps_of_a_gif_add_up():
    content = moving("WEBP", duration=[33, 33, 34])
    assert durations(pochade.quantize(content, 4).encode("gif")) == [30, 40, 30]
    assert durations(pochade.quantize(content, 4).encode("png")) == [33, 33, 34]


def test_png_holds_every_frame(moving_gif):
    few = pochade.quantize(moving_gif, 8)
    for format in ("png", "rgb"):
        image = opened(few.encode(format))
        assert image.n_frames == 3
        for i in range(3):
            image.seek(i)
            np.testing.assert_array_equal(np.asarray(image.convert("RGB")), few.codes[few.frames.indexes[i]])
    assert opened(pochade.quantize(moving_gif, 8, frame=1).encode("png")).n_frames == 1


@pytest.fixture
def moving_gif():
    return moving("GIF", duration=[50, 120, 70], loop=0)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "BMP"])
def test_the_resolution_stays(format, tmp_path):
    content = file_of(Image.fromarray(drawn(1)), format, dpi=(300, 150))
    image = opened(pochade.quantize(content, 8).encode("png"))
    assert image.info["dpi"] == pytest.approx((300, 150), abs=0.02)
    exif = opened(pochade.quantize(content, 8).encode("webp")).getexif()
    assert (exif[282], exif[283], exif[296]) == (pytest.approx(300, abs=0.02), pytest.approx(150, abs=0.02), 2)
    assert pochade.read(pochade.quantize(content, 8).encode("webp")).metadata.dpi == pytest.approx((300, 150), abs=0.02)


def test_a_picture_without_a_resolution_gets_none():
    content = file_of(Image.fromarray(drawn(1)), "PNG")
    assert "dpi" not in opened(pochade.quantize(content, 8).encode("png")).info
    assert b"pHYs" not in pochade.quantize(content, 8).encode("png")


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_picture_with_a_profile_is_written_with_a_tag_for_srgb(format):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    few = pochade.quantize(file_of(Image.fromarray(drawn(1)), format, icc_profile=profile), 8)
    assert opened(few.encode("png")).info["srgb"] == 0
    written = ImageCms.ImageCmsProfile(io.BytesIO(opened(few.encode("webp")).info["icc_profile"]))
    assert ImageCms.getProfileDescription(written).strip() == "sRGB"
    plain = pochade.quantize(file_of(Image.fromarray(drawn(1)), format), 8)
    assert "srgb" not in opened(plain.encode("png")).info
    assert "icc_profile" not in opened(plain.encode("webp")).info


def test_a_palette_without_colors_is_refused():
    with pytest.raises(OptionError, match="the palette has no colors"):
        pochade.quantize(np.zeros((2, 2, 3), np.uint8), palette=iter([]))
