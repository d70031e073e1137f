"""Multipart forms: what browsers and programs send is read in any pieces; the rest is refused early and cheaply."""

import hashlib
import random

import pytest

from pochade.web.forms import MAX_HEAD_BYTES, MAX_HEAD_LINES, MAX_PARTS, Form, parameters_of
from pochade.web.problems import Problem

TYPE = "multipart/form-data; boundary=xyz"
PALETTE = "/api/v1/palette"


def part(head: str, content: bytes) -> bytes:
    return f"--xyz\r\n{head}\r\n\r\n".encode() + content + b"\r\n"


def field(name: str, content: bytes) -> bytes:
    return part(f'Content-Disposition: form-data; name="{name}"', content)


def parts_of(body: bytes, sizes=None, content_type: str = TYPE) -> list[tuple[str, bool, bytes]]:
    form, at = Form(content_type), 0
    while at < len(body):
        size = len(body) if sizes is None else next(sizes)
        form.add(body[at : at + size])
        at += size
    parts = form.finish()
    assert all(part.content.digest == hashlib.sha256(part.content.data).hexdigest() for part in parts)
    return [(part.name, part.is_file, bytes(part.content.data)) for part in parts]


TRICKY = b"\r\n--xy\r\n--\r\n\r--xyz\n--xyz\r\r\n--xzy\r\n"
BODY = (
    part('content-disposition: form-data; name=file; filename="a;\\"b.png"\r\nContent-Type: image/png', TRICKY)
    + field("k", b"5")
    + field("empty", b"")
    + b"--xyz--\r\nepilogue"
)
EXPECTED = [("file", True, TRICKY), ("k", False, b"5"), ("empty", False, b"")]


def test_a_form_is_the_same_in_any_pieces() -> None:
    rng = random.Random(0)
    assert parts_of(BODY) == EXPECTED
    assert parts_of(BODY, iter(lambda: 1, 0)) == EXPECTED
    for _ in range(200):
        assert parts_of(BODY, iter(lambda: rng.randint(1, 40), 0)) == EXPECTED


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"a preamble\r\n", b""), (b"\r\n", b""), (b"", b"\r\n--xyz again"), (b"", b"x" * 100_000)],
)
def test_text_around_the_parts_is_skipped(before: bytes, after: bytes) -> None:
    assert parts_of(before + field("k", b"5") + b"--xyz--" + after) == [("k", False, b"5")]


def test_a_form_without_parts_is_empty() -> None:
    assert parts_of(b"--xyz--\r\n") == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "ends before its last boundary"),
        (field("k", b"5"), "ends before its last boundary"),
        (field("k", b"5")[:-4], "ends before its last boundary"),
        (b"no boundary at all", "ends before its last boundary"),
        (b"--xyz\r\n\r\n\r\n" * 9, "a part has no name"),
        (part("Content-Type: image/png", b"x"), "a part has no name"),
        (part("Content-Disposition: form-data; filename=a", b"x"), "a part has no name"),
        (part("nonsense", b"x"), "a line without a colon"),
        (b"--xyzzy\r\nContent-Disposition: form-data; name=k\r\n\r\n5\r\n--xyz--", "not alone in its line"),
        (part("A: b\r\n" * MAX_HEAD_LINES + "Content-Disposition: form-data; name=k", b"x"), "more than 16 lines"),
        (part("A: " + "b" * MAX_HEAD_BYTES, b"x"), "more than 4,096 bytes"),
        (b"--xyz\r\n" + b"A: " + b"b" * MAX_HEAD_BYTES, "more than 4,096 bytes"),
        (field("k", b"5") * (MAX_PARTS + 1), "more than 128 parts"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_broken_form_is_refused_with_the_reason(body: bytes, why: str) -> None:
    for sizes in (None, iter(lambda: 7, 0)):
        with pytest.raises(Problem, match=why) as caught:
            parts_of(body, sizes)
        assert caught.value.status in (400, 413)


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=", TYPE + "z" * 70])
def test_a_form_needs_a_boundary(content_type: str) -> None:
    with pytest.raises(Problem, match="boundary of 1 to 70"):
        Form(content_type)


def test_a_quoted_boundary_is_unquoted() -> None:
    assert parts_of(BODY, content_type='multipart/form-data; charset=utf-8; Boundary="xyz"') == EXPECTED


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("form-data", {}),
        ("form-data; name=k", {"name": "k"}),
        ("form-data ; NAME = \"a b\" ; filename*=UTF-8''%c3%a9.png", {"name": "a b", "filename*": "UTF-8''%c3%a9.png"}),
        ('form-data; name="a\\\\b\\"c"', {"name": 'a\\b"c'}),
        ('form-data; name=""; name="late"', {"name": ""}),
    ],
)
def test_parameters_of_a_header(header: str, expected: dict[str, str]) -> None:
    assert parameters_of(header) == expected


@pytest.mark.parametrize("name", ["image", "photo", "files[]", "FILE", "", "k"])
def test_a_file_in_another_field_is_answered_with_the_name_of_the_field(client, png: bytes, name: str) -> None:
    answer = client.post(PALETTE, files={name or " ": ("a.png", png)})
    assert (answer.status_code, answer.json()["title"]) == (400, "Option not allowed"), answer.text
    assert answer.json()["detail"].endswith("give the picture in the field 'file'.")


def test_a_long_picture_in_a_field_without_a_filename_is_answered_too(client) -> None:
    answer = client.post(PALETTE, data={"image": "x" * 70_000}, files={"mask": b"m"})
    assert answer.status_code == 413
    assert "'image' is more than 65,536 bytes: give the picture in the field 'file'." in answer.json()["detail"]


def test_a_comparison_names_its_two_fields(client, png: bytes) -> None:
    answer = client.post("/api/v1/compare", files={"file": ("a", png), "b": ("b", png)})
    assert (answer.status_code, answer.json()["option"]) == (400, "file")
    assert answer.json()["detail"].endswith("give the picture in the field 'a' or 'b'.")


@pytest.mark.parametrize("name", ["file", "mask", "k"])
def test_a_field_that_is_there_twice_is_refused(client, png: bytes, name: str) -> None:
    answer = client.post(PALETTE, files=[("file", png), (name, (None, "5")), (name, (None, "5"))])
    assert (answer.status_code, answer.json()["option"]) == (400, name)


def test_the_options_of_a_form_are_limited_together(client, png: bytes) -> None:
    data = {f"x{i}": "y" * 20_000 for i in range(4)}
    answer = client.post(PALETTE, files={"file": png}, data=data)
    assert (answer.status_code, answer.json()["title"]) == (413, "Too large")
