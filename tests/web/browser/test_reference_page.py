"""The page /docs in a browser: its examples send requests and show the answers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

DESKTOP, PHONE = (1280, 900), (390, 844)


@pytest.fixture
def reference(browser: Any, server: str, patience: int) -> Iterator[Callable[..., Any]]:
    """A function that opens /api/v1 as a person does. No script failed, and no other host was contacted."""
    wrong: list[str] = []
    contexts = []

    def reference(size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Any:
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(patience)
        page.on("console", lambda message: wrong.append(message.text) if failed(message) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith((server, "blob:")) else wrong.append(one.url))
        page.goto(f"{server}/api/v1")
        page.wait_for_function("document.querySelector('form code').textContent")
        return page

    yield reference
    for context in contexts:
        context.close()
    assert wrong == []


def failed(message: Any) -> bool:
    """Whether a message in the console is an error, other than that a request was refused."""
    return message.type == "error" and "Failed to load resource" not in message.text


def example(page: Any, title: str) -> Any:
    return page.locator("form").filter(has=page.get_by_role("heading", name=title))


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone"])
def test_each_example_is_tried(reference, expect, axe, shot, server: str, size: tuple[int, int], dark: bool) -> None:
    page = reference(size, dark=dark)
    palette = example(page, "The palette of a picture")
    palette.get_by_role("button", name="Send").click()
    expect(palette.locator("output p")).to_contain_text("200 · application/json")
    expect(palette.locator("output pre")).to_contain_text('"hex": "#')
    palette.get_by_label("Format").select_option("png")
    expect(palette.locator("code")).to_have_text(
        f"curl --data-binary @photo.jpg '{server}/api/v1/palette?k=6&format=png'"
    )
    palette.get_by_role("button", name="Send").click()
    expect(palette.locator("output img")).to_be_visible()
    for title in ("Contrast of colors", "Roles of colors", "The methods and their options"):
        form = example(page, title)
        form.get_by_role("button", name="Send").click()
        expect(form.locator("output p")).to_contain_text("200 · application/json")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    assert axe(page) == []
    shot(page, f"reference-{'phone' if size == PHONE else 'desktop'}")


def test_the_example_of_a_strip_is_fetched_and_written_for_a_readme(
    reference, expect, elsewhere: str, server: str
) -> None:
    page = reference()
    strip = example(page, "A strip for a chat")
    strip.get_by_label("Address").fill(f"{elsewhere}/slope.png")
    strip.get_by_role("button", name="Send").click()
    image = strip.locator("output img")
    expect(image).to_be_visible()
    assert image.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [1200, 128]
    expect(strip.locator("code")).to_contain_text(f"![palette]({server}/api/v1/palette?url=http")


def test_a_refusal_is_shown_and_a_picture_can_be_chosen(reference, expect, tmp_path) -> None:
    Image.new("RGB", (8, 8), "#8e1a24").save(tmp_path / "wine.png")
    page = reference()
    palette = example(page, "The palette of a picture")
    palette.get_by_label("Picture").set_input_files(tmp_path / "wine.png")
    palette.get_by_role("button", name="Send").click()
    expect(palette.locator("output pre")).to_contain_text('"#8e1a24"')
    contrast = example(page, "Contrast of colors")
    contrast.get_by_label("Colors").fill("nothing")
    contrast.get_by_role("button", name="Send").click()
    expect(contrast.locator("output p")).to_contain_text("400 · application/problem+json")
