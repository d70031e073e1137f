"""libvips streams pictures past 100 megapixels. The tests lower the limit and use small pictures."""

import io
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image, ImageOps

from pochade.errors import SourceError, TruncatedError
from pochade.source import jpeg, raster, read, streaming

pytest.importorskip("pyvips")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Stream pictures past 1000 pixels, in strips of 20 rows. Returns the list of streamed pictures."""
    opened = []
    original = streaming.open_stream

    def recorded(*args):
        opened.append(original(*args))
        return opened[-1]

    monkeypatch.setattr(jpeg, "STREAM_FROM", 1000)
    monkeypatch.setattr(raster, "STREAM_FROM", 1000)
    monkeypatch.setattr(streaming, "STRIP_PIXELS", 20 * 200)
    monkeypatch.setattr(streaming, "open_stream", recorded)
    return opened


def noise(*shape, kind=np.uint8):
    return np.random.default_rng(0).integers(0, np.iinfo(kind).max, shape, kind)


def encoded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA"])
def test_streamed_pixels_equal_pillows(assemble, small, kind, mode):
    image = Image.fromarray(noise(150, 200, 4)).convert(mode)
    if kind == "JPEG" and mode == "RGBA":
        pytest.skip("JPEG has no alpha")
    data = encoded(image, kind, **({"lossless": True, "exact": True} if kind == "WEBP" else {}))
    pixels = read(data)
    assert small[0] is not None
    assert len(list(pixels.strips())) == 8
    expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    for _ in range(2):  # a second pass is equal
        codes, alpha = assemble(pixels)
        assert np.array_equal(codes, expected[..., :3])
        assert np.array_equal(alpha, expected[..., 3])


def test_16_bit_levels_are_rounded(assemble):
    levels = noise(150, 200, kind=np.uint16)
    codes, _ = assemble(read(encoded(Image.fromarray(levels), "PNG")))
    assert np.array_equal(codes[..., 1], np.rint(levels / 257).astype(np.uint8))


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_color_tags_count_in_streamed_pictures_as_in_others(assemble, small, monkeypatch, kind):
    data = encoded(Image.fromarray(noise(150, 200, kind=kind)), "PNG")
    data = data[:33] + struct.pack(">L4sLL", 4, b"gAMA", 100_000, zlib.crc32(b"gAMA\0\1\x86\xa0")) + data[33:]
    streamed = read(data)
    assert small[0] is not None
    monkeypatch.setattr(raster, "STREAM_FROM", 1_000_000)
    whole = read(data)
    assert whole.profile == streamed.profile
    assert (whole.profile is None) == (kind is np.uint16)  # 16 bits have been decoded
    assert np.array_equal(assemble(streamed)[0], assemble(whole)[0])


@pytest.mark.parametrize("turn", range(1, 9))
def test_streamed_pictures_support_exif_orientation_and_regions(assemble, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    data = encoded(Image.fromarray(noise(150, 200, 3)), "JPEG", exif=exif)
    shown = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    assert np.array_equal(assemble(read(data))[0], shown)
    for strip in read(data, region=(10, 30, 90, 120)).strips():
        rows, columns = strip.codes.shape[:2]
        assert np.array_equal(strip.codes, shown[strip.top : strip.top + rows, strip.left : strip.left + columns])


def test_a_truncated_file_is_refused(assemble):
    data = encoded(Image.fromarray(noise(150, 200, 3)), "JPEG")
    with pytest.raises(TruncatedError):
        list(read(data[: len(data) // 2]).strips())


def test_a_broken_file_is_refused():
    data = encoded(Image.fromarray(noise(150, 200, 3)), "PNG")
    with pytest.raises(SourceError):
        list(read(data[:5000] + bytes(500) + data[5500:]).strips())


def test_pillow_reads_the_picture_if_libvips_is_missing(assemble, monkeypatch):
    data = encoded(Image.fromarray(noise(150, 200, 3)), "PNG")
    expected, _ = assemble(read(data))
    monkeypatch.setitem(sys.modules, "pyvips", None)
    assert np.array_equal(assemble(read(data))[0], expected)


@pytest.mark.skipif(sys.platform != "linux", reason="VmHWM needs Linux")
def test_memory_stays_constant(tmp_path):
    path = tmp_path / "large.png"
    Image.new("RGB", (12_000, 10_000), (200, 30, 40)).save(path, compress_level=1)
    code = f"""
import pochade.source as s
high = lambda: [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")][0]
pixels = s.read({str(path)!r})
before = high()
print(sum(strip.codes[..., 0].size for strip in pixels.strips()), (high() - before) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, mebibytes = map(int, done.stdout.split())
    assert count == 120_000_000
    assert mebibytes < 220  # decoded, the picture takes 343, and with Pillow 458
