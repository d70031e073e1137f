"""Recolor: edits of the palette recolor the picture on the page as in the saved file."""

import io

import numpy as np
import pytest
from PIL import Image

PATIENCE = 120_000  # ms
APPLIED = """async (kind) => {
    const {state} = await import('/static/js/state.js');
    const {asked} = await import('/static/js/recoloring.js');
    const lut = await import('/static/js/lut.js');
    const image = new Image();
    image.src = state.picture.src;
    await image.decode();
    const {naturalWidth: width, naturalHeight: height} = image;
    const flat = new OffscreenCanvas(width, height).getContext('2d');
    flat.drawImage(image, 0, 0);
    const canvas = Object.assign(document.createElement('canvas'), {width, height});
    const painter = lut[`${kind}Painter`](canvas, flat.getImageData(0, 0, width, height), true);
    const answer = await fetch(`/api/v1/recolor?picture=${state.picture.digest}&${asked()}&format=lut`);
    const moves = new Int16Array(await answer.arrayBuffer());
    painter.paint(moves, Number(answer.headers.get('Pochade-Lut-Size')));
    const read = new OffscreenCanvas(width, height).getContext('2d');
    read.drawImage(canvas, 0, 0);
    return [...read.getImageData(0, 0, width, height).data];
}"""
DRAWN = """async (patience) => {
    const parts = ['recoloring', 'state'].map((name) => import(`/static/js/${name}.js`));
    const [{asked, edited}, {state}] = await Promise.all(parts);
    const end = performance.now() + patience;
    const drawn = () => document.querySelector('.recolor canvas')?.dataset.drawn;
    const done = () => drawn() === (state.pans.some(edited) ? asked() : '');
    do await new Promise((done) => setTimeout(done, 30));
    while (!done() && performance.now() < end);
    return done();
}"""
CARD = """(real) => {
    const own = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, given) {
        if (kind !== 'webgl2') return own.call(this, kind, given);
        return real ? own.call(this, kind, {...given, failIfMajorPerformanceCaveat: false}) : null;
    };
}"""
"""Allow or refuse software-rendered WebGL: the browser of the tests has no graphics card."""


def recoloring(page):
    page.get_by_role("tab", name="Recolor").click()
    page.wait_for_selector(".recolor canvas[data-painter]")
    return page


def opened_at(path):
    """A picture, with its file closed."""
    with Image.open(path) as image:
        image.load()
        return image


def drawn(page):
    """Wait until the canvas shows the last edit."""
    assert page.evaluate(DRAWN, PATIENCE), "the canvas did not follow"


def red(page):
    """The hex, before the edits, of the color that is red rather than green or blue."""
    all = page.locator(".pan").evaluate_all("(all) => all.map((one) => one.style.getPropertyValue('--was'))")
    return max(all, key=lambda hex: int(hex[1:3], 16) - max(int(hex[3:5], 16), int(hex[5:7], 16)))


def of(page, hex):
    """The pan whose color before the edits was `hex`."""
    all = page.locator(".pan").evaluate_all("(all) => all.map((one) => one.style.getPropertyValue('--was'))")
    return page.locator(".pan").nth(all.index(hex))


def typed(page, hex):
    page.get_by_label("Hex").fill(hex)
    page.keyboard.press("Enter")
    drawn(page)


def many_colors():
    """A picture with a grid of colors that includes the corners of the color cube."""
    along = np.linspace(0, 255, 40).astype(np.uint8)
    red, green, blue = np.meshgrid(along, along, along[::3], indexing="ij")
    return Image.fromarray(np.stack([red, green, blue], -1).reshape(160, -1, 3))


@pytest.mark.parametrize("kind", ["webgl", "plain"])
def test_the_canvas_shows_what_the_server_saves_to_within_one_code(opened, kind):
    picture = many_colors()
    page = recoloring(opened(picture))
    typed(page, "#1a7a4c")
    shown = np.array(page.evaluate(APPLIED, kind), np.int16).reshape(picture.height, picture.width, 4)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save recolored PNG").click()
    made = np.asarray(opened_at(saved.value.path()).convert("RGB")).astype(np.int16)
    assert np.abs(made - np.asarray(picture).astype(np.int16)).max() > 40
    assert np.abs(shown[..., :3] - made).max() <= 1


def file_with(folder, format, **options):
    """The path of a file with three frames or pages."""
    first, *rest = (Image.new("RGB", (300, 200), color) for color in ("#c81e28", "#1e50c8", "#f2c012"))
    path = folder / f"three.{format}"
    first.save(path, save_all=True, append_images=rest, **options)
    return path


def test_the_label_says_that_a_jpeg_holds_one_frame_of_many(opened, expect, shot, tmp_path):
    page = recoloring(opened(file_with(tmp_path, "gif", duration=50)))
    told = page.locator("#about .told")
    expect(told).to_have_count(0)
    with page.expect_download():
        page.get_by_role("button", name="Save as JPEG").click()
    expect(told).to_have_text("A .jpg holds the first of 3 frames; .png and .webp hold all.")
    shot(page, "recolor-frames")


@pytest.mark.parametrize("view", ["Recolor", "Reduce", "Background"])
def test_the_label_says_that_the_picture_is_one_page_of_many(opened, open_view, expect, tmp_path, view):
    page = opened(file_with(tmp_path, "tif"))
    open_view(page, view)
    expect(page.locator("#about .told")).to_contain_text("Only one page of the file is used")
    open_view(page, "Contrast")
    expect(page.locator("#about .told")).to_have_count(0)


def test_without_edits_the_picture_is_saved_unchanged(opened):
    picture = many_colors()
    page = recoloring(opened(picture))
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save recolored PNG").click()
    assert np.array_equal(np.asarray(opened_at(saved.value.path()).convert("RGB")), np.asarray(picture))


def test_the_original_does_not_show_through_transparent_pixels(opened):
    picture = Image.new("RGBA", (300, 200), (20, 40, 160, 255))
    picture.paste((200, 30, 30, 128), (0, 0, 150, 200))
    page = opened(picture)
    recoloring(page)
    of(page, "#c81e1e").locator(".swatch").click()
    typed(page, "#00aa00")
    page.mouse.move(5, 5)
    box = page.locator(".recolor .fitted").bounding_box()
    seen = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")
    red, green, blue = seen.getpixel((40, 40))
    assert abs(red - 120) < 12  # half of the surround's 240, and nothing of the original's 200
    assert abs(green - 205) < 12
    assert abs(blue - 120) < 12


def test_dragging_a_swatch_turns_its_hue_and_undo_restores_it(opened, hexes, shot):
    page = recoloring(opened())
    before = hexes(page)
    swatch = of(page, red(page)).locator(".swatch")
    box = swatch.bounding_box()
    look = "() => document.querySelector('.recolor canvas').toDataURL()"
    was = page.evaluate(look)
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 20, steps=8)
    page.mouse.up()
    drawn(page)
    assert page.evaluate(look) != was
    now = hexes(page)
    assert [a == b for a, b in zip(before, now, strict=True)].count(False) == 1
    assert swatch.locator("..").evaluate("(pan) => pan.classList.contains('became')")
    assert "Became" in swatch.get_attribute("aria-label")
    page.mouse.move(5, 5)
    shot(page, "recolor")
    page.keyboard.press("Control+z")
    drawn(page)
    assert hexes(page) == before
    assert page.evaluate(look) == was
    page.keyboard.press("Control+Shift+z")
    drawn(page)
    assert hexes(page) == now


def test_the_keyboard_can_recolor_and_reset(opened, hexes):
    page = recoloring(opened())
    page.locator(".swatch").nth(2).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "mix-hue"
    before = hexes(page)[2]
    for key in ("ArrowRight", "Tab", "ArrowRight", "Tab", "ArrowLeft"):
        page.keyboard.press(key)
    drawn(page)
    assert hexes(page)[2] != before
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.pan')?.dataset.id") == page.locator(".pan").nth(
        2
    ).get_attribute("data-id")
    page.get_by_role("button", name="Reset", exact=True).focus()
    page.keyboard.press("Enter")
    drawn(page)
    assert hexes(page)[2] == before


def test_a_typed_hex_color_is_applied_and_an_invalid_one_is_not(opened, hexes):
    page = recoloring(opened())
    of(page, red(page)).locator(".swatch").click()
    typed(page, "#0a0")
    assert "#00AA00" in hexes(page)
    page.get_by_label("Hex").fill("grass")
    page.keyboard.press("Enter")
    assert page.get_by_label("Hex").get_attribute("aria-invalid") == "true"
    assert "#00AA00" in hexes(page)


def test_other_views_show_the_colors_before_the_edits(opened, hexes, toast):
    page = opened()
    before = hexes(page)
    recoloring(page)
    typed(page, "#00aa00")
    page.get_by_role("tab", name="Palette").click()
    assert hexes(page) == before
    page.locator(".swatch").first.click()
    toast(page, "Copied")
    recoloring(page)
    drawn(page)
    assert "#00AA00" in hexes(page)


def test_copy_and_export_use_the_edited_palette(opened, pasted, toast):
    page = recoloring(opened())
    typed(page, "#00aa00")
    of(page, red(page)).locator(".swatch").focus()
    page.keyboard.press("c")
    toast(page, "Copied")
    assert pasted(page) == "#00AA00"
    page.keyboard.press("e")
    page.get_by_role("option", name="Hex list").click()
    page.wait_for_selector(".pane pre >> text=#00aa00")
    assert red(page)[1:] not in page.locator(".pane pre").inner_text()


def test_a_locked_color_does_not_change(opened):
    page = opened()
    page.keyboard.press("1")
    page.keyboard.press("l")
    recoloring(page)
    typed(page, "#00aa00")
    first = page.locator(".pan").first.evaluate("(pan) => pan.style.getPropertyValue('--was')")[1:]
    assert f"{first}:{first}" in page.locator(".recolor canvas").get_attribute("data-drawn").replace("%3A", ":")


def test_the_original_is_shown_while_a_button_or_key_is_held(opened):
    page = recoloring(opened())
    typed(page, "#00aa00")
    button = page.get_by_role("button", name="Show the original picture")
    over = page.locator(".recolor canvas")
    button.hover()
    page.mouse.down()
    assert not over.is_visible()
    page.mouse.up()
    assert over.is_visible()
    button.focus()
    page.keyboard.down("Space")
    assert not over.is_visible()
    page.keyboard.up("Space")
    assert over.is_visible()


def test_harmonize_and_like_another_change_all_colors_and_reset_all_restores_them(opened, hexes, shot):
    page = recoloring(opened())
    before = hexes(page)
    page.get_by_role("button", name="Harmonize").click()
    page.wait_for_selector("#about >> text=harmony")
    drawn(page)
    harmonized = hexes(page)
    assert harmonized != before
    page.get_by_role("button", name="Like another").click()
    page.get_by_label("Take Autumn").click()
    page.wait_for_selector("#about >> text=went to")
    drawn(page)
    assert hexes(page) not in (before, harmonized)
    shot(page, "recolor-like")
    page.get_by_role("button", name="Reset all").click()
    drawn(page)
    assert hexes(page) == before
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    drawn(page)
    assert hexes(page) == harmonized


def test_another_picture_opens_without_edits(opened, hexes, rest):
    page = recoloring(opened())
    typed(page, "#00aa00")
    file = io.BytesIO()
    Image.effect_mandelbrot((90, 60), (-2.2, -1.2, 0.8, 1.2), 60).convert("RGB").save(file, "PNG")
    page.set_input_files("#file", {"name": "other.png", "mimeType": "image/png", "buffer": file.getvalue()})
    rest(page)
    page.wait_for_selector(".recolor canvas[width='90']")
    assert page.locator(".became").count() == 0
    assert "#00AA00" not in hexes(page)


@pytest.mark.parametrize("painter", ["webgl", "plain"])
def test_recoloring_works_with_and_without_webgl(visit, rest, painter):
    page = visit()
    page.evaluate(CARD, painter == "webgl")
    page.get_by_label("Open Ring").click()
    rest(page)
    recoloring(page)
    assert page.locator(".recolor canvas").get_attribute("data-painter") == painter
    typed(page, "#00aa00")
    assert green(page) > 200
    if painter == "webgl":  # and after the loss of the WebGL context
        page.locator(".recolor canvas").evaluate(
            "(canvas) => canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
        )
        page.wait_for_selector(".recolor canvas[data-painter=plain][data-drawn*=change]")
        assert green(page) > 200


def green(page):
    """The number of green pixels on the canvas."""
    return page.locator(".recolor canvas").evaluate(
        """(canvas) => {
            const pen = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
            pen.drawImage(canvas, 0, 0);
            const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
            let green = 0;
            for (let i = 0; i < data.length; i += 4) green += data[i + 1] > 120 && data[i] < 60 && data[i + 2] < 60;
            return green;
        }"""
    )


def test_one_request_runs_at_a_time_and_the_last_edit_wins(opened):
    page = recoloring(opened())
    page.evaluate(
        """() => {
            const own = window.fetch;
            window.most = window.now = window.all = 0;
            window.fetch = async (...given) => {
                if (!String(given[0]).includes('format=lut')) return own(...given);
                window.all += 1;
                window.most = Math.max(window.most, ++window.now);
                try { return await own(...given); } finally { window.now -= 1; }
            };
        }"""
    )
    page.locator("#mix-hue").focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    drawn(page)
    assert page.evaluate("window.most") == 1
    assert 1 <= page.evaluate("window.all") <= 41


def test_tables_for_other_programs_are_saved(opened):
    page = recoloring(opened())
    typed(page, "#00aa00")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as .cube").click()
    assert saved.value.suggested_filename == "ring-recolored.cube"
    assert "LUT_3D_SIZE 33" in saved.value.path().read_text()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as Hald").click()
    assert opened_at(saved.value.path()).size == (512, 512)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as JPEG").click()
    assert opened_at(saved.value.path()).size == (600, 400)


def test_on_a_phone_the_picture_stays_visible_while_a_row_is_dragged(opened, hexes, shot):
    page = recoloring(opened(size=(390, 844)))
    row = page.locator(".pan").last.locator(".swatch")
    row.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 120)")
    before = hexes(page)
    assert page.locator(".recolor .room").bounding_box()["y"] == 0
    box = row.bounding_box()
    finger = page.context.new_cdp_session(page)
    y = box["y"] + 20

    def touch(kind, *points):
        told = [{"x": x, "y": y} for x in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    touch("touchStart", 15)
    for x in range(20, 80, 6):
        touch("touchMove", x)
    touch("touchEnd")
    drawn(page)
    assert hexes(page)[:-1] == before[:-1]
    assert hexes(page)[-1] != before[-1]
    shot(page, "recolor-phone")
