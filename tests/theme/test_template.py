"""Templates of users, and themes put into a file between its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade import OptionError, Palette
from pochade.theme import theme
from pochade.theme.template import applied, rendered

SEA = Palette.from_dict({"colors": ["#12355b", "#d72638"], "source": "Sea.jpg"})


def test_a_template_may_name_all_colors():
    text = rendered(SEA, "{{ name }} {{ color4 }} {{ selection_text | strip }} {{ interface.on_primary }}")
    shell = theme(SEA, "terminal")
    assert text == f"Sea {shell['color4']} {shell['selection-text'][1:]} {theme(SEA, 'interface')['on-primary']}"


def test_the_filter_rgb_gives_three_numbers_and_line_ends_stay():
    assert rendered(SEA, "{{ palette[0] | rgb }}\n") == "18, 53, 91\n"


def test_light_is_another_theme():
    assert rendered(SEA, "{{ background }} {{ dark }}", dark=False) == f"{theme(SEA, dark=False)['background']} False"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("a\n{{ color4", "line 2"),
        ("{{ colour4 }}", "'colour4' is undefined. It may name"),
        ("{{ 1 / 0 }}", "cannot be filled"),
        ("{{ palette[9] | rgb }}", "no element 9"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "the template"),
        ("{% include 'other' %}", "cannot be filled"),
        ("{{ 'red' | rgb }}", "cannot be filled"),
    ],
)
def test_a_wrong_template_is_refused_with_its_place(template, said):
    with pytest.raises(OptionError, match="the template") as refused:
        rendered(SEA, template)
    assert said in str(refused.value)


@given(before=st.text(), after=st.text(), made=st.text())
def test_what_lies_outside_the_marks_stays_to_the_letter(before, after, made):
    before, after = before.replace("pochade", ""), after.replace("pochade", "")
    text = f"{before}\n# pochade: begin\r\nold\n; pochade: end\n{after}"
    done = applied(text, made)
    assert done.startswith(f"{before}\n# pochade: begin\r\n{made}")
    assert done.endswith(f"; pochade: end\n{after}")
    assert applied(done, "") == applied(text, "") or "pochade" in made


@pytest.mark.parametrize("text", ["", "pochade: begin", "pochade: end\npochade: begin", "pochade: begin\n" * 2])
def test_a_file_without_its_marks_is_refused(text):
    with pytest.raises(OptionError, match="it needs one line"):
        applied(text, "x")
