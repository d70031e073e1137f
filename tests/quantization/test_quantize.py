"""quantize(): the colors, the dithers, the search for k."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

import pochade
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.errors import OptionError, UnknownNameError
from pochade.quantization import dithers, fitted, table
from pochade.quantization.bands import bands
from pochade.quantization.dither.blue_noise import mask, ranks


def of_pillow(picture, k, method, kmeans):
    """Mean CIEDE2000 of Pillow's reduction."""
    image = Image.fromarray(picture).quantize(k, method=method, kmeans=kmeans, dither=Image.Dither.NONE)
    after = np.asarray(image.convert("RGB"))
    return differences["ciede2000"].of_linear(decode(picture), decode(after)).mean()


@pytest.mark.parametrize("k", [16, 256])
def test_the_error_is_at_most_that_of_the_best_method_of_pillow(picture, k):
    best = min(of_pillow(picture, k, method, kmeans) for method in (0, 1, 2) for kmeans in (0, 2))
    assert pochade.quantize(picture, k).quality.difference <= best


@pytest.mark.parametrize("dither", dithers.names)
@pytest.mark.parametrize("light", ["perceptual", "linear"])
def test_a_black_and_white_dither_keeps_the_mean_in_the_chosen_light(dither, light):
    gray = np.full((64, 64, 3), 160, np.uint8)
    few = pochade.quantize(gray, palette="black,white", dither=dither, light=light)
    wanted = {"none": 1.0, "atkinson": None}.get(dither, 160 / 255 if light == "perceptual" else decode(160.0))
    if wanted is not None:
        assert few.indexes.mean() == pytest.approx(wanted, abs=0.035)  # a pattern has 16 steps


def test_higher_strength_spreads_more_error(picture):
    found = [pochade.quantize(picture, 8, dither="floyd-steinberg", strength=s) for s in (0, 0.5, 1)]
    changes = [(np.diff(one.indexes.astype(int), axis=1) != 0).mean() for one in found]
    assert changes == sorted(changes)
    np.testing.assert_array_equal(found[0].indexes, pochade.quantize(picture, 8).indexes)


@pytest.mark.parametrize("dither", ["none", "floyd-steinberg", "blue-noise"])
def test_the_result_does_not_depend_on_how_the_picture_is_read(dither, tmp_path, monkeypatch):
    from .conftest import drawn

    picture = drawn(5, 900, 700)
    Image.fromarray(picture).save(tmp_path / "a.png")  # comes in strips
    one = pochade.quantize(picture, 16, dither=dither)
    other = pochade.quantize(tmp_path / "a.png", 16, dither=dither)
    monkeypatch.setenv("POCHADE_THREADS", "1")
    alone = pochade.quantize(picture, 16, dither=dither)
    np.testing.assert_array_equal(one.indexes, other.indexes)
    np.testing.assert_array_equal(one.indexes, alone.indexes)


def test_a_rotated_picture_is_quantized_as_displayed(tmp_path, picture):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(picture).save(tmp_path / "turned.png", exif=exif)
    few = pochade.quantize(tmp_path / "turned.png", 16)
    np.testing.assert_array_equal(few.indexes, pochade.quantize(np.rot90(picture, -1).copy(), 16).indexes)


@pytest.mark.parametrize("lead", [0, 10])
def test_bands_cover_every_row_once_and_repeat_the_rows_above(lead):
    rows = np.repeat(np.arange(500) % 251, 3).reshape(500, 1, 3).astype(np.uint8)
    at = 0
    for band in bands(pochade.read(rows), lead):
        assert band.top == at
        np.testing.assert_array_equal(band.codes, rows[at - band.lead : at - band.lead + len(band.codes)])
        at += len(band.codes) - band.lead
    assert at == 500


@pytest.mark.parametrize("difference", ["ciede2000", "cie76", "hyab"])
def test_other_differences_find_nearly_the_nearest_colors(picture, difference):
    few = pochade.quantize(picture, 12, difference=difference)
    formula = differences[difference]
    nearest = formula.of_linear(decode(picture)[:, :, None], decode(few.codes)).min(2).mean()
    assert formula.of_linear(decode(picture), decode(few.srgb)).mean() == pytest.approx(nearest, rel=0.003)


def test_quality_agrees_with_other_libraries(picture):
    few = pochade.quantize(picture, 8)
    luma = [codes @ np.array([0.299, 0.587, 0.114]) for codes in (picture, few.srgb)]
    _, full = structural_similarity(
        *luma, gaussian_weights=True, use_sample_covariance=False, data_range=255, full=True, win_size=11
    )
    assert few.quality.ssim == pytest.approx(full[5:-5, 5:-5].mean(), abs=1e-4)
    assert few.quality.psnr == pytest.approx(peak_signal_noise_ratio(picture, few.srgb), abs=1e-6)
    far = differences["ciede2000"].of_linear(decode(picture), decode(few.srgb))
    assert few.quality.difference == pytest.approx(far.mean(), rel=1e-9)


def test_quality_is_the_same_on_any_number_of_threads_and_parts(monkeypatch):
    from .conftest import drawn

    picture = drawn(6, 1000, 1100)  # as large as two threads are worth, and wider than what is blurred at a time
    found = []
    for threads in "123":
        monkeypatch.setenv("POCHADE_THREADS", threads)
        found.append(pochade.quantize(picture, 8).quality)
    assert found[0] == found[1] == found[2]
    few = pochade.quantize(picture, 8)
    luma = [codes @ np.array([0.299, 0.587, 0.114]) for codes in (picture, few.srgb)]
    _, full = structural_similarity(
        *luma, gaussian_weights=True, use_sample_covariance=False, data_range=255, full=True, win_size=11
    )
    assert found[0].ssim == pytest.approx(full[5:-5, 5:-5].mean(), rel=2e-6)
    assert found[0].psnr == pytest.approx(peak_signal_noise_ratio(picture, few.srgb), rel=1e-9)
    far = differences["ciede2000"].of_linear(decode(picture), decode(few.srgb))
    assert found[0].difference == pytest.approx(far.mean(), rel=1e-9)


def test_transparent_pixels_do_not_count_in_the_quality(soft):
    few = pochade.quantize(soft, 8)
    hidden = soft.copy()
    hidden[soft[..., 3] == 0, :3] = 9, 200, 30
    other = pochade.quantize(hidden, palette=few.palette).quality
    assert other.difference == pytest.approx(few.quality.difference, rel=1e-12)
    assert other.psnr == pytest.approx(few.quality.psnr, rel=1e-12)


def test_a_picture_of_few_colors_does_not_change():
    picture = np.array([[[1, 2, 3], [250, 0, 7], [9, 200, 80]]] * 4, np.uint8)
    few = pochade.quantize(picture, 16)
    np.testing.assert_array_equal(few.srgb, picture)
    assert few.quality.psnr == np.inf
    assert few.report().to_dict()["psnr"] is None


def test_given_colors_keep_their_order():
    few = pochade.quantize(np.zeros((2, 2, 3), np.uint8), palette=["#fff", "#000", "#f00"])
    assert few.codes.tolist() == [[255, 255, 255], [0, 0, 0], [255, 0, 0]]
    assert (few.indexes == 1).all()


def test_any_method_can_find_the_colors(picture):
    few = pochade.quantize(picture, 6, method="prominent")
    assert few.palette.hex == pochade.extract(picture, 6).hex


def test_the_most_colors_that_fit_are_found(picture):
    few = fitted(picture, target_kb=9)
    assert len(few.encode()) <= 9000 < len(pochade.quantize(picture, few.k + 1).encode())


def test_the_fewest_colors_within_a_difference_are_found(picture):
    few = fitted(picture, max_difference=3)
    assert few.quality.difference <= 3 < pochade.quantize(picture, few.k - 1).quality.difference


def test_unreachable_targets_are_refused_with_the_nearest_result(picture):
    with pytest.raises(OptionError, match=r"1 color takes 0\.\d\d kB as png"):
        fitted(picture, target_kb=0.01)
    with pytest.raises(OptionError, match=r"256 colors have a mean CIEDE2000 of \d"):
        fitted(picture, max_difference=0.01)
    with pytest.raises(OptionError, match=r"takes \d+ colors and [\d.]+ kB as png, more than 1 kB"):
        fitted(picture, max_difference=3, target_kb=1)


@pytest.mark.parametrize("given", [{"k": 4}, {"method": "kmeans"}, {"space": "oklab"}, {"seed": 0}])
def test_options_that_find_colors_are_refused_with_a_palette(picture, given):
    (name,) = given
    with pytest.raises(OptionError, match=f"{name} is not allowed with palette"):
        pochade.quantize(picture, palette="red, blue", **given)


@pytest.mark.parametrize("target", ["target_kb", "max_difference"])
@pytest.mark.parametrize("endless", [float("inf"), float("nan")])
def test_an_infinite_target_is_refused(picture, target, endless):
    with pytest.raises(OptionError, match="give a finite number above 0"):
        fitted(picture, **{target: endless})


def test_numpy_integers_are_accepted(picture):
    few = pochade.quantize(picture, np.int64(4))
    assert type(few.k) is int
    assert few.palette == pochade.quantize(picture, 4).palette


@pytest.mark.parametrize(
    ("function", "given", "said"),
    [
        (pochade.quantize, {"dithr": "none"}, "option of quantize: 'dithr'. Did you mean 'dither'"),
        (pochade.quantize, {"method": "kmeans", "dithr": "none"}, "option of quantize: 'dithr'. Did you mean 'dither'"),
        (pochade.quantize, {"method": "kmeans", "inti": "random"}, "option of kmeans: 'inti'. Did you mean 'init'"),
        (pochade.quantize, {"n_init": 3}, "need the method's name"),
        (fitted, {"max_diference": 3}, "option of fitted: 'max_diference'. Did you mean 'max_difference'"),
        (table, {"formt": "gif"}, "option of table: 'formt'. Did you mean 'format'"),
    ],
)
def test_a_misspelled_option_names_the_called_function(picture, function, given, said):
    with pytest.raises(UnknownNameError, match=said):
        function(picture, **given)


@pytest.mark.parametrize("file", ["pal.gpl", Path("my colors/pal.gpl")])
def test_the_path_of_a_palette_file_is_refused_with_a_hint_to_load_it(picture, file):
    with pytest.raises(OptionError, match=r"pal.gpl' is no color: .*palette=pochade.load\('.*pal.gpl'\)"):
        pochade.quantize(picture, palette=file)


def test_the_report_of_one_color_reads_well():
    few = pochade.quantize(np.full((200, 200, 3), 90, np.uint8))
    assert str(few.report("png")).endswith("1 color, 1 bit a pixel; without error.")
    assert repr(few) == "<Quantized 200 x 200, 1 color>"


def test_a_notebook_shows_a_scaled_picture(soft):
    wide = np.tile(soft, (2, 20, 1))
    with Image.open(io.BytesIO(pochade.quantize(wide, 8)._repr_png_())) as image:
        assert (image.size, image.mode) == ((600, 60), "RGBA")
    few = pochade.quantize(soft, 8)
    with Image.open(io.BytesIO(few._repr_png_())) as image:
        np.testing.assert_array_equal(np.asarray(image), np.asarray(few.image()))


def test_the_table_has_less_error_for_more_bits(picture):
    rows = table(picture)
    assert [row.k for row in rows] == [2, 4, 8, 16, 32, 64, 128, 256]
    errors = [row.difference for row in rows]
    assert errors == sorted(errors, reverse=True)


@pytest.fixture
def clear():
    """Noise with holes, RGBA: more than 255 colors, and transparency."""
    codes = np.random.default_rng(0).integers(0, 256, (64, 64, 4), np.uint8)
    codes[..., 3] = codes[..., 3] // 128 * 255
    return codes


@pytest.mark.parametrize(("format", "last"), [("png", 255), ("gif", 255), ("webp", 256)])
def test_transparency_costs_a_color_only_in_formats_that_need_an_entry(clear, format, last):
    assert [row.k for row in table(clear, format=format)] == [2, 4, 8, 16, 32, 64, 128, last]
    assert fitted(clear, target_kb=100, format=format).k == last


def test_the_table_of_an_open_animation_equals_that_of_its_file(moving, monkeypatch):
    monkeypatch.setenv("POCHADE_THREADS", "8")
    of_image = table(Image.open(io.BytesIO(moving)), format="gif")
    assert [row.difference for row in of_image] == [row.difference for row in table(moving, format="gif")]


def test_colors_that_a_sample_misses_are_found():
    picture = np.zeros((1200, 1200, 4), np.uint8)  # every second row and column is looked at
    picture[1::2, 1::2] = [(200, 10, 10, 255), (20, 10, 90, 255)] * 300
    assert sorted(pochade.quantize(picture, 64).palette.hex) == ["#140a5a", "#c80a0a"]


def test_blue_noise_has_every_rank_once_and_no_clumps():
    assert sorted(ranks().ravel().tolist()) == list(range(64 * 64))
    lit = (mask() < 4).astype(float)
    power = np.abs(np.fft.fft2(lit - lit.mean())) ** 2
    away = np.hypot(*np.meshgrid(np.fft.fftfreq(64), np.fft.fftfreq(64)))
    assert power[away < 0.15].mean() < 0.1 * power[away > 0.3].mean()  # no low frequencies: that is what blue means


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"k": 0}, "from 1 to 256"),
        ({"k": 257}, "from 1 to 256"),
        ({"palette": []}, "no colors"),
        ({"palette": [(i, j, 0) for i in range(17) for j in range(16)]}, "272 colors"),
        ({"strength": 1.5}, "from 0 to 1"),
        ({"light": "neon"}, "perceptual, linear"),
        ({"seed": 3}, "give `method` too"),
    ],
)
def test_bad_options_are_refused(options, said):
    with pytest.raises(OptionError, match=said):
        pochade.quantize(np.zeros((2, 2, 3), np.uint8), **options)


@pytest.mark.parametrize("option", ["dither", "difference", "method", "colours"])
def test_unknown_names_are_refused(option):
    with pytest.raises(UnknownNameError):
        pochade.quantize(np.zeros((2, 2, 3), np.uint8), **{option: "nonesuch"})


def test_bytes_before_is_the_size_of_the_file(picture, tmp_path):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    assert pochade.quantize(file.getvalue(), 4).report().bytes_before == len(file.getvalue())
    (tmp_path / "a.png").write_bytes(file.getvalue())
    assert pochade.quantize(tmp_path / "a.png", 4).report().bytes_before == len(file.getvalue())
    assert pochade.quantize(picture, 4).report().bytes_before is None
