import math
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pochade
from pochade.cluster import methods
from pochade.errors import OptionError
from pochade.export import exporters
from pochade.option import Option, Within, check_options, options_of

numbers = st.none() | st.floats(-1e6, 1e6)


def drawn(
    picture,
    k=8,
    *,
    share: Annotated[float, Within(0, 1)] = 0.5,
    near: Annotated[float | None, Within(above=0)] = None,
    of: Annotated[int, Within(1, 9), "a count"] = 3,
    many: Annotated[int | Literal["auto"], Within(1)] = 1,
):
    """Stands for any function."""


@given(numbers, numbers, numbers, st.floats(allow_nan=True))
def test_what_holds_is_what_the_bounds_say(least, most, above, value):
    outside = (
        not math.isfinite(value)
        or (least is not None and value < least)
        or (most is not None and value > most)
        or (above is not None and value <= above)
    )
    assert Within(least, most, above).holds(value) is not outside


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Within(1, 20), "from 1 to 20"),
        (Within(0), "from 0"),
        (Within(above=0), "above 0"),
        (Within(above=0, most=0.5), "above 0, at most 0.5"),
        (Within(most=3), "of at most 3"),
    ],
    ids=str,
)
def test_bounds_are_said_in_words(bounds, words):
    assert bounds.words == words


def test_a_signature_declares_type_default_words_and_bounds():
    options = options_of(drawn)
    assert list(options) == ["k", "share", "near", "of", "many"]
    assert (options["share"].type, options["share"].bounds, options["k"].bounds) == (float, Within(0, 1), None)
    assert options["near"].plain is float
    assert (options["share"].allowed, options["of"].allowed) == ("a number from 0 to 1", "a count")


@pytest.mark.parametrize(
    "given", [{"share": 1}, {"share": 0.0, "of": 9}, {"near": None}, {"near": 1e-9}, {"many": "auto"}]
)
def test_what_is_within_passes(given):
    check_options(drawn, **given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"share": 1.5}, r"share=1\.5 is not allowed: give a number from 0 to 1; the default is 0\.5\."),
        ({"share": "1"}, "share='1' is not allowed"),
        ({"share": True}, "share=True is not allowed"),
        ({"share": math.nan}, "share=nan is not allowed"),
        ({"near": 0}, r"near=0 is not allowed: give a number above 0\."),
        ({"near": math.inf}, "near=inf is not allowed"),
        ({"of": 10}, "of=10 is not allowed: give a count; the default is 3"),
        ({"of": 2.0}, r"of=2\.0 is not allowed"),
        ({"many": 0}, "many=0 is not allowed"),
    ],
    ids=str,
)
def test_what_is_not_is_refused_with_what_is_allowed(given, said):
    with pytest.raises(OptionError, match=said):
        check_options(drawn, **given)


def declared():
    """Every option with bounds of methods, formats, and what makes something of a picture."""
    functions = (pochade.extract, pochade.read, pochade.quantize, pochade.recolor, pochade.background)
    named = [(entry.name, entry.options) for registry in (methods, exporters) for entry in registry.entries]
    named += [(function.__name__, options_of(function)) for function in functions]
    return [
        pytest.param(one, id=f"{name}-{one.name}") for name, options in named for one in options.values() if one.bounds
    ]


@pytest.mark.parametrize("option", declared())
def test_a_default_is_within_its_own_bounds_and_what_lies_beyond_is_refused(option: Option):
    assert option.check(option.default) == option.default
    bounds = option.bounds
    shifted = ((bounds.above, 0), (bounds.least, -1), (bounds.most, 1))
    beyond = [end + by for end, by in shifted if end is not None]
    assert beyond
    for value in beyond:
        with pytest.raises(OptionError, match=f"{option.name}="):
            option.check(value)


@pytest.mark.parametrize("name", [entry.name for entry in methods.entries])
def test_every_number_of_a_method_has_a_least_value(name):
    for option in methods.entry(name).options.values():
        if option.plain in (int, float):
            assert option.bounds, option.name
