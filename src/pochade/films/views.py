"""The views of a film in a picture."""

from typing import Literal

View = Literal["stacked", "mean", "slit", "round", "sheet", "timeline"]
"""What a picture of a film shows; `pochade.films.files.picture` describes each."""
