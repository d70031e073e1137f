"""Shares stay visible: at many colors, in links, on frames of animations; and the pictures and tables around them."""

import io

import numpy as np
import pytest
from PIL import Image

import pochade

PHONE = (390, 844)
RED, BLUE, GREEN = (200, 40, 30), (30, 60, 160), (40, 150, 60)


def frame(*colors):
    return Image.fromarray(np.concatenate([np.full((20, 60, 3), color, np.uint8) for color in colors]))


@pytest.fixture
def animation(tmp_path):
    """A GIF of two frames: red over blue, then red over green."""
    path = tmp_path / "waves.gif"
    frame(RED, BLUE).save(path, save_all=True, append_images=[frame(RED, GREEN)], duration=[300, 100], loop=0)
    return path


@pytest.mark.parametrize("k", [9, 12, 16])
def test_every_share_is_visible_at_many_colors(opened, rest, k, shot):
    page = opened("Autumn")
    page.locator("#count").fill(str(k))
    page.wait_for_function("(k) => document.querySelectorAll('.pan').length === k", arg=k)
    rest(page)
    parts = page.locator(".pan .part")
    assert parts.count() == k
    box = page.locator("#pans").bounding_box()
    for text, part in zip(parts.all_inner_texts(), parts.all(), strict=True):
        assert "%" in text
        place = part.bounding_box()
        assert place["height"] > 12
        assert place["y"] + place["height"] <= box["y"] + box["height"] + 1
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    shot(page, f"shares-{k}")


def test_a_link_keeps_the_shares(opened, visit, pasted, rest):
    page = opened("Ring")
    page.get_by_role("button", name="Share link").click()
    link = pasted(page)
    there = visit(at=link[link.index("#") :])
    there.wait_for_selector(".pan")
    read = "(all) => all.map((e) => e.innerText.split(' ')[0])"
    assert there.locator(".pan .part").evaluate_all(read) == page.locator(".pan .part").evaluate_all(read)
    wide = "(all) => all.map((e) => Number(e.style.getPropertyValue('--part')))"
    parts = there.locator(".bar button").evaluate_all(wide)
    assert parts == pytest.approx(page.locator(".bar button").evaluate_all(wide), abs=2e-4)


def test_a_link_without_shares_claims_none(visit):
    page = visit(at="#colors=ff0000-00ff00&names=one~two")
    page.wait_for_selector(".pan")
    assert page.locator(".pan .part").all_inner_texts() == ["", ""]


def test_the_points_of_an_animation_lie_on_the_frame_that_is_shown(visit, animation, rest, expect, shot):
    page = visit()
    page.set_input_files("#file", animation)
    expect(page.locator("#about")).to_contain_text("2 frames, the first is shown")
    rest(page)
    shares = dict(
        zip(page.locator(".pan .hex").all_inner_texts(), page.locator(".pan .part").all_inner_texts(), strict=True)
    )
    expected = pochade.extract(animation, "auto")
    assert [code.lower() for code in shares] == expected.hex
    percents = [str(int(100 * color.weight + 0.5)) for color in expected]
    assert [text.split("%")[0] for text in shares.values()] == percents
    told = page.evaluate("""async () => {
        const {pixels, extent} = await import('/static/js/picture.js');
        const {width, height} = extent();
        return [...document.querySelectorAll('.point')].map((node) => {
            const [x, y] = ['--x', '--y'].map((name) => Number(node.style.getPropertyValue(name)));
            const data = pixels(Math.floor(x * width), Math.floor(y * height), 1);
            const hex = '#' + [0, 1, 2].map((i) => data[i].toString(16).padStart(2, '0')).join('');
            return [node.ariaLabel.split(', ')[1].toLowerCase(), hex];
        });
    }""")
    assert sorted(told) == [["#1e3ca0", "#1e3ca0"], ["#c8281e", "#c8281e"]]  # green is on the other frame
    before = page.locator("#picture").screenshot()
    page.wait_for_timeout(700)  # longer than both frames
    assert page.locator("#picture").screenshot() == before
    shot(page, "animation")


def test_a_transparent_thumbnail_shows_a_checkerboard(visit, rest, shot):
    page = visit()
    codes = np.zeros((60, 90, 4), np.uint8)
    codes[20:40, 30:60] = (*RED, 255)
    file = io.BytesIO()
    Image.fromarray(codes).save(file, "PNG")
    page.set_input_files("#file", {"name": "sign.png", "mimeType": "image/png", "buffer": file.getvalue()})
    rest(page)
    page.wait_for_selector("#frames [aria-current] img")
    page.wait_for_function("document.querySelector('#frames img').complete")
    shown = Image.open(io.BytesIO(page.locator("#frames img").first.screenshot())).convert("RGB")
    edge = [shown.getpixel((x, 4)) for x in range(2, 60)]
    assert {pixel for pixel in edge if edge.count(pixel) > 10} == {(255, 255, 255), (210, 210, 210)}
    shot(page, "checkerboard")


def test_contrast_fits_a_phone_with_sixteen_colors(opened, open_view, rest, pasted, shot):
    page = opened("Autumn", size=PHONE)
    page.locator("#count").fill("16")
    page.wait_for_function("() => document.querySelectorAll('.pan').length === 16")
    rest(page)
    open_view(page, "Contrast", tap=True)
    boxes = page.locator(".pairs :is(td, th, button, label)").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect().right)"
    )
    assert len(boxes) > 60
    assert max(boxes) <= 390
    assert page.locator(".pairs tbody tr").count() == 15
    small = "(all) => all.filter((e) => Math.min(e.offsetWidth, e.offsetHeight) < 44).length"
    assert page.locator(".pairs :is(button, label)").evaluate_all(small) == 0
    page.locator(".ground input").nth(2).tap(force=True)
    name = page.locator(".pan .name").nth(2).inner_text().lower()
    assert page.locator(".grounds legend").inner_text() == f"Text on {name}"
    page.locator("button.sample").first.tap()
    assert pasted(page).startswith("color: #")
    shot(page, "contrast-phone-16")


def test_a_finger_drags_a_point_on_a_phone(opened, rest, hexes):
    page = opened("Ring", size=PHONE)
    page.mouse.move(1, 1)
    page.wait_for_selector("body:not(.why-on)")
    point = page.locator(".point").first
    box, before = point.bounding_box(), hexes(page)
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        place = {"x": x - 5 * step, "y": y + 12 * step}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [place]})
    page.wait_for_selector("#loupe")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    rest(page)
    assert hexes(page) != before
    assert page.locator(".lock[aria-pressed='true']").count() == 1
    assert point.bounding_box()["y"] > box["y"] + 50
