"""iscc-nbs: systematic names of a hue with its lightness and chroma."""

from pochade.color.names import Vocabulary, register

register(
    Vocabulary("iscc-nbs", "The 267 names of the ISCC-NBS system: plain and systematic.", __package__, "iscc_nbs.json")
)
