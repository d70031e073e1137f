"""Error messages, and the palette that stays on screen."""

import io
import re

from PIL import Image

OUTAGE = '{"type": "/api/v1/problems/busy", "title": "Busy", "status": 503, "detail": "Too many requests are waiting."}'


def said(page):
    page.wait_for_selector("#error p")
    assert page.locator("#error").get_attribute("role") == "alert"
    return page.locator("#error p").inner_text()


def give(page, data, name="file.png"):
    page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})


def test_a_text_file_shows_an_error_and_the_palette_stays(opened, hexes, shot):
    page = opened()
    before = hexes(page)
    give(page, b"These are words.", "words.txt")
    assert re.fullmatch(
        r"That file is not a picture pochade can read\. It reads JPEG, PNG, WebP, [\w, ]+\.", said(page)
    )
    assert hexes(page) == before
    assert page.locator("#picture").is_visible()
    shot(page, "error")


def test_the_next_picture_clears_the_error(opened, rest):
    page = opened()
    give(page, b"These are words.", "words.txt")
    said(page)
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(file, "PNG")
    give(page, file.getvalue())
    rest(page)
    page.wait_for_selector("#error p", state="detached")


def test_the_error_for_a_large_file_names_its_size_and_the_limit(visit):
    page = visit()
    give(page, b"\xff\xd8\xff" + bytes(4_000_000))
    assert said(page) == "That picture is 4.0 MB. The limit here is 3.1 MB."  # 3 MiB


def test_a_truncated_file_shows_an_error_in_plain_words(visit):
    page = visit()
    file = io.BytesIO()
    Image.effect_noise((80, 80), 90).save(file, "JPEG")
    give(page, file.getvalue()[:2000])
    assert said(page) == "This file ends before its picture does. Save or download it again."


def test_a_fully_transparent_picture_shows_an_error(visit):
    page = visit()
    file = io.BytesIO()
    Image.new("RGBA", (20, 20)).save(file, "PNG")
    give(page, file.getvalue())
    assert said(page) == "This picture is fully transparent."


def test_a_picture_with_fewer_colors_than_k_shows_a_note(opened):
    page = opened(Image.new("RGB", (20, 20), "red"))
    page.locator("#count").fill("5")
    page.wait_for_selector("#about >> text=This picture has only 1 color.")


def test_an_address_without_a_picture_stays_in_its_field(visit, elsewhere):
    page = visit()
    page.locator("#url").fill(f"{elsewhere}/nowhere.png")
    page.locator("#address button").click()
    assert said(page) == "That address did not return a picture (404)."
    assert page.locator("#url").input_value() == f"{elsewhere}/nowhere.png"


def test_a_private_address_shows_an_error(visit, strict):
    page = visit(base=strict)
    page.locator("#url").fill("http://127.0.0.1:8080/picture.png")
    page.locator("#address button").click()
    assert said(page) == "This server is not allowed to fetch from that address."


def test_a_clipboard_without_a_picture_shows_an_error(visit):
    page = visit()
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.setData('text/plain', 'only words');
        document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
    }""")
    assert said(page) == "There is no picture on the clipboard."


def test_without_the_server_the_palette_stays_and_the_request_can_be_tried_again(opened, hexes, expect, shot):
    page = opened()
    before = hexes(page)
    page.route("**/api/**", lambda route: route.abort())
    page.locator("#count").fill("3")
    assert said(page) == "pochade is not answering. Your palette is still here."
    assert hexes(page) == before
    shot(page, "gone")
    page.unroute("**/api/**")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => document.querySelectorAll('.pan').length === 3")
    expect(page.locator("#error p")).to_have_count(0)


def test_a_busy_server_shows_an_error_with_try_again(opened):
    page = opened()
    page.route(
        "**/api/v1/palette?**",
        lambda route: route.fulfill(status=503, body=OUTAGE, content_type="application/problem+json"),
    )
    page.locator("#count").fill("3")
    assert said(page) == "pochade is busy. Your palette is still here."
    assert page.get_by_role("button", name="Try again").is_visible()


def test_a_picture_that_the_server_deleted_is_sent_again(opened, expect):
    page = opened()
    digest = page.evaluate("import('/static/js/state.js').then(({state}) => state.picture.digest)")
    assert page.evaluate(f"fetch('/api/v1/pictures/{digest}', {{method: 'DELETE'}}).then((a) => a.ok)")
    page.locator("#count").fill("5")
    page.wait_for_function("() => document.querySelectorAll('.pan').length === 5")
    expect(page.locator("#error p")).to_have_count(0)


def test_a_slow_response_shows_a_note_and_the_colors_stay(opened, hexes, expect):
    page = opened()
    before = hexes(page)
    held = []
    page.route("**/api/v1/palette?**", lambda route: held.append(route))
    page.locator("#count").fill("3")
    page.wait_for_selector("#about >> text=Looking...")
    assert hexes(page) == before
    held[-1].continue_()
    page.wait_for_function("() => document.querySelectorAll('.pan').length === 3")
    expect(page.locator("#about >> text=Looking...")).to_have_count(0)


def test_a_slow_address_can_be_canceled(visit):
    page = visit()
    page.route("**/api/v1/pictures", lambda route: None)
    page.locator("#url").fill("http://example.org/slow.png")
    page.locator("#address button").click()
    page.wait_for_selector("#about >> text=Getting the picture...")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector("#about >> text=No picture yet")
    assert page.locator("#url").input_value() == "http://example.org/slow.png"


def test_if_the_browser_refuses_copying_the_text_is_selected(opened, hexes):
    page = opened()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.locator(".swatch").first.click()
    assert said(page) == "The browser did not allow copying. Select it and press Ctrl+C."
    assert page.evaluate("getSelection().toString().trim()") == hexes(page)[0]


def test_a_link_cannot_inject_markup(visit):
    page = visit(at="#colors=ff0000-00ff00&names=<img src=x onerror=alert(1)>~two&method=<b>")
    assert page.locator(".pan .name").first.inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator(".pan img").count() == 0
