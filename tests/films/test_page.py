"""The page of a film, in a browser: keys, clicks and zoom work, and axe finds nothing."""

import runpy
import shutil
from pathlib import Path

import pytest

import pochade

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, scene = (clips[name] for name in ("drawn", "scene"))

pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")


@pytest.mark.filterwarnings("default")
def test_the_page_of_a_film_answers_to_keys_and_clicks(tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium: apt-get install chromium")
    frames = [frame for seed in range(4) for frame in scene(seed, 30)]
    path = tmp_path / "a.html"
    pochade.film(drawn(tmp_path / "a.mov", frames, codec="png"), resume=False).save(path)
    errors: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        assert page.text_content("#name") == "Shot 1 of 4"
        box = page.locator("#code").bounding_box()
        page.click("#code", position={"x": box["width"] * 0.6, "y": 40})
        assert page.text_content("#name") == "Shot 3 of 4"
        page.keyboard.press("ArrowRight")
        assert page.get_attribute("#code", "aria-valuenow") == "4"
        page.keyboard.press("+")
        page.click("#mean")
        assert page.get_attribute("#mean", "aria-pressed") == "true"
        assert page.locator("#colors li").count() >= 2
        assert page.get_attribute("#still", "src").startswith("data:image/jpeg;base64,")
        assert Axe().run(page).violations_count == 0
        browser.close()
    assert errors == []
