"""Every way to open a picture."""

import base64
import io
import re

from PIL import Image

PHONE = (390, 844)


def stripes(*colors, size=(120, 80)):
    """A picture of equal vertical stripes."""
    picture = Image.new("RGB", size)
    for i, color in enumerate(colors):
        left, right = (size[0] * j // len(colors) for j in (i, i + 1))
        picture.paste(color, (left, 0, right, size[1]))
    return picture


def png(picture):
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


FLAG = png(stripes("#c02020", "#f0f0e0", "#2040a0"))

GIVE = """([kind, data, name, type]) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name, {type}));
    const given = kind === 'paste' ? {clipboardData: carried} : {dataTransfer: carried};
    const Kind = kind === 'paste' ? ClipboardEvent : DragEvent;
    document.body.dispatchEvent(new Kind(kind, {...given, bubbles: true, cancelable: true}));
}"""

SAVED = """() => new Promise((done) => {
    const opening = indexedDB.open('pochade', 1);
    opening.onsuccess = () => {
        const count = opening.result.transaction('recent').objectStore('recent').count();
        count.onsuccess = () => (opening.result.close(), done(count.result > 0));
    };
})"""


def test_the_empty_page_says_what_to_do_and_where_the_picture_goes(visit, shot):
    page = visit()
    assert page.locator("#drop h2").inner_text() == "Drop a picture"
    assert page.locator("#drop p").inner_text() == "Anywhere on this page, or paste one from the clipboard."
    assert page.locator("#about h2").inner_text() == "No picture yet"
    assert page.locator("#about p").inner_text() == (
        "Your picture goes to the pochade process that served this page, and nowhere else. "
        "It is not kept after you close the page."
    )
    assert page.locator("#sheet-head").inner_text() == "Or begin with one of these"
    shot(page, "empty")


def test_the_server_deletes_the_picture_when_the_page_closes(opened, server, until, patience):
    page = opened(stripes("#123456", "#fedcba"))
    with page.expect_request(re.compile(r"picture=[0-9a-f]{64}")) as asked:
        page.locator("#order, select").first.select_option(index=1)
    digest = re.search(r"picture=([0-9a-f]{64})", asked.value.url)[1]
    address = f"{server}/api/v1/pictures/{digest}"
    assert page.request.get(address).status == 200
    page.goto("about:blank")
    until(lambda: page.request.get(address).status == 404, patience / 1000)


def test_on_a_phone_the_page_asks_to_choose_and_offers_the_camera(visit, shot):
    page = visit(size=PHONE)
    assert page.locator("#drop h2").inner_text() == "Choose a picture"
    assert page.locator("#drop p").inner_text() == "From your photos, the camera or the clipboard."
    assert page.locator("#shot").get_attribute("capture") == "environment"
    with page.expect_file_chooser():
        page.get_by_role("button", name="Camera").tap()
    shot(page, "empty-phone")


def test_a_dropped_picture_is_shown_with_its_palette(visit, rest, hexes):
    page = visit()
    page.evaluate("document.body.dispatchEvent(new DragEvent('dragenter', {bubbles: true}))")
    assert page.locator("#drop h2").inner_text() == "Let go"
    page.evaluate(GIVE, ["drop", base64.b64encode(FLAG).decode(), "flag.png", "image/png"])
    rest(page)
    assert sorted(hexes(page)) == ["#2040A0", "#C02020", "#F0F0E0"]
    assert page.locator("#about h2").inner_text() == "flag"
    assert re.fullmatch(r"3 colors, found in \d+ ms", page.locator("#about p").nth(1).inner_text())


def test_a_pasted_picture_replaces_the_one_shown(opened, rest, hexes):
    page = opened()
    page.evaluate(GIVE, ["paste", base64.b64encode(FLAG).decode(), "image.png", "image/png"])
    page.wait_for_selector("#about >> text=Pasted picture")
    rest(page)
    assert sorted(hexes(page)) == ["#2040A0", "#C02020", "#F0F0E0"]
    page.wait_for_function("() => document.querySelectorAll('#frames .shot').length === 2")


def test_of_several_files_the_first_opens_and_the_rest_go_to_recent(visit, rest, toast):
    page = visit()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Browse").click()
    other = png(stripes("#10a010", "#101010"))
    chooser.value.set_files(
        [
            {"name": "flag.png", "mimeType": "image/png", "buffer": FLAG},
            {"name": "lawn.png", "mimeType": "image/png", "buffer": other},
        ]
    )
    toast(page, "1 of 2 opened")
    rest(page)
    page.get_by_label("Open lawn", exact=True).click()
    page.wait_for_selector("#about >> text=lawn")


def test_the_key_o_browses(visit, settled):
    page = visit()
    choosers = []
    page.on("filechooser", lambda chooser: choosers.append(chooser))
    settled(page)  # by then the browser hands its choosers to the test
    with page.expect_file_chooser():
        page.keyboard.press("o")
    settled(page)
    assert len(choosers) == 1


def test_an_address_is_fetched_by_the_server(visit, elsewhere, rest):
    page = visit()
    page.locator("#url").fill(f"{elsewhere}/slope.png")
    page.locator("#address button").click()
    rest(page)
    assert page.locator("#about h2").inner_text() == "slope"
    assert page.locator("#picture").evaluate("(i) => i.naturalWidth") == 256


def test_an_opened_picture_can_be_replaced_through_open(opened, elsewhere):
    page = opened()
    page.get_by_role("button", name="Open…").click()
    page.locator("#opener-url").fill(f"{elsewhere}/slope.png")
    page.locator("#opener").get_by_role("button", name="Get").click()
    page.wait_for_selector("#about >> text=slope")


def test_a_picture_the_browser_cannot_show_is_shown_by_the_server(visit, rest):
    page = visit()
    file = io.BytesIO()
    stripes("#c02020", "#2040a0").save(file, "TIFF")
    page.set_input_files("#file", {"name": "scan.tif", "mimeType": "image/tiff", "buffer": file.getvalue()})
    rest(page)
    assert page.locator("#picture").evaluate("(i) => i.naturalWidth") == 120


def test_recent_pictures_survive_closing_the_page(opened, hexes, rest):
    page = opened()
    before = hexes(page)
    page.wait_for_selector("#frames [aria-current]")
    page.wait_for_function(SAVED)
    page.goto(page.url.split("#")[0])
    page.reload()
    page.get_by_label("Open Ring").click()
    rest(page)
    assert hexes(page) == before
    page.get_by_role("button", name="Forget Ring").click()
    assert page.locator("#sheet").is_hidden() or page.get_by_role("button", name="Forget Ring").count() == 0


def test_a_picture_is_shown_before_its_upload_and_sent_once(visit, rest):
    page = visit()
    requests, held = [], []
    page.on("request", lambda request: requests.append(request.url.partition("/api/v1/")[2].partition("?")[0]))
    page.route("**/api/v1/pictures", lambda route: held.append(route))
    file = io.BytesIO()
    Image.effect_noise((2000, 1000), 80).convert("RGB").save(file, "JPEG", quality=60)
    with page.expect_request("**/api/v1/pictures"):
        page.set_input_files("#file", {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()})
    page.wait_for_function("() => document.getElementById('picture').naturalWidth === 2000")
    assert page.locator("#picture").is_visible()
    assert page.locator(".pan").count() == 0
    held[0].continue_()
    rest(page)
    assert [requests.count(path) for path in ("pictures", "palette", "labels")] == [1, 1, 1]


def test_opening_a_picture_keeps_the_focus(visit, rest):
    page = visit()
    page.get_by_label("Open Ring").focus()
    page.keyboard.press("Enter")
    rest(page)
    page.wait_for_selector("#frames [aria-current]")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")
