"""Two pictures: the flow of colors, and how the two look."""

import pytest


def paired(page, other="Autumn"):
    page.get_by_role("tab", name="Two pictures").click()
    page.get_by_label(f"Take {other}").click()
    page.wait_for_selector("#other[data-drawn]")
    return page


def test_a_sample_is_compared_with_the_picture(opened, shot):
    page = paired(opened())
    asked = page.evaluate(
        """async () => {
            const {state} = await import('/static/js/state.js');
            const [a, b] = document.getElementById('other').dataset.drawn.split(' ');
            return (await fetch(`/api/v1/compare?a=${a}&b=${b}&k=${state.pans.length}`)).json();
        }"""
    )
    assert page.locator(".found h2").inner_text() == "The colors of the two are very different."
    assert f"differ by {asked['distance']:.1f} on average" in page.locator(".found .hint").inner_text()
    lines = page.locator(".sentences li").all_inner_texts()
    assert len(lines) == 6
    assert "became" in lines[0]
    assert f": {round(100 * asked['flow'][0]['share'])}%" in lines[0]
    assert page.locator(".ribbons path").count() == len(asked["flow"])
    assert page.locator(".looks tbody th").all_inner_texts() == [
        "Brightness",
        "Contrast",
        "Warmth",
        "Colorfulness",
        "Harmony",
    ]
    words = asked["looks"][1]["words"]["brightness"]
    assert words in page.locator(".looks tbody tr").first.inner_text().lower()
    said = page.locator("#about .told").inner_text()
    assert said.startswith("Autumn is")
    assert not any(letter.isdigit() for letter in said)
    shot(page, "pair")


def test_color_names_equal_those_of_the_pans(opened):
    page = paired(opened())
    pans = {text.lower() for text in page.locator(".pan .name").all_inner_texts()}
    first = page.locator(".sentences li").first.inner_text().split(" became")[0].lower()
    assert first in pans


def test_columns_show_the_shares(opened):
    page = paired(opened())
    heights = page.locator(".flow rect").evaluate_all(
        "(all) => all.map((one) => [+one.getAttribute('x'), +one.getAttribute('height')])"
    )
    left = sorted(height for x, height in heights if x == 0)
    part = "(all) => all.map((one) => +one.style.getPropertyValue('--part'))"
    shares = page.locator(".bar button").evaluate_all(part)
    assert left[-1] / sum(left) == pytest.approx(max(shares), abs=0.02)


def test_the_second_picture_comes_from_recent_a_file_or_a_drop(opened, rest):
    page = opened()
    page.set_input_files("#file", "examples/harbor.jpg")
    rest(page)
    paired(page, "Ring")
    assert page.locator("figcaption").last.inner_text().startswith("Ring")
    page.get_by_role("button", name="Another…").click()
    assert page.evaluate("document.activeElement.closest('.others') !== null")
    page.locator(".others input").set_input_files("src/pochade/web/static/samples/autumn.jpg")
    page.wait_for_selector("#about .told >> text=autumn")
    page.evaluate(
        """async () => {
            const blob = await (await fetch('/static/samples/portrait.jpg')).blob();
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([blob], 'a face.jpg', {type: 'image/jpeg'}));
            const onto = document.querySelector('.both figure:last-child img');
            for (const name of ['dragenter', 'dragover', 'drop'])
                onto.dispatchEvent(new DragEvent(name, {dataTransfer, bubbles: true, cancelable: true}));
        }"""
    )
    page.wait_for_selector("#about .told >> text=a face")
    assert page.locator("#about .title").inner_text() == "harbor"


def test_a_picture_looks_the_same_as_itself(opened):
    page = opened()
    page.get_by_role("tab", name="Two pictures").click()
    page.locator(".others input").set_input_files("src/pochade/web/static/samples/ring.jpg")
    page.wait_for_selector("#other[data-drawn]")
    assert page.locator(".found h2").inner_text() == "The colors of the two are the same."
    assert "stayed" in page.locator(".sentences li").first.inner_text()


def test_pictures_that_the_server_deleted_are_sent_again(opened, rest):
    page = paired(opened())
    page.evaluate(
        """() => Promise.all(document.getElementById('other').dataset.drawn.split(' ').slice(0, 2).map((digest) =>
            fetch(`/api/v1/pictures/${digest}`, {method: 'DELETE'})))"""
    )
    page.locator("#count").fill("3")
    rest(page)
    page.wait_for_selector("#other[data-drawn$=' 3']")
    assert page.locator("#error p").count() == 0


def test_a_file_that_is_not_a_picture_shows_an_error(opened):
    page = opened()
    page.get_by_role("tab", name="Two pictures").click()
    page.locator(".others input").set_input_files(
        {"name": "words.txt", "mimeType": "text/plain", "buffer": b"These are words."}
    )
    page.wait_for_selector("#error p")
    assert page.locator("#error p").inner_text().startswith("That file is not a picture pochade can read.")


def test_on_a_phone_both_pictures_are_side_by_side_and_nothing_scrolls_sideways(opened, shot):
    page = paired(opened(size=(390, 844)))
    one, two = (page.locator("figure").nth(i).bounding_box() for i in (0, 1))
    assert one["y"] == two["y"]
    assert one["x"] + one["width"] < two["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, "pair-phone")
