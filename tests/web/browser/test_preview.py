"""The palette in use: an interface, a poster and a chart."""

import pytest
from PIL import Image

import pochade

TEXTS = """() => {
    const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
    const linear = (code) => (code / 255 <= 0.04045 ? code / 255 / 12.92 : ((code / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const told = [];
    for (const node of document.querySelectorAll('.mock span')) {
        let under = node;
        while (rgb(getComputedStyle(under).backgroundColor)[3] === 0) under = under.parentElement;
        const [a, b] = [getComputedStyle(node).color, getComputedStyle(under).backgroundColor].map(rgb).map(luminance);
        told.push([node.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)]);
    }
    return told;
}"""
COLORFUL = Image.linear_gradient("L").resize((90, 60)).convert("RGB")
PICTURES = {
    "sample": "Autumn",
    "one color": Image.new("RGB", (40, 30), (230, 200, 30)),
    "gray": COLORFUL,
    "pale": Image.merge("RGB", [COLORFUL.getchannel(0).point(lambda v: 200 + v // 8) for _ in range(3)]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_every_text_has_a_contrast_of_at_least_4_5_on_light_and_on_dark(opened, open_view, shot, name):
    page = opened(PICTURES[name])
    open_view(page, "Preview")
    for tone in ("light", "dark"):
        page.locator(f"[name=preview-which][value={tone}]").check(force=True)
        page.wait_for_selector(f"#other[data-drawn={tone}]")
        texts = page.evaluate(TEXTS)
        assert len(texts) > 20
        assert [text for text in texts if text[1] < 4.5] == []
        shot(page, f"preview-{name.replace(' ', '-')}-{tone}")


def test_its_colors_are_those_of_the_librarys_theme_and_its_chart_shows_the_palette(opened, open_view, hexes):
    page = opened("Ring")
    shares = page.evaluate("import('/static/js/state.js').then(({state}) => state.pans.map((pan) => pan.weight))")
    pairs = zip([code.lower() for code in hexes(page)], shares, strict=True)
    palette = pochade.Palette.from_dict({"colors": [{"hex": code, "weight": share} for code, share in pairs]})
    theme = palette.theme("interface", dark=False)
    open_view(page, "Preview")
    shown = page.locator(".mocks").evaluate("(e) => e.getAttribute('style')")
    for color, code in theme.hex.items():
        assert f"--t-{color}: {code};" in shown
    columns = page.locator(".plot i").evaluate_all("(all) => all.map((e) => e.style.getPropertyValue('--c'))")
    assert set(columns) == set(palette.hex)


def test_the_theme_can_be_copied_as_css(opened, open_view, toast, pasted):
    page = opened()
    open_view(page, "Preview")
    page.get_by_role("button", name="Copy as CSS").click()
    assert toast(page) == "Copied the theme as CSS"
    assert "prefers-color-scheme: dark" in pasted(page)
