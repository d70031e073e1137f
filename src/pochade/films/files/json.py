"""JSON of a film, with the schema in `film.schema.json`."""

import json
from typing import TYPE_CHECKING, Any

from pochade.palette import Palette

if TYPE_CHECKING:
    from pochade.films.film import Film, Shot

FORMAT = "pochade film"
VERSION = 1


def to_dict(film: "Film") -> dict[str, Any]:
    """The film as JSON's types."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "source": film.name,
        "width": film.width,
        "height": film.height,
        "rate": None if film.rate is None else str(film.rate),
        "start": float(film.start),
        "end": float(film.end),
        "every": film.every,
        "sampling": film.sampling,
        "bars": film.bars,
        "k": film.k,
        "method": film.method,
        "color": film.coding.to_dict(),
        "notes": list(film.notes),
        "chapters": [{"start": float(a), "end": float(b), "title": title} for a, b, title in film.chapters],
        "groups": [
            {"title": one.title, "shots": [one.shots[0].number, one.shots[-1].number], "palette": colors(one.palette)}
            for one in film.groups
        ],
        "palette": colors(film.palette()),
        "look": film.look.to_dict(),
        "shots": [shot_dict(shot) for shot in film.shots],
    }


def shot_dict(shot: "Shot") -> dict[str, Any]:
    """A shot as JSON's types."""
    return {
        "number": shot.number,
        "start": float(shot.start),
        "end": float(shot.end),
        "timecode": shot.timecode,
        "frames": list(shot.frames),
        "transition": shot.transition,
        "box": list(shot.box),
        "palette": colors(shot.palette),
        "look": shot.look.to_dict(),
    }


def colors(palette: Palette) -> list[dict[str, Any]]:
    """The colors of a palette as JSON's types."""
    return [
        {"hex": color.hex, "weight": color.weight, "name": name}
        for color, name in zip(palette, palette.names, strict=True)
    ]


def encode(film: "Film") -> bytes:
    """The film as JSON."""
    return (json.dumps(to_dict(film), ensure_ascii=False, indent=1) + "\n").encode()
