"""Times, shapes and odd files."""

import runpy
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import pochade

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, picture, scene = (clips[name] for name in ("drawn", "picture", "scene"))

av = pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")

RED, BLUE, GREEN = (200, 40, 30), (30, 60, 190), (40, 160, 70)


def png_film(path, frames, **more):
    """A lossless clip in a MOV."""
    return drawn(path.with_suffix(".mov"), frames, codec="png", pix_fmt="rgb24", **more)


def shares(film, k=2):
    palette = film.palette(k)
    return {color.hex: round(color.weight, 3) for color in palette}


def test_frames_weigh_by_their_time(tmp_path):
    """One red frame of 3 seconds, three blue ones of a third: 3 to 1."""
    times = [0, 3000, 3333, 3667, 4000]
    frames = [picture(RED), *[picture(BLUE)] * 3, picture(BLUE)]
    path = png_film(tmp_path / "a.mkv", frames, times=times, base=Fraction(1, 1000), rate=3)
    film = pochade.film(path, resume=False)
    assert film.shots[0].duration == 3
    found = shares(film)
    assert found["#c8281e"] == pytest.approx(3 / float(film.duration), abs=0.003)


def test_there_is_no_drift_at_23_976(tmp_path):
    frames = [picture(RED)] * 48 + [picture(BLUE)] * 48
    path = png_film(tmp_path / "a.mov", frames, rate=Fraction(24000, 1001))
    film = pochade.film(path, resume=False)
    assert film.shots[1].start == Fraction(48 * 1001, 24000)
    assert film.end == Fraction(96 * 1001, 24000)
    assert shares(film) == {"#c8281e": 0.5, "#1e3cbe": 0.5}


def test_a_late_film_starts_at_its_own_time(tmp_path):
    path = png_film(tmp_path / "a.mkv", [picture(RED)] * 5, times=range(50, 55), rate=25)
    film = pochade.film(path, resume=False)
    assert len(film.shots) == 1
    assert film.duration == pytest.approx(0.2, abs=0.002)


@pytest.mark.parametrize("box", [(slice(9, 63), slice(None)), (slice(None), slice(12, 84))])
def test_bars_are_no_colors(tmp_path, box):
    frames = []
    for frame in scene(3, 30):
        barred = np.zeros_like(frame)
        barred[box] = frame[box] // 2 + 60
        frames.append(barred)
    path = png_film(tmp_path / "a.mkv", frames)
    cut, kept = (pochade.film(path, bars=bars, resume=False) for bars in ("cut", "keep"))
    assert cut.histogram.means.min() > 30
    assert kept.histogram.means.min() == 0
    left, top, right, bottom = cut.shots[0].box
    assert (right - left) * (bottom - top) < 96 * 72


def test_changing_bars_are_followed(tmp_path):
    wide, tall, whole = [], [], []
    for frame in scene(5, 24):
        frame = frame // 2 + 60
        for kind, box in ((wide, (slice(12, 60), slice(None))), (tall, (slice(None), slice(16, 80)))):
            barred = np.zeros_like(frame)
            barred[box] = frame[box]
            kind.append(barred)
    whole = [frame // 2 + 60 for frame in scene(9, 24)]
    film = pochade.film(png_film(tmp_path / "a.mkv", [*wide, *whole, *tall]), resume=False)
    assert [shot.box for shot in film.shots] == [(0, 12, 96, 60), (0, 0, 96, 72), (16, 0, 80, 72)]
    assert film.histogram.means.min() > 30


def test_a_dark_scene_loses_nothing(tmp_path):
    """A lamp in a dark room is no film with bars."""
    dark = np.full((72, 96, 3), 4, np.uint8)
    y, x = np.mgrid[0:72, 0:96]
    dark[(x - 48) ** 2 + (y - 36) ** 2 < 200] = 250, 220, 120
    bright = [frame // 2 + 60 for frame in scene(1, 24)]
    film = pochade.film(png_film(tmp_path / "a.mkv", [*[dark] * 24, *bright]), resume=False)
    assert film.shots[0].box == (0, 0, 96, 72)
    shown = film.shots[0].palette
    assert max(color.weight for color in shown if color.hex == "#040404") > 0.85


def test_a_black_film_is_black(tmp_path):
    film = pochade.film(png_film(tmp_path / "a.mkv", [picture((0, 0, 0))] * 5), resume=False)
    assert film.palette(3).hex == ["#000000"]


def test_a_turned_film_has_upright_stills(tmp_path):
    import io

    from PIL import Image

    frame = picture(RED, 96, 48)
    frame[:, :48] = BLUE
    path = drawn(
        tmp_path / "a.mov", [frame] * 4, codec="png", pix_fmt="rgb24", stream=lambda s: s.set_display_rotation(90)
    )
    film = pochade.film(path, resume=False)
    image = Image.open(io.BytesIO(film.shots[0].still))
    assert image.height > image.width
    assert (film.width, film.height) == (48, 96)


def test_an_anamorphic_film_has_stills_as_it_is_shown(tmp_path):
    import io

    from PIL import Image

    def wide(stream):
        stream.codec_context.sample_aspect_ratio = Fraction(2)

    frames = [picture(RED, 64, 64)] * 3
    film = pochade.film(drawn(tmp_path / "a.mkv", frames, codec="mpeg4", pix_fmt="yuv420p", stream=wide), resume=False)
    image = Image.open(io.BytesIO(film.shots[0].still))
    assert image.width == pytest.approx(2 * image.height, abs=2)


def muxed(path, *tracks):
    """A file of tracks: (codec, the colors of its frames, disposition), or "sound"."""
    with av.open(str(path), "w") as out:
        streams = []
        for track in tracks:
            if track == "sound":
                streams.append(out.add_stream("flac" if path.suffix == ".flac" else "aac", rate=44100))
                continue
            codec, _, disposition = track
            stream = out.add_stream(codec, rate=24)
            stream.width, stream.height = 64, 48
            stream.pix_fmt = {"libx264": "yuv420p", "mjpeg": "yuvj420p"}.get(codec, "rgb24")
            stream.disposition = disposition
            streams.append(stream)
        for stream, track in zip(streams, tracks, strict=True):
            if track == "sound":
                format = stream.codec_context.codec.audio_formats[0].name
                silence = np.zeros((1, 1024), np.float32 if format == "fltp" else np.int16)
                frames = [av.AudioFrame.from_ndarray(silence, format=format, layout="mono") for _ in range(10)]
                for i, frame in enumerate(frames):
                    frame.sample_rate, frame.pts, frame.time_base = 44100, i * 1024, Fraction(1, 44100)
            else:
                frames = [av.VideoFrame.from_ndarray(picture(color)) for color in track[1]]
                for i, frame in enumerate(frames):
                    frame.pts, frame.time_base = i, Fraction(1, 24)
            for frame in [*frames, None]:
                for packet in stream.encode(frame):
                    out.mux(packet)
    return path


COVER, DEFAULT = 0x400, 1


@pytest.mark.parametrize(
    ("name", "tracks", "words"),
    [
        ("a.m4a", ["sound"], "sound and no film"),
        ("a.mp4", ["sound", ("mjpeg", [RED], COVER)], "a cover picture and no film"),
        ("a.flac", ["sound", ("png", [RED], COVER)], "a cover picture and no film"),
    ],
)
def test_sound_and_a_cover_picture_are_no_film(tmp_path, name, tracks, words):
    with pytest.raises(pochade.EmptyError, match=words):
        pochade.film(muxed(tmp_path / name, *tracks), resume=False)


def test_a_cover_picture_beside_a_film_does_not_count(tmp_path):
    path = muxed(tmp_path / "a.mp4", ("mjpeg", [RED], COVER), ("libx264", [BLUE] * 12, DEFAULT), "sound")
    film = pochade.film(path, resume=False)
    assert film.notes == ()
    assert film.shots[0].frames == (0, 12)
    assert len(film.palette(3)) == 1


@pytest.mark.parametrize(("first", "second", "shown"), [(DEFAULT, 0, 1), (0, DEFAULT, 2), (0, 0, 1)])
def test_of_two_films_in_a_file_the_preferred_one_counts_and_a_note_says_so(tmp_path, first, second, shown):
    path = muxed(tmp_path / "a.mkv", ("libx264", [RED] * 6, first), ("libx264", [BLUE] * 12, second))
    film = pochade.film(path, resume=False)
    assert film.shots[0].frames == (0, 6 * shown)
    assert film.notes == ("it has 2 films; the first one that its maker prefers counts.",)


def test_a_size_that_changes_midway_is_followed(tmp_path):
    """Two H.264 streams of different sizes, one after the other."""
    parts = b""
    for i, (width, height, color) in enumerate(((64, 48, RED), (96, 64, BLUE))):
        path = drawn(
            tmp_path / f"{i}.h264",
            [picture(color, width, height)] * 12,
            codec="libx264",
            pix_fmt="yuv420p",
            options={"qp": "0", "preset": "ultrafast"},
        )
        parts += path.read_bytes()
    joined = tmp_path / "both.h264"
    joined.write_bytes(parts)
    film = pochade.film(joined, resume=False)
    assert len(film.shots) == 2
    assert [shot.box[2:] for shot in film.shots] == [(64, 48), (96, 64)]


def test_an_interlaced_film_has_the_colors_of_its_twin(tmp_path):
    frames = scene(11, 6, 96, 64)
    paths = []
    for name, options in (("p", {"qp": "0"}), ("i", {"qp": "0", "x264-params": "tff=1"})):
        paths.append(drawn(tmp_path / f"{name}.mkv", frames, codec="libx264", pix_fmt="yuv420p", options=options))
    one, other = (pochade.film(path, sampling="all", resume=False) for path in paths)
    means = [(film.histogram.sums.sum(0) / film.histogram.counts.sum().astype(float)) for film in (one, other)]
    assert np.abs(means[0] - means[1]).max() <= 1


def test_start_and_end_choose_a_part(tmp_path):
    frames = [picture(RED)] * 24 + [picture(BLUE)] * 24 + [picture(GREEN)] * 24
    path = png_film(tmp_path / "a.mkv", frames)
    film = pochade.film(path, start=1, end="0:02", resume=False)
    assert film.palette(2).hex == ["#1e3cbe"]
    with pytest.raises(pochade.EmptyError, match="start=9 lies after its end"):
        pochade.film(path, start=9, resume=False)
    with pytest.raises(pochade.EmptyError, match="not before"):
        pochade.film(path, start=2, end=1, resume=False)


@pytest.mark.parametrize("every", ["keyframe", 0.5])
def test_fewer_frames_weigh_the_time_to_the_next(tmp_path, every):
    frames = [picture(RED)] * 48 + [picture(BLUE)] * 16
    options = {"g": "8"} if every == "keyframe" else {}
    path = drawn(tmp_path / "a.mkv", frames, codec="mpeg4", pix_fmt="yuv420p", rate=16, options=options)
    film = pochade.film(path, every=every, resume=False)
    found = film.palette(2)
    assert found[0].weight == pytest.approx(0.75, abs=0.02)
    assert float(film.duration) == pytest.approx(4, abs=0.1)


def test_the_last_key_frame_lasts_to_the_end(tmp_path):
    """Also where the file states no length: here a bare stream in a pipe."""
    frames = [picture(RED)] * 16 + [picture(BLUE)] * 48
    for name in ("a.mkv", "a.ivf"):
        path = drawn(
            tmp_path / name, frames, codec="libvpx", pix_fmt="yuv420p", rate=16, options={"g": "16", "crf": "4"}
        )
        film = pochade.film(path, every="keyframe", resume=False)
        assert float(film.duration) == pytest.approx(4, abs=0.1)
        assert film.palette(2)[0].weight == pytest.approx(0.75, abs=0.02)


def test_a_long_shot_keeps_few_stills(tmp_path):
    """Nor does its memory grow with its length: its stretches become parts on the way."""
    from pochade.films import passage, unfinished

    seen = []

    class Watched(unfinished.Unfinished):
        def add(self, stretch):
            super().add(stretch)
            seen.append((len(self._stills), len(self._group)))

    frames = [picture(RED, 16, 16)] * 2400
    path = drawn(tmp_path / "a.mkv", frames, codec="mpeg4", pix_fmt="yuv420p", rate=24)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passage, "Unfinished", Watched)
        film = pochade.film(path, resume=False)
    assert [shot.frames for shot in film.shots] == [(0, 2400)]
    assert max(stills for stills, _ in seen) <= unfinished.MAX_STILLS
    assert max(group for _, group in seen) <= 2
    assert len(seen) == 300
