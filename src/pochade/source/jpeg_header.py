"""Parse the markers before the first scan of a JPEG, in microseconds and without an imaging library.

References
----------
ITU-T T.81 (1992), annex B. ICC.1:2022, annex B.4 (profiles in APP2). CIPA DC-008 (Exif in APP1).
Adobe Technical Note 5116 (1992), the APP14 marker.
"""

import struct
from dataclasses import dataclass

from pochade.source.turn import find_turn

MAX_HEADER_BYTES = 1 << 22
"""The first scan must start within this many bytes; Exif, previews and profile take less."""

# All start-of-frame markers; C4, C8 and CC are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HUFFMAN = frozenset({0xC0, 0xC1, 0xC2})
_PROGRESSIVE = 0xC2
_WITHOUT_LENGTH = frozenset(range(0xD0, 0xD9)) | {0x01}
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_ICC = b"ICC_PROFILE\0"


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """The header of a JPEG.

    components : 1 gray, 3 YCbCr or RGB, 4 CMYK or YCCK.
    common : 8 bits, Huffman coded, lossy: every decoder reads it.
    progressive : coded in several scans, each of which adds detail.
    block_height : the number of pixel rows in a row of blocks.
    turn : the EXIF orientation.
    exif : the Exif block, or None.
    profile : the ICC profile, or None.
    incomplete : whether there is a profile, but parts of it are missing.
    jfif : the contents of this segment, or None.
    """

    width: int
    height: int
    components: int
    common: bool
    progressive: bool
    block_height: int
    turn: int
    exif: bytes | None
    profile: bytes | None
    incomplete: bool
    jfif: bytes | None = None


def jpeg_header(data: bytes) -> JpegHeader | None:
    """The header of a JPEG, or None if the markers are invalid or incomplete."""
    frame: tuple[int, bytes] | None = None
    jfif = exif = xmp = None
    chunks: list[bytes] = []
    position, end = 2, len(data)
    while position + 4 <= end:
        if data[position] != 0xFF:
            return None
        marker = data[position + 1]
        if marker == 0xFF:  # fill byte
            position += 1
            continue
        if marker in _WITHOUT_LENGTH:
            position += 2
            continue
        length = data[position + 2] << 8 | data[position + 3]
        start, position = position + 4, position + 2 + length
        if length < 2 or position > end:
            return None
        if marker == 0xDA:  # start of scan
            return _header(frame, jfif, exif, xmp, chunks)
        if marker in _FRAMES:
            if frame:
                return None
            frame = marker, data[start:position]
        elif marker == 0xE0 and jfif is None and data.startswith(b"JFIF\0", start):
            jfif = data[start:position]
        elif marker == 0xE1 and exif is None and data.startswith(b"Exif\0\0", start):
            exif = data[start:position]
        elif marker == 0xE1 and data.startswith(_XMP, start):
            xmp = data[start:position]
        elif marker == 0xE2 and data.startswith(_ICC, start):
            chunks.append(data[start + len(_ICC) : position])
    return None


def _header(
    frame: tuple[int, bytes] | None, jfif: bytes | None, exif: bytes | None, xmp: bytes | None, chunks: list[bytes]
) -> JpegHeader | None:
    if frame is None or len(frame[1]) < 9:
        return None
    marker, body = frame
    precision, height, width, components = struct.unpack_from(">BHHB", body)
    if len(body) < 6 + 3 * components or not (width and height and components):
        return None  # a height of 0 is stated after the first scan: rare, left to Pillow
    profile = _join(chunks)
    return JpegHeader(
        width=width,
        height=height,
        components=components,
        common=precision == 8 and marker in _HUFFMAN,
        progressive=marker == _PROGRESSIVE,
        block_height=8 * max(body[7 + 3 * i] & 15 for i in range(components)),
        turn=find_turn(exif, xmp),
        exif=exif,
        profile=profile,
        incomplete=bool(chunks) and profile is None,
        jfif=jfif,
    )


def _join(chunks: list[bytes]) -> bytes | None:
    """Join the chunks of a profile; each starts with its number and their count. None if one is missing."""
    if not chunks or any(len(chunk) < 2 for chunk in chunks):
        return None
    chunks = sorted(chunks, key=lambda chunk: chunk[0])
    if [chunk[0] for chunk in chunks] != list(range(1, chunks[0][1] + 1)):
        return None
    return b"".join(chunk[2:] for chunk in chunks)
