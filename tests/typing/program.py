"""The types that a caller of pochade sees. Type checkers read this program; nothing runs it."""

from typing import Any, assert_type

import numpy as np
from cycler import Cycler
from matplotlib.colors import ListedColormap
from numpy.typing import NDArray

import pochade
from pochade.accessibility import Contrast, Mended, Sight
from pochade.areas import Area, Numbers
from pochade.backgrounds.background import Background
from pochade.collection import Match, Matches, Why
from pochade.explain import Reason
from pochade.explain.fidelity import Fidelity
from pochade.films import Chapter, Film, Pair, Shot, pair
from pochade.paint import Paints
from pochade.palette.origin import Origin
from pochade.palette.tints import Tints
from pochade.quantization.result import Quantized
from pochade.recoloring.recolor import Recolored
from pochade.similarity.compare import Comparison
from pochade.similarity.look import Look
from pochade.suggestion import After, Suggestions
from pochade.theme import Theme
from pochade.theme.partners import Partner
from pochade.theme.roles import Roles


def functions(picture: str) -> None:
    pixels = pochade.read(picture, scale=0.5)
    assert_type(pixels, pochade.Pixels)
    histogram = pochade.histogram(pixels)
    assert_type(histogram, pochade.Histogram)
    assert_type(histogram + histogram, pochade.Histogram)
    assert_type(pochade.extract(picture, 6, method="kmeans", space="oklab", seed=1), pochade.Palette)
    assert_type(pochade.extract(histogram), pochade.Palette)
    assert_type(pochade.background(picture, kind="gradient", size=(1080, 1920)), Background)
    assert_type(pochade.compare(picture, "other.jpg", difference="oklab"), Comparison)
    assert_type(pochade.load("palette.gpl"), pochade.Palette)
    assert_type(pochade.look(picture), Look)
    assert_type(pochade.quantize(picture, 16, dither="none"), Quantized)
    box = pochade.Box([pochade.Paint("white", "#fff"), pochade.Paint("black", "#111", "#777", "1:9")])
    assert_type(pochade.load_box("mine.csv"), pochade.Box)
    answer = pochade.paints(picture, 2, box=box, own="white")
    assert_type(answer, Paints)
    assert_type(answer.tubes, tuple[pochade.Paint, ...])
    assert_type(answer.recipes[0].parts, dict[str, int])
    sheet = pochade.numbers(picture, answer, paper="a3", values=3)
    assert_type(sheet, Numbers)
    assert_type(sheet[0], Area)
    assert_type(sheet.areas[0].number, int | None)
    assert_type(pochade.tints("#8e1a24"), dict[int, pochade.Color])
    assert_type(pochade.recolor(picture, {"#8e1a24": "#1a5c8e"}), Recolored)


def collections(folder: str) -> None:
    museum = pochade.collect("scans/", folder, recursive=True, k=6)
    assert_type(museum, pochade.Collection)
    assert_type(museum.palette(12), pochade.Palette)
    matches = museum.find("#c32727", "teal:60%", without="green", top=5)
    assert_type(matches, Matches)
    assert_type(matches[0], Match)
    assert_type(matches[0].why, tuple[Why, ...])
    assert_type(matches.palette(8), pochade.Palette)
    assert_type(museum.update(retry=True), pochade.Collection)
    assert_type(museum.verify(), list[str])


def films(path: str) -> None:
    film = pochade.film(path, k=6, every="keyframe")
    assert_type(film, Film)
    assert_type(film.shots, tuple[Shot, ...])
    assert_type(film.groups, tuple[Chapter, ...])
    assert_type(pair(film, film), Pair)
    assert_type(film.palette(8), pochade.Palette)
    assert_type(pochade.extract(film.shots[0], 3), pochade.Palette)


def palettes(palette: pochade.Palette) -> None:
    assert_type(pochade.Palette(["#f00", "teal", (255, 255, 255), palette[0]]), pochade.Palette)
    assert_type(pochade.Palette(palette.rgb, source="flag.png"), pochade.Palette)
    assert_type(palette.colors, tuple[pochade.Color, ...])
    assert_type(palette[0], pochade.Color)
    assert_type(palette[1:], pochade.Palette)
    assert_type(len(palette), int)
    assert_type([color for color in palette], list[pochade.Color])  # noqa: C416
    assert_type(palette.source, str | None)
    assert_type(palette.width, int | None)
    assert_type(palette.height, int | None)
    assert_type(palette.method, str | None)
    assert_type(palette.space, str | None)
    assert_type(palette.seed, int | None)
    assert_type(palette.options, tuple[tuple[str, Any], ...])
    assert_type(palette.origin, Origin | None)
    assert_type(palette.omitted, tuple[str, ...])
    assert_type(palette.k, int | str | None)
    assert_type(palette.hex, list[str])
    assert_type(palette.srgb, NDArray[np.uint8])
    assert_type(palette.rgb, list[tuple[int, int, int]])
    assert_type(palette.oklab, NDArray[np.float64])
    assert_type(palette.weights, NDArray[np.float64])
    assert_type(palette.positions, list[tuple[float, float] | None])
    assert_type(palette.coolors, str)
    assert_type(palette.names, list[str])
    assert_type(palette.shortfall, str | None)
    assert_type(palette.notes, tuple[str, ...])
    assert_type(palette.dominant, pochade.Color)
    assert_type(palette.accents, tuple[pochade.Color, ...])
    assert_type(palette.fidelities, tuple[Fidelity, ...])
    assert_type(palette.explain(), tuple[Reason, ...])
    assert_type(palette.labels(), NDArray[np.int16])
    assert_type(palette.mask(0), NDArray[np.bool_])
    assert_type(palette.sort("hue", reverse=True), pochade.Palette)
    assert_type(palette.named("css", unique=True), pochade.Palette)
    assert_type(palette.contrast(by="apca"), Contrast)
    assert_type(palette.seen("deuteranopia", 0.5), pochade.Palette)
    assert_type(palette.sight(), Sight)
    assert_type(palette.mended(), Mended)
    assert_type(palette.roles(), Roles)
    assert_type(palette.tints(), Tints)
    assert_type(palette.to_dict(), dict[str, Any])
    assert_type(pochade.Palette.from_dict({"colors": ["#8e1a24"]}), pochade.Palette)
    assert_type(palette.to_json(), str)
    assert_type(palette.theme("terminal", dark=False), Theme)
    assert_type(palette.partners("#8e1a24", "triad"), tuple[Partner, ...])
    assert_type(palette.export("css", prefix="harbor"), bytes)
    assert_type(palette.gradient(9, "oklab"), pochade.Palette)
    assert_type(palette.cmap(smooth=True), ListedColormap)
    assert_type(palette.cycler(), Cycler[str, str])
    palette.save("palette.css")


def colors(color: pochade.Color) -> None:
    assert_type(color.srgb, tuple[int, int, int])
    assert_type(color.rgb, tuple[int, int, int])
    assert_type(color.weight, float)
    assert_type(color.accent, bool)
    assert_type(color.exemplars, tuple[str, ...])
    assert_type(color.prominence, float | None)
    assert_type(color.position, tuple[float, float] | None)
    assert_type(color.label, str | None)
    assert_type(color.hex, str)
    assert_type(color.oklab, tuple[float, float, float])
    assert_type(color.to("cielab"), tuple[float, float, float])
    assert_type(color.css("oklch"), str)
    assert_type(color.name, str)


def suggestions(palette: pochade.Palette) -> None:
    proposals = pochade.complete(palette[:2], 5, 3, seed=1, hue=(330, 30), contrast=4.5, on="white", variety=0.5)
    assert_type(proposals, Suggestions)
    assert_type(proposals[0].palette, pochade.Palette)
    assert_type(proposals[0].after, After | None)
    assert_type(pochade.suggest(4, seed=2), Suggestions)
    assert_type(palette.likelihood(), float)


def errors(picture: str) -> None:
    try:
        pochade.read(picture)
    except pochade.UnknownNameError as error:
        assert_type(error, pochade.UnknownNameError)
    except pochade.OptionError as error:
        assert_type(error, pochade.OptionError)
    except (pochade.TruncatedError, pochade.TooLargeError, pochade.EmptyError) as error:
        assert_type(error, pochade.TruncatedError | pochade.TooLargeError | pochade.EmptyError)
    except pochade.FetchError as error:
        assert_type(error, pochade.FetchError)
    except pochade.FormatError as error:
        assert_type(error, pochade.FormatError)
    except pochade.SourceError as error:
        assert_type(error, pochade.SourceError)
    except pochade.PochadeError as error:
        assert_type(error, pochade.PochadeError)


def packages(palette: pochade.Palette) -> None:
    assert_type(pochade.__version__, str)
    assert_type(pochade.accessibility.contrast(palette), Contrast)
    assert_type(pochade.similarity.look(palette), Look)
    assert_type(pochade.draw.wheel_svg(palette), str)
