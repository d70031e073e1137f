"""A film on the page: its shots arrive, one is chosen, its palette is that of the page, and its files are saved."""

import runpy
import urllib.request
from pathlib import Path

import pytest

clips = runpy.run_path(str(Path(__file__).parents[2] / "films/clips.py"))


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A film of four scenes."""
    frames = [frame for seed in range(4) for frame in clips["scene"](seed, 24)]
    return clips["drawn"](tmp_path_factory.mktemp("film") / "harbor day.mov", frames, codec="png")


def test_the_shots_of_a_film_are_on_the_page(visit, cinema, clip, expect, hexes, axe, shot, settled):
    page = visit(base=cinema)
    page.set_input_files("#file", clip)
    code = page.locator("#film-code")
    expect(page.locator(".film.done")).to_have_count(1)
    expect(page.locator("#film-name")).to_have_text("Whole film")
    expect(page.locator("#about h2")).to_have_text("harbor day.mov")
    job = page.evaluate("import('/static/js/state.js').then(({state}) => state.film)")
    assert [each["number"] for each in job["shots"]] == [1, 2, 3, 4]
    assert hexes(page) == [color["hex"].upper() for color in job["palette"]]
    box = code.bounding_box()
    code.click(position={"x": box["width"] * 0.6, "y": 20})
    expect(page.locator("#film-name")).to_have_text("Shot 3 of 4")
    expect(page.locator("#film-facts")).to_have_text("00:00:02:00, 1.00 s")
    assert hexes(page) == [color["hex"].upper() for color in job["shots"][2]["palette"]]
    expect(page.locator("#film-still")).to_have_attribute("src", f"/api/v1/films/{job['job']}/stills/3")
    page.wait_for_function("document.getElementById('film-still').naturalWidth > 0")
    page.evaluate(
        """async () => {
            const {set, state} = await import('/static/js/state.js');
            const chapters = [{start: 0, end: 2, title: 'Dawn'}, {start: 2, end: 4, title: 'Noon'}];
            set({film: {...state.film, chapters}});
        }"""
    )
    expect(page.locator("#film-facts")).to_have_text("00:00:02:00, 1.00 s, Noon")
    page.keyboard.press("ArrowRight")
    expect(code).to_have_attribute("aria-valuenow", "4")
    assert code.get_attribute("aria-valuetext").startswith("Shot 4 of 4, 00:00:03:00: ")
    settled(page)
    shot(page, "film")
    assert axe(page) == []
    with page.expect_download() as got:
        page.get_by_role("button", name="Table .csv").click()
    assert got.value.suggested_filename == "harbor-day.csv"
    saved = Path(got.value.path()).read_bytes()
    with urllib.request.urlopen(f"{cinema}/api/v1/films/{job['job']}/csv") as answer:
        assert saved == answer.read()
    page.get_by_role("button", name="Export").first.click()
    expect(page.locator("#export-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Contrast").click()
    page.get_by_role("tab", name="Film").click()
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page)
    shot(page, "film-phone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_input_files("#file", {"name": "words.mkv", "mimeType": "", "buffer": b"These are words."})
    expect(page.locator("#error p")).to_contain_text("it is no film in a known format")
    page.get_by_label("Open Ring").click()
    expect(page.locator("#picture")).to_be_visible()
    assert page.locator("body").get_attribute("data-view") == "picture"


def test_a_film_can_be_canceled_while_it_is_counted(visit, cinema, clip, expect):
    page = visit(base=cinema)
    counting = {"job": "0" * 32, "name": "a", "state": "counting", "share": 0.25, "seconds_left": 75, "final": False}
    palette = [{"hex": "#8e1a24", "weight": 0.75, "name": "a"}, {"hex": "#f2e8d5", "weight": 0.25, "name": "b"}]
    shots = [{"number": 1, "start": 0, "end": 10, "timecode": "00:00:00:00", "transition": "start", "palette": palette}]
    gone = []

    def answer(route):
        if route.request.method == "DELETE":
            gone.append(route.request.url)
            return route.fulfill(status=204)
        body = {**counting, "count": 1, "shots": [] if "since=1" in route.request.url else shots}
        return route.fulfill(status=202 if route.request.method == "POST" else 200, json=body)

    page.route("**/api/v1/films**", answer)
    page.route("**/api/v1/films/**", answer)
    page.set_input_files("#file", clip)
    expect(page.locator("#film-facts")).to_have_text("1 shot so far, 25%, 1:15 left")
    expect(page.locator(".pan")).to_have_count(2)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".film")).to_have_count(0)
    page.wait_for_function("document.body.dataset.view === 'picture'")
    assert gone == [f"{cinema}/api/v1/films/{'0' * 32}"]
    assert page.get_by_role("tab", name="Film").count() == 0


def test_a_server_without_films_says_so(visit, expect):
    page = visit()
    page.set_input_files("#file", {"name": "a.mp4", "mimeType": "video/mp4", "buffer": b"abc"})
    expect(page.locator("#error p")).to_have_text("This server takes no films. Start it with pochade serve --films.")
