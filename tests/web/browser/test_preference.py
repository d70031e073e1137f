"""What the palette is made of: ignored kinds of color, and a region of the picture."""

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image

import pochade

PHONE = (390, 844)
SETTINGS = "import('/static/js/state.js').then(({state}) => state.settings)"


@pytest.fixture
def quarters():
    """A picture of four colors, one in each quarter: red and white above, blue and green below."""
    codes = np.array([[[164, 32, 35], [255, 255, 255]], [[32, 64, 150], [40, 120, 60]]], np.uint8)
    return Image.fromarray(codes.repeat(100, 0).repeat(150, 1))


@pytest.fixture
def requests():
    """A function that records the queries of a page's requests from now on, by the last part of the address."""

    def requests(page):
        sent = []
        page.on(
            "request",
            lambda one: sent.append((urlsplit(one.url).path.split("/")[-1], parse_qs(urlsplit(one.url).query))),
        )
        return sent

    return requests


def draw(page, *, start, end):
    """Drag from one place of the picture to another, both 0 to 1."""
    page.locator("#region-draw").click()
    box = page.locator("#frame").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def test_ignored_kinds_are_in_all_requests_and_in_the_link(opened, visit, rest, hexes, quarters, requests, open_view):
    page = opened(quarters)
    assert "#FFFFFF" in hexes(page)
    sent = requests(page)
    page.locator("#ignore").get_by_label("White").check()
    rest(page)
    sent.clear()
    page.locator("#ignore").get_by_label("Black").check()
    rest(page)
    assert "#FFFFFF" not in hexes(page)
    open_view(page, "Color cloud")
    open_view(page, "Methods")
    asked = [query for name, query in sent if name in ("labels", "cloud", "palette", "fidelity")]
    assert len(asked) > 4
    assert all(query["ignore"] == ["white,black"] for query in asked)
    page.wait_for_function("location.hash.includes('ignore=white-black')")
    there = visit(at=page.evaluate("location.hash"))
    there.wait_for_selector(".pan")
    assert there.locator("#ignore input:checked").evaluate_all("(all) => all.map((one) => one.value)") == [
        "white",
        "black",
    ]


def test_a_region_is_drawn_sent_everywhere_undone_and_shared(
    opened, visit, rest, hexes, quarters, requests, shot, tmp_path
):
    page = opened(quarters)
    sent = requests(page)
    draw(page, start=(0.05, 0.1), end=(0.45, 0.9))
    rest(page)
    left, top, right, bottom = region = page.evaluate(SETTINGS)["region"]
    assert np.allclose(region, (0.05, 0.1, 0.45, 0.9), atol=0.01)
    expected = pochade.extract(quarters, "auto", region=tuple(region)).hex
    assert sorted(hexes(page)) == sorted(color.upper() for color in expected)
    for point in page.locator(".point").all():
        x, y = (float(point.evaluate(f"(node) => node.style.getPropertyValue('--{axis}')")) for axis in "xy")
        assert left <= x <= right
        assert top <= y <= bottom
    shot(page, "region")
    page.keyboard.press("e")
    with page.expect_response("**/poster?**") as answer:
        page.get_by_role("option", name="Poster").click()
    assert answer.value.ok
    page.keyboard.press("Escape")
    text = ",".join(f"{n:.4f}" for n in region)
    asked = [query for name, query in sent if name in ("labels", "palette", "poster")]
    assert len(asked) == 3
    assert all(query["region"] == [text] for query in asked)
    page.wait_for_function("location.hash.includes('region=')")
    there = visit(at=page.evaluate("location.hash"))
    there.wait_for_selector(".pan")
    quarters.save(tmp_path / "again.png")
    there.set_input_files("#file", tmp_path / "again.png")
    rest(there)
    assert there.evaluate(SETTINGS)["region"] == region  # the link's region waits for its picture
    assert hexes(there) == hexes(page)
    there.set_input_files("#file", tmp_path / "again.png")
    there.wait_for_selector(".region", state="hidden")  # another picture is counted whole
    page.keyboard.press("Control+z")
    rest(page)
    assert page.locator(".region").is_hidden()
    assert "#FFFFFF" in hexes(page)


def test_the_keyboard_moves_sizes_keeps_restores_and_removes_a_region(opened, rest, hexes, quarters):
    page = opened(quarters)
    page.locator("#region-draw").press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-roledescription')") == "region"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    rest(page)
    assert np.allclose(page.evaluate(SETTINGS)["region"], (0.24, 0.25, 0.74, 0.76))
    assert page.locator(".region .box").get_attribute("aria-label") == (
        "Region: 50 percent of the width from 24 percent, 51 percent of the height from 25 percent"
    )
    page.locator(".region .box").press("ArrowUp")
    page.keyboard.press("Escape")
    assert np.allclose(page.evaluate(SETTINGS)["region"], (0.24, 0.25, 0.74, 0.76))
    page.locator(".region .box").press("Delete")
    rest(page)
    assert page.evaluate(SETTINGS)["region"] is None
    assert page.evaluate("document.activeElement.id") == "region-draw"


def test_corners_size_a_region_and_a_click_draws_none(opened, rest, quarters):
    page = opened(quarters)
    draw(page, start=(0.5, 0.5), end=(0.501, 0.501))
    assert page.evaluate(SETTINGS)["region"] is None
    page.keyboard.press("Escape")
    draw(page, start=(0.2, 0.2), end=(0.6, 0.6))
    rest(page)
    at = page.locator(".region [data-corner=se]").bounding_box()
    frame = page.locator("#frame").bounding_box()
    page.mouse.move(at["x"] + 5, at["y"] + 5)
    page.mouse.down()
    page.mouse.move(frame["x"] + 2 * frame["width"], frame["y"] + 0.8 * frame["height"], steps=3)  # beyond the edge
    page.mouse.up()
    rest(page)
    assert np.allclose(page.evaluate(SETTINGS)["region"], (0.2, 0.2, 1, 0.8), atol=0.01)


def test_a_finger_draws_a_region(opened, rest, quarters):
    page = opened(quarters, size=PHONE)
    page.locator("#region-draw").tap()
    box = page.locator("#frame").bounding_box()
    touch = page.context.new_cdp_session(page)
    for kind, part in (("touchStart", 0.1), ("touchMove", 0.3), ("touchMove", 0.45), ("touchEnd", None)):
        points = [] if part is None else [{"x": box["x"] + part * box["width"], "y": box["y"] + part * box["height"]}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_selector("#region-clear")
    rest(page)
    assert np.allclose(page.evaluate(SETTINGS)["region"], (0.1, 0.1, 0.45, 0.45), atol=0.02)


def test_a_color_of_an_ignored_kind_can_still_be_taken_from_the_picture(opened, rest, hexes, quarters):
    page = opened(quarters)
    page.locator("#ignore").get_by_label("White").check()
    rest(page)
    page.locator("#picture").dblclick(position={"x": 400, "y": 40})
    rest(page)
    assert "#FFFFFF" in hexes(page)
    assert page.locator("#error p").count() == 0


def test_ignoring_everything_says_so_and_keeps_the_palette(opened, hexes):
    page = opened(Image.new("RGB", (40, 30), "white"))
    before = hexes(page)
    page.locator("#ignore").get_by_label("White").check()
    page.wait_for_selector("#error p >> text=leaves nothing of the picture")
    assert hexes(page) == before
