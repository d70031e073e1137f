"""Fixtures for the tests of formats."""

import struct

import pytest


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">l", round(value * 65536)) for value in values)


@pytest.fixture(scope="session")
def display_p3() -> bytes:
    """An ICC profile of Display P3, by Apple's primaries and the curve of sRGB (ICC.1:2001-04, clause 6)."""
    primaries = {
        b"rXYZ": (0.51512, 0.2412, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.1571, 0.06657, 0.78407),
        b"wtpt": (0.9642, 1.0, 0.8249),
    }
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    tags = {name: b"XYZ \0\0\0\0" + _fixed(*value) for name, value in primaries.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body, start = b"", b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        table += struct.pack(">4sLL", name, start + len(body), len(content))
        body += content
    header = struct.pack(
        ">L4sL4s4s4s12x4s28x", start + len(body), b"lcms", 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp"
    )
    header += _fixed(0.9642, 1.0, 0.8249) + bytes(48)
    return header + struct.pack(">L", len(tags)) + table + body
