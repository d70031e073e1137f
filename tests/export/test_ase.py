"""Adobe Swatch Exchange, against the library `swatch` and bytes laid out by hand."""

import struct

import pytest
import swatch

from pochade import Color, FormatError, Palette
from pochade.export.ase import ase, read

PALETTE = Palette((Color((142, 26, 36), 0.5, label="Bärenrot"), Color((0, 254, 1), 0.5, label="grün 赤")))


@pytest.mark.parametrize("group", ["", "Boxer 🥊"])
def test_another_reader_finds_the_same_colors_and_names(group, tmp_path):
    path = tmp_path / "a.ase"
    path.write_bytes(ase(PALETTE, group=group))
    found = swatch.parse(str(path))
    if group:
        assert [entry["name"] for entry in found] == [group]
        found = found[0]["swatches"]
    assert [(entry["name"], entry["type"]) for entry in found] == [("Bärenrot", "Process"), ("grün 赤", "Process")]
    codes = [tuple(round(255 * value) for value in entry["data"]["values"]) for entry in found]
    assert codes == [color.srgb for color in PALETTE]


def test_what_another_writer_wrote_is_read_with_groups_and_all_models():
    def entry(name, mode, *values, kind="Global"):
        return {"name": name, "type": kind, "data": {"mode": mode, "values": list(values)}}

    # The values of Illustrator's that the library's documentation shows, and two plain ones.
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


def test_bytes_as_they_are_published():
    name = struct.pack(">H", 4) + "red\0".encode("utf-16-be")
    color = block(0x0001, name + b"RGB " + struct.pack(">fff", 1, 0, 0) + struct.pack(">H", 2))
    expected = b"ASEF" + struct.pack(">HHI", 1, 0, 1) + color
    assert ase(Palette((Color((255, 0, 0), label="red"),))) == expected
    # Colors may carry more than is published, and the end of a group may have a name.
    more = b"ASEF" + struct.pack(">HHI", 1, 0, 2) + block(0x0001, color[6:] + b"more") + block(0xC002, b"\0\0")
    assert read(more).hex == ["#ff0000"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"ASE", r"byte 0: b'ASE' is there"),
        (b"\0\0\0\0", r"byte 0: .* and an ASE file has b'ASEF'"),  # Aseprite's files are called .ase too
        (b"ASEF\0\2\0\0\0\0\0\0", r"byte 4: version 2\.0"),
        (b"ASEF\0\1\0\0\0\0\0\1", r"byte 12: a block is cut short"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\7\0\0\0\0", r"byte 12: a block of kind 0x0007"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x06\0\0HSB ", r"byte 20: the color model b'HSB '"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x06\0\0RGB ", r"byte 24: a color is cut short: 12 bytes"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x12\0\0RGB \x7f\xc0\0\0\0\0\0\0\0\0\0\0", r"byte 20: nan 0 0 is no color"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x0c\0\1\xd8\0RGB     ", r"byte 20: the name there is no UTF-16"),
    ],
)
def test_a_broken_file_says_at_which_byte(content, why):
    with pytest.raises(FormatError, match=why):
        read(content)
