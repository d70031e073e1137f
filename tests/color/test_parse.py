import pytest
from PIL import ImageColor

from pochade.color.parse import css_names, parse_color
from pochade.errors import OptionError, UnknownNameError


@pytest.mark.parametrize(
    "text",
    [
        "#8e1a24",
        "  #8E1A24 ",
        "rgb(142, 26, 36)",
        "rgb(142 26 36)",
        "RGB( 142,26 , 36 )",
        "rgb(141.6, 26.4, 36)",
        "rgb(55.7%, 10.2%, 14.1%)",
        "rgb(55.7% 10.2% 14.1%)",
    ],
)
def test_all_notations_of_a_color_give_the_same_codes(text: str) -> None:
    assert parse_color(text).tolist() == [142, 26, 36]


# W3C, CSS Color Module Level 4, section 6.1: the decimal column of the table.
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("aliceblue", [240, 248, 255]),
        ("MediumPurple", [147, 112, 219]),
        ("palevioletred", [219, 112, 147]),
        ("rebeccapurple", [102, 51, 153]),
        ("GREEN", [0, 128, 0]),
    ],
)
def test_names_have_the_codes_of_css(name: str, codes: list[int]) -> None:
    assert parse_color(name).tolist() == codes


def test_names_are_the_same_148_as_in_pillow() -> None:
    assert css_names().keys() == ImageColor.colormap.keys()
    for name in css_names():
        assert tuple(parse_color(name)) == ImageColor.getrgb(name)


def test_the_error_for_a_mistyped_name_suggests_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'lavender'"):
        parse_color("lavendar")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#12345678",
        "rgb(1, 2)",
        "rgb(1, 2, 3, 4)",
        "rgb(1 2 3 / 50%)",
        "rgb(1, 2 3)",
        "rgb(256, 0, 0)",
        "rgb(-1, 0, 0)",
        "rgb(101%, 0%, 0%)",
        "rgb(50%, 0, 0)",
        "rgb(1e2, 0, 0)",
        "rgb(nan, 0, 0)",
        "rgb (1, 2, 3)",
        "hsl(120, 50%, 50%)",
        "light blue",
    ],
)
def test_the_error_for_an_invalid_color_says_what_to_give(text: str) -> None:
    with pytest.raises(OptionError, match="give"):
        parse_color(text)


@pytest.mark.parametrize("text", ["transparent", "currentcolor"])
def test_transparent_and_currentcolor_are_unknown_names(text: str) -> None:
    with pytest.raises(UnknownNameError):
        parse_color(text)
