"""Sphinx configuration for `make docs`."""

from pochade import __version__

project = "pochade"
author = "the authors of pochade"
release = version = __version__

extensions = ["myst_parser"]
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]  # links to files that are not pages; tests/test_docs.py checks all links
html_theme = "furo"
html_title = "pochade"
html_extra_path = ["palette.schema.json", "box.schema.json"]
