"""Adobe Swatch Exchange, compared with the library `swatch` and with bytes written by hand."""

import struct

import pytest
import swatch

from pochade import Color, FormatError, Palette
from pochade.export.ase import ase, read

PALETTE = Palette((Color((142, 26, 36), 0.5, label="Bärenrot"), Color((0, 254, 1), 0.5, label="grün 赤")))


@pytest.mark.parametrize("group", ["", "Boxer 🥊"])
def test_another_library_reads_the_same_colors_and_names(group, tmp_path):
    path = tmp_path / "a.ase"
    path.write_bytes(ase(PALETTE, group=group))
    found = swatch.parse(str(path))
    if group:
        assert [entry["name"] for entry in found] == [group]
        found = found[0]["swatches"]
    assert [(entry["name"], entry["type"]) for entry in found] == [("Bärenrot", "Process"), ("grün 赤", "Process")]
    codes = [tuple(round(255 * value) for value in entry["data"]["values"]) for entry in found]
    assert codes == [color.srgb for color in PALETTE]


def test_files_of_another_library_are_read_with_groups_and_all_models():
    def entry(name, mode, *values, kind="Global"):
        return {"name": name, "type": kind, "data": {"mode": mode, "values": list(values)}}

    # Values of Illustrator from the library's documentation, and two simple ones.
    content = swatch.dumps(
        [
            entry("white", "RGB", 1.0, 1.0, 1.0, kind="Process"),
            {
                "name": "Prisma",
                "type": "Color Group",
                "swatches": [
                    entry("Violet Process Global", "CMYK", 0.6261844635009766, 0.5890134572982788, 3.05e-05, 3.05e-05),
                    entry("Cyan Spot (global)", "LAB", 0.6000000238418579, -35.0, -5.0, kind="Spot"),
                    entry("gray", "Gray", 0.5),
                ],
            },
        ]
    )
    palette = read(content)
    assert palette.names == ["white", "Violet Process Global", "Cyan Spot (global)", "gray"]
    assert palette[0].srgb == (255, 255, 255)
    assert palette[1].srgb == (95, 105, 255)  # 255 (1 - 0.626), 255 (1 - 0.589), 255
    assert palette[2].srgb == (42, 161, 152)  # coloraide 4: Color("lab", [60, -35, -5]).convert("srgb")
    assert palette[3].srgb == (128, 128, 128)


def block(kind, body):
    return struct.pack(">HI", kind, len(body)) + body


def test_the_bytes_follow_the_published_layout():
    name = struct.pack(">H", 4) + "red\0".encode("utf-16-be")
    color = block(0x0001, name + b"RGB " + struct.pack(">fff", 1, 0, 0) + struct.pack(">H", 2))
    expected = b"ASEF" + struct.pack(">HHI", 1, 0, 1) + color
    assert ase(Palette((Color((255, 0, 0), label="red"),))) == expected
    # Colors may have more fields than published, and the end of a group may have a name.
    more = b"ASEF" + struct.pack(">HHI", 1, 0, 2) + block(0x0001, color[6:] + b"more") + block(0xC002, b"\0\0")
    assert read(more).hex == ["#ff0000"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ASE", r"byte 0: found b'ASE'"),
        (b"\0\0\0\0", r"byte 0: .* but an ASE file has b'ASEF'"),  # Aseprite's files have the suffix .ase too
        (b"ASEF\0\2\0\0\0\0\0\0", r"byte 4: unknown version 2\.0"),
        (b"ASEF\0\1\0\0\0\0\0\1", r"byte 12: a block is cut short"),
        (b"\0\0\0\x80\xe0\xa5\1\0", "byte 4: a sprite of Aseprite"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\7\0\0\0\0", r"byte 12: unknown kind of block 0x0007"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x06\0\0HSB ", r"byte 20: unknown color model b'HSB '"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x06\0\0RGB ", r"byte 24: a color is cut short: 12 bytes"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x12\0\0RGB \x7f\xc0\0\0\0\0\0\0\0\0\0\0", r"byte 20: nan 0 0 is not a color"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x0c\0\1\xd8\0RGB     ", r"byte 20: the name is not UTF-16"),
    ],
)
def test_the_error_names_the_byte(content, message):
    with pytest.raises(FormatError, match=message):
        read(content)
