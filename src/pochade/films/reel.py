"""Reel: an open film, whose frames pass with their times.

FFmpeg opens other files and URLs that a film names (`concat:`, playlists). So it gets a file object, a list of formats
of one file, and no protocol at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from pochade.errors import EmptyError, FormatError, TooLargeError, TruncatedError
from pochade.films import material
from pochade.films.coding import Coding, coding_of
from pochade.films.library import av, quiet
from pochade.films.material import FilmFile
from pochade.films.planes import Planes, planes_of

FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,asf,ogg,mxf,ivf,h264,hevc,obu,nut,rm,dv,"
    "yuv4mpegpipe,mp3,flac,wav,aac"
)
"""FFmpeg's names of the formats that hold a film in one file; of the last four, which hold sound, the error says so."""

COVER = 0x400
"""The disposition of a picture that is no film (AV_DISPOSITION_ATTACHED_PIC)."""

MAX_DAMAGED = 0.2
"""The share of damaged packets from which a film is refused."""

SLACK = Fraction(1, 2), Fraction(2, 100)
"""Seconds, and the share of the film, that may be missing at its end before it counts as cut off."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A decoded frame. start, end : in seconds from the start of the film."""

    start: Fraction
    end: Fraction
    planes: Planes
    coding: Coding
    aspect: Fraction
    turn: int
    interlaced: bool


@dataclass(eq=False)
class Reel:
    """An open film.

    rate : mean frames a second, or None. duration : in seconds as the container states it, or None.
    notes : sentences about what was left out, complete after the last frame. chapters : start, end and title.
    """

    source: FilmFile
    container: Any
    stream: Any
    library: Any
    truncated: bool
    notes: list[str] = field(default_factory=list)
    packets: int = 0
    damaged: int = 0
    _keyframes: bool = False
    _reached: int = 0
    _codings: dict[tuple[Any, ...], Coding] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of the film, in messages."""
        return self.source.name

    @property
    def rate(self) -> Fraction | None:
        """Mean frames a second."""
        stream = self.stream
        rate = stream.average_rate or stream.guessed_rate
        return Fraction(rate) if rate else None

    @property
    def duration(self) -> Fraction | None:
        """Seconds, as the container states them."""
        stream = self.stream
        if stream.duration:
            return Fraction(stream.duration * stream.time_base)
        if tag := stream.metadata.get("DURATION"):
            try:
                hours, minutes, seconds = tag.split(":")
                return Fraction(int(hours) * 3600 + int(minutes) * 60) + Fraction(seconds.strip("\0 "))
            except ValueError:
                pass
        return Fraction(self.container.duration, 1_000_000) if self.container.duration else None

    @property
    def origin(self) -> Fraction:
        """The time stamp, in seconds, at which the film starts: that of a late film lies after it."""
        if self.container.start_time is not None:
            return Fraction(self.container.start_time, 1_000_000)
        return Fraction((self.stream.start_time or 0) * self.stream.time_base)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as stored."""
        return self.stream.codec_context.width, self.stream.codec_context.height

    @property
    def chapters(self) -> list[tuple[Fraction, Fraction, str]]:
        """Start and end in seconds, and title."""
        found = []
        for chapter in self.container.chapters():
            base = Fraction(chapter["time_base"])
            title = chapter["metadata"].get("title", "")
            found.append((chapter["start"] * base - self.origin, chapter["end"] * base - self.origin, title))
        return found

    def rewind(self) -> None:
        """Go back to the first frame."""
        self.container.seek(0, backward=True, any_frame=False)

    def close(self) -> None:
        """Close the decoder and the file."""
        self.container.close()
        self.source.close()

    def frames(self, start: Fraction | None, end: Fraction | None, *, keyframes: bool = False) -> Iterator[Frame]:
        """The frames that start at `start` or later, and before `end`, in seconds.

        Raises
        ------
        TruncatedError : the file ends early. FormatError : more than a fifth of it is damaged.
        """
        if start is not None and start > 1:
            self._seek(start)
        self._keyframes = keyframes
        if keyframes:
            self.stream.codec_context.skip_frame = "NONKEY"
        self.stream.thread_type = "AUTO"
        last_end: Fraction | None = None
        complete = True
        for frame, begin, stop in self._timed(start):
            if end is not None and begin >= end:
                complete = False
                break
            last_end = stop
            if start is None or begin >= start:
                yield self._frame(frame, begin, stop if end is None else min(stop, end))
        self._check_damage()
        if complete:
            self._check_end(last_end, keyframes)

    def _frame(self, frame: Any, begin: Fraction, stop: Fraction) -> Frame:
        planes = planes_of(frame)
        points = frame.colorspace, frame.color_range, frame.color_primaries, frame.color_trc
        key = *(int(point) for point in points), frame.height, frame.format.name
        if key not in self._codings:
            rows, rgb, gray = frame.height, planes.rgb, planes.gray
            self._codings[key] = coding_of(frame, self._tag, rows, self.name, rgb=rgb, gray=gray)
        coding = self._codings[key]
        aspect = self.stream.sample_aspect_ratio
        return Frame(
            begin,
            stop,
            planes,
            coding,
            Fraction(aspect) if aspect else Fraction(1),
            round(frame.rotation / 90) % 4,
            bool(frame.interlaced_frame),
        )

    @property
    def _tag(self) -> str:
        return str(self.stream.codec_context.codec_tag)

    def _seek(self, start: Fraction) -> None:
        base = self.stream.time_base
        try:
            self.container.seek(int((start + self.origin) / base), stream=self.stream, backward=True)
        except self.library.error.FFmpegError:
            return  # no index: decode from the start

    def _timed(self, start: Fraction | None) -> Iterator[tuple[Any, Fraction, Fraction]]:
        """Each frame with its start and end: the start of the next."""
        base, origin = self.stream.time_base, self.origin
        usual = 1 / self.rate if self.rate else Fraction(1, 25)
        waiting: tuple[Any, Fraction] | None = None
        for frame in self._decoded():
            step = frame.duration * base if frame.duration else usual
            if frame.pts is not None:
                begin = frame.pts * base - origin
            else:
                begin = waiting[1] + step if waiting else Fraction(0)
            if waiting is not None:
                if begin <= waiting[1]:  # a time that does not grow
                    begin = waiting[1] + step
                yield waiting[0], waiting[1], begin
            waiting = frame, begin
        if waiting is not None:
            step = waiting[0].duration * base if waiting[0].duration else usual
            reached = self._reached * base - origin if self._keyframes else Fraction(0)
            yield waiting[0], waiting[1], max(waiting[1] + step, reached)

    def _decoded(self) -> Iterator[Any]:
        broken = self.library.error.FFmpegError
        packets = self.container.demux(self.stream)
        last: int | None = None
        before = 0
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except broken:
                self.damaged += 1
                self.packets += 1
                return
            if packet.size:
                if packet.pts is not None:
                    self._reached = max(self._reached, packet.pts + (packet.duration or 0))
                if self._keyframes and not packet.is_keyframe:
                    continue  # a decoder that gets these and skips them waits for each of the others
                self.packets += 1
            frames: Iterable[Any]
            try:
                frames = packet.decode()
            except broken:
                if packet.size or last is None:
                    self.damaged += 1
                    continue
                self.damaged = before  # those after the last frame are met again
                frames = self._rest(last)
            for frame in frames:
                last, before = frame.pts, self.damaged
                if frame.is_corrupt and self.packets > 1:
                    self.damaged += 1
                else:
                    yield frame

    def _rest(self, last: int) -> Iterator[Any]:
        """The frames after a time stamp, decoded one by one: at the end, an error takes the frames of all threads."""
        broken = self.library.error.FFmpegError
        try:
            self.container.seek(last, stream=self.stream, backward=True)
        except broken:  # a pipe
            self.damaged += 1
            return
        decoder = self.library.CodecContext.create(self.stream.codec_context.codec.name, "r")
        decoder.extradata, decoder.thread_count = self.stream.codec_context.extradata, 1
        for packet in self.container.demux(self.stream):
            if packet.size and self._keyframes and not packet.is_keyframe:
                continue
            try:
                yield from (
                    frame for frame in decoder.decode(packet if packet.size else None) if (frame.pts or 0) > last
                )
            except broken:
                self.damaged += packet.pts is None or packet.pts > last

    def _check_damage(self) -> None:
        if not self.damaged:
            return
        share = self.damaged / max(self.packets, 1)
        if not self.truncated and material.ends_early(self.source):
            raise self._ends_early("")
        if share > MAX_DAMAGED:
            raise FormatError(
                f"{self.name}: {share:.0%} of its frames are damaged; at most {MAX_DAMAGED:.0%} are left out. Give a "
                "sound copy.".replace("%", " %")
            )
        self.notes.append(f"{self.damaged} of {self.packets} frames are damaged and were left out.")

    def _check_end(self, last: Fraction | None, keyframes: bool) -> None:
        if self.truncated or last is None:
            return
        if material.ends_early(self.source):
            raise self._ends_early(f" at {float(last):.1f} seconds")
        stated = None if keyframes else self._stated_end()
        if stated is not None and last < stated - max(SLACK[0], SLACK[1] * stated):
            raise self._ends_early(f": {float(last):.1f} of {float(stated):.1f} seconds are there")

    def _stated_end(self) -> Fraction | None:
        """The end of the pictures, if the container states it; that of the sound may be later."""
        if self.stream.duration:
            begin = Fraction(self.stream.start_time or 0) * self.stream.time_base - self.origin
            return Fraction(begin + self.stream.duration * self.stream.time_base)
        if self.stream.metadata.get("DURATION"):
            return self.duration
        return None

    def _ends_early(self, where: str) -> TruncatedError:
        return TruncatedError(f"{self.name}: the file ends early{where}; truncated=True accepts what is there.")


def open_reel(source: FilmFile, *, truncated: bool, max_pixels: int) -> Reel:
    """Open a film.

    Raises
    ------
    FormatError : no film, encrypted, or PyAV is not installed. EmptyError : sound only. TooLargeError : more pixels.
    """
    try:
        library = av(source.name)
        return _opened(source, library, truncated, max_pixels)
    except BaseException:
        source.close()
        raise


def _opened(source: FilmFile, library: Any, truncated: bool, max_pixels: int) -> Reel:
    name = source.name
    if material.is_encrypted(source):
        raise FormatError(f"{name}: the film is encrypted; give one that is not.")
    with quiet(library):
        try:
            options = {"format_whitelist": FORMATS, "protocol_whitelist": ""}
            container = library.open(source.file, options=options, metadata_errors="replace")
        except (library.error.FFmpegError, ValueError, OSError) as error:
            raise _refused(source, error) from None
    streams = container.streams.video
    films = [stream for stream in streams if not int(stream.disposition) & COVER]
    if not films:
        sound = "sound and no film" if container.streams.audio else "no film"
        what = "a cover picture and no film" if len(streams) else sound
        container.close()
        raise EmptyError(f"{name}: it has {what}: give a file with moving pictures.")
    stream = next((one for one in films if int(one.disposition) & 1), films[0])
    reel = Reel(source, container, stream, library, truncated)
    if stream.codec_context is None:
        raise FormatError(f"{name}: the codec of its pictures is not known to FFmpeg {library.__version__}.")
    width, height = reel.size
    if width * height > max_pixels:
        raise TooLargeError(
            f"{name}: {width} x {height} pixels a frame are more than the {max_pixels:,} allowed; raise max_pixels."
        )
    if len(films) > 1:
        reel.notes.append(f"it has {len(films)} films; the first one that its maker prefers counts.")
    return reel


def _refused(source: FilmFile, error: Exception) -> FormatError:
    if material.lacks_index(source):
        if material.ends_early(source):
            return TruncatedError(f"{source.name}: the file ends early, before its index; give a whole copy.")
        return FormatError(f"{source.name}: it has no index (moov), so no frame can be found; give a whole copy.")
    if material.ends_early(source):
        return TruncatedError(f"{source.name}: the file ends before its first frame; give a whole copy.")
    reason = getattr(error, "strerror", None) or str(error)
    return FormatError(f"{source.name}: it is no film in a known format ({reason}).")
