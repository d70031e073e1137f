"""Names of colors: correct, with sources, and equal to those of an exhaustive search."""

import csv
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade.color.difference import differences
from pochade.color.names import nearest, vocabularies
from pochade.color.names.closest import closest, closest_unique
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, parse_hex

with (Path(__file__).parent / "judged.csv").open(encoding="utf-8") as file:
    JUDGED = list(csv.DictReader(file))

PAGE = Path(__file__).parents[3] / "docs" / "names.md"
LARGEST = "color-names"


def cielab(codes: np.ndarray) -> np.ndarray:
    return spaces["cielab"].from_linear(decode(codes))


def compared(colors: np.ndarray, names: np.ndarray) -> np.ndarray:
    """The differences of all pairs, rounded so that rounding errors do not break ties."""
    return differences["ciede2000"](colors[:, None], names[None]).round(9)


def rank(row: dict[str, str]) -> int:
    """The number of names that are nearer than the nearest accepted name."""
    vocabulary = vocabularies[row["vocabulary"]]
    distance = compared(cielab(parse_hex(row["color"])[None]), vocabulary.points)[0]
    accepted = row["accepted"].split(";")
    return min(i for i, at in enumerate(distance.argsort()) if vocabulary.words[at] in accepted)


def test_names_agree_with_those_of_people_and_standards():
    """100 colors with accepted names from other sources, which the README in this folder lists.

    86 was the result when the list was written. The list does not follow the results, which may improve.
    """
    ranks = Counter(rank(row) for row in JUDGED)
    assert ranks.total() == 100
    assert ranks[0] >= 86
    assert ranks[0] + ranks[1] + ranks[2] >= 97


@pytest.mark.parametrize("name", vocabularies.names)
def test_a_vocabulary_states_its_source_and_license(name):
    vocabulary = vocabularies[name]
    assert vocabulary.name == name
    assert "http" in vocabulary.source or "Journal" in vocabulary.source
    assert vocabulary.license
    assert len(set(vocabulary.colors.values())) == len(vocabulary.words) == len(vocabulary.points)
    assert all(word.strip() == word and word.isprintable() for word in vocabulary.words)


def test_the_vocabularies_are_complete():
    sizes = {name: len(vocabularies[name].colors) for name in vocabularies.names}
    assert sizes["css"] == 139  # of 148 names: seven grays are also spelled grey, aqua is cyan, fuchsia is magenta
    assert sizes["xkcd"] == 949
    assert sizes["everyday"] == 673
    assert sizes["iscc-nbs"] == 265  # of 267: in sRGB, two pairs of blocks have the same color
    assert sizes["color-names"] > 4000


@pytest.mark.parametrize("name", vocabularies.names)
def test_every_color_of_a_vocabulary_is_named_by_its_own_name(name):
    vocabulary = vocabularies[name]
    codes = [parse_hex(color) for color in vocabulary.colors.values()]
    assert nearest(codes, name) == vocabulary.words


@pytest.mark.parametrize("name", vocabularies.names)
def test_the_nearest_name_equals_that_of_an_exhaustive_search(name):
    codes = np.random.default_rng(7).integers(0, 256, (3000, 3)).astype(np.uint8)
    colors, names = cielab(codes), vocabularies[name].points
    np.testing.assert_array_equal(closest(colors, names), compared(colors, names).argmin(1))


@pytest.mark.parametrize("corner", ["blue", "gray", "dark", "edge"])
def test_the_nearest_name_is_exact_in_difficult_regions(corner):
    codes = np.random.default_rng(8).integers(0, 256, (1500, 3))
    if corner == "blue":
        codes[:, :2] //= 4
        codes[:, 2] |= 128
    elif corner == "gray":
        codes = codes[:, :1] + codes // 64
    elif corner == "dark":
        codes //= 16
    else:
        codes[np.arange(len(codes)), codes[:, 0] % 3] = 255 * (codes[:, 1] % 2)
    colors = cielab(codes.clip(0, 255).astype(np.uint8))
    for name in (LARGEST, "css"):
        names = vocabularies[name].points
        np.testing.assert_array_equal(closest(colors, names), compared(colors, names).argmin(1))


@settings(max_examples=50)
@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=9), st.integers(1, 300))
def test_the_nearest_of_any_few_names_equals_that_of_an_exhaustive_search(codes, size):
    colors = cielab(np.array(codes, np.uint8))
    names = cielab(np.random.default_rng(size).integers(0, 256, (size, 3)).astype(np.uint8))
    np.testing.assert_array_equal(closest(colors, names), compared(colors, names).argmin(1))


def test_the_first_of_equally_near_names_wins():
    names = cielab(np.array([[9, 9, 9], [200, 0, 0], [200, 0, 0]], np.uint8))
    assert closest(names[1:], names).tolist() == [1, 1]


def test_naming_a_thousand_colors_is_faster_than_an_exhaustive_search():
    colors = cielab(np.random.default_rng(9).integers(0, 256, (1000, 3)).astype(np.uint8))
    names = vocabularies[LARGEST].points

    def seconds(function):
        start = time.process_time()
        function(colors, names)
        return time.process_time() - start

    fast = min(seconds(closest) for _ in range(5))
    assert fast < min(seconds(compared) for _ in range(2)) / 4  # measured: 1/18


def test_unique_names_are_unique_and_the_nearest_color_keeps_its_name():
    codes = [(255, 0, 0), (254, 1, 1), (250, 5, 5)]
    assert nearest(codes) == ["red", "red", "red"]
    names = nearest(codes[::-1], unique=True)
    assert len(set(names)) == 3
    assert names[2] == "red"


@settings(max_examples=30)
@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=12, unique=True))
def test_each_nearer_unique_name_belongs_to_a_color_that_is_nearer_to_it(codes):
    colors, names = cielab(np.array(codes, np.uint8)), vocabularies["css"].points
    matches, distance = closest_unique(colors, names), compared(colors, names)
    assert len(set(matches.tolist())) == len(codes)
    own = distance[np.arange(len(codes)), matches]
    for i in range(len(codes)):
        for nearer in np.flatnonzero(distance[i] < own[i]):
            owner = np.flatnonzero(matches == nearer)
            assert len(owner)
            assert own[owner[0]] <= distance[i, nearer]


def test_more_colors_than_unique_names_are_refused():
    gray = [(i, i, i) for i in range(140)]
    with pytest.raises(pochade.OptionError, match="139 colors, too few for 140 unique names"):
        nearest(gray, unique=True)


def test_the_error_for_an_unknown_vocabulary_lists_all_vocabularies():
    with pytest.raises(
        pochade.UnknownNameError, match=r"Did you mean 'xkcd'.*Known: color-names, css, everyday, iscc-nbs, xkcd"
    ):
        pochade.Palette.from_dict({"colors": ["#fff"]}).named("xkdc")


@pytest.mark.parametrize(
    "colors",
    [[(1, 2)], [(1, 2, 256)], [(-1, 2, 3)], [(0.5, 0, 0)], ["red"], [(1, 2, 3), (1, 2)], [(1, 2)] * 3, (1, 2, 3), [[]]],
)
def test_invalid_colors_are_refused(colors):
    with pytest.raises(pochade.OptionError, match=r"three whole numbers 0\.\.255"):
        nearest(colors)


def test_no_colors_have_no_names():
    assert nearest([]) == nearest(np.empty((0, 3), np.uint8), unique=True) == []


def test_naming_a_palette_keeps_its_colors_and_their_order():
    palette = pochade.Palette.from_dict({"colors": ["#8e1a24", "#fa8072"]})
    named = palette.named("iscc-nbs")
    assert named.names == [color.label for color in named] == ["deep red", "vivid yellowish pink"]
    assert named.hex == palette.hex
    assert palette.names == ["brown", "salmon"]
    assert pochade.Palette.from_dict(named.to_dict()).names == named.names


def test_only_the_requested_vocabulary_is_imported():
    code = (
        "import sys, pochade.color.names as n; n.nearest([(1, 2, 3)]); "
        "print([m for m in sys.modules if m.startswith('pochade.color.names.')])"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "['pochade.color.names.css', 'pochade.color.names.closest']"


def test_the_table_of_the_page_equals_the_registry():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    expected = []
    for entry in vocabularies.entries:
        about = entry.value
        expected.append(
            f"| `{entry.name}` | {len(about.colors):,} | {entry.summary} | {about.source} | {about.license} |"
        )
    assert rows == expected
