"""`pochade numbers`: the same bytes as the library."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.cli.app import app

SMALL = ["--paper", "a5", "--least", "12mm"]


@pytest.fixture
def flag_file(tmp_path: Path) -> str:
    picture = np.full((40, 60, 3), (240, 235, 220), np.uint8)
    picture[10:30, 20:40] = 142, 26, 36
    path = tmp_path / "flag.png"
    Image.fromarray(picture).save(path)
    return str(path)


def test_each_file_is_that_of_the_library(flag_file: str, tmp_path: Path, capsys) -> None:
    expected = pochade.numbers(flag_file, k=2, paper="a5", least_mm=12)
    assert app.run(["numbers", flag_file, "-k", "2", *SMALL, "-o", str(tmp_path / "sheet.svg")]) == 0
    assert (tmp_path / "sheet.svg").read_bytes() == expected.encode(".svg")
    assert "a5, 170 x 113 mm: 2 areas in 2 colors, each with room for a circle of 12 mm." in capsys.readouterr().err
    answer = tmp_path / "answer.png"
    assert app.run(["numbers", flag_file, "-k", "2", *SMALL, "--page", "answer", "-o", str(answer)]) == 0
    assert answer.read_bytes() == expected.encode(".png", "answer")


def test_a_pdf_has_three_pages_in_the_size_of_the_paper(flag_file: str, tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    pdfium = pytest.importorskip("pypdfium2")
    path = tmp_path / "sheet.pdf"
    assert app.run(["numbers", flag_file, "--box", "zorn", "-n", "3", "--own", "white", *SMALL, "-o", str(path)]) == 0
    document = pdfium.PdfDocument(path)
    assert [document.get_page_size(i) for i in range(len(document))] == [pytest.approx((595.28, 419.53), abs=0.01)] * 3
    legend = document[2].get_textpage().get_text_range()
    assert "white" in legend
    assert "of the sheet" in legend


def test_wrong_options_write_nothing(flag_file: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "sheet.svg"
    for given, said in (
        (["--least", "two"], "give millimeters, as 2.5 or 2.5mm"),
        (["--paper", "legal"], "Known: a2, a3, a4, a5, letter"),
        (["--values", "4"], "give one of 3, 5"),
        (["--palette", "red", "-k", "3"], "k is not allowed with colors"),
    ):
        assert app.run(["numbers", flag_file, *given, "-o", str(path)]) == 2
        assert said in capsys.readouterr().err
        assert not path.exists()
