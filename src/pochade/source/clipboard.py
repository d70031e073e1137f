"""What the clipboard holds, as sources."""

import os
import sys
from pathlib import Path

from PIL import Image, ImageGrab, UnidentifiedImageError

from pochade.errors import FormatError, SourceError, TooLargeError


def grab() -> list[Image.Image | Path]:
    """The picture in the clipboard, as the only item, or the paths of the files copied there, in their order.

    Pillow asks Windows itself, macOS through osascript, and a Linux desktop through wl-paste (Wayland) or
    xclip (X11). Files are seen on Windows only; elsewhere a copied file is no picture.

    Raises
    ------
    SourceError
        There is no picture, no desktop session, or no program that reads its clipboard.
    FormatError
        What is there calls itself a picture and cannot be decoded.
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
        held = ImageGrab.grabclipboard()
    except NotImplementedError:
        raise SourceError(_no_program()) from None
    except UnidentifiedImageError as error:
        raise FormatError("clipboard: what it holds cannot be decoded. Copy a picture.") from error
    except Image.DecompressionBombError as error:
        raise TooLargeError(f"clipboard: {error} Save the picture to a file.") from error
    except (OSError, SyntaxError, ValueError) as error:
        if _no_display():
            raise SourceError(_no_program()) from error
        raise SourceError(f"clipboard: it cannot be read ({error}). Save the picture to a file.") from error
    if held is None or held == []:
        raise SourceError("clipboard: there is no picture in it. Copy one (not its file or address) first.")
    return [Path(name) for name in held] if isinstance(held, list) else [held]


def _no_display() -> bool:
    """Whether this is a system whose clipboard lives in a display server, and none is named."""
    return sys.platform not in ("win32", "darwin") and not (
        os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    )


def _no_program() -> str:
    if _no_display():
        return "clipboard: there is no display, thus no clipboard. Run in a desktop session, or give a file."
    package = "wl-clipboard" if os.environ.get("WAYLAND_DISPLAY") else "xclip"
    return f"clipboard: no program here reads it. Install {package} by the system's package manager."
