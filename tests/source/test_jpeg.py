"""The fast path for JPEG: its own parser of the header, and the same pixels as Pillow's."""

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from pochade.errors import FormatError, TooLargeError, TruncatedError
from pochade.source import read
from pochade.source.jpeg_header import jpeg_header

simplejpeg = pytest.importorskip("simplejpeg")


def encoded(image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_pixels_equal_pillows_to_the_bit(assemble, photo, subsampling, progressive):
    data = encoded(photo, subsampling=subsampling, progressive=progressive, quality=85)
    codes, alpha = assemble(read(data))
    assert np.array_equal(codes, np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
    assert (alpha == 255).all()


def test_gray_equals_pillows_to_the_bit(assemble, photo):
    data = encoded(photo.convert("L"))
    codes, _ = assemble(read(data))
    assert np.array_equal(codes, np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))


def test_a_jpeg_that_stores_rgb_is_not_converted_from_ycbcr(assemble, photo):
    data = encoded(photo, keep_rgb=True, quality=100, subsampling=0)
    codes, _ = assemble(read(data))
    assert np.abs(codes.astype(int) - np.asarray(photo)).max() <= 2  # quality 100 rounds by 1 or 2


def test_cmyk_is_decoded_by_pillow_which_handles_adobes_inversion(assemble):
    # (0, 1, 1, 0) is red: (1 - c)(1 - k) = 1, 0, 0.
    data = encoded(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), quality=100)
    codes, _ = assemble(read(data))
    assert np.abs(codes.astype(int) - (255, 0, 0)).max() <= 2


def test_a_common_jpeg_does_not_import_pillow(photo, saved):
    path = saved(photo, "a.jpg")
    code = f"import sys, pochade.source as s; list(s.read({str(path)!r}).strips()); print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_pillow_reads_the_same_pixels_if_simplejpeg_is_missing(assemble, photo, monkeypatch):
    data = encoded(photo)
    fast, _ = assemble(read(data))
    monkeypatch.setitem(sys.modules, "simplejpeg", None)
    slow, _ = assemble(read(data))
    assert np.array_equal(fast, slow)


def test_the_header_has_size_components_and_coding(photo):
    header = jpeg_header(encoded(photo, progressive=True, subsampling=2))
    assert (header.width, header.height, header.components) == (60, 44, 3)
    assert (header.common, header.progressive, header.block_height) == (True, True, 16)
    assert (header.turn, header.profile) == (1, None)


def test_the_chunks_of_a_profile_are_joined_in_order(photo):
    profile = bytes(range(256)) * 600  # 153,600 bytes; a marker holds 65,519
    data = encoded(photo, icc_profile=profile)
    assert data.count(b"ICC_PROFILE\0") == 3
    assert jpeg_header(data).profile == profile


def test_a_profile_with_a_missing_chunk_is_ignored(photo):
    data = encoded(photo, icc_profile=bytes(100_000))
    second = data.rindex(b"ICC_PROFILE\0")
    broken = data[:second] + b"XXX_PROFILE\0" + data[second + 12 :]
    assert jpeg_header(broken).profile is None


def test_a_picture_with_extraneous_bytes_before_a_marker_is_read(assemble, photo):
    data = encoded(photo)
    scan = data.index(b"\xff\xda")
    noisy = data[:scan] + b"\0\0\0" + data[scan:]  # libjpeg warns and continues
    with pytest.raises(ValueError, match="extraneous"):
        simplejpeg.decode_jpeg(noisy)
    codes, _ = assemble(read(noisy))
    assert np.array_equal(codes, assemble(read(data))[0])


@pytest.mark.parametrize("progressive", [False, True])
def test_the_error_for_a_truncated_file_states_how_to_accept_it(photo, progressive):
    data = encoded(photo, progressive=progressive)
    with pytest.raises(TruncatedError, match="truncated=True"):
        read(data[: len(data) // 2])


def test_missing_rows_do_not_count(assemble):
    image = Image.effect_noise((256, 256), 60).convert("RGB")
    data = encoded(image, quality=90, subsampling=0)
    whole, _ = assemble(read(data))
    codes, alpha = assemble(read(data[: len(data) // 2], truncated=True))
    arrived = alpha == 255
    assert 0.3 < arrived.mean() < 0.6  # half the bytes of noise are half of its rows, less the incomplete one
    assert np.array_equal(arrived, np.repeat(arrived[:, :1], 256, axis=1))
    assert np.array_equal(codes[arrived], whole[arrived])


def test_a_progressive_file_that_ends_in_its_first_scan_counts_the_rows_of_that_scan(assemble):
    image = Image.effect_noise((256, 256), 60).convert("RGB")
    data = encoded(image, quality=90, progressive=True)
    first_scan = data.index(b"\xff\xda")
    second_scan = data.index(b"\xff\xda", first_scan + 2)
    codes, alpha = assemble(read(data[: (first_scan + second_scan) // 2], truncated=True))
    arrived = (alpha == 255).all(axis=1)
    assert 0.2 < arrived.mean() < 0.8
    assert not (codes[arrived] == 128).all(axis=(1, 2)).any()


def test_a_file_without_a_complete_pixel_is_refused_even_with_truncated(photo):
    data = encoded(photo)
    with pytest.raises(FormatError):
        read(data[: data.index(b"\xff\xda") + 14], truncated=True)


def test_a_size_that_the_file_cannot_contain_is_refused_before_decoding(photo):
    data = bytearray(encoded(photo))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (9000).to_bytes(2, "big") * 2
    with pytest.raises(TruncatedError, match="9000 x 9000"):
        read(bytes(data))
    data[frame + 5 : frame + 9] = (65000).to_bytes(2, "big") * 2
    with pytest.raises(TooLargeError, match=r"4,225\.0 megapixels.*max_pixels"):
        read(bytes(data))


def test_thousands_of_scans_are_refused(photo):
    data = encoded(photo, progressive=True)
    scan = data.index(b"\xff\xda")
    with pytest.raises(FormatError, match="scans"):
        read(data[:scan] + data[scan : scan + 12] * 600 + data[scan:])
