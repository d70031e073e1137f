"""The film as one HTML page without network: a barcode with zoom, and the still and palette of a chosen shot."""

import base64
import io
import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from pochade.color.srgb import to_hex
from pochade.films.files.picture import facts_of, part_key
from pochade.palette import Palette

if TYPE_CHECKING:
    from pochade.films.film import Film

COLUMNS = 1200
"""Slices of time of the barcode."""

STILL_BYTES = 2_200_000
"""Bytes of all stills together, so that the page of 1,500 shots stays below 5 MB."""

WIDTHS = (320, 240, 180, 140, 110, 84)
"""Columns of a still; the first that fits counts."""


def encode(film: "Film") -> bytes:
    """The page as UTF-8."""
    return page_of("page.html", film.name.replace("\\", "/").rsplit("/", 1)[-1], data_of(film))


def page_of(template: str, title: str, data: dict[str, Any]) -> bytes:
    """A page of this package with a title and data, as UTF-8."""
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    page = files("pochade.films.files").joinpath(template).read_text("utf-8")
    return page.replace("{{title}}", escape(title)).replace("{{data}}", text).encode("utf-8", "replace")


def data_of(film: "Film", still_bytes: int = STILL_BYTES) -> dict[str, Any]:
    """What the page of a film shows, as JSON's types. still_bytes : of all stills together."""
    stills = _stills([shot.still for shot in film.shots], still_bytes)
    return {
        "duration": float(film.duration),
        "about": facts_of(film),
        "groups": [[one.title, one.shots[0].number - 1, one.shots[-1].number - 1] for one in film.groups],
        **columns_of(film),
        "shots": [
            {
                "start": round(float(shot.start - film.start), 4),
                "end": round(float(shot.end - film.start), 4),
                "timecode": shot.timecode,
                "transition": shot.transition,
                "look": str(shot.look),
                "palette": [
                    [color.hex, round(color.weight, 4), name]
                    for color, name in zip(shot.palette, shot.palette.names, strict=True)
                ],
                "still": still,
            }
            for shot, still in zip(film.shots, stills, strict=True)
        ],
    }


def columns_of(film: "Film") -> dict[str, Any]:
    """The slices of a film as JSON's types.

    columns : start and end in seconds from the start, the hex of the mean, and the index of the palette in stacks.
    stacks : for each palette the hex and the share of its colors, lightest first.
    """
    stacks: dict[int, int] = {}
    colors: list[list[Any]] = []
    columns = []
    for column in film.columns(COLUMNS):
        key = part_key(film, column)
        if key not in stacks:
            stacks[key] = len(colors)
            colors.append(lightest_first(column.palette))
        span = [round(float(time - film.start), 3) for time in (column.start, column.end)]
        columns.append([*span, to_hex(column.mean), stacks[key]])
    return {"columns": columns, "stacks": colors}


def lightest_first(palette: Palette) -> list[list[Any]]:
    """The colors of a palette with their shares, lightest first."""
    order = np.argsort(-palette.oklab[:, 0], kind="stable").tolist()
    total = float(palette.weights.sum())
    return [[palette[i].hex, round(palette[i].weight / total, 3)] for i in order]


def _stills(jpegs: list[bytes], still_bytes: int) -> list[str]:
    """The stills as base64, all as small as the page needs."""
    from PIL import Image

    each = still_bytes / max(len(jpegs), 1)
    sample = jpegs[:: max(1, len(jpegs) // 16)]

    def small(jpeg: bytes, width: int) -> bytes:
        with Image.open(io.BytesIO(jpeg)) as image:
            size = width, max(1, round(image.height * width / image.width))
            if size[0] >= image.width:
                return jpeg
            file = io.BytesIO()
            image.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(file, "JPEG", quality=70)
            return file.getvalue()

    fits = (width for width in WIDTHS if sum(len(small(jpeg, width)) for jpeg in sample) <= each * len(sample))
    chosen = next(fits, WIDTHS[-1])
    return [base64.b64encode(small(jpeg, chosen)).decode() for jpeg in jpegs]
