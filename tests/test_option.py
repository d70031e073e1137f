import math
from collections.abc import Iterable, Mapping, Sequence
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


def draw(
    picture,
    k=8,
    *,
    share: Annotated[float, Within(0, 1)] = 0.5,
    near: Annotated[float | None, Within(above=0)] = None,
    of: Annotated[int, Within(1, 9), "a count"] = 3,
    many: Annotated[int | Literal["auto"], Within(1)] = 1,
):
    """A function with options of several types."""


@given(numbers, numbers, numbers, st.floats(allow_nan=True))
def test_a_number_holds_if_it_is_within_the_bounds(least, most, above, value):
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
def test_bounds_have_words(bounds, words):
    assert bounds.words == words


def test_a_signature_declares_type_default_words_and_bounds():
    options = options_of(draw)
    assert list(options) == ["k", "share", "near", "of", "many"]
    assert (options["share"].type, options["share"].bounds, options["k"].bounds) == (float, Within(0, 1), None)
    assert options["near"].plain is float
    assert (options["share"].allowed, options["of"].allowed) == ("a number from 0 to 1", "a count")


@pytest.mark.parametrize(
    "values", [{"share": 1}, {"share": 0.0, "of": 9}, {"near": None}, {"near": 1e-9}, {"many": "auto"}]
)
def test_values_within_the_bounds_pass(values):
    check_options(draw, **values)


@pytest.mark.parametrize(
    ("values", "message"),
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
def test_the_error_for_other_values_gives_the_allowed_ones(values, message):
    with pytest.raises(OptionError, match=message):
        check_options(draw, **values)


Anything = str | Iterable[str | Iterable[int]] | None


@pytest.mark.parametrize(
    ("type", "text", "value"),
    [
        (int | Literal["auto"], "6", 6),
        (int | Literal["auto"], "auto", "auto"),
        (float | None, "2", 2.0),
        (float, " 1e-3 ", 1e-3),
        (bool, "Yes", True),
        (Literal[1, 2], "2", 2),
        (Literal["i", "V"] | None, "V", "V"),
        (str | None, "7", "7"),
        (str | tuple[int, int], "1200,630", (1200, 630)),
        (str | tuple[int, int], "1200x630", "1200x630"),
        (Anything, "rgb(1, 2, 3), navy", "rgb(1, 2, 3), navy"),
        (tuple[float, float, float, float], "0, 0.5,10,1.0", (0, 0.5, 10, 1.0)),
        (tuple[int, ...], "2,4,8", (2, 4, 8)),
        (Sequence[int | Literal["auto"]], "2,auto", (2, "auto")),
        (Iterable[str] | None, "a, b", ("a", "b")),
        (Mapping[str, str] | None, "a:b", "a:b"),
    ],
    ids=str,
)
def test_text_is_parsed_by_type(type, text, value):
    parsed = Option("it", type, None).parse(text)
    assert parsed == value
    assert repr(parsed) == repr(value)


@pytest.mark.parametrize(
    ("type", "text", "allowed"),
    [
        (int | Literal["auto"], "many", "a whole number, or 'auto'"),
        (int, "1_000", "a whole number"),
        (int | None, "9" * 5000, "a whole number"),
        (float, "nan", "a number"),
        (bool, "maybe", "true or false"),
        (Literal["i", "V"] | None, "v", "one of i, V"),
        (tuple[float, float, float, float], "1,2,3", "4 numbers with commas between them"),
        (tuple[int, ...], "2,x", "whole numbers with commas between them"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_text_that_is_no_value_is_refused(type, text, allowed):
    with pytest.raises(OptionError, match=f"^it='{text}' is not allowed: give {allowed}\\.$"):
        Option("it", type, None).parse(text)


def declared():
    """Every option with bounds, of methods, formats and functions of a picture."""
    functions = (pochade.extract, pochade.read, pochade.quantize, pochade.recolor, pochade.background)
    named = [(entry.name, entry.options) for registry in (methods, exporters) for entry in registry.entries]
    named += [(function.__name__, options_of(function)) for function in functions]
    return [
        pytest.param(one, id=f"{name}-{one.name}") for name, options in named for one in options.values() if one.bounds
    ]


@pytest.mark.parametrize("option", declared())
def test_defaults_are_within_their_bounds_and_values_outside_are_refused(option: Option):
    assert option.check(option.default) == option.default
    bounds = option.bounds
    shifted = ((bounds.above, 0), (bounds.least, -1), (bounds.most, 1))
    beyond = [end + by for end, by in shifted if end is not None]
    assert beyond
    for value in beyond:
        with pytest.raises(OptionError, match=f"{option.name}="):
            option.check(value)


@pytest.mark.parametrize("name", [entry.name for entry in methods.entries])
def test_every_number_of_a_method_has_a_lower_bound(name):
    for option in methods.entry(name).options.values():
        if option.plain in (int, float):
            assert option.bounds, option.name
