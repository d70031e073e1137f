"""Expressions for people's own pipelines of Daft; the engine for collections is `pochade.collection.engines.daft`."""

import os
import threading
from collections.abc import Sequence
from typing import Any

from pochade.batch.batch import called, died, outcome, processors
from pochade.batch.crew import Crew
from pochade.collection.engines.daft import end_with, module
from pochade.errors import PochadeError
from pochade.extraction.extract import check_keywords

BATCH = 64
"""The pictures that are handed to a worker at once, which bounds the memory for bytes of pictures."""


def palette(column: Any, *, workers: int = 1, jobs: int | None = None, **options: Any) -> Any:
    """An expression of Daft: the palette of each picture of a column.

    A picture that cannot be read, or that kills its process, has an error instead of colors; it ends no job.

    Parameters
    ----------
    column : an expression of strings, paths or URLs; or of bytes, the content of files. A null has a null.
    workers : processes of Daft; on a cluster, as many as it has nodes.
    jobs : for each of them, the processes that read pictures; by default one for each processor.
    options : of `extract`: k, method, scale, ...

    Returns
    -------
    daft.Expression : struct(colors, error: string). colors : list of struct(hex: string, weight, x, y: float64);
        weight is a share, 0..1; x and y are a place that shows the color, 0..1 of the width and height, or null.

    Raises
    ------
    OptionError, UnknownNameError : an option is wrong for every picture. PochadeError : Daft is not installed.

    Examples
    --------
    >>> import daft                                                              # doctest: +SKIP
    >>> from pochade.collection.expressions import palette
    >>> frame = daft.from_glob_path("s3://museum/*.jpg")                         # doctest: +SKIP
    >>> frame.with_column("palette", palette(daft.col("path").download(), k=5))  # doctest: +SKIP
    """
    check_keywords(options)
    daft = module()
    kind = daft.DataType
    color = {"hex": kind.string(), "weight": kind.float64(), "x": kind.float64(), "y": kind.float64()}
    fields = {"colors": kind.list(kind.struct(color)), "error": kind.string()}

    class Palettes:
        """A worker with a crew of its own."""

        def __init__(self, size: int, options: dict[str, Any]) -> None:
            self.crew = Crew(size, outcome, options)
            threading.Thread(target=end_with, args=(os.getppid(), None), daemon=True).start()

        @daft.method.batch(return_dtype=kind.struct(fields), batch_size=BATCH)  # type: ignore[untyped-decorator]
        def of(self, pictures: Any) -> list[dict[str, Any] | None]:
            return rows(pictures.to_pylist(), self.crew)

    instance = daft.cls(Palettes, max_concurrency=workers)(jobs or processors(), options)
    return instance.of(column)


def rows(pictures: Sequence[str | bytes | None], crew: Crew) -> list[dict[str, Any] | None]:
    """The colors or the error of each picture, as plain values."""
    found: list[dict[str, Any] | None] = [None] * len(pictures)
    waiting = [number for number, picture in enumerate(pictures) if picture is not None][::-1]
    pending = 0
    while waiting or pending:
        while waiting and crew.idle:
            number = waiting.pop()
            crew.give(number, pictures[number])
            pending += 1
        for number, answer in crew.collect():
            pending -= 1
            if isinstance(answer, int):
                answer = PochadeError(f"{called(pictures[number])}: {died(answer)}")
            if isinstance(answer, PochadeError):
                found[number] = {"colors": None, "error": str(answer)}
                continue
            colors = [
                dict(
                    zip(
                        ("hex", "weight", "x", "y"), (one.hex, one.weight, *(one.position or (None, None))), strict=True
                    )
                )
                for one in answer
            ]
            found[number] = {"colors": colors, "error": None}
    return found
