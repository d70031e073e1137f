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


def damaged(clip, chosen):
    """The clip with the packets of some frames overwritten: their numbers in the order of the file."""
    with av.open(str(clip)) as container:
        places = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    data = bytearray(clip.read_bytes())
    for number in chosen:
        at, size = places[number]
        data[at + size // 3 : at + size - 4] = b"\xff" * (size - 4 - size // 3)
    clip.write_bytes(data)


@pytest.fixture
def pictures(tmp_path):
    """A clip of 50 pictures, each of which stands alone."""
    frames = [frame for seed in range(2) for frame in scene(seed, 25)]
    return drawn(tmp_path / "a.mov", frames, codec="png", pix_fmt="rgb24")


def test_each_damaged_frame_is_left_out_and_counted(pictures):
    whole = counted(pictures)
    damaged(pictures, [7, 8, 30])
    film = counted(pictures)
    assert film.notes == ("3 of 50 frames are damaged and were left out.",)
    assert film.duration == whole.duration
    assert [shot.frames for shot in film.shots] == [(0, 23), (23, 47)]


@pytest.mark.parametrize("chosen", [[48], [49], [47, 48], [46, 49]])
def test_damage_at_the_end_costs_no_other_frame(pictures, chosen):
    """The last frames come from all threads of the decoder at once."""
    damaged(pictures, chosen)
    film = counted(pictures)
    assert film.notes == (f"{len(chosen)} of 50 frames are damaged and were left out.",)
    assert film.shots[-1].frames[1] == 50 - len(chosen)


def test_damage_above_a_fifth_is_refused_and_a_fifth_is_not(pictures):
    damaged(pictures, range(3, 13))
    assert "10 of 50" in counted(pictures).notes[0]
    damaged(pictures, [20])
    with pytest.raises(pochade.FormatError, match="22 % of its frames are damaged; at most 20 % are left out"):
        counted(pictures)


def test_a_film_with_mostly_damaged_frames_is_refused(clip):
    data = bytearray(clip.read_bytes())
    for at in range(3000, len(data) - 50, 40):
        data[at] ^= 0xFF
    clip.write_bytes(data)
    with pytest.raises(pochade.SourceError):
        counted(clip, truncated=True)


@pytest.mark.parametrize("flags", ["", "frag_keyframe+empty_moov"])
def test_an_encrypted_film_is_named_so(tmp_path, flags):
    options = {
        "encryption_scheme": "cenc-aes-ctr",
        "encryption_key": "76a6c65c5ea762046bd749a2e632ccbb",
        "encryption_kid": "a7e61c373e219033c21091fa607bf3b8",
    } | ({"movflags": flags} if flags else {})
    path = h264(tmp_path / "a.mp4", scene(0, 8), container_options=options)
    for source in (path, path.read_bytes()):
        with pytest.raises(pochade.FormatError, match="the film is encrypted"):
            counted(source)


def element(kind: str, content: bytes) -> bytes:
    """An element of Matroska (RFC 8794, 4): its kind in hexadecimal digits, its length in 8 bytes, its content."""
    return bytes.fromhex(kind) + (len(content) | 1 << 56).to_bytes(8, "big") + content


def test_an_encrypted_matroska_film_is_named_so():
    encryption = element("6d80", element("6240", element("5035", element("47e1", b"\5"))))
    tracks = element("1654ae6b", element("ae", element("d7", b"\1") + encryption))
    film = element("1a45dfa3", element("4282", b"webm")) + element("18538067", tracks)
    with pytest.raises(pochade.FormatError, match="the film is encrypted"):
        counted(film)


@pytest.mark.parametrize("tag", [b"dvh1", b"dvhe"])
def test_dolby_vision_of_profile_5_is_refused_with_the_reason(tmp_path, tag):
    """It has no color tags, and the codec's name says that only Dolby's decoder knows its colors."""
    options = {"x265-params": "log-level=none"}
    path = drawn(tmp_path / "a.mp4", scene(0, 3), codec="libx265", pix_fmt="yuv420p10le", options=options)
    path.write_bytes(path.read_bytes().replace(b"hev1", tag).replace(b"hvc1", tag))
    with pytest.raises(pochade.FormatError, match=r"Dolby Vision of profile 5.*HDR10 or HLG"):
        counted(path)


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
