"""The cloud as a self-contained HTML page that rotates."""

import json
from base64 import b64encode
from html import escape
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.srgb import to_hex
from pochade.draw.canvas import picture_name
from pochade.draw.cloud import DOT, DOT_GROWTH, View, pale
from pochade.draw.space import PITCH, STAGES, CloudSpace, Points, axes, check_space, gamut, points_of, to_drawing
from pochade.draw.strip import label_share
from pochade.palette import Palette

UNIT = 16384
"""Coordinates from -2 to 2 are stored as 16-bit integers in units of 1/16384."""


def cloud_html(palette: Palette, *, space: CloudSpace = "oklab") -> str:
    """The cloud as a self-contained HTML document, about 200 kB for a photo.

    Pointer and keys rotate the points. Buttons select one of four spaces, and the points' own colors or their clusters.

    Parameters
    ----------
    space : the initial space.

    Raises
    ------
    OptionError : the palette was not extracted here, or the space is not allowed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> page = cloud_html(pochade.extract(np.zeros((4, 4, 3), np.uint8)))
    >>> page.startswith("<!doctype html>"), "http" in page
    (True, False)
    """
    check_space(space)
    points = points_of(palette)
    n, m = len(points.shares), len(palette)
    about = f"{n:,} point{'s' * (n != 1)}, {m} color{'s' * (m != 1)}, {palette.method} in {palette.space}"
    data = {
        "first": list(STAGES).index(space),
        "pitch": PITCH,
        "codes": _bytes(np.rint(points.codes).astype(np.uint8)),
        "labels": _bytes(points.labels.astype("<i2")),
        "sizes": _bytes((DOT + DOT_GROWTH * np.cbrt(points.shares)).astype("<f4")),
        "palette": [
            {"hex": color.hex, "name": name, "share": label_share(color.weight)}
            for color, name in zip(palette, palette.names, strict=True)
        ],
        "spaces": [_space(name, points, palette) for name in STAGES],
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=True).replace("<", "\\u003c")
    page = files("pochade.draw").joinpath("turnable.html").read_text("utf-8")
    fields = {"title": escape(picture_name(palette)), "about": escape(about), "data": text}
    for name, value in fields.items():
        page = page.replace("{{" + name + "}}", value)
    return page


def _space(name: str, points: Points, palette: Palette) -> dict[str, Any]:
    """The data of a space for the page."""
    view, edges = View.of(name), gamut()
    return {
        "title": STAGES[name].title,
        "yaw": STAGES[name].yaw,
        "middle": _short(view.middle),
        "reach": round(view.reach, 4),
        "places": _bytes(np.rint(to_drawing(points.codes, name) * UNIT).astype("<i2")),
        "centers": _short(to_drawing(palette.srgb, name)),
        "edges": [
            {"spots": _short(to_drawing(edge, name)), "colors": [to_hex(color) for color in pale(edge)]}
            for edge in edges
        ],
        "axes": [[title, _short(start), _short(end)] for title, start, end in axes(name)],
    }


def _short(values: NDArray[np.float64]) -> Any:
    return np.round(values, 4).tolist()


def _bytes(values: NDArray[Any]) -> str:
    return b64encode(np.ascontiguousarray(values).tobytes()).decode()
