"""Several pictures that are opened at once, and the one palette of all."""

import io

import numpy as np
import pytest
from PIL import Image

import pochade

RED, BLUE, GOLD, WHITE = (200, 40, 30), (30, 60, 160), (220, 170, 40), (255, 255, 255)


def png(*colors):
    codes = np.concatenate([np.full((20, 60, 3), color, np.uint8) for color in colors])
    file = io.BytesIO()
    Image.fromarray(codes).save(file, "PNG")
    return file.getvalue()


FILES = {"door": png(RED, WHITE), "sea": png(BLUE, WHITE), "corn": png(GOLD, WHITE)}


@pytest.fixture
def together(visit, rest):
    """A page on which several files were opened, and one palette of all was chosen."""
    page = visit()
    give(page)
    rest(page)
    page.get_by_role("button", name="One palette of all 3 pictures").click()
    page.wait_for_selector("#other[data-drawn]")
    rest(page)
    return page


def give(page):
    files = [{"name": f"{name}.png", "mimeType": "image/png", "buffer": data} for name, data in FILES.items()]
    page.set_input_files("#file", files)


def test_one_palette_of_all_is_that_of_the_sum_and_each_pictures_own_is_beside_it(together, hexes, shot):
    histograms = [pochade.histogram(pochade.read(data)) for data in FILES.values()]
    expected = pochade.extract(histograms[0] + histograms[1] + histograms[2], "auto")
    assert [code.lower() for code in hexes(together)] == expected.hex
    rows = together.locator(".gathered li:not(.all) .strip").evaluate_all("(all) => all.map((e) => e.ariaLabel)")
    assert [set(row.lower().split(", ")) for row in rows] == [
        set(pochade.extract(data, "auto").hex) for data in FILES.values()
    ]
    assert "One palette of 3 pictures." in together.locator("#about").inner_text()
    shot(together, "together")


def test_another_of_the_pictures_can_be_shown_and_has_points_for_its_own_colors(together, hexes, rest, expect):
    palette = hexes(together)
    together.get_by_role("button", name="Show: sea").click()
    expect(together.locator("#about h2")).to_have_text("sea")
    rest(together)
    assert hexes(together) == palette
    points = together.locator(".point").evaluate_all(
        "(all) => all.map((e) => e.ariaLabel.split(', ')[1].toLowerCase())"
    )
    assert sorted(points) == sorted(pochade.extract(FILES["sea"], "auto").hex)
    together.locator(".pan .swatch").first.focus()
    expect(together.locator("#about .lead")).to_contain_text("of all 3 pictures")


def test_the_number_of_colors_applies_to_all_and_undo_goes_back_to_one_picture(together, hexes, rest, expect):
    together.locator("#count").fill("3")
    together.wait_for_function("() => document.querySelectorAll('.pan').length === 3")
    rest(together)
    together.get_by_role("button", name="Leave out: corn").click()
    expect(together.locator(".gathered li")).to_have_count(3)
    rest(together)
    assert "#dcaa28" not in [code.lower() for code in hexes(together)]
    for _ in range(3):
        together.locator("#undo").click()
        rest(together)
    expect(together.get_by_role("tab", name="Together")).to_be_hidden()
    assert {code.lower() for code in hexes(together)} == set(pochade.extract(FILES["door"], "auto").hex)


def test_a_single_new_picture_ends_it(together, rest, expect):
    together.set_input_files("#file", {"name": "new.png", "mimeType": "image/png", "buffer": png(GOLD, BLUE)})
    expect(together.locator("#about h2")).to_have_text("new")
    rest(together)
    expect(together.get_by_role("tab", name="Together")).to_be_hidden()
    assert together.evaluate("document.body.dataset.view") == "picture"
