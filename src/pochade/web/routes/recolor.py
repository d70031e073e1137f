"""Pictures in other colors."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.errors import OptionError
from pochade.extraction.check import READING
from pochade.recoloring import recolor
from pochade.web.colors import parse_changes, parse_colors
from pochade.web.keywords import keywords_of
from pochade.web.negotiation import response_format
from pochade.web.options import request_options
from pochade.web.results import RECOLORED
from pochade.web.schema import PICTURE_IN, answers, function_parameters, picture_parameters
from pochade.web.service import RequestPicture, Service
from pochade.web.work.recolor import MEDIA_TYPES, Edit, recolor_picture

OWN = {
    "change": "Changes old:new, with commas between them, or an object in JSON. Hex needs no #.",
    "colors": "The current palette, which contains the old colors of `change`; by default it is extracted. If it is "
    "given, the options of extract() are ignored.",
    "like": "The digest of another picture in memory, whose colors to take.",
    "like_colors": "The colors to take.",
}


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["edited pictures"])
    options = [one for one in function_parameters(recolor, OWN, [*MEDIA_TYPES]) if one["name"] != "palette"]
    extra = {"parameters": [*picture_parameters(), *options]}
    kinds = sorted(set(MEDIA_TYPES.values()))

    async def answer(request: Request) -> Response:
        return await service.answer_picture(
            request, recolor_picture, lambda picture: _arguments(service, request, picture)
        )

    @routes.get("/recolor", openapi_extra=extra, **answers(*kinds, json=RECOLORED))
    async def get_recolored(request: Request) -> Response:
        """A picture in memory or at a URL in other colors, or the lookup table for them.

        `lut` is a table for browsers: three signed 16-bit integers for each node, low byte first: its shift in red,
        green and blue, in 1/64 of a code. `Pochade-Lut-Size` is the number of nodes along each channel. Interpolate
        within tetrahedra: start at the node below and step along the channel with the largest remainder, then the
        next, then the last.
        """
        return await answer(request)

    @routes.post("/recolor", openapi_extra={**extra, **PICTURE_IN}, **answers(*kinds, has_body=True, json=RECOLORED))
    async def post_recolored(request: Request) -> Response:
        """The picture in the body in other colors, or the lookup table for them."""
        return await answer(request)

    return routes


def _arguments(service: Service, request: Request, picture: RequestPicture) -> dict[str, Any]:
    options = dict(picture.inputs.options)
    format = response_format(request, options, MEDIA_TYPES, "png")
    own = {name: options.pop(name) for name in OWN if name in options}
    keywords = keywords_of(options, service.settings, recolor, (*OWN, "palette"), mask=picture.inputs.mask_bytes)
    edits: list[str] = [name for name in ("change", "like", "like_colors") if name in own]
    edits += ["harmonize"] if "harmonize" in keywords else []
    if len(edits) != 1:
        had = f"{' and '.join(edits)} are given" if edits else "nothing is changed"
        raise OptionError(f"{had}: give one of change, like, like_colors and harmonize.")
    colors = None
    if "colors" in own:
        colors = parse_colors("colors", own["colors"])
        keywords = {
            name: value for name, value in keywords.items() if name in READING or name in request_options(recolor)
        }
    harmonize = keywords.pop("harmonize", None)
    if "change" in own:
        edit = Edit(parse_changes("change", own["change"]))
    elif "like" in own:
        like = service.stored(own["like"], picture.inputs, "like")
        picture.others[like.digest] = like.data
        edit = Edit(like=own["like"])
    else:
        colors_like = parse_colors("like_colors", own["like_colors"]) if "like_colors" in own else None
        edit = Edit(like=colors_like, harmonize=harmonize)
    return {"keywords": keywords, "colors": colors, "edit": edit, "format": format}
