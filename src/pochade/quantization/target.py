"""The number of colors for a target size or difference, and a table to choose by."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

from pochade.cluster import methods
from pochade.errors import OptionError
from pochade.extraction.check import check_names
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS
from pochade.kernel.threads import threads
from pochade.option import Within, check_options
from pochade.quantization.formats import formats
from pochade.quantization.formats.entries import NoRoomError
from pochade.quantization.quantize import Task, quantize
from pochade.quantization.result import Quantized, Report

TABLE = (2, 4, 8, 16, 32, 64, 128, 256)
"""The k of `table`: the colors of 1 to 8 bits."""


def fitted(
    source: Any,
    *,
    target_kb: Annotated[float | None, Within(above=0)] = None,
    max_difference: Annotated[float | None, Within(above=0)] = None,
    format: str = "png",
    **options: Any,
) -> Quantized:
    """A picture with the most colors that fit a size, or the fewest that keep to a difference, by bisection.

    Parameters
    ----------
    target_kb : limit of the file in kilobytes of 1000 bytes; the result has the most colors that fit.
    max_difference : limit of the mean CIEDE2000 from the picture; the result has the fewest colors that keep to it.
        With both limits, the fewest colors are taken, and a file above target_kb is refused.
    format : of the file: "png", "gif", "webp" or "rgb".
    options : of `quantize()`, except k and palette.

    Raises
    ------
    OptionError : no limit is given, or it is out of range, or cannot be reached; the message says what comes nearest.
    """
    _check(fitted, options)
    formats[format]
    check_options(fitted, target_kb=target_kb, max_difference=max_difference)
    if target_kb is None and max_difference is None:
        raise OptionError("neither target_kb nor max_difference is given: give one of them, or call quantize() with k.")
    if options.get("palette") is not None:
        raise OptionError("palette fixes the number of colors: leave out `palette`, or call quantize().")
    task = Task.of(source, **options)

    def fits(one: Quantized) -> bool:
        try:
            return target_kb is None or len(one.encode(format)) <= 1000 * target_kb
        except NoRoomError:
            return False

    def close(one: Quantized) -> bool:
        return max_difference is None or one.quality.difference <= max_difference

    if max_difference is None:
        return _most(task, fits, format)
    fewest = _fewest(task, close)
    if not fits(fewest):
        raise OptionError(
            f"a mean CIEDE2000 of {max_difference:g} takes {fewest.k} colors and "
            f"{len(fewest.encode(format)) / 1000:.1f} kB as {format}, more than "
            f"{target_kb:g} kB: allow a larger difference or file."
        )
    return fewest


def _check(function: Callable[..., Any], options: dict[str, Any]) -> None:
    """Refuse k, and options that quantize() does not have."""
    if "k" in options:
        raise OptionError("k is not allowed here, because it is the result: leave it out, or call quantize().")
    method = options.get("method")
    known = (quantize,) if method is None else (quantize, extract)
    check_names(function, options, None if method is None else methods.entry(method), *known)


def _most(task: Task, fits: Callable[[Quantized], bool], format: str) -> Quantized:
    """The most colors whose file fits."""
    best, low, high = task.to(1), 1, MAX_COLORS + 1
    if not fits(best):
        size = len(best.encode(format)) / 1000
        raise OptionError(
            f"the target cannot be reached: 1 color takes {size:.2f} kB as {format}. Allow that, or make the picture "
            "smaller with `scale`."
        )
    while high - low > 1:
        middle = (low + high) // 2
        one = task.to(middle)
        low, high, best = (middle, high, one) if fits(one) else (low, middle, best)
    return best


def _fewest(task: Task, close: Callable[[Quantized], bool]) -> Quantized:
    """The fewest colors that keep to the difference."""
    best, low, high = task.to(MAX_COLORS), 0, MAX_COLORS
    if not close(best):
        raise OptionError(
            f"max_difference cannot be reached: {MAX_COLORS} colors have a mean CIEDE2000 of "
            f"{best.quality.difference:.2f}. Allow that, or leave out the dither."
        )
    while high - low > 1:
        middle = (low + high) // 2
        one = task.to(middle)
        low, high, best = (low, middle, one) if close(one) else (middle, high, best)
    return best


def table(source: Any, *, format: str = "png", **options: Any) -> tuple[Report, ...]:
    """A report for each of 2, 4, 8 ... 256 colors: bits against error.

    If the picture is partly transparent and the format needs a palette entry for that, the last report is of 255
    colors.

    options : of `quantize()`, except k and palette.
    """
    _check(table, options)
    formats[format]
    if options.get("palette") is not None:
        raise OptionError("palette fixes the number of colors, which the table varies: leave out `palette`.")
    task = Task.of(source, **options)

    def row(k: int) -> Report:
        try:
            return task.to(k).report(format)
        except NoRoomError:
            return task.to(k - 1).report(format)

    # Each row reads an animation again, and a PIL image can be at one frame only.
    with ThreadPoolExecutor(threads() if task.pixels.frames == 1 else 1) as pool:
        return tuple(pool.map(row, TABLE))
