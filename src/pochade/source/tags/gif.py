"""GIF: the profile in an application extension before the first picture.

References
----------
CompuServe: "Graphics Interchange Format, version 89a", 1990. International Color Consortium: ICC.1:2010, B.6 (GIF).
"""

from typing import BinaryIO

from pochade.source.material import Material

_ICC = b"ICCRGBG1012"
_EXTENSION, _APPLICATION = b"!", 0xFF
_MAX_BLOCKS = 1 << 17
"""Blocks of 255 bytes: 33 MB of comments and profiles."""


def gif_profile(material: Material) -> bytes | None:
    """The bytes of the profile, or None."""
    with material.open() as file:
        head = file.read(13)
        if len(head) < 13:
            return None
        if head[10] & 0x80:  # a global color table
            file.seek(3 << (head[10] & 7) + 1, 1)
        while file.read(1) == _EXTENSION:
            kind = file.read(1)
            blocks = _blocks(file)
            if kind and kind[0] == _APPLICATION and blocks[:1] == [_ICC]:
                return b"".join(blocks[1:])
    return None


def _blocks(file: BinaryIO) -> list[bytes]:
    """The sub-blocks up to the empty one that ends them, or up to the end of the file."""
    blocks: list[bytes] = []
    while (length := file.read(1)) not in (b"", b"\0") and len(blocks) < _MAX_BLOCKS:
        blocks.append(file.read(length[0]))
    return blocks
