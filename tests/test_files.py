"""Files are written whole or not at all, pictures are encoded, and suffixes are lower case."""

import io
import os
import stat
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from pochade.errors import OptionError, PochadeError
from pochade.files import (
    DRAWINGS,
    PICTURES,
    Metadata,
    check_free,
    encode_animation,
    encode_image,
    encode_picture,
    encode_png,
    srgb_profile,
    suffix_of,
    whole_file,
    write_whole,
    written,
)

posix = pytest.mark.skipif(os.name != "posix", reason="links, modes and named pipes")


@pytest.fixture(params=["nameless", "named"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether a file has no name until it is complete, which some systems cannot do."""
    if request.param == "named":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    return str(request.param)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An existing file."""
    path = tmp_path / "palette.json"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fail(path: Path, error: BaseException) -> None:
    """Write half of a file, then raise an error."""
    with whole_file(path) as file:
        file.write(b"half")
        raise error


def test_a_file_has_its_whole_content(tmp_path: Path) -> None:
    path = tmp_path / "palette.json"
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["palette.json"]


def test_a_file_replaces_an_existing_one(old: Path) -> None:
    write_whole(str(old), b"new")
    assert old.read_bytes() == b"new"
    assert names(old.parent) == [old.name]


def test_the_old_content_stays_until_the_block_ends(old: Path) -> None:
    with whole_file(old) as file:
        file.write(b"new")
        file.flush()
        assert old.read_bytes() == b"old"
    assert old.read_bytes() == b"new"


def test_a_new_file_does_not_exist_until_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "palette.json"
    with whole_file(path) as file:
        file.write(b"new")
        assert not path.exists()
    assert path.exists()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, BrokenPipeError])
def test_a_failure_keeps_the_old_file_and_leaves_no_other(old: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        fail(old, error())
    assert old.read_bytes() == b"old"
    assert names(old.parent) == [old.name]


def test_a_failure_creates_no_new_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no more"):
        fail(tmp_path / "palette.json", ValueError("no more"))
    assert names(tmp_path) == []


def test_a_failed_write_keeps_the_old_file_and_gives_its_reason(old: Path) -> None:
    with pytest.raises(PochadeError, match=r"palette\.json: cannot be written: No space left"):
        fail(old, OSError(28, "No space left on device"))
    assert old.read_bytes() == b"old"
    assert names(old.parent) == [old.name]


def test_a_failed_rename_keeps_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(new: str, target: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PochadeError, match="Permission denied"):
        write_whole(old, b"new")
    assert old.read_bytes() == b"old"
    assert names(old.parent) == [old.name]


def test_an_empty_file_replaces_nothing(old: Path) -> None:
    write_whole(old, b"")
    write_whole(old.with_name("empty"), b"")
    assert old.read_bytes() == b"old"
    assert names(old.parent) == [old.name]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="Linux")
def test_an_incomplete_file_has_no_name_if_the_file_system_can_do_that(tmp_path: Path, way: str) -> None:
    try:
        os.close(os.open(tmp_path, os.O_TMPFILE | os.O_WRONLY) if way == "nameless" else os.open(tmp_path, os.O_RDONLY))
    except OSError:
        pytest.skip("not this file system")
    with whole_file(tmp_path / "palette.json") as file:
        file.write(b"new")
        assert len(names(tmp_path)) == (0 if way == "nameless" else 1)
    assert names(tmp_path) == ["palette.json"]


def test_a_file_system_without_nameless_files_gets_a_named_one(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.open

    def refuse(path: str, flags: int, *more: int) -> int:
        if flags & getattr(os, "O_TMPFILE", 0) and flags & os.O_WRONLY:
            raise OSError(95, "Operation not supported")
        return before(path, flags, *more)

    monkeypatch.setattr(os, "open", refuse)
    write_whole(old, b"new")
    assert old.read_bytes() == b"new"
    assert names(old.parent) == [old.name]


@posix
def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"new")
    (tmp_path / "b").write_bytes(b"new")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@posix
def test_an_existing_file_keeps_its_mode(old: Path) -> None:
    old.chmod(0o640)
    write_whole(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@posix
def test_a_link_stays_a_link_and_its_target_is_written(old: Path) -> None:
    link = old.with_name("link")
    link.symlink_to(old)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


@posix
def test_devices_and_named_pipes_are_written_directly(tmp_path: Path) -> None:
    write_whole(os.devnull, b"new")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content: list[bytes] = []
    reader = threading.Thread(target=lambda: content.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_whole(pipe, b"new")
    reader.join(60)
    assert content == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PochadeError, match="cannot be written: it is a folder"):
        write_whole(tmp_path, b"new")
    with pytest.raises(PochadeError, match="cannot be written"):
        write_whole(tmp_path / "missing" / "palette.json", b"new")
    assert names(tmp_path) == []


def test_an_os_error_becomes_a_pochade_error_except_a_broken_pipe() -> None:
    with pytest.raises(PochadeError, match=r"^out\.png: cannot be written: Read-only\.$"), written("out.png"):
        raise OSError(30, "Read-only")
    with pytest.raises(BrokenPipeError), written("out.png"):
        raise BrokenPipeError


def test_an_existing_file_is_refused_unless_forced(old: Path) -> None:
    with pytest.raises(OptionError, match=r"palette\.json exists: give --force to overwrite it"):
        check_free(old, force=False)
    check_free(old, force=True)
    check_free(old.with_name("new"), force=False)
    check_free(old.parent, force=False)
    check_free(os.devnull, force=False)


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        ("harbor.JPG", ".jpg"),
        ("harbor", ""),
        (".hidden", ""),
        ("a.b/harbor", ""),
        ("harbor.tar.Gz", ".gz"),
        ("harbor.", "."),
        (Path("folder") / "HARBOR.PNG", ".png"),
    ],
)
def test_the_suffix_is_lower_case_with_its_dot(path: str | Path, suffix: str) -> None:
    assert suffix_of(path) == suffix


def test_pictures_are_drawings_and_drawings_have_vectors_too() -> None:
    assert set(DRAWINGS) - set(PICTURES) == {".svg", ".pdf"}
    assert all(DRAWINGS[suffix] == PICTURES[suffix] for suffix in PICTURES)


@pytest.fixture
def codes() -> np.ndarray:
    ramp = np.linspace(40, 200, 24).astype(np.uint8)
    return np.stack([np.tile(ramp, (16, 1)), np.tile(ramp[::-1], (16, 1)), np.full((16, 24), 90, np.uint8)], -1)


@pytest.mark.parametrize("suffix", PICTURES)
def test_an_encoded_picture_decodes_to_its_pixels(codes: np.ndarray, suffix: str) -> None:
    content = encode_picture(codes, f"out{suffix}", suffix)
    image = Image.open(io.BytesIO(content))
    assert image.format == PICTURES[suffix].name
    assert Image.MIME[image.format] == PICTURES[suffix].media_type
    error = np.abs(np.asarray(image.convert("RGB")).astype(int) - codes)
    assert error.mean() <= (0 if suffix == ".png" else 3)


def test_alpha_survives_encoding(codes: np.ndarray) -> None:
    alpha = np.tile(np.linspace(0, 255, 24).astype(np.uint8), (16, 1))[..., None]
    image = Image.open(io.BytesIO(encode_picture(np.concatenate([codes, alpha], 2), "out.png", ".png")))
    assert (np.asarray(image)[..., 3:] == alpha).all()


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg"])
def test_alpha_is_refused_for_jpeg(codes: np.ndarray, suffix: str) -> None:
    transparent = np.concatenate([codes, codes[..., :1]], 2)
    with pytest.raises(OptionError, match=r"out\.jpg: .* a JPEG has no alpha: give \.png or \.webp"):
        encode_picture(transparent, "out.jpg", suffix)


@pytest.mark.parametrize("suffix", ["", ".svg", ".xyz"])
def test_other_suffixes_are_refused_with_the_allowed_ones(codes: np.ndarray, suffix: str) -> None:
    with pytest.raises(OptionError, match=r"^out: its suffix is not one of \.png, "):
        encode_picture(codes, "out", suffix)


def test_options_reach_the_encoder(codes: np.ndarray) -> None:
    image = Image.fromarray(codes)
    assert len(encode_image(image, "JPEG", quality=10)) < len(encode_image(image, "JPEG", quality=95))


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (16, 24)])
def test_a_png_of_8_bits_decodes_to_its_pixels(shape: tuple[int, int]) -> None:
    codes = np.random.default_rng(1).integers(0, 256, (*shape, 3), np.uint8)
    image = Image.open(io.BytesIO(encode_png(codes)))
    assert image.format == "PNG"
    assert (np.asarray(image) == codes).all()


def test_a_png_of_16_bits_keeps_all_bits() -> None:
    codes = np.random.default_rng(2).integers(0, 65536, (7, 9, 3), np.uint16)
    content = encode_png(codes)
    image = Image.open(io.BytesIO(content))
    assert (np.asarray(image) == codes >> 8).all()  # Pillow drops the lower bits
    assert content[24] == 16  # the bit depth in the header
    start = content.index(b"IDAT")
    lines = np.frombuffer(zlib.decompressobj().decompress(content[start + 4 :]), np.uint8).reshape(7, -1)
    assert (lines[:, 0] == 1).all()  # filter type 1: differences from the previous pixel
    pixels = np.cumsum(lines[:, 1:].reshape(7, 9, 6), 1, dtype=np.uint8)
    assert (np.ascontiguousarray(pixels).view(">u2") == codes).all()


def test_the_profile_of_srgb_is_that_of_littlecms():
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    levels = np.linspace(0, 255, 9).astype(np.uint8)
    colors = np.stack(np.meshgrid(levels, levels, levels), -1).reshape(1, -1, 3)
    back = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    np.testing.assert_array_equal(np.asarray(ImageCms.applyTransform(Image.fromarray(colors), back)), colors)
    assert len(srgb_profile()) < 500


@pytest.mark.parametrize("durations", [[40, 80, 120], [0, 33.3, 65_535_000], [1 / 3, 1e6, 7]])
def test_an_animated_png_has_the_frames_and_durations(durations):
    frames = [np.full((5, 7, 3), 40 * i, np.uint8) for i in range(3)]
    image = Image.open(io.BytesIO(encode_animation(frames, durations, "a.png", ".png", Metadata(plays=4))))
    assert (image.n_frames, image.info["loop"]) == (3, 4)
    for i, frame in enumerate(frames):
        image.seek(i)
        np.testing.assert_array_equal(np.asarray(image.convert("RGB")), frame)
        assert image.info["duration"] == pytest.approx(durations[i], rel=1e-3, abs=0.01)
