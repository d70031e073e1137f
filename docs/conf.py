"""How Sphinx makes HTML of these pages: `make docs`."""

from pochade import __version__

project = "pochade"
author = "the authors of pochade"
release = version = __version__

extensions = ["myst_parser"]
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]  # links to files that are not pages; tests/test_docs.py checks them all
html_theme = "furo"
html_title = "pochade"
html_extra_path = ["palette.schema.json"]
