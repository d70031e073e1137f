"""Decoders that can crash, or run without end, in a process of their own.

SVG, PDF, camera raw, JPEG 2000, HEIC and JPEG XL are decoded by large libraries in C, C++ and Rust. A broken or hostile
file may end the process, or fill its memory, or never end. In a process of its own it costs one error. The process
starts with the first such picture, in about 0.2 s, is used again for the next ones, and ends with its parent.

It is no sandbox: it may read what its parent may read.
"""

from pochade.source.isolation.process import available, open_isolated

__all__ = ["available", "open_isolated"]
