"""The scripts reproduce the example pictures, and the default finds the small colors that plain k-means misses."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.color.difference import differences
from pochade.color.srgb import decode

EXAMPLES = Path(__file__).parent.parent / "examples"
HARBOR = EXAMPLES / "harbor.jpg"


def reds(palette: pochade.Palette) -> list[pochade.Color]:
    """Clearly red colors: Oklab hue within 30 degrees of sRGB's red, and not grayish."""
    matches = []
    for color in palette:
        _, a, b = color.oklab
        if np.hypot(a, b) > 0.1 and abs(np.degrees(np.arctan2(b, a)) - 29) < 30:
            matches.append(color)
    return matches


def test_the_buoy_covers_at_most_a_thousandth() -> None:
    codes = np.asarray(Image.open(HARBOR)).astype(int)
    assert 0 < (codes[..., 0] - codes[..., 1] > 50).mean() < 0.00105


def test_plain_kmeans_misses_the_buoy() -> None:
    assert not reds(pochade.extract(HARBOR, 8, method="kmeans"))


def test_the_default_finds_the_buoy_and_its_position() -> None:
    matches = reds(pochade.extract(HARBOR, 8))
    assert matches
    x, y = matches[0].position or (0, 0)
    assert 0.68 < x < 0.73
    assert 0.68 < y < 0.81


def test_the_script_reproduces_the_harbor() -> None:
    painted = runpy.run_path(str(EXAMPLES / "harbor.py"))["harbor"]()
    stored = np.asarray(Image.open(HARBOR))
    assert painted.shape == stored.shape
    # JPEG loses some grain, about two codes; other library versions move some edges
    assert np.abs(painted.astype(int) - stored).mean() < 3


def test_the_script_reproduces_the_aurora() -> None:
    drawn = runpy.run_path(str(EXAMPLES / "aurora.py"))["aurora"]()
    stored = np.asarray(Image.open(EXAMPLES / "aurora.jpg"))
    assert drawn.shape == stored.shape
    assert np.abs(drawn.astype(int) - stored).mean() < 3


@pytest.mark.parametrize("name", ["street", "corridor", "desert"])
def test_the_script_reproduces_the_stills(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    drawn = np.asarray(runpy.run_path(str(EXAMPLES / "stills.py"))["STILLS"][name]())
    stored = np.asarray(Image.open(EXAMPLES / f"still-{name}.jpg"))
    assert drawn.shape == stored.shape
    assert np.abs(drawn.astype(int) - stored).mean() < 3


@pytest.mark.parametrize(
    ("picture", "k", "named"),
    [
        ("portrait", 5, {"blue": 255}),
        ("ring", 8, {"red": 25, "gold": 85, "blue": 264}),
        ("autumn", 6, {"teal": 200}),
    ],
)
def test_the_default_finds_the_named_colors_and_plain_kmeans_misses_some(
    picture: str, k: int, named: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    drawn = runpy.run_path(str(EXAMPLES / "good_palette.py"))[picture]()
    assert all(has_hue(pochade.extract(drawn, k), hue) for hue in named.values())
    assert not all(has_hue(pochade.extract(drawn, k, method="kmeans"), hue) for hue in named.values())


def test_all_areas_of_the_logo_come_before_its_lettering_and_each_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    logo = runpy.run_path(str(EXAMPLES / "areas.py"))["logo"]()
    areas = {"#fdf6ec", "#f7c6c9", "#fbe1b6", "#cfe5c6", "#c3dcf0", "#d9cdea"}
    assert set(pochade.extract(logo, 6).hex) == areas
    assert set(pochade.extract(logo, 4).hex) < areas
    assert set(pochade.extract(logo, "auto").hex) == {*areas, "#3b3f4a"}


def test_each_balloon_and_the_small_flags_are_in_the_palette(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    script = runpy.run_path(str(EXAMPLES / "areas.py"))
    palette = pochade.extract(script["balloons"](), 10)
    named = np.array([*(color for _, _, color in script["BALLOONS"]), (196, 32, 120)])
    apart = differences["ciede2000"].of_linear(decode(named)[:, None], decode(palette.srgb)[None])
    assert (apart.min(1) < 6).all()


def has_hue(palette: pochade.Palette, hue: float) -> bool:
    """Whether a color is within 15 degrees of an Oklab hue, and not grayish."""
    a, b = palette.oklab[:, 1], palette.oklab[:, 2]
    apart = (np.degrees(np.arctan2(b, a)) - hue + 180) % 360 - 180
    return bool(((np.abs(apart) < 15) & (np.hypot(a, b) > 0.06)).any())


def test_the_script_redraws_the_figures_on_experiments(tmp_path: Path) -> None:
    script = runpy.run_path(str(EXAMPLES / "experiments.py"))
    script["main"](tmp_path)
    drawn = {path.name for path in tmp_path.iterdir()}
    assert drawn == {"strip.png", "sheet.png", "scales.png", "cloud.png", "segments.png"}
    for name in drawn:
        with Image.open(tmp_path / name) as new, Image.open(script["FIGURES"] / name) as stored:
            assert new.size == stored.size


FIGURES = EXAMPLES.parent / "docs" / "figures"


@pytest.mark.parametrize(
    ("script", "folder", "names"),
    [
        ("why", EXAMPLES, ("why.png", "curve.png")),
        ("sight", FIGURES, ("sight.png", "roles.png")),
        ("posters", EXAMPLES, ("posters.png", "contact-sheet.png", "wheel.png", "gradient.png")),
        ("compare", FIGURES, ("flow.jpg", "likeness.jpg")),
        ("recolor", FIGURES, ("recolor.jpg", "background.jpg")),
    ],
)
def test_the_scripts_redraw_the_figures_of_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, folder: Path, names: tuple[str, ...]
) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    runpy.run_path(str(EXAMPLES / f"{script}.py"))["main"](tmp_path)
    for name in names:
        with Image.open(tmp_path / name) as drawn, Image.open(folder / name) as stored:
            assert drawn.size == stored.size


@pytest.mark.parametrize("name", ["orders", "areas", "moods"])
def test_the_script_redraws_its_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    runpy.run_path(str(EXAMPLES / f"{name}.py"))["main"](str(tmp_path / f"{name}.png"))
    with Image.open(tmp_path / f"{name}.png") as drawn, Image.open(FIGURES / f"{name}.png") as stored:
        assert drawn.size == stored.size
