"""The sources that read() accepts, and its errors for others."""

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pochade.errors import EmptyError, FormatError, OptionError, SourceError, TooLargeError
from pochade.source import clipboard, material, read, url

RED = (200, 30, 40)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "red.png"
    Image.new("RGB", (6, 4), RED).save(path)
    return path


def color(pixels):
    return tuple(next(pixels.strips()).codes[0, 0].tolist())


def test_each_type_of_source_gives_the_same_pixels(path):
    data = path.read_bytes()
    sources = [str(path), path, data, bytearray(data), memoryview(data), io.BytesIO(data), Image.open(path)]
    with path.open("rb") as file:
        sources.append(file)
        for source in sources:
            pixels = read(source)
            assert (pixels.width, pixels.height, color(pixels)) == (6, 4, RED), type(source)


def test_a_picture_from_a_path_has_a_name_and_one_from_memory_has_none(path):
    assert read(path).name == read(str(path)).name == str(path)
    assert read(path.read_bytes()).name is None
    assert read(np.zeros((2, 2, 3), np.uint8)).name is None


def test_a_file_object_is_read_from_its_current_position(path):
    file = io.BytesIO(b"before" + path.read_bytes())
    file.seek(6)
    assert color(read(file)) == RED


def test_a_dash_reads_standard_input(path):
    code = "import pochade.source as s; p = s.read('-'); print(p.width, next(p.strips()).codes[0, 0].tolist())"
    done = subprocess.run([sys.executable, "-c", code], input=path.read_bytes(), capture_output=True, check=True)
    assert done.stdout.decode().split("\n")[0] == "6 [200, 30, 40]"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes need Unix")
def test_a_named_pipe_is_read_to_its_end(path, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(path.read_bytes()))
    writer.start()
    assert color(read(pipe)) == RED
    writer.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes need Unix")
def test_a_named_pipe_without_a_writer_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(material, "WRITER_SECONDS", 0.1)
    os.mkfifo(tmp_path / "x.png")
    with pytest.raises(SourceError, match=r"x\.png: it is a named pipe, and no program writes to it"):
        read(tmp_path / "x.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes need Unix")
def test_a_named_pipe_waits_for_a_writer_that_is_slow(path, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    data = path.read_bytes()

    def write():
        with open(pipe, "wb", buffering=0) as file:
            for part in (data[:1], data[1:20], data[20:]):
                time.sleep(0.3)
                file.write(part)

    writer = threading.Thread(target=write)
    writer.start()
    assert color(read(pipe)) == RED
    writer.join()


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="needs /dev/fd")
def test_an_open_pipe_is_read_by_its_path(path):
    theirs, ours = os.pipe()
    writer = threading.Thread(target=lambda: (os.write(ours, path.read_bytes()), os.close(ours)))
    writer.start()
    assert color(read(f"/dev/fd/{theirs}")) == RED
    writer.join()
    os.close(theirs)


def test_a_url_is_fetched_with_the_limits_of_the_call(path, monkeypatch):
    calls = []

    def fetch(address, **limits):
        calls.append((address, limits))
        return path.read_bytes()

    monkeypatch.setattr(url, "fetch", fetch)
    pixels = read("HTTPS://example.org/red", timeout=3.0, max_bytes=999, public_only=True)
    assert (pixels.name, color(pixels)) == ("HTTPS://example.org/red", RED)
    assert calls == [("HTTPS://example.org/red", {"timeout": 3.0, "max_bytes": 999, "public_only": True})]


def test_the_clipboard_may_hold_a_picture_or_one_file(path, monkeypatch):
    for content in ([Image.open(path)], [path]):
        monkeypatch.setattr(clipboard, "grab", lambda content=content: content)
        assert color(read("clipboard:")) == RED
    monkeypatch.setattr(clipboard, "grab", lambda: [path, path])
    with pytest.raises(FormatError, match="2 files"):
        read("clipboard:")


def test_importing_the_package_imports_no_imaging_library():
    code = "import sys, pochade.source; print({'PIL', 'simplejpeg', 'pyvips', 'httpx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_error_for_a_missing_file_names_it(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.jpg'?: no such file"):
        read(tmp_path / "gone.jpg")


def test_the_error_for_an_ftp_url_lists_the_allowed_schemes():
    with pytest.raises(SourceError, match="URLs must start with http:// or https://"):
        read("ftp://example.org/photo.jpg")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="it is a folder"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can read all files")
def test_the_error_for_an_unreadable_file_states_the_permission(path):
    path.chmod(0)
    with pytest.raises(SourceError, match="no permission"):
        read(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="devices need Unix")
def test_a_device_is_refused():
    with pytest.raises(SourceError, match="device"):
        read("/dev/zero")


def test_a_path_with_a_null_byte_is_refused():
    with pytest.raises(SourceError, match="not a path"):
        read("a\0.png")


@pytest.mark.parametrize("empty", [b"", io.BytesIO()])
def test_empty_bytes_are_refused(empty):
    with pytest.raises(FormatError, match="empty, 0 bytes"):
        read(empty)


def test_the_error_for_an_empty_file_names_it(tmp_path):
    (tmp_path / "a.jpg").touch()
    with pytest.raises(FormatError, match=r"a\.jpg: it is empty"):
        read(tmp_path / "a.jpg")


def test_the_error_for_text_says_that_it_is_text():
    with pytest.raises(FormatError, match="it is text, not a picture; known formats are JPEG"):
        read("Grüße, this is no picture.\n".encode() * 9)


def test_the_error_for_an_unknown_format_lists_the_known_formats():
    with pytest.raises(FormatError, match=r"unknown or broken picture format.*WebP"):
        read(bytes(range(128, 256)) * 5)


def test_a_web_page_with_an_svg_is_not_an_svg():
    with pytest.raises(FormatError, match="it is text"):
        read(b"<!DOCTYPE html>\n<html><body><svg></svg></body></html>")


def test_the_error_for_a_file_in_text_mode_says_how_to_open_it():
    with pytest.raises(SourceError, match="'rb'"):
        read(io.StringIO("text"))


def test_a_closed_file_is_refused(path):
    with path.open("rb") as file:
        pass
    with pytest.raises(SourceError, match="closed"):
        read(file)


@pytest.mark.parametrize("source", [None, 5, ["a.png"], object(), {"a": 1}])
def test_the_error_for_an_invalid_source_lists_the_valid_ones(source):
    with pytest.raises(FormatError, match="give a path, a URL"):
        read(source)


def test_the_error_for_a_broken_picture_names_it_and_nothing_is_printed(path, capfd):
    data = path.read_bytes()
    with pytest.raises(FormatError, match="broken"):
        read(data[:60] + bytes(20) + data[80:])
    assert capfd.readouterr() == ("", "")


def test_nothing_is_printed_for_a_broken_tiff(capfd):
    file = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(file, "TIFF", compression="tiff_lzw")
    data = bytearray(file.getvalue())
    data[8:2000] = b"\xff" * 1992
    with pytest.raises(SourceError):
        read(bytes(data))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF", "BMP", "PPM"])
def test_only_the_complete_pixels_of_a_truncated_file_count(assemble, kind):
    image = Image.effect_noise((128, 128), 60)
    file = io.BytesIO()
    image.save(file, kind)
    cut = file.getvalue()[: len(file.getvalue()) // 2]
    with pytest.raises(FormatError, match="truncated=True"):
        read(cut)
    codes, alpha = assemble(read(cut, truncated=True))
    arrived = alpha == 255
    assert 0.3 < arrived.mean() < 0.7
    assert np.array_equal(codes[arrived], np.repeat(np.asarray(image)[arrived][:, None], 3, axis=1))


def test_the_limit_on_pixels_is_checked_before_decoding():
    with pytest.raises(TooLargeError, match=r"60000 x 60000 are 3,600\.0 megapixels, more than the 1,000\.0"):
        read(b"P6 60000 60000 255\n" + bytes(99))


def test_a_size_below_the_limit_that_the_file_cannot_contain_is_refused():
    with pytest.raises(TooLargeError, match="20000 x 20000 pixels, but 118 bytes cannot hold them"):
        read(b"P6 20000 20000 255\n" + bytes(99))


def test_pillows_own_limit_on_pixels_does_not_apply(monkeypatch, path):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 5)
    assert color(read(path)) == RED


def test_the_limit_on_bytes_applies_to_file_objects(path):
    with pytest.raises(TooLargeError, match="more than the 50 bytes allowed; raise max_bytes"):
        read(io.BytesIO(path.read_bytes()), max_bytes=50)


@pytest.mark.parametrize("option", ["max_pixels", "max_bytes"])
@pytest.mark.parametrize("value", [0, -1, 1.5, None, True])
def test_a_limit_must_be_a_positive_integer(path, option, value):
    with pytest.raises(OptionError, match=option):
        read(path, **{option: value})


def test_a_pil_image_without_pixels_is_refused():
    with pytest.raises(EmptyError, match="no pixel"):
        read(Image.new("RGB", (0, 5)))
