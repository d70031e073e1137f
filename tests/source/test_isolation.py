"""Decoders in a process of their own: the same pixels, and one error if they die, hang or take too much."""

import base64
import importlib
import io
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade import files
from pochade.errors import FormatError, OptionError, SourceError, TooLargeError
from pochade.source import read
from pochade.source.encoding import Encoding
from pochade.source.formats import formats
from pochade.source.isolation import process
from pochade.source.isolation.messages import encoding_fields, encoding_of, metadata_fields, metadata_of

RED = (200, 30, 40)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">'
    b'<rect width="10" height="10" fill="#c81e28"/></svg>'
)
ENDLESS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><filter id="f"><feTurbulence '
    b'baseFrequency="0.9" numOctaves="2000000000"/></filter><rect width="100" height="100" filter="url(#f)"/></svg>'
)
"""Takes resvg years, in which it holds Python's lock."""

READER = '''
import ctypes, os, signal
import numpy as np
from pochade.source.array import open_array
from pochade.source.formats import formats

@formats.register("broken", recognizes=lambda material: material.head.startswith(b"BROKEN "), isolate="os")
def broken(material, options):
    """A decoder that fails as its file says."""
    how = material.bytes()[7:].decode()
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "exit":
        os._exit(3)
    if how == "raise":
        raise KeyError("lost")
    if how == "hang":
        ctypes.PyDLL(None).sleep(100_000)  # holds Python's lock, as a library in C may
    if how == "memory":
        np.empty(700 << 20, np.uint8)
    if how == "babble":
        os.write(1, b"noise from C")
        print("noise from Python")
    return open_array(np.frombuffer(os.getpid().to_bytes(3, "little"), np.uint8).reshape(1, 1, 3), options)
'''


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """broken("crash") is a file whose decoder crashes, and so on."""
    process._end_all()  # the next process gets the path of these modules
    (tmp_path / "broken_reader.py").write_text(READER)
    about = tmp_path / "broken_reader-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-reader\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pochade.readers]\nbroken = broken_reader\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("broken_reader")
    yield lambda how: b"BROKEN " + how.encode()
    del sys.modules["broken_reader"], formats._entries["broken"]
    process._end_all()


def pid_of(pixels):
    return int.from_bytes(next(pixels.strips()).codes.tobytes(), "little")


def encoded(kind):
    image = Image.new("RGB", (40, 30), RED)
    image.paste((20, 60, 180), (20, 0, 40, 30))
    file = io.BytesIO()
    if kind == "svg":
        pytest.importorskip("resvg_py")
        return SVG
    if kind == "heif":
        pytest.importorskip("pillow_heif").from_pillow(image.convert("RGBA")).save(file)
    elif kind == "pdf":
        pytest.importorskip("pypdfium2")
        image.save(file, "PDF")
    elif kind == "jxl":
        pytest.importorskip("pillow_jxl")
        image.save(file, "JXL")
    else:
        image.save(file, "JPEG2000")
    return file.getvalue()


@pytest.mark.parametrize("kind", ["svg", "heif", "pdf", "jxl", "jp2"])
def test_a_process_of_its_own_gives_the_same_pixels(assemble, kind):
    data = encoded(kind)
    apart, here = read(data), read(data, isolate=False)
    assert (apart.width, apart.height, apart.profile, apart.frames) == (
        here.width,
        here.height,
        here.profile,
        here.frames,
    )
    for one, other in zip(assemble(apart), assemble(here), strict=True):
        assert np.array_equal(one, other)
    box = read(data, region=(3, 2, 17, 9))
    assert np.array_equal(assemble(box)[0][2:9, 3:17], assemble(here)[0][2:9, 3:17])


def test_a_process_of_its_own_passes_on_what_the_codes_mean():
    heif = pytest.importorskip("pillow_heif").from_pillow(Image.new("RGB", (16, 16), (120, 90, 60)))
    file = io.BytesIO()
    heif.save(file, quality=100, color_primaries=9, transfer_characteristics=16)
    apart, here = read(file.getvalue()), read(file.getvalue(), isolate=False)
    assert isinstance(here.profile, Encoding)
    assert (here.profile.curve, here.profile.primaries.red) == ("PQ", (0.708, 0.292))
    assert apart.profile == here.profile
    at = file.getvalue().index(b"colrnclx") + 8
    reserved = file.getvalue()[:at] + b"\0\1\0\x4d" + file.getvalue()[at + 4 :]
    assert read(reserved).notes == read(reserved, isolate=False).notes
    assert "transfer characteristics 77" in read(reserved).notes[0]


@pytest.mark.parametrize(
    "more",
    [
        {"curve": "no curve"},
        {"curve": [2.2, 2.2, 2.2]},
        {"primaries": [[0.64, 0.33]]},
        {"primaries": [[0.0, 0.0]] * 4},
        {"primaries": [[float("nan"), 0.3], [0.3, 0.6], [0.15, 0.06], [0.3127, 0.329]]},
        {"primaries": None},
    ],
)
def test_an_encoding_that_a_process_made_up_is_refused(more):
    fields = encoding_fields(Encoding(curve="PQ"))
    assert encoding_of(fields) == Encoding(curve="PQ")
    with pytest.raises((ValueError, LookupError, TypeError)):
        encoding_of(fields | more)


@pytest.mark.parametrize("kind", ["HEIF", "JXL"])
def test_a_process_of_its_own_passes_on_what_the_file_states_beside_its_pixels(kind):
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    else:
        pytest.importorskip("pillow_jxl")
    exif = Image.Exif()
    exif[282], exif[283], exif[296] = 300.0, 150.0, 2
    file = io.BytesIO()
    picture = Image.new("RGB", (16, 16), RED)
    picture.save(file, kind, exif=exif.tobytes(), icc_profile=files.srgb_profile())
    apart, here = (read(file.getvalue(), isolate=isolate).metadata for isolate in (True, False))
    assert (apart.dpi, apart.tagged) == (here.dpi, here.tagged) == ((300, 150), True)
    few = pochade.quantize(file.getvalue(), 2).encode("png")
    assert Image.open(io.BytesIO(few)).info["dpi"] == pytest.approx((300, 150), abs=0.02)


def test_a_process_of_its_own_passes_on_that_there_are_more_pages():
    heif = pytest.importorskip("pillow_heif").from_pillow(Image.new("RGB", (16, 16), RED))
    heif.add_from_pillow(Image.new("RGB", (16, 16), "blue"))
    file = io.BytesIO()
    heif.save(file)
    assert [read(file.getvalue(), isolate=isolate).metadata.paged for isolate in (True, False)] == [True, True]


def test_all_facts_of_a_file_travel_between_processes():
    table = np.array([[1, 2, 3, 4], [250, 251, 252, 255]], np.uint8)
    facts = files.Metadata((300.0, 72.5), 3, True, table, True)
    again = metadata_of(json.loads(json.dumps(metadata_fields(facts))))
    assert (again.dpi, again.plays, again.tagged, again.paged) == ((300.0, 72.5), 3, True, True)
    assert np.array_equal(again.table, table)
    assert again.table.dtype == np.uint8


@pytest.mark.parametrize(
    "more",
    [{"dpi": 300}, {"plays": -1}, {"table": []}, {"table": [[300, 0, 0, 0]]}, {"table": [[0, 0, 0]]}],
)
def test_facts_that_a_process_made_up_are_refused(more):
    fields = metadata_fields(files.Metadata())
    with pytest.raises((ValueError, LookupError, TypeError, OverflowError)):
        metadata_of(fields | more)


def test_the_pixels_can_be_read_again_after_the_process_has_decoded_another_picture(broken, assemble):
    first = read(encoded("jp2"))
    before = assemble(first)[0]
    read(broken("fine"))
    assert np.array_equal(assemble(first)[0], before)


def test_a_long_file_is_read_by_the_process_from_the_disk(tmp_path, monkeypatch, assemble):
    monkeypatch.setattr("pochade.source.material.MAX_BYTES_IN_MEMORY", 10)
    monkeypatch.chdir(tmp_path)
    Path("a.jp2").write_bytes(encoded("jp2"))
    assert np.array_equal(assemble(read("a.jp2"))[0], assemble(read(encoded("jp2")))[0])


def test_one_process_serves_many_pictures(broken):
    assert len({pid_of(read(broken("fine"))) for _ in range(3)}) == 1
    assert pid_of(read(broken("fine"))) != os.getpid()
    assert pid_of(read(broken("fine"), isolate=False)) == os.getpid()


@pytest.mark.parametrize(
    ("how", "said"),
    [("crash", r"killed by signal 11 \(SIGSEGV\)"), ("exit", "ended with status 3"), ("raise", "KeyError: 'lost'")],
)
def test_the_death_of_a_process_is_an_error_that_says_so(broken, how, said):
    with pytest.raises(SourceError, match=f"bytes: .*{said}"):
        read(broken(how))
    assert pid_of(read(broken("fine")))  # the next picture is read


def test_a_process_that_takes_too_long_is_ended(broken):
    pid = pid_of(read(broken("fine")))
    with pytest.raises(TooLargeError, match=r"bytes: decoding takes more than 0\.5 s; raise timeout"):
        read(broken("hang"), timeout=0.5)
    assert not alive(pid)
    assert pid_of(read(broken("fine"))) != pid


def test_an_endless_filter_of_an_svg_is_ended():
    pytest.importorskip("resvg_py")
    with pytest.raises(TooLargeError, match="takes more than 1 s"):
        read(ENDLESS, timeout=1)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not enforce the limit")
def test_a_process_gets_no_more_memory_than_allowed(broken):
    with pytest.raises(SourceError, match="not enough memory"):
        read(broken("memory"), max_memory=100 << 20)
    assert pid_of(read(broken("memory"), max_memory=1 << 30))


def test_what_a_library_prints_does_not_reach_the_parent(broken, capfd):
    assert pid_of(read(broken("babble")))
    assert capfd.readouterr() == ("", "")


def test_errors_come_back_with_their_class_and_their_message():
    pytest.importorskip("resvg_py")
    with pytest.raises(FormatError, match="bytes: the file is broken: mismatched tag: line 1"):
        read(b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>")
    with pytest.raises(OptionError, match="frame=3 does not exist"):
        read(SVG, frame=3)


def test_threads_may_decode_at_once(broken):
    pids: list[int] = []
    threads = [
        threading.Thread(target=lambda: pids.extend(pid_of(read(broken("fine"))) for _ in range(5))) for _ in "abc"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 15
    assert os.getpid() not in pids
    assert len(process._idle) <= process.MAX_IDLE


def test_a_process_that_cannot_start_is_an_error_with_a_remedy(monkeypatch):
    process._end_all()
    monkeypatch.setattr(sys, "executable", os.devnull)
    with pytest.raises(SourceError, match=r"bytes: .*cannot be started: .*isolate=False"):
        read(encoded("jp2"))
    assert read(encoded("jp2"), isolate=False).width == 40


def test_a_program_that_contains_python_decodes_in_its_own_process(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(process, "_free_process", None)
    assert read(encoded("jp2")).width == 40


def test_an_idle_process_that_was_killed_is_replaced(broken):
    pid = pid_of(read(broken("fine")))
    os.kill(pid, 9)
    assert pid_of(read(broken("fine"))) != pid


def test_ordinary_pictures_start_no_process():
    code = (
        "import io, sys, pochade; from PIL import Image\n"
        "for kind in ('JPEG', 'PNG', 'GIF', 'TIFF', 'WEBP'):\n"
        "    file = io.BytesIO(); Image.new('RGB', (9, 9), 'red').save(file, kind); pochade.extract(file.getvalue())\n"
        "print('pochade.source.isolation' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["False"]


def alive(pid):
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def until(holds):
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@linux
@pytest.mark.parametrize("drawing", [SVG, ENDLESS], ids=["idle", "busy"])
def test_a_process_ends_with_its_parent_however_that_ends(drawing):
    pytest.importorskip("resvg_py")
    code = f"import pochade, time; pochade.read({drawing!r}, timeout=600); time.sleep(600)"
    parent = subprocess.Popen([sys.executable, "-c", code])

    def decoder():
        """The children of the parent, once they have read a request."""
        kids = Path(f"/proc/{parent.pid}/task").glob("*/children")
        return [int(pid) for path in kids for pid in path.read_text().split()]

    until(decoder)
    time.sleep(3)  # it draws, or has drawn
    (pid,) = decoder()
    parent.kill()
    parent.wait()
    until(lambda: not alive(pid))
    assert not alive(pid)


@linux
def test_after_a_fork_each_process_has_a_decoder_of_its_own():
    pytest.importorskip("resvg_py")
    code = f"""
import os, pochade
from pochade.source.isolation import process
def decoder():
    pochade.read({SVG!r})
    return process._idle[0]._popen.pid
mine = decoder()
if not os.fork():
    os._exit(0 if decoder() != mine else 1)
status = os.wait()[1]
print(status, decoder() == mine)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.stdout.split() == ["0", "True"], done.stderr


def nested(depth):
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + b'<g opacity=".9">' * depth + b"</g>" * depth + b"</svg>"


@pytest.mark.parametrize("isolate", [True, False])
def test_drawings_in_data_urls_count_to_the_depth_of_an_svg(isolate):
    pytest.importorskip("resvg_py")
    start = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image '
    inner = b"data:image/svg+xml;base64," + base64.b64encode(nested(900))
    for name in (b"href", b"xlink:href"):
        drawing = start + b"width='9' height='9' " + name + b"='" + inner + b"'/></svg>"
        for data in (drawing, start + b"href='data:image/svg+xml;base64," + base64.b64encode(drawing) + b"'/></svg>"):
            with pytest.raises(FormatError, match="nested more than 100 deep"):
                read(data, isolate=isolate)


def test_extract_and_the_command_line_survive_a_decoder_that_dies(broken, tmp_path, capfd, monkeypatch):
    from pochade.cli import main

    monkeypatch.chdir(tmp_path)
    for name in ("a.png", "c.png"):
        Image.new("RGB", (9, 9), RED).save(name)
    Path("b.svg").write_bytes(broken("crash"))
    with pytest.raises(SourceError, match=r"b\.svg: .*SIGSEGV"):
        pochade.extract("b.svg")
    monkeypatch.setattr(sys, "argv", ["pochade", "a.png", "b.svg", "c.png", "-f", "hex", "-k", "1", "-j", "1"])
    assert main() == 1
    said = capfd.readouterr()
    assert said.out.split() == ["#c81e28", "#c81e28"]
    (line,) = said.err.splitlines()
    assert line.startswith("pochade: b.svg: the process that decoded it was killed by signal 11")
