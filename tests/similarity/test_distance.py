"""The distance of palettes, and the flow behind it."""

import numpy as np
import ot
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade import Color, Palette
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.similarity import distances, distances_to, earth_mover, order
from pochade.sort.smooth import shortest

DIFFERENCES = ["ciede2000", "oklab"]


@st.composite
def palettes(draw, most=9):
    """Colors on a coarse lattice, so that some are in both, with weights of which some are equal or 0."""
    codes = draw(st.lists(st.tuples(*[st.sampled_from([0, 60, 120, 190, 255])] * 3), min_size=1, max_size=most))
    weights = np.array(draw(st.lists(st.integers(0, 5), min_size=len(codes), max_size=len(codes))), float)
    weights[0] += 1
    return Palette(tuple(Color(c, w) for c, w in zip(codes, (weights / weights.sum()).tolist(), strict=True)))


@pytest.mark.parametrize("difference", DIFFERENCES)
@settings(max_examples=60)
@given(a=palettes(), b=palettes())
def test_the_distance_equals_that_of_the_pot_library(difference, a, b):
    costs = differences[difference].of_linear(decode(a.srgb)[:, None], decode(b.srgb)[None])
    expected = float((ot.emd(a.weights, b.weights, costs) * costs).sum())
    # a and b of black in CIELAB are 0 to within 1e-14, which CIEDE2000 turns into 1e-7
    assert pochade.compare(a, b, difference=difference).distance == pytest.approx(expected, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("difference", DIFFERENCES)
@settings(max_examples=60)
@given(a=palettes(), b=palettes())
def test_both_directions_give_the_same_distance_to_the_bit(difference, a, b):
    there, back = (pochade.compare(x, y, difference=difference) for x, y in ((a, b), (b, a)))
    assert there.distance == back.distance
    assert {(f.before.srgb, f.after.srgb, f.share) for f in there.flow} == {
        (f.after.srgb, f.before.srgb, f.share) for f in back.flow
    }


@settings(max_examples=100)
@given(a=palettes(), b=palettes(), c=palettes())
def test_oklab_keeps_the_triangle_inequality(a, b, c):
    far = distances([a, b, c], difference="oklab")
    assert far[0, 2] <= far[0, 1] + far[1, 2] + 1e-12


@pytest.mark.parametrize("difference", DIFFERENCES)
@settings(max_examples=60)
@given(given=palettes(), seed=st.integers(0, 99))
def test_the_same_colors_in_another_order_have_distance_0(difference, given, seed):
    mixed = Palette(tuple(given[i] for i in np.random.default_rng(seed).permutation(len(given))))
    found = pochade.compare(given, mixed, difference=difference)
    assert found.distance == 0
    assert all(flow.stayed for flow in found.flow)
    assert str(found) == "The two are the same."


@pytest.mark.parametrize("difference", DIFFERENCES)
@settings(max_examples=30)
@given(given=st.lists(palettes(), min_size=1, max_size=6))
def test_the_matrix_holds_the_distance_of_every_pair(difference, given):
    far = distances(given, difference=difference)
    np.testing.assert_array_equal(far, far.T)
    assert not np.diagonal(far).any()
    for i, a in enumerate(given):
        for j, b in enumerate(given):
            assert far[i, j] == pytest.approx(pochade.compare(a, b, difference=difference).distance, abs=1e-6)


@pytest.mark.parametrize("difference", DIFFERENCES)
@settings(max_examples=30)
@given(given=st.lists(palettes(), min_size=1, max_size=6))
def test_the_distances_to_one_palette_are_its_row(difference, given):
    far = distances(given, difference=difference)
    for i, one in enumerate(given):
        # the hue of black is noise: CIEDE2000 turns it into up to 1e-7, which depends on the layout of the arrays
        np.testing.assert_allclose(distances_to(one, given, difference=difference), far[i], rtol=0, atol=1e-6)
    assert distances_to(given[0], [], difference=difference).shape == (0,)


@settings(max_examples=60)
@given(a=palettes(), b=palettes())
def test_weighted_points_have_the_distance_of_the_pot_library(a, b):
    x, y = (spaces["oklab"].from_linear(decode(one.srgb)) for one in (a, b))
    expected = float(ot.emd2(a.weights, b.weights, ot.dist(x, y, metric="euclidean")))
    assert earth_mover(x, a.weights, y, b.weights) == pytest.approx(expected, rel=1e-9, abs=1e-7)
    assert earth_mover(x[::-1], 3 * a.weights[::-1], y, b.weights) == pytest.approx(expected, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize(
    "given",
    [
        ([[0, 0, 0]], [1, 1], [[0, 0, 0]], [1]),
        ([[0, 0]], [1], [[0, 0]], [1]),
        ([0, 0, 0], 1, [0, 0, 0], 1),
        ([[0, 0, 0]], [-1], [[0, 0, 0]], [1]),
        ([[0, 0, 0]], [0], [[0, 0, 0]], [1]),
        ([[0, 0, np.nan]], [1], [[0, 0, 0]], [1]),
        ([[0, 0, np.inf]], [1], [[0, 0, np.inf]], [1]),
        ([[0, 0, 0]], ["x"], [[0, 0, 0]], [1]),
        (np.zeros((0, 3)), [], np.zeros((0, 3)), []),
        (None, [1], [[0, 0, 0]], [1]),
    ],
)
def test_invalid_points_and_weights_are_refused(given):
    with pytest.raises(pochade.OptionError, match=r"must be numbers \(n, 3\)"):
        earth_mover(*given)


def test_the_distance_of_two_single_colors_is_their_difference():
    """Expected: the value of colour-science."""
    import colour

    a, b = Color((65, 105, 225)), Color((0, 128, 128))
    lab = [colour.XYZ_to_Lab(colour.sRGB_to_XYZ(np.array(c.srgb) / 255)) for c in (a, b)]
    expected = float(colour.delta_E(lab[0], lab[1], method="CIE 2000"))
    assert pochade.compare(Palette((a,)), Palette((b,))).distance == pytest.approx(expected, abs=0.02)


def test_the_text_names_unchanged_and_changed_colors():
    day = Palette((Color((65, 105, 225), 0.4), Color((255, 255, 255), 0.6)), source="day.jpg")
    dusk = Palette((Color((0, 128, 128), 0.31), Color((65, 105, 225), 0.09), Color((255, 255, 255), 0.6)), source="b")
    found = pochade.compare(day, dusk)
    first, *flows = str(found).splitlines()
    assert first.startswith("day.jpg and b are ")
    assert flows[0] == "#ffffff (white) stayed: 60 %."
    assert flows[1].startswith("#4169e1 (royalblue) became #008080 (teal): 31 %, ")
    assert flows[2] == "#4169e1 (royalblue) stayed: 9 %."
    assert found.distance == pytest.approx(0.31 * found.flow[1].difference)
    assert sum(flow.share for flow in found.flow) == pytest.approx(1)
    assert found.words(1)[-1] == "And 2 smaller moves, 40 % in all."


def test_pictures_are_compared_by_their_palettes(photo, flag):
    found = pochade.compare(photo, flag, k=4)
    palettes = [pochade.extract(source, 4) for source in (photo, flag)]
    assert (found.a, found.b) == tuple(palettes)
    assert found.distance == pochade.compare(*palettes).distance
    assert found.distance == distances(palettes)[0, 1]
    assert found.to_dict()["looks"][1] == pochade.look(flag).to_dict()


def test_the_text_uses_the_names_of_the_palette():
    a = Palette((Color((0, 0, 255), 1.0, None, "sea"),))
    assert "(sea) became #ff0000 (red)" in str(pochade.compare(a, Palette((Color((255, 0, 0)),))))


def test_a_difference_that_is_not_symmetric_is_refused(flag):
    with pytest.raises(pochade.OptionError, match=r"'cmc' is not allowed.*Give one of cam16-ucs, cie76, ciede2000"):
        pochade.compare(flag, flag, difference="cmc")
    with pytest.raises(pochade.UnknownNameError, match="oklab"):
        pochade.compare(flag, flag, difference="okalb")


def test_a_palette_without_weight_is_refused():
    for empty in (Palette(()), Palette((Color((0, 0, 0), 0.0),))):
        with pytest.raises(pochade.OptionError, match="cannot be compared"):
            pochade.compare(empty, empty)
        with pytest.raises(pochade.OptionError, match="has no look"):
            pochade.look(empty)


def test_distances_refuses_pictures():
    with pytest.raises(
        pochade.OptionError, match=r"a str is not a palette: give palettes, for example of pochade.extract"
    ):
        distances([Palette((Color((1, 2, 3), 1.0),)), "photo.jpg"])


@pytest.mark.parametrize("given", [[[0, 1], [2, 0]], [0, 1], [[0, 1, 2], [1, 0, 3]], [[0, np.nan], [np.nan, 0]], "far"])
def test_an_order_of_invalid_distances_is_refused(given):
    with pytest.raises(pochade.OptionError, match="give the result of distances"):
        order(given)


def test_order_accepts_lists():
    assert order([[0, 9, 1], [9, 0, 8], [1, 8, 0]]).tolist() == [0, 2, 1]


def test_neighbors_in_the_order_are_similar():
    grays = [Palette((Color((v, v, v)),)) for v in (200, 10, 120, 60, 250)]
    found = order(distances(grays))
    assert [grays[i][0].srgb[0] for i in found] == [
        10,
        60,
        120,
        200,
        250,
    ]  # the end that came first in the input is first
    assert order(distances(grays[:1])).tolist() == [0]
    assert len(order(np.zeros((0, 0)))) == 0


def test_the_order_is_the_shortest_path():
    rng = np.random.default_rng(1)
    points = rng.random((9, 2))
    far = np.sqrt(((points[:, None] - points) ** 2).sum(2))
    path = order(far)
    best = shortest(np.rint(far * 1e6).astype(np.int64))
    assert far[path[:-1], path[1:]].sum() == pytest.approx(far[best[:-1], best[1:]].sum(), abs=1e-5)
    assert path[0] < path[-1]
