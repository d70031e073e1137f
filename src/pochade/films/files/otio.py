"""OpenTimelineIO: a clip for each shot, with its palette as a marker."""

from typing import TYPE_CHECKING, Any

from pochade.errors import PochadeError

if TYPE_CHECKING:
    from pochade.films.film import Film


def encode(film: "Film") -> bytes:
    """The timeline as the JSON of OTIO.

    Raises
    ------
    PochadeError : OpenTimelineIO is not installed.
    """
    try:
        import opentimelineio as otio  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        raise PochadeError(
            ".otio files need OpenTimelineIO, which is not installed: pip install 'pochade[film]'."
        ) from None
    timing = film.timing
    rate = float(timing.real)

    def span(start: int, end: int) -> Any:
        return otio.opentime.TimeRange(
            otio.opentime.RationalTime(start, rate), otio.opentime.RationalTime(end - start, rate)
        )

    timeline = otio.schema.Timeline(film.name)
    track = otio.schema.Track("Shots", kind=otio.schema.TrackKind.Video)
    ends = [timing.frame_of(shot.start) for shot in film.shots[1:]] + [timing.frame_of(film.end)]
    whole = span(timing.frame_of(film.start), timing.frame_of(film.end))
    for shot, end in zip(film.shots, ends, strict=True):
        start = timing.frame_of(shot.start)
        media = otio.schema.ExternalReference(film.name, whole)
        clip = otio.schema.Clip(f"Shot {shot.number}", media, span(start, end))
        colors = [{"hex": color.hex, "weight": color.weight} for color in shot.palette]
        clip.markers.append(
            otio.schema.Marker(
                " ".join(shot.palette.hex), span(start, start + 1), metadata={"pochade": {"palette": colors}}
            )
        )
        track.append(clip)
    timeline.tracks.append(track)
    text: str = otio.adapters.write_to_string(timeline, "otio_json")
    return text.encode() + (b"" if text.endswith("\n") else b"\n")
