"""Points, the loupe, and the pixels of each color."""

import pytest

CORNERS = [(0.02, 0.02), (0.98, 0.02), (0.02, 0.98), (0.98, 0.98)]


def size(page):
    """Width and height of the picture itself."""
    return page.evaluate(
        "() => [document.getElementById('picture').naturalWidth, document.getElementById('picture').naturalHeight]"
    )


def pixel(page, at):
    """The hex code of a pixel of the picture, as the browser decodes it."""
    codes = page.evaluate(
        """([x, y]) => {
            const image = document.getElementById('picture');
            const pen = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext('2d');
            pen.drawImage(image, 0, 0);
            return [...pen.getImageData(x, y, 1, 1).data];
        }""",
        list(at),
    )
    return "#{:02X}{:02X}{:02X}".format(*codes[:3])


def center(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_dragged_point_takes_the_color_of_its_pixel_and_is_locked(opened, rest, hexes, expect, shot):
    page = opened()
    (width, height), frame = size(page), page.locator("#frame").bounding_box()
    x, y = center(page.locator(".point").first.bounding_box())
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 10, steps=8)
    expect(page.locator("#loupe")).to_be_visible()
    shot(page, "loupe")
    page.mouse.up()
    rest(page)
    at = (
        int((x + 40 - frame["x"]) / frame["width"] * width),
        int((y + 10 - frame["y"]) / frame["height"] * height),
    )
    assert hexes(page)[0] == pixel(page, at)
    assert page.locator(".lock").first.get_attribute("aria-pressed") == "true"
    assert page.locator("#loupe").is_hidden()
    page.locator(".point").first.hover()
    expect(page.locator("#about")).to_contain_text(f"You chose this color, at {at[0]}, {at[1]}. Locked.")


def test_the_loupe_stays_inside_the_window_at_every_corner(opened, expect, settled):
    page = opened()
    frame = page.locator("#frame").bounding_box()
    for across, down in CORNERS:
        page.mouse.move(*center(page.locator(".point").first.bounding_box()))
        page.mouse.down()
        page.mouse.move(frame["x"] + across * frame["width"], frame["y"] + down * frame["height"], steps=4)
        expect(page.locator("#loupe")).to_be_visible()
        settled(page)
        for node in ("#loupe", "#loupe-tag"):
            box = page.locator(node).bounding_box()
            assert min(box["x"], box["y"]) >= 0, node
            assert box["x"] + box["width"] <= 1440, node
            assert box["y"] + box["height"] <= 900, node
        page.mouse.up()


def test_arrow_keys_move_a_point_by_pixels_and_escape_restores_it(opened, hexes):
    page = opened()
    before, (width, height) = hexes(page), size(page)
    point = page.locator(".point").first
    x, y = (float(point.evaluate(f"(e) => e.style.getPropertyValue('--{axis}')")) for axis in "xy")
    point.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    at = (int(x * width) + 1, int(y * height) + 10)
    assert hexes(page)[0] == pixel(page, at)
    page.keyboard.press("Escape")
    assert hexes(page) == before


def test_a_double_click_adds_a_color_and_delete_removes_it(opened, rest, hexes):
    page = opened()
    before = hexes(page)
    frame = page.locator("#frame").bounding_box()
    page.mouse.dblclick(frame["x"] + 70, frame["y"] + 200)
    rest(page)
    assert len(hexes(page)) == len(before) + 1
    page.locator(".point").last.focus()
    page.keyboard.press("Delete")
    rest(page)
    assert hexes(page) == before


def test_the_key_n_and_a_click_add_a_color(opened, rest, hexes):
    page = opened()
    n = len(hexes(page))
    page.keyboard.press("n")
    page.mouse.click(*center(page.locator("#frame").bounding_box()))
    rest(page)
    assert len(hexes(page)) == n + 1


@pytest.mark.parametrize("sample", ["Ring", "Harbor"])
def test_hovering_a_pan_veils_the_pixels_of_other_colors(opened, expect, shot, sample):
    page = opened(sample)
    where = page.locator("#controls").bounding_box()["y"]
    for i, pan in enumerate(page.locator(".pan").all()):
        pan.hover(position={"x": 30, "y": 30})
        page.wait_for_function(f"() => document.getElementById('veil').dataset.id === '{pan.get_attribute('data-id')}'")
        lit = page.evaluate("""() => {
            const veil = document.getElementById('veil');
            const data = veil.getContext('2d').getImageData(0, 0, veil.width, veil.height).data;
            let n = 0;
            for (let i = 3; i < data.length; i += 4) n += data[i] === 0;
            return [n / (data.length / 4), veil.width];
        }""")
        share = page.evaluate(
            f"() => Number(document.querySelectorAll('#bar button')[{i}].style.getPropertyValue('--part'))"
        )
        assert abs(lit[0] - share) < 0.01
        expect(page.locator("#about h2")).to_have_text(pan.locator(".name").inner_text())
        assert page.locator("#controls").bounding_box()["y"] == where
    shot(page, f"why-{sample.lower()}")
    page.mouse.move(5, 5)
    expect(page.locator("#about h2")).to_have_text(sample)


def test_keyboard_focus_shows_a_colors_pixels_and_w_pins_them(opened, expect, timers):
    page = opened()
    page.keyboard.press("2")
    page.wait_for_selector("body.why-on")
    name = page.locator(".pan .name").nth(1).inner_text()
    page.keyboard.press("w")
    page.evaluate("document.activeElement.blur()")
    timers(page, 120)
    assert page.locator("#about h2").inner_text() == name
    page.keyboard.press("Escape")
    expect(page.locator("#about h2")).to_have_text("Ring")


def test_on_a_phone_a_tap_on_the_bar_shows_the_facts_on_screen(opened, shot):
    page = opened(size=(390, 844))
    page.locator("#bar button").nth(1).tap()
    page.wait_for_selector("body.why-on")
    assert page.locator("#about h2").inner_text() == page.locator(".pan .name").nth(1).inner_text()
    box = page.locator("#about").bounding_box()
    assert box["y"] + box["height"] < 844
    shot(page, "why-phone")
    page.get_by_role("button", name="Lock", exact=True).tap()
    assert page.locator(".lock").nth(1).get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Done").tap()
    assert page.locator("#about h2").inner_text() == "Ring"
