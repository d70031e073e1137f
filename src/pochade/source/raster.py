"""Pictures through Pillow: all formats but the common JPEG, in strips of the decoded image."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image, ImageFile

from pochade.errors import EmptyError, TruncatedError
from pochade.source.animation import MIN_GIF_FRAME_BYTES, animated_strips, chosen_frames, gif_frames
from pochade.source.decoding import decoding
from pochade.source.facts import facts_of
from pochade.source.kind import pillow_formats, unknown_kind
from pochade.source.material import Material
from pochade.source.picture import STREAM_FROM, Box, Picture, ReadOptions, check_frames, check_memory, check_size
from pochade.source.pixels import Strip
from pochade.source.profile import Profile, rgb_profile
from pochade.source.silence import silenced
from pochade.source.still import PartOf, Reopen, decode, decode_arrived, strips_of
from pochade.source.tags import Meaning
from pochade.source.tags.boxes import decodable
from pochade.source.tags.order import meaning_of
from pochade.source.wide import low_bytes

_ORIENTATION = 0x0112

_ANY_SIZE_IN_FEW_BYTES = frozenset({"WEBP", "AVIF", "HEIF", "JPEG2000", "JXL"})
"""Formats that compress flat areas without limit: the length of the file does not bound the pixels."""

_PIXEL_BYTES = {"WEBP": 17, "AVIF": 12, "HEIF": 9, "JXL": 10}
"""Bytes of memory for a pixel while a picture is decoded and converted, measured with 36 megapixels of each mode."""

_OTHER_PIXEL_BYTES = 6
_WIDE_PIXEL_BYTES = 12  # two images: the high and the low bytes
_FRAME_PIXEL_BYTES = 17  # the frame, the one before it, and the codes
_JPEG2000_CHANNEL_BYTES = 7  # OpenJPEG decodes into 32 bits a channel


def open_file(material: Material, options: ReadOptions) -> Picture:
    """The picture in a file that Pillow reads.

    Raises
    ------
    FormatError, TruncatedError, TooLargeError, EmptyError : the picture cannot be decoded.
    """
    head = material.head
    if head.startswith(b"RIFF") and int.from_bytes(head[4:8], "little") + 8 > material.size:
        raise TruncatedError(f"{material.name}: the file ends early, and WebP cannot be read in part.")
    if head.startswith(b"GIF") and options.frame is None and material.size > MIN_GIF_FRAME_BYTES * options.max_frames:
        with material.open() as file:  # Pillow would count all
            check_frames(material.name, gif_frames(file, options.max_frames), options)
    formats = pillow_formats(head)

    known = decodable(material) if formats == ["AVIF"] else material

    def reopen() -> ImageFile.ImageFile:
        return _open(known, formats)

    return open_raster(reopen, material, options)


def open_raster(reopen: Reopen, material: Material, options: ReadOptions) -> Picture:
    """The picture in a file; `reopen` opens it as a Pillow image."""
    name = material.name
    with decoding(name):
        image = reopen()
        frames = chosen_frames(image, name, options)
        meaning = meaning_of(image, material)
        metadata = facts_of(image, len(frames), stated=meaning.profile is not None)
    file_bytes = 0 if image.format in _ANY_SIZE_IN_FEW_BYTES else material.size
    check_size(name, image.size, options, frames=len(frames), file_bytes=file_bytes)
    if 0 in image.size:
        raise EmptyError(f"{name}: {image.width} x {image.height} holds no pixel.")
    if len(frames) > 1:
        check_memory(name, image.size, options, _FRAME_PIXEL_BYTES)
        return replace(_animated(reopen, image, meaning, frames, name, options), metadata=metadata)
    if image.width * image.height > STREAM_FROM and not options.truncated:
        from pochade.source.streaming import open_stream

        picture = open_stream(material, meaning, options)
        if picture is not None:
            return replace(picture, metadata=metadata)
    check_memory(name, image.size, options, _pixel_bytes(image))
    return replace(_still(reopen, image, meaning, frames[0], name, options), metadata=metadata)


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
        if len(frames) == 1 and frames[0] != here:
            image.seek(frames[0])
        meaning = meaning_of(image, None)
        if len(frames) == 1:
            part_of, profile = decode(image, meaning.profile, None, name)
            return replace(_picture(image, part_of, profile, meaning, name), metadata=metadata)

    def blocks(box: Box) -> Iterator[Strip]:
        try:
            yield from animated_strips(image, meaning.profile, frames, box, name, options)
        finally:
            with contextlib.suppress(EOFError, ValueError, OSError):
                image.seek(here)

    return Picture(*image.size, blocks, turn, rgb_profile(meaning.profile), len(frames), meaning.notes, metadata)


def _still(
    reopen: Reopen, image: ImageFile.ImageFile, meaning: Meaning, frame: int, name: str, options: ReadOptions
) -> Picture:
    def again() -> ImageFile.ImageFile:
        image = reopen()
        image.seek(frame)
        return image

    try:
        with decoding(name), silenced(image.format == "TIFF"):
            if frame != image.tell():
                image.seek(frame)
                check_size(name, image.size, options)
            part_of, profile = decode(image, meaning.profile, again, name)
            return _picture(image, part_of, profile, meaning, name)
    except TruncatedError:
        image.close()
        if not options.truncated:
            raise
    with decoding(name), silenced(image.format == "TIFF"):
        arrived, part_of, profile = decode_arrived(again, meaning.profile, name)
        return _picture(arrived, part_of, profile, meaning, name)


def _picture(image: Image.Image, part_of: PartOf, profile: Profile | None, meaning: Meaning, name: str) -> Picture:
    def blocks(box: Box) -> Iterator[Strip]:
        return strips_of(part_of, box, name)

    return Picture(*image.size, blocks, _turn(image), profile, notes=meaning.notes)


def _animated(
    reopen: Reopen,
    image: ImageFile.ImageFile,
    meaning: Meaning,
    frames: Sequence[int],
    name: str,
    options: ReadOptions,
) -> Picture:
    def blocks(box: Box) -> Iterator[Strip]:
        with decoding(name):
            again = reopen()
        try:
            yield from animated_strips(again, meaning.profile, frames, box, name, options)
        finally:
            again.close()

    with decoding(name):
        turn = _turn(image)
    return Picture(*image.size, blocks, turn, rgb_profile(meaning.profile), len(frames), meaning.notes)


def _pixel_bytes(image: Image.Image) -> int:
    """Bytes of memory that one pixel takes at the peak of decoding."""
    if image.format == "JPEG2000":
        return _JPEG2000_CHANNEL_BYTES * len(image.getbands())
    if isinstance(image, ImageFile.ImageFile) and low_bytes(image) is not None:
        return _WIDE_PIXEL_BYTES
    return _PIXEL_BYTES.get(image.format or "", _OTHER_PIXEL_BYTES)


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
