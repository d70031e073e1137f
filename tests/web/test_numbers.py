"""Sheets to paint by over HTTP."""

import pytest

import pochade
from pochade.areas import Numbers

NUMBERS = "/api/v1/numbers"
QUERY = {"paper": "a5", "least_mm": "12", "k": "4"}


@pytest.fixture(scope="module")
def drawn():
    """The sheet that the library draws of a picture, once for each set of options."""
    sheets: dict[tuple, Numbers] = {}

    def sheet(picture: bytes, **options):
        key = picture, *options.items()
        if key not in sheets:
            sheets[key] = pochade.numbers(picture, **{"paper": "a5", "least_mm": 12} | options)
        return sheets[key]

    return sheet


def test_sheets_are_those_of_the_library(client, jpeg: bytes, drawn) -> None:
    expected = drawn(jpeg, k=4)
    svg = client.post(NUMBERS, params=QUERY, content=jpeg)
    assert svg.status_code == 200, svg.text
    assert (svg.content, svg.headers["content-type"]) == (expected.encode(".svg"), "image/svg+xml")
    assert svg.headers["content-disposition"] == 'attachment; filename="numbers.svg"'
    legend = client.post(NUMBERS, params={**QUERY, "page": "legend"}, content=jpeg, headers={"Accept": "image/png"})
    assert legend.content == expected.encode(".png", "legend")
    told = client.post(NUMBERS, params={**QUERY, "format": "json"}, content=jpeg).json()
    assert told == expected.to_dict()


def test_the_pdf_is_that_of_the_library(client, jpeg: bytes, drawn) -> None:
    pytest.importorskip("reportlab")
    pdf = client.post(NUMBERS, params={**QUERY, "format": "pdf"}, content=jpeg)
    assert pdf.content == drawn(jpeg, k=4).encode(".pdf")


def test_colors_boxes_and_values(client, stored: str, png: bytes, drawn) -> None:
    query = {"picture": stored, "paper": "a5", "least_mm": "12"}
    mixed = client.get(NUMBERS, params={**query, "colors": "8e1a24,fff", "box": "zorn", "n": "3", "own": "white"})
    assert mixed.content == drawn(png, colors="#8e1a24,#fff", box="zorn", n=3, own="white").encode(".svg")
    gray = client.get(NUMBERS, params={**query, "values": "3", "format": "json"}).json()
    assert all(color["hex"][1:3] * 3 == color["hex"][1:] for color in gray["colors"])
    box = "name,masstone,tint,ratio\nwhite,#f4f4ef,,\nred,#a02020,#d08080,1:9\n"
    own = client.post(
        NUMBERS, json={"picture": stored, "box": box, "n": 2, "format": "json", "paper": "a5", "least_mm": 12}
    )
    assert {name for color in own.json()["colors"] for name in color["recipe"]["parts"]} <= {"white", "red", "red tint"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"paper": "legal"}, "unknown paper 'legal'"),
        ({"values": "4"}, "values='4' is not allowed: give one of 3, 5"),
        ({"least_mm": "1"}, "least_mm=1.0 is not allowed"),
        ({"page": "back"}, "page='back' is not allowed"),
        ({"box": "/etc/passwd.csv"}, "a server opens no files"),
        ({"colors": "red", "k": "3"}, "k is not allowed with colors"),
        ({"least_mm": "90", "paper": "a5", "k": "4"}, "a5 has no room for a circle of 90 mm"),
    ],
)
def test_refused_options(client, stored: str, query: dict[str, str], said: str) -> None:
    answer = client.get(NUMBERS, params={"picture": stored, **query})
    assert answer.status_code == 400
    assert said in answer.text
