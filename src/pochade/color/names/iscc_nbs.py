"""iscc-nbs: a hue, and how light and how vivid, in words that mean what they say."""

from pochade.color.names import Vocabulary, register

register(
    Vocabulary("iscc-nbs", "The 267 names of the ISCC-NBS system: plain and systematic.", __package__, "iscc_nbs.json")
)
