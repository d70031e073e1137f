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

GROUNDS = ["ciede2000", "oklab"]


@st.composite
def palettes(draw, most=9):
    """Colors on a coarse lattice, so that some are in both, with weights of which some are equal or 0."""
    codes = draw(st.lists(st.tuples(*[st.sampled_from([0, 60, 120, 190, 255])] * 3), min_size=1, max_size=most))
    weights = np.array(draw(st.lists(st.integers(0, 5), min_size=len(codes), max_size=len(codes))), float)
    weights[0] += 1
    return Palette(tuple(Color(c, w) for c, w in zip(codes, (weights / weights.sum()).tolist(), strict=True)))


@pytest.mark.parametrize("difference", GROUNDS)
@settings(max_examples=60)
@given(a=palettes(), b=palettes())
def test_the_distance_is_what_pot_finds(difference, a, b):
    costs = differences[difference].of_linear(decode(a.srgb)[:, None], decode(b.srgb)[None])
    expected = float((ot.emd(a.weights, b.weights, costs) * costs).sum())
    # Black's a and b in CIELAB are 0 to within 1e-14, of which CIEDE2000 makes 1e-7
    assert pochade.compare(a, b, difference=difference).distance == pytest.approx(expected, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("difference", GROUNDS)
@settings(max_examples=60)
@given(a=palettes(), b=palettes())
def test_the_way_back_is_as_long_to_the_bit(difference, a, b):
    there, back = (pochade.compare(x, y, difference=difference) for x, y in ((a, b), (b, a)))
    assert there.distance == back.distance
    assert {(f.before.srgb, f.after.srgb, f.share) for f in there.flow} == {
        (f.after.srgb, f.before.srgb, f.share) for f in back.flow
    }


@settings(max_examples=100)
@given(a=palettes(), b=palettes(), c=palettes())
def test_with_oklab_no_way_is_longer_than_one_by_a_third(a, b, c):
    far = distances([a, b, c], difference="oklab")
    assert far[0, 2] <= far[0, 1] + far[1, 2] + 1e-12


@pytest.mark.parametrize("difference", GROUNDS)
@settings(max_examples=60)
@given(given=palettes(), seed=st.integers(0, 99))
def test_the_same_colors_in_another_order_are_no_distance_apart(difference, given, seed):
    mixed = Palette(tuple(given[i] for i in np.random.default_rng(seed).permutation(len(given))))
    found = pochade.compare(given, mixed, difference=difference)
    assert found.distance == 0
    assert all(flow.stayed for flow in found.flow)
    assert str(found) == "The two are the same."


@pytest.mark.parametrize("difference", GROUNDS)
@settings(max_examples=30)
@given(given=st.lists(palettes(), min_size=1, max_size=6))
def test_the_matrix_has_the_distance_of_every_two(difference, given):
    far = distances(given, difference=difference)
    np.testing.assert_array_equal(far, far.T)
    assert not np.diagonal(far).any()
    for i, a in enumerate(given):
        for j, b in enumerate(given):
            assert far[i, j] == pytest.approx(pochade.compare(a, b, difference=difference).distance, abs=1e-6)


@pytest.mark.parametrize("difference", GROUNDS)
@settings(max_examples=30)
@given(given=st.lists(palettes(), min_size=1, max_size=6))
def test_the_distances_to_one_are_its_row(difference, given):
    far = distances(given, difference=difference)
    for i, one in enumerate(given):
        # the hue of black is noise, of which CIEDE2000 makes up to 1e-7, in each layout of its arrays another
        np.testing.assert_allclose(distances_to(one, given, difference=difference), far[i], rtol=0, atol=1e-6)
    assert distances_to(given[0], [], difference=difference).shape == (0,)


@settings(max_examples=60)
@given(a=palettes(), b=palettes())
def test_points_with_weights_are_as_far_apart_as_pot_says(a, b):
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
def test_points_that_are_none_are_refused(given):
    with pytest.raises(pochade.OptionError, match=r"must be numbers \(n, 3\)"):
        earth_mover(*given)


def test_single_colors_are_as_far_apart_as_the_two_colors():
    """By colour-science."""
    import colour

    a, b = Color((65, 105, 225)), Color((0, 128, 128))
    lab = [colour.XYZ_to_Lab(colour.sRGB_to_XYZ(np.array(c.srgb) / 255)) for c in (a, b)]
    expected = float(colour.delta_E(lab[0], lab[1], method="CIE 2000"))
    assert pochade.compare(Palette((a,)), Palette((b,))).distance == pytest.approx(expected, abs=0.02)


def test_what_stayed_and_what_became_what_is_said():
    day = Palette((Color((65, 105, 225), 0.4), Color((255, 255, 255), 0.6)), source="day.jpg")
    dusk = Palette((Color((0, 128, 128), 0.31), Color((65, 105, 225), 0.09), Color((255, 255, 255), 0.6)), source="b")
    found = pochade.compare(day, dusk)
    first, *said = str(found).splitlines()
    assert first.startswith("day.jpg and b are ")
    assert said[0] == "#ffffff (white) stayed: 60 %."
    assert said[1].startswith("#4169e1 (royalblue) became #008080 (teal): 31 %, ")
    assert said[2] == "#4169e1 (royalblue) stayed: 9 %."
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


def test_labels_of_a_palette_are_its_words():
    a = Palette((Color((0, 0, 255), 1.0, None, "sea"),))
    assert "(sea) became #ff0000 (red)" in str(pochade.compare(a, Palette((Color((255, 0, 0)),))))


def test_a_difference_that_is_not_symmetric_is_refused(flag):
    with pytest.raises(pochade.OptionError, match=r"'cmc' is not allowed.*Give one of cam16-ucs, cie76, ciede2000"):
        pochade.compare(flag, flag, difference="cmc")
    with pytest.raises(pochade.UnknownNameError, match="oklab"):
        pochade.compare(flag, flag, difference="okalb")


def test_a_palette_of_nothing_is_refused():
    for empty in (Palette(()), Palette((Color((0, 0, 0), 0.0),))):
        with pytest.raises(pochade.OptionError, match="like no other"):
            pochade.compare(empty, empty)
        with pytest.raises(pochade.OptionError, match="looks like nothing"):
            pochade.look(empty)


def test_pictures_are_no_palettes():
    with pytest.raises(pochade.OptionError, match=r"a str is not a palette: give those of pochade.extract"):
        distances([Palette((Color((1, 2, 3), 1.0),)), "photo.jpg"])


@pytest.mark.parametrize("given", [[[0, 1], [2, 0]], [0, 1], [[0, 1, 2], [1, 0, 3]], [[0, np.nan], [np.nan, 0]], "far"])
def test_distances_that_are_none_have_no_order(given):
    with pytest.raises(pochade.OptionError, match="give what distances"):
        order(given)


def test_an_order_is_found_of_plain_lists():
    assert order([[0, 9, 1], [9, 0, 8], [1, 8, 0]]).tolist() == [0, 2, 1]


def test_neighbors_look_alike():
    grays = [Palette((Color((v, v, v)),)) for v in (200, 10, 120, 60, 250)]
    found = order(distances(grays))
    assert [grays[i][0].srgb[0] for i in found] == [10, 60, 120, 200, 250]  # the end that was given first is first
    assert order(distances(grays[:1])).tolist() == [0]
    assert len(order(np.zeros((0, 0)))) == 0


def test_the_order_is_the_shortest_way():
    rng = np.random.default_rng(1)
    points = rng.random((9, 2))
    far = np.sqrt(((points[:, None] - points) ** 2).sum(2))
    way = order(far)
    best = shortest(np.rint(far * 1e6).astype(np.int64))
    assert far[way[:-1], way[1:]].sum() == pytest.approx(far[best[:-1], best[1:]].sum(), abs=1e-5)
    assert way[0] < way[-1]
