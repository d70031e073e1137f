"""Zip files: no bomb, no foreign compression, no traceback."""

import io
import zipfile

import pytest

from pochade import FormatError
from pochade.export.archive import MAX_BYTES, member, needed, zipped


def packed(name, content, compression):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_members_come_back_whatever_their_names_capitals():
    content = zipped({"mimetype": b"x", "Swatches.json": b"[]"})
    assert member(content, "swatches.JSON", "a palette") == b"[]"
    assert member(content, "other", "a palette") is None
    assert content[30:39] == b"mimetypex"  # the first, and plain, as programs look for it


def test_a_member_that_grows_too_large_is_refused():
    bomb = packed("a", bytes(MAX_BYTES + 1), zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    with pytest.raises(FormatError, match="byte 0: a in it unpacks to more than 4 MiB"):
        member(bomb, "a", "a palette")
    assert len(member(packed("a", bytes(MAX_BYTES), zipfile.ZIP_DEFLATED), "a", "a palette")) == MAX_BYTES


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_deflate_is_unpacked(compression):
    with pytest.raises(FormatError, match="only deflate"):
        member(packed("a", b"a" * 99, compression), "a", "a palette")


def test_what_is_missing_or_no_zip_is_said():
    with pytest.raises(FormatError, match="without b, which a palette has"):
        needed(zipped({"a": b""}), "b", "a palette")
    with pytest.raises(FormatError, match="byte 0: no zip file"):
        needed(b"PK\3\4", "a", "a palette")


def test_an_encrypted_member_is_refused():
    content = bytearray(zipped({"a": b"b"}))
    content[6] |= 1  # in its own header
    content[content.index(b"PK\1\2") + 8] |= 1  # and in the list at the end
    with pytest.raises(FormatError, match="encrypted"):
        member(bytes(content), "a", "a palette")
