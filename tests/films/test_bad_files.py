"""Broken, hostile and foreign files: one clear error each, and nothing on the terminal."""

import io
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

import pochade

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, picture, scene = (clips[name] for name in ("drawn", "picture", "scene"))

av = pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")


def h264(path, frames, **more):
    return drawn(path, frames, codec="libx264", pix_fmt="yuv420p", options={"g": "12", "qp": "18"}, **more)


def counted(source, **options):
    return pochade.film(source, resume=False, **options)


@pytest.fixture
def clip(tmp_path):
    return h264(tmp_path / "clip.mkv", [frame for seed in range(3) for frame in scene(seed, 40)])


def cut(path, share):
    data = path.read_bytes()
    short = path.with_name(f"short{path.suffix}")
    short.write_bytes(data[: int(len(data) * share)])
    return short


@pytest.mark.parametrize("suffix", [".mkv", ".mp4", ".avi", ".mov"])
def test_a_film_that_ends_early_is_refused_or_taken_as_far_as_it_goes(tmp_path, suffix):
    container = {"container_options": {"movflags": "faststart"}} if suffix in (".mp4", ".mov") else {}
    frames = [frame for seed in range(3) for frame in scene(seed, 40)]
    short = cut(h264(tmp_path / f"clip{suffix}", frames, **container), 0.5)
    with pytest.raises(pochade.TruncatedError):
        counted(short)
    film = counted(short, truncated=True)
    assert 0.5 < film.duration < 4.5


def test_an_mp4_without_its_index_is_refused(tmp_path):
    short = cut(h264(tmp_path / "clip.mp4", scene(0, 40)), 0.6)
    with pytest.raises(pochade.FormatError, match="index"):
        counted(short)


def test_damaged_frames_are_left_out_and_counted(clip):
    data = bytearray(clip.read_bytes())
    rng = np.random.default_rng(0)
    for at in rng.integers(len(data) // 3, len(data) // 2, 12):
        data[at] ^= 0xFF
    clip.write_bytes(data)
    film = counted(clip, truncated=True)
    assert all("damaged" in note for note in film.notes)
    assert film.duration > 2


def test_a_film_with_mostly_damaged_frames_is_refused(clip):
    data = bytearray(clip.read_bytes())
    for at in range(3000, len(data) - 50, 40):
        data[at] ^= 0xFF
    clip.write_bytes(data)
    with pytest.raises(pochade.SourceError):
        counted(clip, truncated=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"hello world\n" * 500, "no film"), (bytes(range(256)) * 20, "no film")],
)
def test_what_is_no_film_is_refused(tmp_path, content, words):
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(pochade.FormatError, match=words):
        counted(path)


def test_a_folder_and_a_missing_file_are_named(tmp_path):
    with pytest.raises(pochade.FormatError, match="folder"):
        counted(tmp_path)
    with pytest.raises(pochade.SourceError, match="no such file"):
        counted(tmp_path / "none.mp4")


def test_a_film_cannot_name_other_files(tmp_path, clip):
    lists = {
        "a.ffconcat": f"ffconcat version 1.0\nfile '{clip}'\n",
        "a.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:30\n#EXTINF:5,\n{clip}\n#EXT-X-ENDLIST\n",
    }
    for name, text in lists.items():
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(pochade.FormatError):
            counted(path)
    for address in (f"concat:{clip}", f"file:{clip}", "subfile,,start,0,end,0,,:a"):
        with pytest.raises(pochade.SourceError, match="no such file"):
            counted(address)


class Pipe(io.RawIOBase):
    """A file object that cannot seek."""

    def __init__(self, content):
        self._file = io.BytesIO(content)

    def readable(self):
        return True

    def read(self, count=-1):
        return self._file.read(count)

    def seekable(self):
        return False


def test_a_pipe_is_read_once_unless_its_index_comes_last(tmp_path, clip):
    whole = counted(clip)
    piped = counted(Pipe(clip.read_bytes()))
    assert [shot.palette for shot in piped.shots] == [shot.palette for shot in whole.shots]
    last = h264(tmp_path / "last.mp4", scene(1, 40, 320, 240), rate=24)
    with pytest.raises(pochade.FormatError, match=r"index comes last.*give a file"):
        counted(Pipe(last.read_bytes() if last.stat().st_size > 1 else b""))


def test_bytes_and_file_objects_give_the_same_film(clip):
    one, other = counted(clip.read_bytes()), counted(io.BytesIO(clip.read_bytes()))
    assert one.palette() == other.palette() == counted(clip).palette()


def test_a_large_frame_is_refused_before_decoding(clip):
    with pytest.raises(pochade.TooLargeError, match="raise max_pixels"):
        counted(clip, max_pixels=1000)


def test_without_pyav_one_line_says_how_to_install_it(clip, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(pochade.FormatError, match=r"pip install 'pochade\[film\]'"):
        counted(clip)


def test_ffmpeg_writes_no_line(clip, capfd):
    short = cut(clip, 0.6)
    counted(short, truncated=True)
    with pytest.raises(pochade.FormatError):
        counted(b"\0\0\0\x18ftypmp42" + bytes(2000))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("every", "second"),
        ("every", 0),
        ("every", True),
        ("sampling", "half"),
        ("bars", "crop"),
        ("start", -1),
        ("start", "1:x"),
        ("threshold", 0),
        ("shots", 3),
        ("shots", "a.txt"),
        ("region", (0, 0, 1, 1)),
        ("k", 0),
    ],
)
def test_bad_options_are_refused_by_name(clip, name, value):
    with pytest.raises(pochade.OptionError, match=name):
        counted(clip, **{name: value})
