"""Pictures through Pillow: all formats but the common JPEG, in strips of the decoded image."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image, ImageFile

from pochade.errors import EmptyError, TruncatedError
from pochade.source.animation import animated_strips, chosen_frames
from pochade.source.decoding import decoding
from pochade.source.facts import facts_of
from pochade.source.kind import pillow_formats, unknown_kind
from pochade.source.material import Material
from pochade.source.picture import STREAM_FROM, Box, Picture, ReadOptions, check_size
from pochade.source.pixels import Strip
from pochade.source.profile import rgb_profile
from pochade.source.silence import silenced
from pochade.source.still import PartOf, Reopen, decode, decode_arrived, strips_of

_ORIENTATION = 0x0112

_ANY_SIZE_IN_FEW_BYTES = frozenset({"WEBP", "AVIF", "HEIF", "JPEG2000", "JXL"})
"""Formats that compress flat areas without limit: the length of the file does not bound the pixels."""


def open_file(material: Material, options: ReadOptions) -> Picture:
    """The picture in a file that Pillow reads.

    Raises
    ------
    FormatError, TruncatedError, TooLargeError, EmptyError : the picture cannot be decoded.
    """
    head = material.head
    if head.startswith(b"RIFF") and int.from_bytes(head[4:8], "little") + 8 > material.size:
        raise TruncatedError(f"{material.name}: the file ends early, and WebP cannot be read in part.")
    formats = pillow_formats(head)

    def reopen() -> ImageFile.ImageFile:
        return _open(material, formats)

    return open_raster(reopen, material, options)


def open_raster(reopen: Reopen, material: Material, options: ReadOptions) -> Picture:
    """The picture in a file; `reopen` opens it as a Pillow image."""
    name = material.name
    with decoding(name):
        image = reopen()
        frames = chosen_frames(image, name, options)
        metadata = facts_of(image, len(frames))
    file_bytes = 0 if image.format in _ANY_SIZE_IN_FEW_BYTES else material.size
    check_size(name, image.size, options, frames=len(frames), file_bytes=file_bytes)
    if 0 in image.size:
        raise EmptyError(f"{name}: {image.width} x {image.height} holds no pixel.")
    if len(frames) > 1:
        return replace(_animated(reopen, image, frames, name, options), metadata=metadata)
    if image.width * image.height > STREAM_FROM and not options.truncated:
        from pochade.source.streaming import open_stream

        picture = open_stream(material, options)
        if picture is not None:
            return replace(picture, metadata=metadata)
    return replace(_still(reopen, image, frames[0], name, options), metadata=metadata)


def open_image(image: Image.Image, options: ReadOptions, name: str) -> Picture:
    """A PIL image as a picture: all frames of an animation count, else the current page."""
    with decoding(name):
        here = image.tell()
        frames = chosen_frames(image, name, options)
        metadata = facts_of(image, len(frames))
    check_size(name, image.size, options, frames=len(frames))
    if 0 in image.size:
        raise EmptyError(f"{name}: {image.width} x {image.height} holds no pixel.")
    with decoding(name):
        turn = _turn(image)
        if len(frames) == 1:
            if frames[0] != here:
                image.seek(frames[0])
            part_of, profile = decode(image, None, name)
            return replace(_picture(image, part_of, profile, name), metadata=metadata)

    def blocks(box: Box) -> Iterator[Strip]:
        try:
            yield from animated_strips(image, frames, box, name, truncated=options.truncated)
        finally:
            with contextlib.suppress(EOFError, ValueError, OSError):
                image.seek(here)

    profile = rgb_profile(image.info.get("icc_profile"))
    return Picture(*image.size, blocks, turn, profile, len(frames), metadata)


def _still(reopen: Reopen, image: ImageFile.ImageFile, frame: int, name: str, options: ReadOptions) -> Picture:
    def again() -> ImageFile.ImageFile:
        image = reopen()
        image.seek(frame)
        return image

    try:
        with decoding(name), silenced(image.format == "TIFF"):
            if frame != image.tell():
                image.seek(frame)
                check_size(name, image.size, options)
            part_of, profile = decode(image, again, name)
            return _picture(image, part_of, profile, name)
    except TruncatedError:
        image.close()
        if not options.truncated:
            raise
    with decoding(name), silenced(image.format == "TIFF"):
        arrived, part_of, profile = decode_arrived(again, name)
        return _picture(arrived, part_of, profile, name)


def _picture(image: Image.Image, part_of: PartOf, profile: bytes | None, name: str) -> Picture:
    def blocks(box: Box) -> Iterator[Strip]:
        return strips_of(part_of, box, name)

    return Picture(*image.size, blocks, _turn(image), profile)


def _animated(
    reopen: Reopen, image: ImageFile.ImageFile, frames: list[int], name: str, options: ReadOptions
) -> Picture:
    def blocks(box: Box) -> Iterator[Strip]:
        with decoding(name):
            again = reopen()
        try:
            yield from animated_strips(again, frames, box, name, truncated=options.truncated)
        finally:
            again.close()

    with decoding(name):
        turn = _turn(image)
    profile = rgb_profile(image.info.get("icc_profile"))
    return Picture(*image.size, blocks, turn, profile, len(frames))


def _turn(image: Image.Image) -> int:
    """The orientation. Call it after loading: Pillow turns a TIFF when it loads it."""
    try:
        turn = image.getexif().get(_ORIENTATION)
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError):  # a broken Exif block
        return 1
    return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _open(material: Material, formats: list[str]) -> ImageFile.ImageFile:
    """Open the image and read its header. Image.open() would apply its own limit on pixels."""
    file = material.open()
    for name in formats:
        factory, accept = Image.OPEN[name]
        if accept is not None and accept(material.head[:16]) is not True:
            continue
        file.seek(0)
        try:
            with silenced(name == "TIFF"):
                image = factory(file, material.path or "")
        except (SyntaxError, IndexError, TypeError, KeyError) as error:
            if len(formats) == 1:
                file.close()
                raise error
            continue  # by these errors Pillow's plug-ins reject a file of another format
        # The image closes the file after reading it. In Pillow's public interface only Image.open() sets this.
        image._exclusive_fp = True
        return image
    file.close()
    raise unknown_kind(material)
