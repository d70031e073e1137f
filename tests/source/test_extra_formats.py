"""The formats of the `formats` extra. A test is skipped only if its library is missing."""

import gzip
import io
import struct
import sys

import numpy as np
import pytest
from PIL import Image

from pochade.errors import FormatError, OptionError, SourceError, TooLargeError, TruncatedError
from pochade.source import read
from pochade.source.formats import formats
from pochade.source.formats.jxl import jxl_size
from pochade.source.material import from_bytes

RED, BLUE = (200, 30, 40), (20, 60, 180)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="10" height="10" fill="#c81e28"/></svg>'
)


@pytest.fixture
def flag():
    """Red left, blue right; 40 x 30."""
    image = Image.new("RGB", (40, 30), RED)
    image.paste(BLUE, (20, 0, 40, 30))
    return image


def written(save):
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def sides(assemble, pixels):
    codes, alpha = assemble(pixels)
    return codes[0, 0].astype(int), codes[-1, -1].astype(int), alpha


def near(color, expected, by):
    return np.abs(np.subtract(color, expected)).max() <= by


def heic(flag):
    library = pytest.importorskip("pillow_heif")
    return written(lambda file: library.from_pillow(flag).save(file, quality=100, chroma=444))


def jxl(flag):
    pytest.importorskip("pillow_jxl")
    return written(lambda file: flag.save(file, "JXL", lossless=True))


def psd(flag):
    library = pytest.importorskip("psd_tools")
    return written(library.PSDImage.frompil(flag).save)


def pdf(flag):
    pytest.importorskip("pypdfium2")
    return written(lambda file: flag.save(file, "PDF", quality=100))


def svg(_):
    pytest.importorskip("resvg_py")
    return SVG.encode()


SAMPLES = {"heif": heic, "jxl": jxl, "psd": psd, "pdf": pdf, "svg": svg}


@pytest.mark.parametrize("kind", ["heif", "jxl", "psd", "pdf"])
def test_each_format_keeps_the_colors(assemble, flag, kind):
    left, right, alpha = sides(assemble, read(SAMPLES[kind](flag)))
    assert near(left, RED, 2)
    assert near(right, BLUE, 3)
    assert alpha.min() == 255


@pytest.mark.parametrize(
    ("kind", "module", "package"),
    [
        ("heif", "pillow_heif", "pillow-heif"),
        ("jxl", "pillow_jxl.JpegXLImagePlugin", "pillow-jxl-plugin"),
        ("pdf", "pypdfium2", "pypdfium2"),
        ("svg", "resvg_py", "resvg-py"),
        ("svg", "tinycss2", "tinycss2"),
        ("raw", "rawpy", "rawpy"),
    ],
)
def test_the_error_for_a_missing_library_names_the_install_command(flag, monkeypatch, kind, module, package):
    data = dng() if kind == "raw" else SAMPLES[kind](flag)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(FormatError, match=rf'{package}.*pip install "pochade\[formats\]"'):
        read(data, isolate=module != "tinycss2")  # a process of its own would find it


@pytest.mark.parametrize("kind", ["heif", "jxl", "psd", "pdf"])
def test_a_truncated_file_is_refused_with_a_reason(flag, kind):
    data = SAMPLES[kind](flag)
    for length in (20, len(data) // 2):
        with pytest.raises(SourceError, match="bytes: "):
            list(read(data[:length]).strips())


@pytest.mark.parametrize("kind", ["heif", "jxl", "psd", "pdf"])
def test_the_limit_on_pixels_applies_to_each_format(flag, kind):
    with pytest.raises(TooLargeError, match="max_pixels"):
        read(SAMPLES[kind](flag), max_pixels=1000)


def test_exactly_one_loader_recognizes_each_format(flag):
    for kind in ("svg", "heif", "jxl", "psd", "pdf"):
        material = from_bytes(SAMPLES[kind](flag))
        assert [entry.name for entry in formats.entries if entry.about.recognizes(material)] == [kind]
    for kind in ("PNG", "TIFF", "WEBP", "GIF", "AVIF"):
        material = from_bytes(written(lambda file, kind=kind: flag.save(file, kind)))
        assert [entry.name for entry in formats.entries if entry.about.recognizes(material)] == []


def test_heic_is_turned_as_the_file_states(assemble, flag):
    library = pytest.importorskip("pillow_heif")
    exif = Image.Exif()
    exif[0x0112] = 6
    data = written(lambda file: library.from_pillow(flag).save(file, quality=100, chroma=444, exif=exif.tobytes()))
    pixels = read(data)
    assert (pixels.width, pixels.height) == (30, 40)
    codes, _ = assemble(pixels)
    assert near(codes[0, 0], RED, 2)  # left became top
    assert near(codes[0, -1], RED, 2)
    assert near(codes[-1, 0], BLUE, 3)


def test_heic_with_several_pictures_has_pages(flag):
    library = pytest.importorskip("pillow_heif")
    several = library.HeifFile()
    several.add_from_pillow(flag)
    several.add_from_pillow(Image.new("RGB", (24, 16), BLUE))
    data = written(lambda file: several.save(file, quality=100))
    assert (read(data).width, read(data, frame=1).width) == (40, 24)
    with pytest.raises(OptionError, match="2 pages"):
        read(data, frame=2)


@pytest.mark.parametrize("size", [(40, 30), (8, 16), (256, 256), (300, 200), (1600, 900), (513, 7)])
def test_the_size_of_jpeg_xl_is_read_from_its_header(size):
    pytest.importorskip("pillow_jxl")
    image = Image.new("RGB", size)
    for container in (False, True):
        data = written(lambda file, c=container: image.save(file, "JXL", lossless=True, use_container=c))
        assert jxl_size(data) == size


def test_psd_of_16_bits_is_read_by_psd_tools(assemble):
    pytest.importorskip("psd_tools")
    # Written by hand (Adobe's Photoshop File Formats Specification): header, three empty sections, raw planes.
    header = struct.pack(">4sH6xHLLHH", b"8BPS", 1, 3, 4, 6, 16, 3)
    planes = b"".join(struct.pack(">H", level * 257) * 24 for level in RED)
    codes, _ = assemble(read(header + bytes(12) + struct.pack(">H", 0) + planes))
    assert codes.shape == (4, 6, 3)
    assert near(codes[0, 0], RED, 1)


def test_svg_is_drawn_large_on_a_transparent_background(assemble):
    data = svg(None)
    for source in (data, gzip.compress(data), b"<?xml version='1.0'?>\n<!-- a comment -->\n" + data):
        pixels = read(source)
        assert (pixels.width, pixels.height) == (1024, 512)
        left, _, alpha = sides(assemble, pixels)
        assert tuple(left) == RED
        assert (alpha > 0).mean() == 0.5


def test_the_longer_side_of_an_svg_is_limited_at_any_proportions():
    pytest.importorskip("resvg_py")
    tall = SVG.replace('width="20" height="10"', 'viewBox="0 0 10 1000"')
    pixels = read(tall.encode())
    assert pixels.height == 1024
    assert pixels.width in (10, 11)


def test_svg_does_not_show_other_files_from_the_disk(assemble, saved):
    pytest.importorskip("resvg_py")
    secret = saved(Image.new("RGB", (20, 10), (0, 255, 0)), "secret.png")
    image = f"<image width='20' height='10' xlink:href='{secret}'/>"
    hidden = image.replace("href", "hre&#102;")
    links = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    start = f"<svg {links} width='20' height='10'>"
    open_one = start + image + "</svg>"
    in_entity = f'<!DOCTYPE svg [<!ENTITY e "{hidden}">]>{start}&e;</svg>'
    for drawing in (open_one, in_entity):
        codes, alpha = assemble(read(drawing.encode()))
        assert alpha.max() == 0
        assert codes.max() == 0


def nested(depth):
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * depth + b"</g>" * depth + b"</svg>"


def chain(links, uses=1):
    groups = "".join(f'<g id="a{i + 1}">' + f'<use href="#a{i}"/>' * uses + "</g>" for i in range(links))
    return f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a0"/>{groups}</svg>'.encode()


def test_an_svg_that_is_nested_too_deep_for_the_renderer_is_refused(assemble):
    pytest.importorskip("resvg_py")
    for drawing in (nested(500), nested(100_000), chain(200)):
        with pytest.raises(FormatError, match="nested more than 100 deep"):
            read(drawing)
    assert assemble(read(nested(90)))[1].max() == 0  # drawn, but empty


def test_an_svg_that_expands_to_billions_of_elements_is_refused():
    pytest.importorskip("resvg_py")
    with pytest.raises(TooLargeError, match="expands to more than 2,000,000 elements"):
        read(chain(9, uses=10))


def test_an_svg_is_drawn_without_its_references_to_itself(assemble):
    pytest.importorskip("resvg_py")
    own = SVG.replace("</svg>", '<g id="a"><use href="#a"/></g></svg>')
    assert tuple(assemble(read(own.encode()))[0][0, 0]) == RED


def test_the_error_for_a_broken_svg_states_the_position():
    pytest.importorskip("resvg_py")
    with pytest.raises(FormatError, match="mismatched tag: line 1"):
        read(b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>")


def test_a_page_of_a_pdf_is_drawn_on_white_paper(assemble, flag):
    pytest.importorskip("pypdfium2")
    second = Image.new("RGB", (30, 60), BLUE)
    data = written(lambda file: flag.save(file, "PDF", save_all=True, append_images=[second]))
    assert (read(data).width, read(data).height) == (1600, 1200)
    page = read(data, frame=1)
    assert (page.width, page.height) == (800, 1600)
    assert near(assemble(page)[0][9, 9], BLUE, 3)
    with pytest.raises(OptionError, match="2 pages"):
        read(data, frame=2)


def dng(width=64, height=48):
    """An uncompressed DNG 1.4 with an RGGB sensor: red light only. (Adobe DNG Specification 1.4.0.0.)"""
    sensor = np.zeros((height, width), "<u2")
    sensor[0::2, 0::2] = 40_000
    data = sensor.tobytes()

    def rational(*values):
        return b"".join(struct.pack("<ll", round(value * 10_000), 10_000) for value in values)

    def shorts(*values):
        return struct.pack(f"<{len(values)}H", *values)

    def longs(*values):
        return struct.pack(f"<{len(values)}L", *values)

    tags = {  # tag: (type, count, content)
        254: (4, 1, longs(0)),
        256: (4, 1, longs(width)),
        257: (4, 1, longs(height)),
        258: (3, 1, shorts(16)),
        259: (3, 1, shorts(1)),
        262: (3, 1, shorts(32803)),
        271: (2, 8, b"Pochade\0"),
        272: (2, 5, b"Test\0"),
        273: (4, 1, b"DATA"),
        274: (3, 1, shorts(1)),
        277: (3, 1, shorts(1)),
        278: (4, 1, longs(height)),
        279: (4, 1, longs(len(data))),
        33421: (3, 2, shorts(2, 2)),
        33422: (1, 4, bytes((0, 1, 1, 2))),
        50706: (1, 4, bytes((1, 4, 0, 0))),
        50708: (2, 13, b"Pochade Test\0"),
        50714: (3, 1, shorts(0)),
        50717: (4, 1, longs(65535)),
        50721: (10, 9, rational(3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.204, 1.057)),
        50728: (5, 3, rational(1, 1, 1)),
        50778: (3, 1, shorts(21)),  # D65
    }
    table, extra = b"", b""
    after = 8 + 2 + 12 * len(tags) + 4
    start = after + sum(len(c) + len(c) % 2 for _, _, c in tags.values() if len(c) > 4)
    for tag, (kind, count, content) in sorted(tags.items()):
        if content == b"DATA":
            content = longs(start)
        if len(content) > 4:
            value = longs(after + len(extra))
            extra += content + bytes(len(content) % 2)
        else:
            value = content.ljust(4, b"\0")
        table += struct.pack("<HHL", tag, kind, count) + value
    return b"II*\0" + longs(8) + shorts(len(tags)) + table + longs(0) + extra + data


def test_camera_raw_is_developed_and_not_read_as_tiff(assemble):
    pytest.importorskip("rawpy")
    pixels = read(dng())
    assert abs(pixels.width - 64) <= 2
    assert abs(pixels.height - 48) <= 2
    codes, _ = assemble(pixels)
    red, green, blue = codes[20, 20].astype(int)
    assert red > 100
    assert red > 3 * max(green, blue)


def test_a_truncated_raw_is_refused():
    pytest.importorskip("rawpy")
    with pytest.raises(SourceError, match="bytes: "):
        read(dng()[:1500])


def test_a_psd_that_ends_in_its_header_is_refused_as_truncated():
    with pytest.raises(TruncatedError):
        read(b"8BPS\0\1" + bytes(10))
