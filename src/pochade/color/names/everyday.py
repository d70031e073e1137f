"""everyday: the names of the XKCD survey that are fit for display."""

from pochade.color.names import Vocabulary, register

register(
    Vocabulary(
        "everyday",
        "The survey's names that are fit for display: none rude or misspelled.",
        "pochade.color.names",
        "everyday.json",
    )
)
