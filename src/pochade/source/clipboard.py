"""Pictures and file paths from the clipboard."""

import os
import sys
from pathlib import Path

from PIL import Image, ImageGrab, UnidentifiedImageError

from pochade.errors import FormatError, SourceError, TooLargeError


def grab() -> list[Image.Image | Path]:
    """The picture on the clipboard as the only item, or the paths of the copied files in their order.

    Pillow reads it directly on Windows, through osascript on macOS, and through wl-paste (Wayland) or xclip (X11)
    on Linux. Copied files are found on Windows only; elsewhere they count as no picture.

    Raises
    ------
    SourceError
        No picture, no desktop session, or no program that reads the clipboard.
    FormatError
        The picture cannot be decoded.
    TooLargeError
        The picture has more pixels than Pillow allows.

    Examples
    --------
    >>> from pochade.source.clipboard import grab
    >>> [picture] = grab()  # doctest: +SKIP
    >>> picture.size  # doctest: +SKIP
    (640, 480)
    """
    try:
        content = ImageGrab.grabclipboard()
    except NotImplementedError:
        raise SourceError(_no_program()) from None
    except UnidentifiedImageError as error:
        raise FormatError("clipboard: its content cannot be decoded. Copy a picture.") from error
    except Image.DecompressionBombError as error:
        raise TooLargeError(f"clipboard: {error} Save the picture to a file.") from error
    except (OSError, SyntaxError, ValueError) as error:
        if _no_display():
            raise SourceError(_no_program()) from error
        raise SourceError(f"clipboard: it cannot be read ({error}). Save the picture to a file.") from error
    if content is None or content == []:
        raise SourceError("clipboard: it holds no picture. Copy one (not its file or address) first.")
    return [Path(name) for name in content] if isinstance(content, list) else [content]


def _no_display() -> bool:
    """Whether the clipboard needs a display server, but the environment names none."""
    return sys.platform not in ("win32", "darwin") and not (
        os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    )


def _no_program() -> str:
    if _no_display():
        return "clipboard: no display, so no clipboard. Run in a desktop session, or give a file."
    package = "wl-clipboard" if os.environ.get("WAYLAND_DISPLAY") else "xclip"
    return f"clipboard: no installed program reads it. Install {package} with the system's package manager."
