"""Variable names: ASCII, unique, not reserved, deterministic."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade import Color, Palette
from pochade.export.identifiers import identifiers

LABELS = st.lists(st.none() | st.text(max_size=30) | st.sampled_from(["a", "a 2", "A", "a 2 2", "class"]), max_size=12)


def palette_with(*labels: str | None) -> Palette:
    return Palette(tuple(Color((i, 0, 0), 1 / len(labels), None, label) for i, label in enumerate(labels)))


SHAPES = {"kebab": "[a-z0-9]+(-[a-z0-9]+)*", "snake": "[a-z][a-z0-9_]*", "camel": "[a-z][a-zA-Z0-9]*"}


@pytest.mark.parametrize(("case", "shape"), SHAPES.items())
@given(labels=LABELS)
def test_names_are_ascii_unique_not_reserved_and_short(case, shape, labels):
    names = identifiers(palette_with(*labels), case, reserved="class a")
    assert len({*names}) == len(labels)
    assert all(re.fullmatch(shape, name) for name in names)
    assert not {"class", "a"} & {*names}
    assert all(len(name) < 80 for name in names)


def test_later_colors_do_not_change_the_names_of_earlier_ones():
    labels = ["Red", "red", "red 2", "赤", "3", "RED!"]
    whole = identifiers(palette_with(*labels), "snake")
    for end in range(len(labels)):
        assert identifiers(palette_with(*labels[:end]), "snake") == whole[:end]


def test_only_accents_are_removed():
    assert identifiers(palette_with("Crème brûlée", "L'été", "Ångström"), "snake") == [
        "creme_brulee",
        "lete",
        "angstrom",
    ]
