"""Zip files: zip bombs, other compressions and damaged files are refused."""

import io
import zipfile

import pytest

from pochade import FormatError
from pochade.export.archive import MAX_BYTES, member, required_member, zip_of


def packed(name, content, compression):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_member_names_are_case_insensitive():
    content = zip_of({"mimetype": b"x", "Swatches.json": b"[]"})
    assert member(content, "swatches.JSON", "a palette") == b"[]"
    assert member(content, "other", "a palette") is None
    assert content[30:39] == b"mimetypex"  # first and uncompressed, because programs look for it


def test_a_member_that_unpacks_too_large_is_refused():
    bomb = packed("a", bytes(MAX_BYTES + 1), zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    with pytest.raises(FormatError, match="byte 0: its member a unpacks to more than 4 MiB"):
        member(bomb, "a", "a palette")
    assert len(member(packed("a", bytes(MAX_BYTES), zipfile.ZIP_DEFLATED), "a", "a palette")) == MAX_BYTES


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_other_than_deflate_are_refused(compression):
    with pytest.raises(FormatError, match="only deflate"):
        member(packed("a", b"a" * 99, compression), "a", "a palette")


def test_a_missing_member_and_a_file_that_is_not_a_zip_are_refused():
    with pytest.raises(FormatError, match="without b, which a palette must have"):
        required_member(zip_of({"a": b""}), "b", "a palette")
    with pytest.raises(FormatError, match="byte 0: not a readable zip file"):
        required_member(b"PK\3\4", "a", "a palette")


def test_an_encrypted_member_is_refused():
    content = bytearray(zip_of({"a": b"b"}))
    content[6] |= 1  # in the local header
    content[content.index(b"PK\1\2") + 8] |= 1  # and in the central directory
    with pytest.raises(FormatError, match="encrypted"):
        member(bytes(content), "a", "a palette")
