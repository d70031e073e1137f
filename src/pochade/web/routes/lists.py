"""Lists of methods, spaces, formats and other names, from the registries."""

from typing import Any

from fastapi import APIRouter

from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.color.names import vocabularies
from pochade.color.spaces import spaces
from pochade.export import exporters
from pochade.extraction.preference.exclusion import KINDS
from pochade.extraction.preference.mood import MOODS
from pochade.quantization import dithers, formats
from pochade.registry import Entry
from pochade.sort import orders
from pochade.source.kind import KNOWN
from pochade.web.descriptions import describe_entry, describe_option, palette_options
from pochade.web.results import COUNT, FLAG, HEX, NUMBER, TEXT, Schema, entries, list_of, object_of, or_null
from pochade.web.service import Service

OPTIONS = list_of(
    object_of(
        {
            "name": TEXT,
            "type": TEXT,
            "default": {},
            "choices": or_null(list_of({})),
            "summary": TEXT,
            "minimum": NUMBER,
            "exclusiveMinimum": NUMBER,
            "maximum": NUMBER,
        },
        optional=("minimum", "exclusiveMinimum", "maximum"),
    )
)
LIMITS = object_of(
    {
        "options": OPTIONS,
        "ignore": list_of(TEXT),
        "reads": TEXT,
        "limits": object_of(
            {
                "max_bytes": COUNT,
                "max_pixels": COUNT,
                "seconds": NUMBER,
                "hold_seconds": NUMBER,
                "rate": or_null(TEXT),
                "upload_rate": or_null(TEXT),
                "film_bytes": COUNT,
                "film_seconds": NUMBER,
            }
        ),
        "public": FLAG,
        "films": {**FLAG, "description": "Whether the server takes films."},
    }
)


def listed(schema: Schema) -> dict[str, Any]:
    """The keyword of a route that describes its answer."""
    return {"responses": {200: {"content": {"application/json": {"schema": schema}}}}, "response_model": None}


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["lists"])

    @routes.get("/methods", **listed(entries(spaces=or_null(list_of(TEXT)), options=OPTIONS)))
    async def list_methods() -> list[dict[str, Any]]:
        """The methods, each with its options and its spaces (null: all)."""
        return [
            _entry(entry) | {"spaces": entry.about.spaces, "options": describe_entry(entry)}
            for entry in methods.entries
        ]

    @routes.get("/spaces", **listed(entries(channels=list_of(TEXT), hue=or_null(COUNT))))
    async def list_spaces() -> list[dict[str, Any]]:
        """The color spaces; spaces with a hue do not support clustering."""
        return [
            _entry(entry) | {"channels": list(entry.value.channels), "hue": entry.value.hue} for entry in spaces.entries
        ]

    @routes.get("/formats", **listed(entries(suffix=TEXT, media_type=TEXT, most=or_null(COUNT), options=OPTIONS)))
    async def list_formats() -> list[dict[str, Any]]:
        """The export formats, each with its options."""
        return [
            _entry(entry)
            | {
                "suffix": entry.about.suffix,
                "media_type": entry.about.media_type,
                "most": entry.about.most,
                "options": describe_entry(entry),
            }
            for entry in exporters.entries
        ]

    @routes.get("/boxes", **listed(entries(credit=TEXT, paints=list_of(object_of({"name": TEXT, "hex": HEX})))))
    async def list_boxes() -> list[dict[str, Any]]:
        """The boxes of paint of `/paints`, each with its paints."""
        from pochade.paint import boxes

        return [
            _entry(entry) | {"credit": box.credit, "paints": [paint.to_dict() for paint in box]}
            for entry in boxes.entries
            for box in [entry.value()]
        ]

    @routes.get("/orders", **listed(entries()))
    async def list_orders() -> list[dict[str, Any]]:
        """The orders of colors."""
        return list(map(_entry, orders.entries))

    @routes.get("/dithers", **listed(entries()))
    async def list_dithers() -> list[dict[str, Any]]:
        """The dithers of `/quantize`."""
        return list(map(_entry, dithers.entries))

    @routes.get("/differences", **listed(entries(space=or_null(TEXT), symmetric=FLAG)))
    async def list_differences() -> list[dict[str, Any]]:
        """The color differences; `/compare` takes the symmetric ones."""
        return [
            _entry(entry) | {"space": entry.value.space, "symmetric": entry.value.symmetric}
            for entry in differences.entries
        ]

    @routes.get("/picture-formats", **listed(entries(suffix=TEXT, media_type=TEXT)))
    async def list_picture_formats() -> list[dict[str, Any]]:
        """The picture formats of `/quantize`."""
        return [
            _entry(entry) | {"suffix": entry.about.suffix, "media_type": entry.about.media_type}
            for entry in formats.entries
        ]

    @routes.get("/vocabularies", **listed(entries(source=TEXT, license=TEXT, colors=COUNT)))
    async def list_vocabularies() -> list[dict[str, Any]]:
        """The vocabularies of color names, with sources and licenses."""
        return [
            _entry(entry)
            | {"source": entry.value.source, "license": entry.value.license, "colors": len(entry.value.colors)}
            for entry in vocabularies.entries
        ]

    @routes.get("/moods", **listed(list_of(object_of({"name": TEXT}))))
    async def list_moods() -> list[dict[str, Any]]:
        """The moods."""
        return [{"name": name} for name in MOODS]

    @routes.get("/options", **listed(LIMITS))
    async def list_options() -> dict[str, Any]:
        """The options of every palette, the names for `ignore`, and the limits of this server."""
        settings = service.settings
        return {
            "options": [describe_option(option, summary) for option, summary in palette_options().values()],
            "ignore": list(KINDS),
            "reads": KNOWN,
            "limits": {
                "max_bytes": settings.max_bytes,
                "max_pixels": settings.max_pixels,
                "max_frames": settings.max_frames,
                "seconds": settings.seconds,
                "hold_seconds": settings.hold_seconds,
                "rate": settings.rate,
                "upload_rate": settings.upload_rate,
                "film_bytes": settings.film_bytes,
                "film_seconds": settings.film_seconds,
            },
            "public": settings.public,
            "films": settings.films,
        }

    return routes


def _entry(entry: Entry[Any, Any]) -> dict[str, Any]:
    return {"name": entry.name, "summary": entry.summary}
