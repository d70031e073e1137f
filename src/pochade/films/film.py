"""film(): the shots of a film, each with its palette, and the exact sum of all."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np

from pochade.color.srgb import to_codes
from pochade.errors import EmptyError, OptionError
from pochade.extraction.check import check
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS
from pochade.films import sums
from pochade.films.chapters import Chapter, chapters_of
from pochade.films.coding import Coding
from pochade.films.record import ShotRecord
from pochade.films.shots import RATIO
from pochade.films.timecode import Rate, parse_time
from pochade.histograms.histogram import Histogram
from pochade.option import Within, whole
from pochade.palette import Palette

if TYPE_CHECKING:
    from pochade.films.cache import Cached
    from pochade.films.counting import Wish
    from pochade.similarity.look import Look

MAX_FILM_PIXELS = 100_000_000
"""The most pixels of a frame; 8K has 33 million."""

MAX_FILM_BYTES = 1 << 30
"""The most bytes from a URL."""

Every = Literal["frame", "keyframe"]
Sampling = Literal["quarter", "all"]
Bars = Literal["cut", "keep"]


@dataclass(frozen=True, eq=False)
class Shot:
    """A shot of a film. `extract`, `look`, `compare` and `recolor(like=)` take it as a picture.

    number : from 1. start, end : in seconds from the start of the film. frames : its first frame and the one after its
    last, from 0. transition : the change before it, "start", "cut" or "gradual".
    box : left, top, right, bottom of its picture in the frame, without bars, in pixels.
    """

    number: int
    start: Fraction
    end: Fraction
    frames: tuple[int, int]
    transition: Literal["start", "cut", "gradual"]
    box: tuple[int, int, int, int]
    _film: "Film" = field(repr=False)
    _record: ShotRecord = field(repr=False)

    @property
    def duration(self) -> Fraction:
        """Seconds."""
        return self.end - self.start

    @property
    def timecode(self) -> str:
        """The time code of its start, HH:MM:SS:FF."""
        timing = self._film.timing
        return timing.code(timing.frame_of(self.start))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of its frames, as stored."""
        return self._record.extent.size

    @property
    def turn(self) -> int:
        """Quarter turns against the clock that bring its frames upright."""
        return self._record.turn

    @property
    def still(self) -> bytes:
        """A frame from its middle, as a small JPEG, right way up."""
        return self._record.still

    @property
    def histogram(self) -> Histogram:
        """Its exact colors: every pixel that was counted, each by its time."""
        return sums.histogram_of([(self._record, self.box)], self._film.codings)

    @cached_property
    def palette(self) -> Palette:
        """The palette, of as many colors as the film was asked for."""
        return self._film.extracted(self.histogram, self._film.k)

    @cached_property
    def look(self) -> "Look":
        """Brightness, contrast, warmth, colorfulness and harmony."""
        from pochade.similarity.look import look

        return look(self.histogram)


@dataclass(frozen=True, eq=False)
class Column:
    """A slice of a film.

    start, end : in seconds. mean : the sRGB codes of its mean in linear light. shot : the number of the shot in its
    middle.
    """

    start: Fraction
    end: Fraction
    mean: tuple[int, int, int]
    shot: int
    _film: "Film" = field(repr=False)

    @cached_property
    def palette(self) -> Palette:
        """Its palette: of the parts of shots, a quarter of a second or more, that lie in it or around it."""
        shot = self._film.shots[self.shot - 1]
        parts = sums.parts_in(self._film.records, self.start, self.end)
        chosen = [(record, self._film.shots[i].box) for i, record in parts]
        if not chosen:
            return shot.palette
        return self._film.extracted(sums.histogram_of(chosen, self._film.codings), self._film.k)


@dataclass(frozen=True, eq=False)
class Film:
    """A film, counted: its shots, and the sum of them.

    name : the source, or "film". width, height : of a frame in pixels, as shown. rate : mean frames a second.
    start, end : of what was counted, in seconds. k, method, options : of the palettes.
    coding : what the tags of the film say about its colors, and what was assumed. codings : of all its stretches.
    every, sampling, bars : as asked. chapters : start and end in seconds, and title.
    notes : sentences about what was left out.
    """

    name: str
    width: int
    height: int
    rate: Fraction | None
    k: int | Literal["auto"]
    method: str
    options: tuple[tuple[str, Any], ...]
    every: str | float
    sampling: str
    bars: str
    codings: tuple[Coding, ...]
    records: tuple[ShotRecord, ...] = field(repr=False)
    boxes: tuple[tuple[int, int, int, int], ...] = field(repr=False)
    chapters: tuple[tuple[Fraction, Fraction, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def start(self) -> Fraction:
        """The start of the first frame that was counted, in seconds."""
        return self.records[0].start

    @property
    def end(self) -> Fraction:
        """The end of the last frame, in seconds."""
        return self.records[-1].end

    @property
    def duration(self) -> Fraction:
        """Seconds that were counted."""
        return self.end - self.start

    @property
    def coding(self) -> Coding:
        """The coding of its first frame."""
        return self.codings[0]

    @cached_property
    def groups(self) -> tuple[Chapter, ...]:
        """The shots by the chapters of the container; none if it has none."""
        return chapters_of(self)

    @property
    def timing(self) -> Rate:
        """The rate of its time codes."""
        return Rate.of(self.rate)

    @cached_property
    def shots(self) -> tuple[Shot, ...]:
        """The shots, in order."""
        return tuple(
            Shot(
                i + 1,
                record.start,
                record.end,
                (record.first, record.first + record.frames),
                "start" if i == 0 else "gradual" if record.transition else "cut",
                box,
                self,
                record,
            )
            for i, (record, box) in enumerate(zip(self.records, self.boxes, strict=True))
        )

    @cached_property
    def histogram(self) -> Histogram:
        """The exact sum of its shots."""
        return sums.histogram_of(list(zip(self.records, self.boxes, strict=True)), self.codings)

    def palette(self, k: int | Literal["auto"] | None = None, **options: Any) -> Palette:
        """The palette of the exact sum. k : by default that of the shots. options : of `extract`."""
        return self.extracted(self.histogram, self.k if k is None else k, **options)

    @cached_property
    def look(self) -> "Look":
        """Brightness, contrast, warmth, colorfulness and harmony of the whole."""
        from pochade.similarity.look import look

        return look(self.histogram)

    def columns(self, n: int) -> tuple[Column, ...]:
        """The film in `n` equal slices of time, each with its mean in linear light and its palette.

        Raises
        ------
        OptionError : n is no whole number from 1.
        """
        n = whole(n)
        if not isinstance(n, int) or isinstance(n, bool) or n < 1:
            raise OptionError(f"n={n!r} is not allowed: give a whole number from 1.")
        if n in self._sliced:
            return self._sliced[n]
        edges = [self.start + self.duration * i / n for i in range(n + 1)]
        means = to_codes(sums.means(self.records, self.boxes, self.codings, [float(edge) for edge in edges])).tolist()
        starts = np.array([float(record.start) for record in self.records])
        middles = [float(one + other) / 2 for one, other in pairwise(edges)]
        at = np.searchsorted(starts, middles, "right").clip(1, None).tolist()
        self._sliced[n] = tuple(
            Column(edges[i], edges[i + 1], (means[i][0], means[i][1], means[i][2]), at[i], self) for i in range(n)
        )
        return self._sliced[n]

    @cached_property
    def _sliced(self) -> dict[int, tuple[Column, ...]]:
        """The slices by their number, so that several files extract each palette once."""
        return {}

    def save(self, path: str | os.PathLike[str], **options: Any) -> None:
        """Write it to a file, whole or not at all: .html, .png, .svg, .pdf, .json, .csv, .edl, .otio, .vtt, .ffmeta.

        options : of the kind of file, such as view="sheet" for a picture. A sheet of several pages is one PDF, or
        several files, such as heat-1.png and heat-2.png; page= chooses one.

        Raises
        ------
        OptionError : another suffix, or an option that the kind of file does not have.
        """
        from pochade.films.files import save

        save(self, path, **options)

    def to_dict(self) -> dict[str, Any]:
        """The film as JSON's types."""
        from pochade.films.files.json import to_dict

        return to_dict(self)

    def extracted(self, histogram: Histogram, k: int | Literal["auto"], **options: Any) -> Palette:
        """The palette of a histogram with the film's method and options."""
        given: dict[str, Any] = {"method": self.method, **dict(self.options), **options}
        return extract(histogram, k, **given)


def film(
    source: Any,
    k: Annotated[int | Literal["auto"], Within(1, MAX_COLORS)] = 6,
    *,
    every: Every | float = "frame",
    sampling: Sampling = "quarter",
    bars: Bars = "cut",
    start: Any = None,
    end: Any = None,
    shots: Any = None,
    threshold: Annotated[float, Within(1, 100)] = RATIO,
    progress: Callable[[Fraction, Fraction | None], None] | None = None,
    on_shot: Callable[[Shot], None] | None = None,
    resume: bool = True,
    truncated: bool = False,
    max_pixels: Annotated[int, Within(1)] = MAX_FILM_PIXELS,
    max_bytes: Annotated[int, Within(1)] = MAX_FILM_BYTES,
    public_only: bool = False,
    timeout: Annotated[float, Within(above=0)] = 30.0,
    method: str = "prominent",
    **options: Any,
) -> Film:
    """The shots of a film, each with its palette, counted exactly.

    Parameters
    ----------
    source : a path, an http(s) URL, "-" for standard input, bytes, or a binary file object. A pipe is read once.
    k : the number of colors of each palette.
    every : "frame" for all frames; "keyframe" for those that stand alone in the file, each weighed by the time to the
        next, a quick look; or seconds between frames.
    sampling : "quarter" counts one luma of each 2 x 2 block, another corner in each frame; "all" counts all.
    bars : "cut" leaves black bars out; "keep" counts them.
    start, end : the part of the film that counts: seconds, or a time such as "1:02:03.5".
    shots : the times at which shots begin, in seconds; or a file of them that pochade or an editor wrote, .csv or .edl.
        By default they are looked for.
    threshold : how many times a cut exceeds the changes around it, from 1; more finds fewer cuts.
    progress : called with the seconds done, and the seconds in all or None.
    on_shot : called with each shot as soon as it is complete. Its colors are those of the result, unless later shots
        show that a part of it is a black bar.
    resume : keep what was counted in a cache file, so that a second call decodes no frame again.
    truncated : accept what is there of a film that ends early.
    max_pixels : of a frame. max_bytes, public_only, timeout : of a URL, as in `read`.
    method, options : of `extract`, without those of reading.

    Raises
    ------
    FormatError : it is no film, is encrypted or damaged, or PyAV is missing. TruncatedError : it ends early.
    EmptyError : it has sound only, no frames, or none between start and end. OptionError : an option is not allowed.
    """
    from pochade.films.counting import counted

    wish = checked_wish(
        k,
        every=every,
        sampling=sampling,
        bars=bars,
        start=start,
        end=end,
        threshold=threshold,
        truncated=truncated,
        max_pixels=max_pixels,
        method=method,
        **options,
    )
    about: dict[str, Any] = {
        "k": whole(k),
        "method": method,
        "options": tuple(sorted(options.items())),
        "every": wish.every if isinstance(wish.every, str) else float(wish.every),
        "sampling": wish.sampling,
        "bars": wish.bars,
    }
    result = counted(
        source,
        wish,
        shots,
        progress=progress,
        on_record=None if on_shot is None else partial(_tell, about, on_shot),
        resume=resume,
        max_bytes=max_bytes,
        public_only=public_only,
        timeout=timeout,
    )
    return Film(**about, **result)


def checked_wish(
    k: Any = 6,
    *,
    every: Any = "frame",
    sampling: Any = "quarter",
    bars: Any = "cut",
    start: Any = None,
    end: Any = None,
    threshold: Any = RATIO,
    truncated: bool = False,
    max_pixels: int = MAX_FILM_PIXELS,
    method: str = "prominent",
    **options: Any,
) -> "Wish":
    """The options of `film`, checked before a film is opened.

    Raises
    ------
    OptionError : an option is not allowed. EmptyError : start is not before end.
    """
    from pochade.films.counting import Wish

    checked = check(k, method=method, space=options.get("space", "oklab"), seed=options.get("seed", 0),
                    **{name: value for name, value in options.items() if name not in ("space", "seed")})  # fmt: skip
    if checked.reading:
        name = next(iter(checked.reading))
        raise OptionError(f"{name} is not an option of film(): its frames are read whole; see bars, start and end.")
    wish = Wish(
        every=_every(every),
        sampling=_one_of("sampling", sampling, ("quarter", "all")),
        bars=_one_of("bars", bars, ("cut", "keep")),
        start=parse_time("start", start),
        end=parse_time("end", end),
        ratio=_ratio(threshold),
        truncated=truncated,
        max_pixels=max_pixels,
    )
    if wish.start is not None and wish.end is not None and wish.start >= wish.end:
        raise EmptyError(f"start={start} is not before end={end}: no frame lies between them.")
    return wish


BEFORE = 16
"""Shots before a new one that tell its black bars, until all are known."""


def _tell(about: dict[str, Any], on_shot: Callable[[Shot], None], state: "Cached", index: int) -> None:
    """Call `on_shot` with a shot of a film that is not counted to its end."""
    from pochade.films.counting import fields_of

    first = max(0, index - BEFORE)
    film = Film(**about, **fields_of("film", state, about["bars"], first, index + 1))
    on_shot(replace(film.shots[-1], number=index + 1))


def _one_of(name: str, value: Any, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise OptionError(f"{name}={value!r} is not allowed: give one of {', '.join(allowed)}.")
    return str(value)


def _every(every: Any) -> str | Fraction:
    if every in ("frame", "keyframe"):
        return str(every)
    if isinstance(every, str):
        try:
            every = float(every)
        except ValueError:
            every = None
    if isinstance(every, int | float | Fraction) and not isinstance(every, bool) and 0 < every < 86_400:
        return Fraction(every).limit_denominator(1_000_000)
    raise OptionError(f"every={every!r} is not allowed: give frame, keyframe, or a number of seconds above 0.")


def _ratio(threshold: Any) -> float:
    if isinstance(threshold, int | float) and not isinstance(threshold, bool) and 1 <= threshold <= 100:
        return float(threshold)
    raise OptionError(f"threshold={threshold!r} is not allowed: give a number from 1 to 100; the default is {RATIO:g}.")
