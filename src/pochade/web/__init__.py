"""The HTTP API and the page: the same road as the library, behind limits that make it safe to offer to strangers.

The server's own process only reads requests, checks them and answers. Pictures are opened, drawn and counted in other
processes (`pool`, `worker`, `work`), which may die of one without harm. `routes` holds the addresses, a file a group.
"""

from typing import Any

from pochade.errors import PochadeError


def run(**given: Any) -> int:
    """What `pochade serve` does; PochadeError where the extra is not installed."""
    try:
        import fastapi  # noqa: F401
        import limits  # noqa: F401
        import prometheus_client  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise PochadeError(f"serve needs {error.name}, which is not installed: pip install 'pochade[web]'.") from None
    from pochade.web.server import serve

    return serve(**given)
