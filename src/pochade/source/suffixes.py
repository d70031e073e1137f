"""The suffixes by which pictures are known in folders."""

_SUFFIXES = """
jpg jpeg jpe jfif png apng webp avif tif tiff bmp dib gif jp2 j2k j2c jpx jpf ppm pgm pbm pnm pfm tga ico qoi
heic heif hif jxl psd psb svg svgz pdf
dng cr2 cr3 crw nef nrw arw sr2 srf raf orf rw2 pef srw x3f erf kdc dcr mef mos mrw iiq 3fr
"""
SUFFIXES = tuple(f".{suffix}" for suffix in _SUFFIXES.split())
"""Suffixes of pictures in folders; a file given by name may have any suffix."""
