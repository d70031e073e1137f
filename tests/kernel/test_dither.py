"""The compiled dithering kernel and its NumPy twin give the same bytes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import kernel
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.kernel import dither as twin
from pochade.kernel import nearest
from pochade.quantization import dithers

compiled = pytest.importorskip("pochade.kernel._dither", reason="no compiled kernel on this machine")
compiled_nearest = pytest.importorskip("pochade.kernel._nearest", reason="no compiled kernel on this machine")

VALUE = (np.arange(256) * 257).astype(np.int32)
CODE_OF = np.rint((np.arange(4096) * 16 + 8) / 257).astype(np.uint8)
TAPS = np.array([[1, 0, 7 * 256], [-1, 1, 3 * 256], [0, 1, 5 * 256], [1, 1, 256]], np.int32)

drawn = st.tuples(st.integers(0, 2**32 - 1), st.sampled_from([1, 2, 3, 16, 129, 256]), st.sampled_from([1, 4, 16]))


def random_picture(seed, k, dark, size=(40, 50)):
    """Random pixels and a palette, divided by `dark`: the cube root is most curved for dark colors."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (*size, 3), np.uint8) // np.uint8(dark), rng.integers(0, 256, (k, 3), np.uint8) // dark


@settings(max_examples=60)
@given(drawn, st.integers(0, 2))
def test_both_kernels_find_the_same_nearest_colors(drawn, coarse):
    codes, palette = random_picture(*drawn)
    one, other = (module.Nearest(palette, None, coarse) for module in (compiled_nearest, nearest))
    np.testing.assert_array_equal(one.of(codes), other.of(codes))
    turned = codes.swapaxes(0, 1)[::-1]
    np.testing.assert_array_equal(one.of(turned), other.of(turned))


@pytest.mark.parametrize("palette", [[[90, 40, 20]], [[3, 0, 0], [0, 2, 1], [1, 1, 6], [5, 9, 2]]])
def test_both_kernels_agree_on_all_dark_colors(palette):
    codes = np.stack(np.meshgrid(*3 * [np.arange(32, dtype=np.uint8)]), -1).reshape(32, -1, 3)
    one, other = compiled_nearest.Nearest(palette), nearest.Nearest(np.array(palette, np.uint8))
    np.testing.assert_array_equal(one.of(codes), other.of(codes))


@pytest.mark.parametrize("module", [compiled_nearest, nearest], ids=["compiled", "twin"])
def test_the_result_is_the_nearest_color_in_oklab(module):
    codes, palette = random_picture(1, 64, 1, (100, 100))
    oklab = spaces["oklab"].from_linear
    far = np.linalg.norm(oklab(decode(codes))[:, :, None] - oklab(decode(palette)), axis=3)
    found = np.take_along_axis(far, module.Nearest(palette).of(codes)[..., None].astype(int), 2)[..., 0]
    assert (found - far.min(2)).max() < 1e-6  # float32


@pytest.mark.parametrize("module", [compiled_nearest, nearest], ids=["compiled", "twin"])
@pytest.mark.parametrize("k", [0, 257])
def test_palettes_without_colors_or_with_more_than_256_are_refused(module, k):
    with pytest.raises(ValueError, match="1 to 256"):
        module.Nearest(np.zeros((k, 3), np.uint8))


def test_a_table_determines_the_index_of_each_bin():
    codes, palette = random_picture(2, 16, 1)
    table = np.random.default_rng(3).integers(0, 16, kernel.LEVELS**3, np.uint8)
    for module in (compiled_nearest, nearest):
        np.testing.assert_array_equal(module.Nearest(palette, table).of(codes), table[kernel.bins_of(codes)])


@pytest.mark.parametrize("module", [compiled_nearest, nearest], ids=["compiled", "twin"])
@pytest.mark.parametrize("coarse", [1, 2])
def test_a_coarse_search_still_maps_palette_colors_to_themselves(module, coarse):
    palette = np.array([[200, 100, 50], [201, 100, 50], [60, 61, 62]], np.uint8)
    assert kernel.bins_of(palette[0]) == kernel.bins_of(palette[1])
    assert module.Nearest(palette, None, coarse).of(palette[None]).tolist() == [[0, 1, 2]]


@pytest.mark.parametrize("dither", [e.value for e in dithers.entries if e.value.taps], ids=lambda one: one.name)
@settings(max_examples=10)
@given(drawn=drawn, clear=st.booleans(), coarse=st.integers(0, 2))
def test_both_kernels_diffuse_errors_the_same(dither, drawn, clear, coarse):
    codes, palette = random_picture(*drawn, (19, 17))
    alpha = codes[..., 0] // 128 if clear else None
    shown = [(codes[a:b], None if alpha is None else alpha[a:b]) for a, b in ((0, 5), (5, 12), (12, 12), (12, 19))]
    taps = np.array([(x, y, round(share * 4096)) for x, y, share in dither.taps], np.int32)
    found = [
        module.diffused(of.Nearest(palette, None, coarse), shown, VALUE, CODE_OF, taps)
        for module, of in ((compiled, compiled_nearest), (twin, nearest))
    ]
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)


def test_pictures_diffused_together_do_not_affect_each_other():
    codes, palette = random_picture(4, 8, 1, (30, 11))
    for module, of in ((compiled, compiled_nearest), (twin, nearest)):
        apart = [
            module.diffused(of.Nearest(palette), [(part, None)], VALUE, CODE_OF, TAPS)[0] for part in (codes, codes[:9])
        ]
        both = module.diffused(of.Nearest(palette), [(codes, None), (codes[:9], None)], VALUE, CODE_OF, TAPS)
        for one, other in zip(apart, both, strict=True):
            np.testing.assert_array_equal(one, other)


@settings(max_examples=15)
@given(drawn, st.integers(0, 256))
def test_both_kernels_make_the_same_patterns(drawn, strength):
    codes, palette = random_picture(*drawn, (9, 11))
    order = np.random.default_rng(1).permutation(len(palette)).astype(np.uint8)
    mask = np.arange(16, dtype=np.uint8).reshape(4, 4)
    one, other = (
        module.patterned(of.Nearest(palette), codes, VALUE, CODE_OF, mask, order, strength, 3, 2)
        for module, of in ((compiled, compiled_nearest), (twin, nearest))
    )
    np.testing.assert_array_equal(one, other)
