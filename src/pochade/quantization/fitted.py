"""How many colors: as many as fit into a size, or as few as keep within a difference; and a table to choose by."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

from pochade.cluster import methods
from pochade.errors import OptionError
from pochade.extraction.check import check_names
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS as MOST
from pochade.kernel.threads import threads
from pochade.option import Within, check_options
from pochade.quantization.formats import formats
from pochade.quantization.formats.entries import NoRoomError
from pochade.quantization.quantize import Task, quantize
from pochade.quantization.quantized import Quantized, Report

TABLE = (2, 4, 8, 16, 32, 64, 128, 256)
"""The k of `table`: what 1 to 8 bits hold."""


def fitted(
    source: Any,
    *,
    target_kb: Annotated[float | None, Within(above=0)] = None,
    max_difference: Annotated[float | None, Within(above=0)] = None,
    format: str = "png",
    **options: Any,
) -> Quantized:
    """A picture with as many colors as fit, or as few as do, found by bisection.

    Parameters
    ----------
    target_kb : the most kilobytes (of 1000 bytes) that the file may have; the most colors that fit are taken.
    max_difference : the largest mean CIEDE2000 from the picture; the fewest colors that keep to it are taken. With
        both, the file is as light as that allows, and is refused where it is heavier than the target.
    format : of the file that is measured: "png", "gif", "webp" or "rgb".
    options : what `quantize()` takes, but no k and no palette.

    Raises
    ------
    OptionError : neither or an impossible one is given, or it cannot be reached: says what comes nearest.
    """
    _check(fitted, options)
    formats[format]
    check_options(fitted, target_kb=target_kb, max_difference=max_difference)
    if target_kb is None and max_difference is None:
        raise OptionError("neither target_kb nor max_difference is given: give one, or quantize() a k.")
    if options.get("palette") is not None:
        raise OptionError("a given palette has as many colors as it has: leave `palette` out, or the target.")
    task = Task.of(source, **options)

    def light(one: Quantized) -> bool:
        try:
            return target_kb is None or len(one.encode(format)) <= 1000 * target_kb
        except NoRoomError:
            return False

    def near(one: Quantized) -> bool:
        return max_difference is None or one.quality.difference <= max_difference

    if max_difference is None:
        return _most(task, light, format)
    found = _fewest(task, near)
    if not light(found):
        raise OptionError(
            f"a mean CIEDE2000 of {max_difference:g} takes {found.k} colors and {len(found.encode(format)) / 1000:.1f} "
            f"kB as {format}, more than {target_kb:g} kB: allow a larger difference or file."
        )
    return found


def _check(function: Callable[..., Any], options: dict[str, Any]) -> None:
    """Refuse options that quantize() has not, or a k."""
    if "k" in options:
        raise OptionError("k is not allowed here, for it is what is looked for: leave it out, or call quantize().")
    method = options.get("method")
    handed = (quantize,) if method is None else (quantize, extract)
    check_names(function, options, None if method is None else methods.entry(method), *handed)


def _most(task: Task, light: Callable[[Quantized], bool], format: str) -> Quantized:
    """The most colors whose file is light enough."""
    best, low, high = task.to(1), 1, MOST + 1
    if not light(best):
        size = len(best.encode(format)) / 1000
        raise OptionError(
            f"the target cannot be reached: with 1 color the {format} has {size:.2f} kB already. Allow that, or make "
            "the picture smaller with `scale`."
        )
    while high - low > 1:
        middle = (low + high) // 2
        one = task.to(middle)
        low, high, best = (middle, high, one) if light(one) else (low, middle, best)
    return best


def _fewest(task: Task, near: Callable[[Quantized], bool]) -> Quantized:
    """The fewest colors that are near enough."""
    best, low, high = task.to(MOST), 0, MOST
    if not near(best):
        raise OptionError(
            f"max_difference cannot be reached: {MOST} colors come to a mean CIEDE2000 of "
            f"{best.quality.difference:.2f}. Allow that, or leave the dither out where there is one."
        )
    while high - low > 1:
        middle = (low + high) // 2
        one = task.to(middle)
        low, high, best = (low, middle, one) if near(one) else (middle, high, best)
    return best


def table(source: Any, *, format: str = "png", **options: Any) -> tuple[Report, ...]:
    """A report for each of 2, 4, 8 ... 256 colors: bits against error.

    The last is of 255 where a picture is partly transparent and its format needs an entry for that.

    options : what `quantize()` takes, but no k and no palette.
    """
    _check(table, options)
    formats[format]
    if options.get("palette") is not None:
        raise OptionError("the table is over k, which a given palette fixes: leave `palette` out.")
    task = Task.of(source, **options)

    def row(k: int) -> Report:
        try:
            return task.to(k).report(format)
        except NoRoomError:
            return task.to(k - 1).report(format)

    # An animation is gone through again for each row, and one that is a PIL image stands at one frame at a time.
    with ThreadPoolExecutor(threads() if task.pixels.frames == 1 else 1) as pool:
        return tuple(pool.map(row, TABLE))
