"""Templates of users, and themes inserted between the markers of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade import OptionError, Palette
from pochade.theme import theme
from pochade.theme.template import insert, rendered

SEA = Palette.from_dict({"colors": ["#12355b", "#d72638"], "source": "Sea.jpg"})


def test_a_template_can_use_all_colors():
    text = rendered(SEA, "{{ name }} {{ color4 }} {{ selection_text | strip }} {{ interface.on_primary }}")
    shell = theme(SEA, "terminal")
    assert text == f"Sea {shell['color4']} {shell['selection-text'][1:]} {theme(SEA, 'interface')['on-primary']}"


def test_the_filter_rgb_gives_three_numbers_and_keeps_the_line_end():
    assert rendered(SEA, "{{ palette[0] | rgb }}\n") == "18, 53, 91\n"


def test_a_light_template_uses_the_light_theme():
    assert rendered(SEA, "{{ background }} {{ dark }}", dark=False) == f"{theme(SEA, dark=False)['background']} False"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{{ color4", "line 2"),
        ("{{ colour4 }}", "'colour4' is undefined. The names are"),
        ("{{ 1 / 0 }}", "cannot be filled"),
        ("{{ palette[9] | rgb }}", "no element 9"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "the template"),
        ("{% include 'other' %}", "cannot be filled"),
        ("{{ 'red' | rgb }}", "cannot be filled"),
    ],
)
def test_an_invalid_template_is_refused_with_the_cause(template, message):
    with pytest.raises(OptionError, match="the template") as refused:
        rendered(SEA, template)
    assert message in str(refused.value)


@given(before=st.text(), after=st.text(), content=st.text())
def test_text_outside_the_markers_stays_unchanged(before, after, content):
    before, after, content = (part.replace("pochade", "") for part in (before, after, content))
    text = f"{before}\n# pochade: begin\r\nold\n; pochade: end\n{after}"
    result = insert(text, content)
    assert result.startswith(f"{before}\n# pochade: begin\r\n{content}")
    assert result.endswith(f"; pochade: end\n{after}")
    assert insert(result, "") == insert(text, "")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", "it has 0 with 'pochade: begin', 0 with 'pochade: end'"),
        ("pochade: begin", "1 with 'pochade: begin' (line 1), 0 with 'pochade: end'"),
        ("pochade: end\npochade: begin", "1 with 'pochade: begin' (line 2), 1 with 'pochade: end' (line 1)"),
        ("pochade: begin\n" * 2, "2 with 'pochade: begin' (line 1, 2), 0"),
        ("# pochade: begin # pochade: end\nkeep\n", "1 with 'pochade: begin' (line 1), 1 with 'pochade: end' (line 1)"),
        ("# pochade: begin\f# pochade: end\n", "(line 1), 1 with"),
        ("# pochade: end pochade: begin\n", "(line 1), 1 with"),
        ("# pochade: begin # pochade: end\n# pochade: end\n", "2 with 'pochade: end' (line 1, 2)"),
    ],
)
def test_a_file_without_two_marker_lines_is_refused_with_their_count(text, count):
    with pytest.raises(OptionError, match="it needs one line") as refused:
        insert(text, "x")
    assert count in str(refused.value)


@pytest.mark.parametrize("content", ["pochade: begin", "a\n# pochade: end\nb"])
def test_a_theme_with_a_marker_is_refused_because_the_next_theme_could_not_be_inserted(content):
    with pytest.raises(OptionError, match="remove them from it"):
        insert("# pochade: begin\n# pochade: end\n", content)
