"""The kernel that puts pixels onto a palette, and its NumPy twin, say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import kernel
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.kernel import dither as twin

compiled = pytest.importorskip("pochade.kernel._dither", reason="no compiled kernel on this machine")

VALUE = (np.arange(256) * 257).astype(np.int32)
CODE_OF = np.rint((np.arange(4096) * 16 + 8) / 257).astype(np.uint8)
TAPS = np.array([[1, 0, 7 * 256], [-1, 1, 3 * 256], [0, 1, 5 * 256], [1, 1, 256]], np.int32)

drawn = st.tuples(st.integers(0, 2**32 - 1), st.sampled_from([1, 2, 3, 16, 129, 256]), st.sampled_from([1, 4, 16]))


def made(seed, k, dark, size=(40, 50)):
    """Random pixels and a palette, in the darks where `dark` says so: there the cube root bends most."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (*size, 3), np.uint8) // np.uint8(dark), rng.integers(0, 256, (k, 3), np.uint8) // dark


@settings(deadline=None, max_examples=40)
@given(drawn)
def test_both_kernels_find_the_same_nearest_colors(drawn):
    codes, palette = made(*drawn)
    np.testing.assert_array_equal(compiled.Nearest(palette).of(codes), twin.Nearest(palette).of(codes))
    turned = codes.swapaxes(0, 1)[::-1]
    np.testing.assert_array_equal(compiled.Nearest(palette).of(turned), twin.Nearest(palette).of(turned))


@pytest.mark.parametrize("module", [compiled, twin], ids=["compiled", "twin"])
def test_no_color_is_nearer_in_oklab_than_the_one_found(module):
    codes, palette = made(1, 64, 1, (100, 100))
    oklab = spaces["oklab"].value.from_linear
    far = np.linalg.norm(oklab(decode(codes))[:, :, None] - oklab(decode(palette)), axis=3)
    found = np.take_along_axis(far, module.Nearest(palette).of(codes)[..., None].astype(int), 2)[..., 0]
    assert (found - far.min(2)).max() < 1e-6  # float32


def test_the_answer_of_a_bin_is_taken_where_a_table_is_given():
    codes, palette = made(2, 16, 1)
    table = np.random.default_rng(3).integers(0, 16, kernel.LEVELS**3, np.uint8)
    for module in (compiled, twin):
        np.testing.assert_array_equal(module.Nearest(palette, table).of(codes), table[kernel.bins_of(codes)])


@settings(deadline=None, max_examples=15)
@given(drawn, st.booleans())
def test_both_kernels_diffuse_the_same(drawn, clear):
    codes, palette = made(*drawn, (12, 17))
    alpha = codes[..., 0] // 128 if clear else None
    parts = []
    for module in (compiled, twin):
        carried = module.Diffusion(module.Nearest(palette), VALUE, CODE_OF, TAPS, 17)
        parts.append([carried.add(codes[i : i + 5], None if alpha is None else alpha[i : i + 5]) for i in (0, 5, 10)])
    for one, other in zip(*parts, strict=True):
        np.testing.assert_array_equal(one, other)


@settings(deadline=None, max_examples=15)
@given(drawn, st.integers(0, 256))
def test_both_kernels_make_the_same_patterns(drawn, strength):
    codes, palette = made(*drawn, (9, 11))
    order = np.random.default_rng(1).permutation(len(palette)).astype(np.uint8)
    mask = np.arange(16, dtype=np.uint8).reshape(4, 4)
    one, other = (
        module.patterned(module.Nearest(palette), codes, VALUE, CODE_OF, mask, order, strength, 3, 2)
        for module in (compiled, twin)
    )
    np.testing.assert_array_equal(one, other)
