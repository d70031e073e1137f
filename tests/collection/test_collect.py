"""Collecting: rows, sums, updates, resuming, and what goes wrong."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pochade
from pochade.collection import lock, model, parts, picture, plan, sources
from pochade.collection.collect import prepared
from pochade.collection.engines import engines
from pochade.collection.tables import PICTURES, SUM, file_of
from pochade.errors import EmptyError, FormatError, OptionError, PochadeError, SourceError, UnknownNameError
from pochade.similarity import distances

from .conftest import drawn, files, save

pa = pytest.importorskip("pyarrow", reason="collections need pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def museum(scans: Path, tmp_path: Path, read: list[str]) -> pochade.Collection:
    made = pochade.collect(scans, tmp_path / "museum.pochade", recursive=True)
    read.clear()
    return made


def again(museum: pochade.Collection, scans: Path) -> dict[str, bytes]:
    """The files of a fresh run over the same pictures."""
    fresh = Path(museum.folder).parent / "fresh.pochade"
    shutil.rmtree(fresh, ignore_errors=True)
    pochade.collect(scans, fresh, recursive=True)
    return files(fresh)


def test_a_row_for_each_picture_sorted_by_id(museum, scans):
    table = museum.to_arrow()
    ids = table.column("id").to_pylist()
    assert ids == sorted(path.relative_to(scans).as_posix() for path in scans.rglob("*.png"))
    row = table.to_pylist()[ids.index("inner/05.png")]
    assert (row["width"], row["height"], row["bytes"]) == (24, 18, (scans / "inner/05.png").stat().st_size)
    palette = pochade.extract(scans / "inner/05.png").sort("prominence")
    assert sorted(f"#{color['srgb']:06x}" for color in row["palette"]) == sorted(palette.hex)
    np.testing.assert_allclose(sum(cell["share"] for cell in row["signature"]), 1, atol=0.01)
    assert museum.verify() == []
    assert len(museum) == 24


def test_the_sum_is_that_of_the_histograms_each_scaled_to_one_total(museum, scans):
    counted = [pochade.histogram(pochade.read(path)) for path in scans.rglob("*.png")]  # all of one size
    whole = reduce(lambda a, b: a + b, counted)
    own = museum.histogram
    assert own.counts.sum() == parts.WHOLE * 24
    for k in (3, 8):
        both = [pochade.extract(own, k), pochade.extract(whole, k)]
        assert (
            distances(both, difference="oklab")[0, 1] < 0.0004 * 2
        )  # 0.04, Oklab x 100, and as much for tiny pictures


def test_each_pixel_weighs_the_same_on_request(tmp_path, read):
    save(tmp_path / "two" / "large.png", np.full((30, 30, 3), (200, 0, 0), np.uint8))
    save(tmp_path / "two" / "small.png", np.full((10, 10, 3), (0, 0, 200), np.uint8))
    even = pochade.collect(tmp_path / "two", tmp_path / "even.pochade")
    pixels = pochade.collect(tmp_path / "two", tmp_path / "pixels.pochade", each="pixel")
    assert [(c.hex, c.weight) for c in even.palette(2)] == [("#0000c8", 0.5), ("#c80000", 0.5)]
    assert [(c.hex, round(c.weight, 6)) for c in pixels.palette(2)] == [("#c80000", 0.9), ("#0000c8", 0.1)]
    assert pixels.verify() == []
    with pytest.raises(OptionError, match="each='pixel'"):
        pochade.collect(tmp_path / "two", tmp_path / "pixels.pochade", each="picture")


def test_a_part_survives_as_bytes_and_the_order_of_parts_does_not_matter():
    from pochade.histograms.summed import Table

    made = [parts.part_of(pochade.histogram(pochade.read(drawn(i))), 24 * 18, "picture") for i in range(5)]
    sums = []
    for order in (made, made[::-1]):
        table = Table()
        for part in order:
            again = parts.from_bytes(part.to_bytes())
            assert again is not None
            again.add_to(table)
        sums.append((table.counts.tobytes(), table.sums.tobytes()))
    assert sums[0] == sums[1]
    assert all(part.counts.sum() == parts.WHOLE for part in made)
    assert parts.from_bytes(made[0].to_bytes()[:-1]) is None
    assert parts.from_bytes(b"") is None


def test_shards_change_no_palette_and_no_row(museum, scans, tmp_path, monkeypatch):
    monkeypatch.setattr(model, "PICTURES_A_SHARD", 6)
    cut = pochade.collect(scans, tmp_path / "cut.pochade", recursive=True)
    assert cut.model.shards == 4
    assert cut.to_arrow().equals(museum.to_arrow())
    assert cut.palette(6).hex == museum.palette(6).hex
    assert cut.verify() == []


def test_a_collection_is_a_source_like_a_picture(museum):
    palette = museum.palette(5)
    assert pochade.extract(museum.folder, 5).hex == pochade.extract(museum, 5).hex == palette.hex
    assert all(1 <= len(color.exemplars) <= 3 for color in palette)
    assert palette.to_dict()["colors"][0]["exemplars"] == list(palette[0].exemplars)
    with pytest.raises(OptionError, match="counted already, so scale"):
        pochade.extract(museum.folder, 5, scale=0.5)


def test_what_is_current_is_not_read_again(museum, scans, read):
    before = files(Path(museum.folder))
    pochade.collect(scans, museum.folder)
    museum.update()
    assert read == []
    assert files(Path(museum.folder)) == before


def test_an_update_reads_only_what_is_new_and_ends_like_a_fresh_run(museum, scans, read):
    for i in range(24, 30):
        save(scans / f"new {i}.png", drawn(i))
    for name in ("01.png", "inner/10.png"):
        (scans / name).unlink()
    save(scans / "02.png", drawn(99))
    planned = prepared(None, museum.folder).plan
    assert (planned.new, planned.changed, planned.gone, planned.read) == (6, 1, 2, 7)
    museum.update()
    assert sorted(read) == ["02.png", *(f"new {i}.png" for i in range(24, 30))]
    assert files(Path(museum.folder)) == again(museum, scans)


def test_a_file_with_a_new_time_and_the_same_content_is_not_decoded(museum, scans, read):
    os.utime(scans / "03.png", ns=(5, 5))
    museum.update()
    assert read == []
    assert files(Path(museum.folder)) == again(museum, scans)


def test_more_pictures_make_more_shards_without_decoding_the_old_ones(museum, scans, read, monkeypatch):
    monkeypatch.setattr(model, "PICTURES_A_SHARD", 6)
    save(scans / "new.png", drawn(50))
    museum.update()
    assert read == ["new.png"]
    assert museum.model.shards == 4
    assert files(Path(museum.folder)) == again(museum, scans)
    monkeypatch.setattr(model, "PICTURES_A_SHARD", 1000)
    read.clear()
    museum.update()
    assert read == []
    assert files(Path(museum.folder)) == again(museum, scans)


def test_without_the_kept_parts_the_pictures_of_a_changed_shard_are_read_again(museum, scans, read):
    shutil.rmtree(Path(museum.folder) / "index")
    (scans / "01.png").unlink()
    museum.update()
    assert len(read) == 23
    assert files(Path(museum.folder)) == again(museum, scans)


@pytest.mark.parametrize("stop", range(1, 4))
def test_a_run_that_ends_between_two_files_is_completed(museum, scans, monkeypatch, stop):
    from pochade.collection import tables

    save(scans / "new.png", drawn(50))
    (scans / "01.png").unlink()
    written = []
    write = tables.write_durably

    def broken(name: str, content: bytes) -> None:
        written.append(name)
        if len(written) == stop:
            raise PochadeError("disk full")
        write(name, content)

    monkeypatch.setattr(tables, "write_durably", broken)
    with pytest.raises(PochadeError, match="disk full"):
        museum.update()
    monkeypatch.setattr(tables, "write_durably", write)
    museum.update()
    assert files(Path(museum.folder)) == again(museum, scans)


def deadly(task: Any, about: Any) -> Any:
    """Read a picture; some kill their process."""
    if task.id == "03.png":
        os.kill(os.getpid(), signal.SIGKILL)
    return picture.work(task, about)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_picture_that_kills_its_process_is_a_row(scans, tmp_path, monkeypatch):
    monkeypatch.setattr("pochade.collection.work.work", deadly)
    made = pochade.collect([scans / f"0{i}.png" for i in (2, 3, 4)], tmp_path / "museum.pochade", jobs=1)
    ((id, error),) = made.failures
    assert (id, len(made)) == ("03.png", 3)
    assert error.startswith("03.png: the process that read it was killed by signal 9")
    assert made.histogram.counts.sum() == parts.WHOLE * 2


def test_a_failed_picture_is_a_row_and_is_tried_again_on_request(tmp_path, scans, read):
    (scans / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    (scans / "loop.png").symlink_to("loop.png")
    made = pochade.collect(scans, tmp_path / "museum.pochade")
    assert [id for id, _ in made.failures] == ["broken.png", "loop.png"]
    read.clear()
    made.update()
    assert read == []
    made.update(retry=True)
    assert sorted(read) == ["broken.png", "loop.png"]
    rows = {row["id"]: row for row in made.to_arrow().to_pylist()}
    assert rows["broken.png"]["attempts"] == 2
    assert rows["broken.png"]["palette"] is None
    assert str(tmp_path) not in rows["broken.png"]["error"]
    save(scans / "broken.png", drawn(1))
    made.update()
    assert [id for id, _ in made.failures] == ["loop.png"]


def test_folders_that_cannot_be_listed_keep_their_rows(museum, scans, monkeypatch):
    scandir = os.scandir

    def forbidden(path: str) -> Any:
        if str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(sources.os, "scandir", forbidden)
    request = prepared(scans, museum.folder)
    assert [str(error) for error in request.plan.failures] == [f"{scans}/inner: cannot be listed: Permission denied."]
    assert request.plan.gone == 0
    assert len(request.run()) == 24


def test_a_root_that_is_not_there_changes_nothing(museum, scans):
    scans.rename(scans.parent / "away")
    with pytest.raises(SourceError, match="is its disk connected"):
        museum.update()
    assert len(museum) == 24


@pytest.mark.skipif(os.name != "posix", reason="names in bytes")
def test_difficult_names(tmp_path, read):
    folder = tmp_path / "names"
    names = [b"caf\xe9.png", b"two\nlines.png", unicodedata.normalize("NFD", "\xe9t\xe9.png").encode(), b"%41 'q'.png"]
    folder.mkdir()
    for i, name in enumerate(names):
        shutil.copy(save(tmp_path / "one.png", drawn(i)), os.path.join(os.fsencode(folder), name))
    (folder / "up").symlink_to(folder)
    made = pochade.collect(folder, tmp_path / "museum.pochade", recursive=True)
    ids = made.to_arrow().column("id").to_pylist()
    assert ids == sorted(["caf\\xe9.png", "two\nlines.png", "\xe9t\xe9.png", "%41 'q'.png"])
    assert made.failures == []
    for id in ids:
        assert os.path.isfile(str(made.path(id)))
    shutil.copy(folder / "two\nlines.png", folder / "\xe9t\xe9.png")  # both forms of one name
    clash = prepared(None, made.folder).plan.failures
    assert len(clash) == 1
    assert "normal form of Unicode" in str(clash[0])


def test_no_path_outside_the_root_is_returned(museum, tmp_path, scans):
    (tmp_path / "secret.png").write_bytes(b"")
    (scans / "out.png").symlink_to(tmp_path / "secret.png")
    for id in ("../secret.png", "/etc/passwd", "inner/../../secret.png", "", ".", "a\0b", "out.png", "none.png"):
        assert museum.path(id) is None
    assert museum.path("inner/05.png") == str(scans / "inner/05.png")


def test_a_file_that_changes_while_it_is_read_fails(tmp_path, monkeypatch):
    path = str(save(tmp_path / "a.png", drawn(0)))
    times = iter(range(100))
    monkeypatch.setattr(picture, "state", lambda place: (1, next(times)))
    answer = picture.work(picture.Task("a.png", path), ({}, "picture"))
    assert answer.part is None
    assert answer.row.error == "a.png: it changed while it was read; collect again when it is written."


def test_other_options_than_those_of_the_collection_are_refused(scans, tmp_path, read):
    made = pochade.collect(scans, tmp_path / "m.pochade", k=5, ignore="white")
    for options in ({"k": 8}, {"ignore": "black"}, {"method": "kmeans"}):
        with pytest.raises(OptionError, match="leave the option out, or collect into another folder"):
            pochade.collect(scans, made.folder, **options)
    assert len(pochade.collect(scans, made.folder, k=5, method="prominent", timeout=9.0)) == 19
    with pytest.raises(OptionError, match="it holds the pictures of"):
        pochade.collect(scans / "inner", made.folder)
    with pytest.raises(UnknownNameError):
        pochade.collect(scans, tmp_path / "n.pochade", colours=5)
    with pytest.raises(UnknownNameError, match="unknown engine 'spark'"):
        pochade.collect(scans, tmp_path / "n.pochade", engine="spark")
    with pytest.raises(OptionError, match="cannot be noted"):
        pochade.collect(scans, tmp_path / "n.pochade", mask=np.ones((4, 4), bool))
    assert not (tmp_path / "n.pochade").exists()


def test_no_pictures_and_wrong_sources(tmp_path, scans, read):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="no pictures"):
        pochade.collect(tmp_path / "empty", tmp_path / "m.pochade")
    with pytest.raises(SourceError, match="no such file or folder"):
        pochade.collect(tmp_path / "none", tmp_path / "m.pochade")
    for wrong in (b"bytes", np.zeros((2, 2, 3), np.uint8), "-", [], 5):
        with pytest.raises(OptionError):
            pochade.collect(wrong, tmp_path / "m.pochade")
    with pytest.raises(OptionError, match="is no collection: give the name of a new folder"):
        pochade.collect(scans, scans)
    with pytest.raises(OptionError, match="a collection is a folder"):
        pochade.collect(scans, scans / "01.png")
    with pytest.raises(FormatError, match="it is no collection"):
        pochade.Collection(scans)
    assert not (tmp_path / "m.pochade").exists()


def test_all_pictures_broken(tmp_path, read):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.png").write_bytes(b"no picture")
    made = pochade.collect(tmp_path / "bad", tmp_path / "m.pochade")
    assert len(made.failures) == 1
    with pytest.raises(EmptyError, match="no picture that could be read"):
        made.palette(3)
    assert "no picture that could be read" in str(made.find("red").empty)
    assert made.verify() == []


def test_the_column_of_a_table_is_a_source(tmp_path, scans, read):
    urls = ["scans/01.png", "scans/inner/05.png", None, "scans/gone.png"]
    parquet.write_table(pa.table({"url": urls, "n": [1, 2, 3, 4]}), tmp_path / "t.parquet")
    made = pochade.collect(tmp_path / "t.parquet", tmp_path / "m.pochade", column="url")
    assert made.to_arrow().column("id").to_pylist() == ["01.png", "gone.png", "inner/05.png"]
    assert [id for id, _ in made.failures] == ["gone.png"]
    read.clear()
    made.update()
    assert read == []
    for column, message in (("x", "no column 'x': give one of url, n"), ("n", "holds int64, not texts")):
        with pytest.raises(OptionError, match=message):
            pochade.collect(tmp_path / "t.parquet", tmp_path / "n.pochade", column=column)
    with pytest.raises(FormatError, match="no Parquet file"):
        pochade.collect(scans / "01.png", tmp_path / "n.pochade", column="url")


def with_metadata(name: str, fields: Any) -> None:
    """Write a Parquet file again with other facts about itself."""
    table = parquet.read_table(name)
    about = None if fields is None else {b"pochade": json.dumps(fields).encode()}
    parquet.write_table(table.replace_schema_metadata(about), name)


DAMAGES: dict[str, tuple[Callable[[str], None], str]] = {
    "missing": (os.unlink, "this shard is missing"),
    "cut": (lambda name: os.truncate(name, 200), "cut short"),
    "empty": (lambda name: os.truncate(name, 0), "no Parquet file"),
    "newer": (lambda name: with_metadata(name, {"format": 2, "key": "x"}), "install a newer pochade"),
    "foreign": (lambda name: with_metadata(name, None), "was not written by pochade"),
}


@pytest.mark.parametrize("kind", [PICTURES, SUM])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_named_and_written_again(museum, scans, damage, kind):
    break_it, message = DAMAGES[damage]
    good = files(Path(museum.folder))
    name = file_of(museum.folder, kind, "0-of-1")
    break_it(name)
    damaged = pochade.Collection(museum.folder)
    with pytest.raises(FormatError, match=message):
        damaged.to_arrow() if kind == PICTURES else damaged.palette(3)
    assert any(message in sentence for sentence in damaged.verify())
    if damage in ("newer", "foreign"):
        with pytest.raises(FormatError, match=message):
            damaged.update()
        return
    damaged.update()
    assert files(Path(museum.folder)) == good


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format": 2, "shards": 1}', "install a newer pochade"),
        ('{"format": 1, "shards": 3}', "power of two"),
        ('{"format": 1, "shards": 1}', "broken"),
        ("[]", "broken"),
        ("\xff", "broken"),
    ],
)
def test_a_damaged_description_is_refused(museum, text, message):
    (Path(museum.folder) / "collection.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(FormatError, match=message):
        pochade.Collection(museum.folder)
    with pytest.raises(FormatError, match=message):
        museum.update()


def test_verify_names_rows_that_were_changed(museum):
    name = file_of(museum.folder, PICTURES, "0-of-1")
    table = parquet.read_table(name)
    parquet.write_table(pa.concat_tables([table.slice(2), table.slice(0, 1)]), name)
    wrong = museum.verify()
    assert [sentence.partition(": ")[2].split(":")[0].split(",")[0] for sentence in wrong] == [
        "its rows are not those that were written. Delete it",
        "its rows are not sorted by id",
        "it is not the sum of the pictures of its shard. Delete it",
    ]


def test_a_second_run_is_refused_and_a_dead_one_gives_way(museum, scans):
    name = Path(museum.folder) / lock.LOCK
    busy = pytest.raises(PochadeError, match=f"process {os.getpid()} on {socket.gethostname()} is writing")
    with lock.locked(museum.folder), busy:
        museum.update()
    assert not name.exists()
    name.write_text(json.dumps({"host": socket.gethostname(), "pid": 4_000_000}))
    museum.update()
    assert not name.exists()
    name.write_text(json.dumps({"host": "elsewhere", "pid": 1}))
    with pytest.raises(PochadeError, match=f"process 1 on elsewhere .* delete {name}"):
        museum.update()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_run_keeps_its_shards_and_the_next_one_completes_them(scans, tmp_path, read):
    code = (
        "import sys, pochade; from pochade.collection import model; model.PICTURES_A_SHARD = 3\n"
        "if __name__ == '__main__': pochade.collect(sys.argv[1], sys.argv[2], recursive=True, jobs=1)"
    )
    (tmp_path / "run.py").write_text(code)
    folder = tmp_path / "museum.pochade"
    process = subprocess.Popen([sys.executable, tmp_path / "run.py", scans, folder])
    end = time.monotonic() + 120
    while not [*folder.glob("pictures/*.parquet")] and time.monotonic() < end and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len([*folder.glob("pictures/*.parquet")])
    assert done >= 1
    assert model.read_model(str(folder)).shards == 8
    kept = len(plan.known_pictures(str(folder)))
    read.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "PICTURES_A_SHARD", 3)
        made = pochade.collect(scans, folder, recursive=True)
        assert len(read) <= 24 - kept
        assert made.to_arrow().column("id").to_pylist() == sorted(
            path.relative_to(scans).as_posix() for path in scans.rglob("*.png")
        )
        assert files(folder) == again(made, scans)


def test_an_engine_that_loses_shards_is_an_error(museum, scans):
    save(scans / "new.png", drawn(50))
    engines.add("lossy", lambda work, shards, *, step: iter(()))
    request = prepared(None, museum.folder, engine="lossy")
    with pytest.raises(SourceError, match="ended without 1 of 1 shards"):
        request.run()


def test_a_golden_collection_of_format_1_is_readable(golden):
    assert golden.verify() == []
    assert golden.palette(3).hex == ["#3c78b4", "#e6e6e6", "#c82828"]
    assert golden.failures == [("broken.png", golden.failures[0][1])]
    assert [match.id for match in golden.find("#c82828")] == ["flag.png"]
