"""The work of `pochade find`."""

import sys
from collections.abc import Sequence
from typing import Any

from pochade.cli.errors import complain
from pochade.cli.similarity import print_text
from pochade.cli.terminal import When, screen_of


def find_pictures(collection: str, wishes: Sequence[str], options: dict[str, Any], *, format: str, color: When) -> int:
    """Print the pictures that were found; return the exit status."""
    from pochade.collection.find import find

    found = find(collection, *wishes, **options)
    if format == "json":
        print_text(found.to_json())
    else:
        from pochade.cli.text.find import matches

        print_text(matches(found, screen_of(sys.stdout, color)))
    if found.empty:
        complain(found.empty)
    return 0
