"""xkcd: the names that 200,000 people gave to colors on their screens."""

from pochade.color.names import Vocabulary, register

register(
    Vocabulary(
        "xkcd", "The 949 names that people gave most often in the XKCD survey; some are rude.", __package__, "xkcd.json"
    )
)
