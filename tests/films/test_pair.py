"""Two films side by side: a picture, a page and a distance."""

import json
import re
import runpy
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.films import pair

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, scene = (clips[name] for name in ("drawn", "scene"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Films a.mov, of two scenes, and b.mov, half as long, of one of them."""
    folder = tmp_path_factory.mktemp("pair")
    drawn(folder / "a.mov", [frame for seed in (0, 1) for frame in scene(seed, 24)], codec="png")
    drawn(folder / "b.mov", scene(1, 24), codec="png")
    return folder


@pytest.fixture(scope="module")
def both(folder: Path) -> pochade.films.Pair:
    return pair(*(pochade.film(folder / name, resume=False) for name in ("a.mov", "b.mov")))


def test_the_distance_is_that_of_compare(both):
    assert both.distance == pochade.compare(both.a, both.b).distance > 3
    assert both.words()[0] == f"a.mov and b.mov are {both.distance:.1f} apart (ciede2000)."
    assert pair(both.a, both.a).words()[0] == "The two are the same."
    with pytest.raises(pochade.OptionError, match="no film"):
        pair(both.a, "b.mov")


def test_both_barcodes_are_as_wide_as_the_picture(both, tmp_path):
    both.save(tmp_path / "a.png", view="mean")
    with Image.open(tmp_path / "a.png") as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    first, second = (pixels[2 * y, 48:-48] for y in (100, 400))
    for film, row in ((both.a, first), (both.b, second)):
        means = np.array([column.mean for column in film.columns(1200)]).repeat(2, 0)
        assert np.abs(means - row).max() <= 1
    assert np.abs(first[1300:] - second[200:1300]).mean() < 30 < np.abs(first[:1000] - second[:1000]).mean()


def test_the_command_draws_two_films_and_prints_their_distance(both, folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    outputs = [part for name in ("*.csv", "c.html", "c.svg", "c.pdf") for part in ("-o", str(tmp_path / name))]
    assert app.run(["film", "a.mov", "b.mov", "--view", "timeline", *outputs]) == 0
    assert capsys.readouterr().out == both.words()[0] + "\n"
    assert {path.name for path in tmp_path.glob("*.*")} == {"a.csv", "b.csv", "c.html", "c.svg", "c.pdf"}
    both.save(tmp_path / "d.svg", view="timeline")
    assert (tmp_path / "c.svg").read_bytes() == (tmp_path / "d.svg").read_bytes()
    assert both.words()[0] in (tmp_path / "c.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.mov", "b.mov", "-o", "c.csv"], "it holds one film"),
        (["a.mov", "b.mov", "-o", "c.png", "--view", "sheet"], "view='sheet' is not allowed for two films"),
        (["a.mov", "b.mov", "a.mov", "-o", "c.png"], "two may share one without it"),
        (["a.mov", "a.mov", "-o", "*.csv"], "it would be the file of 2 films"),
        (["a.mov", "b.mov", "-o", "a.mov"], "suffix"),
        (["a.mov", "b.mov", "-o", "new/"], "such as -o 'new/*.html'"),
    ],
)
def test_files_that_cannot_hold_the_films_are_refused_before_decoding(folder, monkeypatch, capsys, words, said):
    monkeypatch.chdir(folder)
    monkeypatch.setattr("pochade.films.film", lambda *films, **options: pytest.fail("a film was counted"))
    assert app.run(["film", *words]) == 2
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["a.mov", "b.mov"]


@pytest.mark.filterwarnings("default")
def test_the_page_shows_the_same_share_of_both(both, tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium: apt-get install chromium")
    both.save(tmp_path / "c.html")
    data = re.search('id="data">(.*?)</script>', (tmp_path / "c.html").read_text("utf-8"))
    assert [len(film["shots"]) for film in json.loads(data[1])["films"]] == [2, 1]
    errors: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((tmp_path / "c.html").as_uri())
        assert page.text_content("#apart") == both.words()[0]
        page.locator("canvas").first.press("ArrowRight")
        heads = page.locator("h3").all_text_contents()
        assert heads == ["a.mov, shot 2 of 2", "b.mov, shot 1 of 1"]
        page.locator("canvas").last.click(position={"x": 10, "y": 20})
        assert page.locator("canvas").first.get_attribute("aria-valuenow") == "2"
        page.click("#mean")
        assert axe.Axe().run(page).violations_count == 0
        browser.close()
    assert errors == []
