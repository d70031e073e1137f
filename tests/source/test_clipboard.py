"""The clipboard, with a substitute for Pillow's grabclipboard: its results and its errors."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageGrab, UnidentifiedImageError

from pochade.errors import FormatError, SourceError, TooLargeError
from pochade.source import clipboard


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> Any:
    """holds(answer) makes grabclipboard return the answer, or raise it if it is an exception."""

    def put(answer: object) -> None:
        def grabclipboard() -> object:
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(ImageGrab, "grabclipboard", grabclipboard)

    return put


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Any:
    """desktop(platform, **variables) sets the platform and the variables of a session."""

    def be(platform: str, **variables: str) -> None:
        monkeypatch.setattr("sys.platform", platform)
        for name in ("WAYLAND_DISPLAY", "DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return be


def test_grab_returns_the_picture_as_the_only_item(holds: Any) -> None:
    picture = Image.new("RGB", (3, 2))
    holds(picture)
    assert clipboard.grab() == [picture]


def test_grab_returns_the_paths_of_copied_files_in_order(holds: Any) -> None:
    holds(["b.png", "a.png"])
    assert clipboard.grab() == [Path("b.png"), Path("a.png")]


@pytest.mark.parametrize("answer", [None, []])
def test_a_clipboard_without_a_picture_is_refused(holds: Any, answer: object) -> None:
    holds(answer)
    with pytest.raises(SourceError, match="no picture"):
        clipboard.grab()


@pytest.mark.parametrize(
    ("variables", "package"),
    [({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-clipboard"), ({"DISPLAY": ":0"}, "xclip")],
)
def test_the_error_names_the_missing_program_of_the_session(
    holds: Any, desktop: Any, variables: dict[str, str], package: str
) -> None:
    desktop("linux", **variables)
    holds(NotImplementedError("wl-paste or xclip is required"))
    with pytest.raises(SourceError, match=f"Install {package} "):
        clipboard.grab()


@pytest.mark.parametrize("failure", [NotImplementedError("no program"), ChildProcessError("no display")])
def test_the_error_states_that_there_is_no_display(holds: Any, desktop: Any, failure: Exception) -> None:
    desktop("linux")
    holds(failure)
    with pytest.raises(SourceError, match="no display, so no clipboard"):
        clipboard.grab()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_mac_and_windows_need_no_display_server(holds: Any, desktop: Any, platform: str) -> None:
    desktop(platform)
    holds(OSError("clipboard is locked"))
    with pytest.raises(SourceError, match="clipboard is locked"):
        clipboard.grab()


def test_the_error_repeats_the_message_of_a_failed_program(holds: Any, desktop: Any) -> None:
    desktop("linux", DISPLAY=":0")
    holds(ChildProcessError("xclip error: Can't open display: :0"))
    with pytest.raises(SourceError, match="Can't open display"):
        clipboard.grab()


def test_an_undecodable_picture_is_a_format_error(holds: Any) -> None:
    holds(UnidentifiedImageError("cannot identify image file"))
    with pytest.raises(FormatError, match="cannot be decoded"):
        clipboard.grab()


def test_too_many_pixels_are_a_size_error(holds: Any) -> None:
    holds(Image.DecompressionBombError("Image size exceeds limit."))
    with pytest.raises(TooLargeError, match="exceeds limit"):
        clipboard.grab()
