"""Keywords for quantize(), recolor(), background() and compare() from the texts of a request.

As in `options`, signatures are the only list of options. Such a function also takes the options of read(), and those of
extract() if it makes a palette.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from pochade.cluster import methods
from pochade.errors import UnknownNameError
from pochade.extraction.extract import extract
from pochade.option import Option
from pochade.source import read
from pochade.web.descriptions import summaries_of
from pochade.web.options import check_limits, checked_magnitude, request_options
from pochade.web.settings import Settings

Function = Callable[..., Any]


@lru_cache
def function_options(
    function: Function, own: tuple[str, ...] = (), *, palette: bool = True
) -> dict[str, tuple[Option, str]]:
    """The options of a function, of extract() and of read(), with their summaries; the first of a name counts.

    own : parameters that the route reads itself. palette : whether the function takes the options of extract().
    """
    result: dict[str, tuple[Option, str]] = {}
    for each in (function, extract, read) if palette else (function, read):
        for name, option in request_options(each).items():
            if name not in own and name not in result:
                said = summaries_of(each).get(name) or summaries_of(extract).get(name, "")
                result[name] = option, said
    return result


def keywords_of(
    texts: Mapping[str, str],
    settings: Settings,
    function: Function,
    own: tuple[str, ...] = (),
    *,
    palette: bool = True,
    mask: bytes | None = None,
) -> dict[str, Any]:
    """The keywords of a function parsed from the texts of a request, and the mask if one was sent.

    Raises
    ------
    OptionError, UnknownNameError : an option does not exist, or its text has no value.
    """
    known = function_options(function, own, palette=palette)
    result = {name: known[name][0].parse(text) for name, text in texts.items() if name in known}
    method = result.get("method", known["method"][0].default)
    entry = None if method is None else methods.entry(method)
    for name, text in texts.items():
        if name in known:
            continue
        if entry is None or name not in entry.options:
            more = () if entry is None else entry.options
            raise UnknownNameError(f"option of {function.__name__}:", name, [*more, *known, *own])
        result[name] = checked_magnitude(name, entry.options[name].parse(text))
    check_limits(result, settings)
    return result if mask is None else {**result, "mask": mask}
