"""Laws that hold for every registered method."""

import re
from pathlib import Path

import numpy as np
import pytest

import pochade
from pochade.cluster import methods

INDEX = Path(__file__).parents[2] / "docs" / "methods" / "index.md"
METHODS = tuple(methods.names)


@pytest.fixture(scope="module")
def picture():
    return np.random.default_rng(5).integers(0, 255, (12, 12, 3), np.uint8)


@pytest.mark.parametrize("method", METHODS)
def test_palette_is_valid_and_repeatable(picture, method):
    for k in (1, 5):
        palette = pochade.extract(picture, k, method=method, seed=3)
        assert 1 <= len(palette) <= k
        assert sum(color.weight for color in palette) == pytest.approx(1)
        assert len(set(palette.hex)) == len(palette)
        assert pochade.extract(picture, k, method=method, seed=3).to_json() == palette.to_json()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", [(1, 1, 3), (8, 8, 3)])
def test_one_color_gives_that_color(method, shape):
    picture = np.full(shape, (30, 120, 200), np.uint8)
    palette = pochade.extract(picture, 4, method=method)
    assert palette.hex == pochade.extract(picture, 1, method="kmeans").hex
    assert palette[0].weight == pytest.approx(1)


@pytest.mark.parametrize("method", METHODS)
def test_fewer_colors_than_k_give_at_most_those(method):
    picture = np.zeros((9, 9, 3), np.uint8)
    picture[3:6] = (230, 30, 40)
    picture[6:] = (20, 60, 220)
    palette = pochade.extract(picture, 8, method=method)
    assert 1 <= len(palette) <= 3
    assert len(set(palette.hex)) == len(palette)
    assert sum(color.weight for color in palette) == pytest.approx(1)


def test_index_has_one_row_and_one_page_for_each_method():
    rows = re.findall(r"^- \[([\w-]+)\]\(([\w-]+)\.md\)(?:, the default)?: \S", INDEX.read_text("utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(METHODS)
    for name, page in rows:
        assert name == page
        assert (INDEX.parent / f"{page}.md").is_file()
