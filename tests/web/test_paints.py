"""Tubes of paint over HTTP."""

import json

import pytest

import pochade
from pochade.draw import paint_sheet_pdf, paint_sheet_svg

PAINTS = "/api/v1/paints"
CSV = "name,masstone,tint,ratio\nwhite,#f4f4ef,,\nblue,#3a3467,#7482bd,1:9\nred,#a02020,#d08080,1:9\n"
QUERY = {"n": "4", "own": "black", "stock": "false", "parts": "6", "k": "6"}


@pytest.fixture
def answer(jpeg: bytes) -> pochade.paint.Paints:
    return pochade.paints(jpeg, 4, own=["black"], stock=False, parts=6, k=6)


def test_json_and_sheets_are_those_of_the_library(client, jpeg: bytes, answer) -> None:
    done = client.post(PAINTS, params=QUERY, content=jpeg)
    assert done.status_code == 200, done.text
    assert done.content == (answer.to_json() + "\n").encode()
    svg = client.post(PAINTS, params={**QUERY, "format": "svg"}, content=jpeg)
    assert svg.text == paint_sheet_svg(answer)
    assert svg.headers["content-disposition"] == 'attachment; filename="paints.svg"'
    png = client.post(PAINTS, params=QUERY, content=jpeg, headers={"Accept": "image/png"})
    assert png.content[:4] == b"\x89PNG"


def test_the_pdf_is_that_of_the_library(client, jpeg: bytes, answer) -> None:
    pytest.importorskip("reportlab")
    pdf = client.post(PAINTS, params={**QUERY, "format": "pdf", "dark": "true"}, content=jpeg)
    assert pdf.content == paint_sheet_pdf(answer, dark=True)


def test_a_picture_in_memory_and_auto(client, stored: str) -> None:
    told = client.get(PAINTS, params={"picture": stored, "n": "auto"}).json()
    n = len(told["tubes"])
    assert told["curve"][n - 1] <= told["curve"][-1] + 1.01
    assert len(told["curve"]) == 13


@pytest.mark.parametrize(
    "box",
    [
        CSV,
        json.dumps(
            {
                "paints": [
                    {"name": "white", "masstone": "#f4f4ef"},
                    {"name": "red", "masstone": "#a02020", "tint": "#d08080", "ratio": "1:9"},
                ]
            }
        ),
    ],
)
def test_a_box_of_ones_own_is_content(client, stored: str, box: str) -> None:
    told = client.post(PAINTS, json={"picture": stored, "n": 2, "box": box, "own": "red", "k": 3}).json()
    assert [(tube["name"], tube["own"]) for tube in told["tubes"]] in (
        [("white", False), ("red", True)],
        [("blue", False), ("red", True)],
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"n": "0"}, "n=0 is not allowed: the box kimera has 13 paints"),
        ({"n": "14"}, "n=14 is not allowed"),
        ({"own": "whit"}, "Did you mean 'white'?"),
        ({"box": "/etc/passwd"}, "unknown box '/etc/passwd'"),
        ({"box": "mine.csv"}, "a server opens no files"),
        ({"box": "{"}, "box: no JSON at line 1"),
        ({"box": CSV.replace("#7482bd", "#3a3467"), "n": "2"}, "the paint 'blue' has a tint equal to its masstone"),
        ({"most": "9"}, "most=9 is not allowed"),
        ({"nn": "3"}, "unknown option of paints: 'nn'"),
        ({"format": "gif"}, "unknown format 'gif'"),
    ],
)
def test_bad_options_are_problems(client, stored: str, query: dict[str, str], said: str) -> None:
    answer = client.get(PAINTS, params={"picture": stored, **query})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_colors_need_no_picture(client) -> None:
    palette = pochade.Palette(
        (pochade.Color((0x8E, 0x1A, 0x24), 0.25), pochade.Color((255, 255, 255), 0.5), pochade.Color((0, 0, 128), 0.25))
    )
    told = client.get(PAINTS, params={"colors": "8e1a24,fff,navy", "weights": "1,2,1", "n": 3})
    assert told.content == (pochade.paints(palette, 3).to_json() + "\n").encode()
    assert client.post(PAINTS, json={"colors": ["8e1a24", "fff"], "n": 2}).json()["recipes"][0]["weight"] == 0.5


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"colors": "8e1a24,fff", "weights": "1"}, "weights has 1 numbers for 2 colors"),
        ({"colors": "8e1a24", "weights": "0"}, "give a number above 0"),
        ({"colors": "8e1a2"}, "colors: '8e1a2' is no color"),
        ({"weights": "1"}, "weights are those of colors"),
        ({"colors": ""}, "colors has no colors"),
    ],
)
def test_bad_colors_are_problems(client, stored: str, query: dict[str, str], said: str) -> None:
    answer = client.get(PAINTS, params=query if "colors" in query else {**query, "picture": stored})
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


def test_colors_beside_a_picture_are_a_problem(client, stored: str) -> None:
    answer = client.get(PAINTS, params={"picture": stored, "colors": "fff"})
    assert (answer.status_code, answer.json()["option"]) == (400, "colors")


def test_boxes_are_listed_with_their_paints(client) -> None:
    listed = {one["name"]: one for one in client.get("/api/v1/boxes").json()}
    assert [*listed] == ["kimera", "primaries", "zorn"]
    assert [paint["name"] for paint in listed["zorn"]["paints"]] == ["white", "yellow oxide", "red", "black"]
    assert "CC BY 4.0" in listed["kimera"]["credit"]
