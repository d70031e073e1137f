"""Finding: exact, equal to computing every distance, with reasons; and wishes."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pochade
from pochade import kernel
from pochade.collection import find as finding
from pochade.collection.find import Query, Search, search_rows
from pochade.collection.index import Index, bins_of, build
from pochade.collection.picture import Row
from pochade.collection.signature import Signature, oklab_of, signature
from pochade.collection.tables import table_of
from pochade.collection.wishes import Wish, color_of, wish_of, wishes_of
from pochade.color.names import vocabularies
from pochade.errors import OptionError, SourceError, UnknownNameError
from pochade.similarity import distances_to

from .conftest import drawn, files, save

pytest.importorskip("pyarrow", reason="collections need pyarrow")


def palette_row(rng: np.random.Generator, name: str) -> Row:
    """A row with a random palette and signature."""
    m = int(rng.integers(1, 9))
    base = rng.integers(0, 256, 3)
    codes = (base + rng.normal(0, 70, (m, 3))).clip(0, 255).astype(np.uint8)
    codes = np.unique(codes, axis=0)
    weights = rng.dirichlet(np.ones(len(codes))).astype(np.float32)
    cells = rng.integers(0, 256, (int(rng.integers(1, 40)), 3)).astype(np.uint8)
    shares = rng.dirichlet(np.ones(len(cells))).clip(0.0004).astype(np.float32)
    places = np.full((len(codes), 2), np.nan, np.float32)
    return Row(name, 1, 1, b"0" * 16, 4, 4, codes, weights, places, Signature(cells, shares))


@pytest.fixture(scope="module")
def index() -> Index:
    """3,000 random pictures, some of them equal."""
    rng = np.random.default_rng(5)
    rows = [palette_row(rng, f"{i:05d}") for i in range(2900)]
    rows += [Row(f"{2900 + i:05d}", *[getattr(rows[i], name) for name in Row.__slots__[1:]]) for i in range(100)]
    return Index(build([table_of(rows)]), None)


def asked(*wishes: str, without: tuple[str, ...] = (), like: pochade.Palette | None = None, **more: Any) -> Query:
    given = {"within": 0.1, "trace": 0.001, "top": 10} | more
    return Query(tuple(wishes_of(wishes)), tuple(map(wish_of, without)), like, "it", **given)


def brute(index: Index, query: Query) -> tuple[list[int], list[float]]:
    """The best pictures by computing the distance of every one."""
    search = Search(index, query)
    rows = np.flatnonzero(search.kept)
    far = search.distances(rows)
    order = np.lexsort((rows, -search.prominence[rows], far))[: query.top]
    return rows[order].tolist(), (far[order] / max(query.terms, 1)).tolist()


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("few", [16, 1000])  # with a part first, and without
def test_bounds_give_the_result_of_computing_every_distance(index, seed, few, monkeypatch):
    monkeypatch.setattr(finding, "FEW", few)
    monkeypatch.setattr(finding, "FIRST", 30)
    rng = np.random.default_rng(seed)
    hexes = [f"#{code:06x}" for code in rng.integers(0, 1 << 24, 4)]
    near = finding.palette_at(index, int(rng.integers(len(index))), None)
    queries = [
        asked(like=near),
        asked(f"{hexes[0]}:60%", f"{hexes[1]}:5%", top=25),
        asked(hexes[0], within=0.3),
        asked(hexes[0], f"{hexes[1]}:1%..40%", like=near, within=0.3),
        asked(f"{hexes[0]}:100%", without=(hexes[1], "any pink"), top=3),
    ]
    for query in queries:
        rows, far, _ = search_rows(index, query)
        assert (rows.tolist(), far.tolist()) == brute(index, query)


def test_like_is_the_distance_of_palettes_in_oklab(index):
    near = finding.palette_at(index, 7, None)
    rows, far, _ = search_rows(index, asked(like=near, top=3000))
    others = [finding.palette_at(index, row, None) for row in rows.tolist()]
    np.testing.assert_allclose(far, distances_to(near, others, difference="oklab"), atol=1e-9)
    assert rows[:2].tolist() == [7, 2907]  # equal pictures by id


def test_a_share_is_partial_and_the_rest_is_free():
    teal, orange, gray = (0, 128, 128), (255, 165, 0), (128, 128, 128)
    blank = np.full((2, 2), np.nan, np.float32)

    def row(name: str, first: tuple[int, ...], share: float) -> Row:
        codes, weights = np.array([first, gray], np.uint8), np.array([share, 1 - share], np.float32)
        return Row(name, 1, 1, b"0" * 16, 4, 4, codes, weights, blank, Signature(codes, weights))

    index = Index(
        build([table_of([row("a", teal, 0.9), row("b", teal, 0.6), row("c", teal, 0.3), row("d", orange, 0.6)])]), None
    )
    rows, far, _ = search_rows(index, asked("teal:60%"))
    assert rows.tolist() == [0, 1, 2, 3]
    apart = float(np.linalg.norm(oklab_of(np.array([teal], np.uint8)) - oklab_of(np.array([gray], np.uint8))))
    np.testing.assert_allclose(far[:3], [0, 0, apart / 2], atol=1e-6)  # half of what is wished for comes from gray
    rows, _, search = search_rows(index, asked("teal:50%..80%"))
    assert (rows.tolist(), search.fits) == ([1], 1)
    rows, _, search = search_rows(index, asked("..".join(["teal:", "40%"])))
    assert rows.tolist() == [2, 3]
    why = search.why(2)
    assert why[0].share == pytest.approx(0.3, abs=1e-4)


def test_accents_are_found_however_small():
    rng = np.random.default_rng(3)
    rows = [palette_row(rng, f"{i:04d}") for i in range(500)]
    planted = [7, 70, 400]
    for i in planted:
        signature = rows[i].signature
        codes = np.vstack([signature.codes, [[195, 39, 39]]]).astype(np.uint8)
        rows[i] = Row(
            *[getattr(rows[i], name) for name in Row.__slots__[:9]],
            Signature(codes, np.append(signature.shares, np.float32(0.001))),
        )
    found, _, _ = search_rows(Index(build([table_of(rows)]), None), asked("#c32727", top=3))
    assert sorted(found.tolist()) == planted


@pytest.fixture
def museum(scans: Path, tmp_path: Path, read: list[str]) -> pochade.Collection:
    return pochade.collect(scans, tmp_path / "museum.pochade", recursive=True)


def test_matches_say_which_color_answered_which_wish(museum, scans):
    codes = np.full((40, 40, 3), (60, 120, 180), np.uint8)
    codes[5:9, 5:9] = 195, 39, 39
    save(scans / "flag.png", codes)
    museum.update()
    found = museum.find("#c32727", "#3c78b4:90%", without="any green", like=scans / "flag.png", top=5)
    best = found[0]
    assert (best.id, best.distance) == ("flag.png", pytest.approx(0, abs=1e-6))
    red, blue, green, like = best.why
    assert (red.wish, red.hex, red.share) == ("#c32727", "#c32727", pytest.approx(0.01, abs=1e-4))
    assert red.position == pytest.approx((0.175, 0.175), abs=0.06)
    assert (blue.hex, blue.distance, blue.ciede2000) == ("#3c78b4", pytest.approx(0), pytest.approx(0))
    assert (green.wish, green.share) == ("no any green", 0)
    assert like.wish.startswith("like ")
    assert best.palette.source == "flag.png"
    assert found.to_dict()["pictures"][0]["why"][0]["hex"] == "#c32727"
    assert museum.find(like="flag.png")[0].id == "flag.png"
    assert museum.find(like=best.palette)[0].id == "flag.png"
    assert [match.id for match in found] == [match.id for match in found[:5]]


def test_the_palette_of_what_was_found_is_of_these_pictures(museum, read):
    found = museum.find("any green", top=2)
    assert len(found) == 2
    palette = found.palette(4)
    assert {id for color in palette for id in color.exemplars} <= {match.id for match in found}
    shutil.rmtree(Path(museum.folder) / "index")
    assert found.palette(4).hex == palette.hex  # the pictures are read again
    Path(str(museum.path(found[0].id))).unlink()
    with pytest.raises(SourceError, match="the picture is gone"):
        found.palette(4)


def test_without_is_by_the_exact_colors_not_by_the_palette(museum, scans):
    for match in museum.find(without="any green", top=100):
        codes = pochade.histogram(pochade.read(museum.path(match.id)))
        _, family = color_of("any green")
        green = family[bins_of(np.rint(codes.means).astype(np.uint8))]
        assert codes.counts[green].sum() / codes.counts.sum() < 0.03
    everything = museum.find(without="#123456", trace=1.0, top=100)
    assert [match.id for match in everything] == sorted(match.id for match in everything)
    assert everything.fits == everything.of == 24


def test_an_empty_result_names_the_wish_that_emptied_it(museum):
    found = museum.find("#ff00ff", "any green", within=0.001)
    assert len(found) == 0
    assert str(found.empty).startswith("'#ff00ff' is answered by none of 24 pictures")
    assert found.to_dict()["empty"] == found.empty


def test_the_index_is_kept_and_built_again_when_it_is_stale(museum, scans, monkeypatch):
    assert len(museum.index) == 24
    kept = Path(museum.folder) / "index" / "search"
    times = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    assert len(pochade.Collection(museum.folder).index) == 24
    assert {path.name: path.stat().st_mtime_ns for path in kept.iterdir()} == times
    other = pochade.Collection(museum.folder)
    save(scans / "new.png", drawn(77))
    museum.update()
    assert len(museum.index) == len(other.index) == 25
    (kept / "codes.npy").write_bytes(b"broken")
    assert len(pochade.Collection(museum.folder).index) == 25
    (scans / "new.png").unlink()
    museum.update()
    monkeypatch.setattr("pochade.collection.index.os.makedirs", lambda path: (_ for _ in ()).throw(PermissionError(13)))
    assert len(museum.index) == 24  # in memory, where the folder cannot be written
    assert files(Path(museum.folder))


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("teal", "any size", 0, 1),
        ("teal:60%", "share", 0.6, 1),
        (" Teal : 60 % ", "share", 0.6, 1),
        ("orange:2%..10%", "range", 0.02, 0.1),
        ("orange:..10%", "range", 0, 0.1),
        ("orange:2.5%..", "range", 0.025, 1),
        ("rgb(0, 128, 128):5%", "share", 0.05, 1),
        ("any green:40%", "share", 0.4, 1),
    ],
)
def test_wishes_are_read_from_text(text, kind, low, high):
    wish = wish_of(text)
    assert (wish.kind, wish.low, wish.high) == (kind, pytest.approx(low), pytest.approx(high))
    assert (wish.family is not None) == ("any" in text.split(":")[0])


def test_a_color_is_named_by_css_xkcd_or_iscc_nbs():
    assert wish_of("teal").hex == "#008080"
    assert wish_of("dusty teal").hex == "#4c9085"
    assert wish_of("vivid reddish orange").hex == vocabularies["iscc-nbs"].colors["vivid reddish orange"]
    assert wish_of("slate grey").hex == wish_of("slate gray").hex
    assert wish_of((255, 0, 0)).hex == wish_of(("red", "5%")).hex == "#ff0000"
    assert wish_of(pochade.Color((1, 2, 3))).hex == "#010203"
    assert isinstance(wish_of("#fff"), Wish)
    greens = color_of("any green")[1]
    assert 0.05 < greens.mean() < 0.5


@pytest.mark.parametrize(
    ("wishes", "options", "message"),
    [
        (("teal:60%", "orange:50%"), {}, "the shares of the wishes sum to 110 %"),
        (("teal:120%",), {}, "120 % is more than the whole picture"),
        (("teal:60",), {}, "'60' is no share"),
        (("teal:",), {}, "the share is missing"),
        (("teal:0%",), {}, "give without="),
        (("teal:10%..2%",), {}, "the range '10%..2%' is empty"),
        (("teal:..",), {}, "is empty"),
        (("#12",), {}, "#12"),
        (("",), {}, "no color"),
        ((), {}, "nothing to find"),
        (("red",), {"top": 0}, "top=0 is not allowed"),
        (("red",), {"within": "far"}, "within='far' is not allowed"),
        (("red",), {"within": 0}, "within=0 is not allowed"),
        (("red",), {"trace": 2}, "trace=2 is not allowed"),
        ((), {"without": "red:5%"}, "a color to do without has no share"),
        (([(1, 2, 3), (4, 5, 6)],), {}, "is 2 colors"),
        ((), {"like": pochade.Palette(())}, "resembles nothing"),
    ],
)
def test_wrong_wishes_are_refused(golden, wishes, options, message):
    with pytest.raises(OptionError, match=message):
        golden.find(*wishes, **options)


def test_unknown_colors_and_pictures_are_refused(golden):
    with pytest.raises(UnknownNameError, match="Did you mean 'green'"):
        golden.find("gren")
    with pytest.raises(UnknownNameError, match="any blue"):
        golden.find(without="any teal")
    with pytest.raises(SourceError, match="no such file"):
        golden.find(like="none.png")


def test_both_kernels_find_the_same(index, monkeypatch):
    from pochade.kernel import lookup

    monkeypatch.setattr(finding, "FEW", 100)
    query = asked("#336699", "#cc9966:30%", like=finding.palette_at(index, 9, None), within=0.3)
    rows, far, _ = search_rows(index, query)
    for name in ("closest", "gather_near", "sliced"):
        monkeypatch.setattr(kernel, name, getattr(lookup, name), raising=False)
    again, far_again, _ = search_rows(index, query)
    assert (rows.tolist(), far.tolist()) == (again.tolist(), far_again.tolist())


def test_a_color_of_the_palette_is_in_the_signature_however_little_it_covers():
    codes = np.full((400, 400, 3), 128, np.uint8)
    codes[:4, :4] = 195, 39, 39
    codes[8:10, :4] = 20, 60, 200  # as rare, and not in the palette
    counted = pochade.histogram(pochade.read(codes))
    cells = signature(counted, np.array([[128, 128, 128], [190, 40, 40]], np.uint8))
    assert cells.codes.tolist() == [[128, 128, 128], [195, 39, 39]]
    assert cells.shares[1] == np.float32(16 / 160_000)
