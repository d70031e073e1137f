"""The options of a request for a palette, parsed as the signatures of extract(), read() and registered functions say.

Signatures are the only list of options. Texts become values of the declared type here; the functions check them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pochade.cluster import methods
from pochade.errors import OptionError, UnknownNameError
from pochade.export import exporters
from pochade.extraction.check import READING
from pochade.extraction.extract import check_keywords, extract
from pochade.option import Option, options_of
from pochade.palette import Palette
from pochade.source import read
from pochade.web.settings import Settings

MAX_MAGNITUDE = 1e9
"""The largest number for an option of a method or format; methods are not tested beyond it. NaN is refused, too."""

MAX_CHARACTERS_CHECKED = 1000
"""The server process checks options of up to so many characters; a worker checks longer ones, such as lists of
thousands of colors, because that may take seconds."""

DECODING_SHARE = 0.8
"""The share of the seconds of a request that a decoder in a process of its own may take."""

_LIMITED = {
    "max_pixels": "max_pixels",
    "max_frames": "max_frames",
    "max_bytes": "max_bytes",
    "max_memory": "memory",
    "timeout": "fetch_seconds",
}
"""Options that the server limits, and the names of their settings."""

_SERVERS = frozenset({"source", "options", "public_only", "isolate", "mask"})
"""Parameters that are no options of a request; the mask is sent as a picture."""


@dataclass(frozen=True, slots=True)
class PaletteRequest:
    """A request for a palette.

    extract : keywords of extract(). arrange : sort, reverse, names, unique_names. format : the export format, or None.
    export : the options of the format. texts : all options as texts.
    """

    extract: Mapping[str, Any]
    arrange: Mapping[str, Any]
    format: str | None
    export: Mapping[str, Any]
    texts: Mapping[str, str]


@lru_cache
def request_options(function: Callable[..., Any]) -> dict[str, Option]:
    """The options of a function that a request may set, by name."""
    return {name: option for name, option in options_of(function).items() if name not in _SERVERS}


def arrangement_options() -> dict[str, Option]:
    """The options sort, reverse, names and unique_names, as Palette.sort and Palette.named declare them."""
    order, vocabulary = request_options(Palette.sort), request_options(Palette.named)
    return {
        "sort": Option("sort", str | None, None),
        "reverse": order["reverse"],
        "names": Option("names", str | None, None),
        "unique_names": Option("unique_names", bool, vocabulary["unique"].default),
    }


def palette_request(
    request_texts: Mapping[str, str], settings: Settings, *, format: str | None = None
) -> PaletteRequest:
    """Parse the options of a request and check them as far as possible without the picture.

    request_texts : texts by name. format : the export format if `request_texts` has none.

    Raises
    ------
    OptionError, UnknownNameError : an option does not exist or has a value that is not allowed.
    """
    texts = dict(request_texts)
    format = texts.pop("format", None) or format
    common = request_options(extract) | request_options(read)
    arrange = {name: option.parse(texts[name]) for name, option in arrangement_options().items() if name in texts}
    keywords = {name: option.parse(texts[name]) for name, option in common.items() if name in texts}
    rest = {name: text for name, text in texts.items() if name not in arrange and name not in keywords}
    method = methods.entry(keywords.get("method", common["method"].default))
    exporter = exporters.entry(format) if format is not None else None
    export = {}
    for name, text in rest.items():
        if name in method.options:
            keywords[name] = checked_magnitude(name, method.options[name].parse(text))
        elif exporter is not None and name in exporter.options:
            export[name] = checked_magnitude(name, exporter.options[name].parse(text))
        else:  # extract() takes more options, such as paths, than strangers may set
            raise UnknownNameError(
                f"option of {method.name}:", name, [*method.options, *common, *arrangement_options()]
            )
    check_limits(keywords, settings)
    if sum(map(len, texts.values())) <= MAX_CHARACTERS_CHECKED:
        check_keywords(keywords)
    _check_arrange(arrange)
    if exporter is not None:
        exporter.check(export)
    return PaletteRequest(keywords, arrange, format, export, {**request_texts, "format": format or ""})


def checked_magnitude(name: str, value: Any) -> Any:
    """Return the value; OptionError if it is a number beyond `MAX_MAGNITUDE`."""
    if isinstance(value, int | float) and not abs(value) <= MAX_MAGNITUDE:
        raise OptionError(
            f"{name}={value!r} is not allowed: give a number from -{MAX_MAGNITUDE:g} to {MAX_MAGNITUDE:g}."
        )
    return value


def check_limits(keywords: Mapping[str, Any], settings: Settings) -> None:
    for name, setting in _LIMITED.items():
        most = getattr(settings, setting)
        value = keywords.get(name, most)
        if not (isinstance(value, int | float) and 0 < value <= most):
            raise OptionError(f"{name}={value!r} is not allowed: give a number above 0, at most {most:g} here.")


def _check_arrange(arrange: Mapping[str, Any]) -> None:
    from pochade.color.names import vocabularies
    from pochade.sort import orders

    if "sort" in arrange:
        orders[arrange["sort"]]
    if "names" in arrange:
        vocabularies[arrange["names"]]


def reading_options(keywords: Mapping[str, Any]) -> dict[str, Any]:
    """The options of read() among those of extract()."""
    return {name: value for name, value in keywords.items() if name in READING}


def reading_limits(settings: Settings) -> dict[str, Any]:
    """The limits of a server as options of read().

    A decoder in a process of its own ends before the worker would, so that its worker lives on.
    """
    return {
        "max_pixels": settings.max_pixels,
        "max_frames": settings.max_frames,
        "max_memory": settings.memory,
        "timeout": DECODING_SHARE * settings.seconds,
    }


def option_texts(request_texts: Mapping[str, Any]) -> dict[str, str]:
    """The options in a JSON body as the texts that a query would contain.

    Raises
    ------
    OptionError : a value is not text, a number, a boolean, a list of these, or an object of texts.
    """
    return {name: _text(name, value) for name, value in request_texts.items() if value is not None}


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ",".join(str(item) for item in value)
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return ",".join(f"{old}:{new}" for old, new in value.items())
    raise OptionError(f"{name} has a value that is not allowed: give text, a number, true, false, or a list.")
