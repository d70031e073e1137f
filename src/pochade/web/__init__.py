"""The HTTP API and the page: the library behind limits that make it safe to offer to strangers.

The server process reads and checks requests and sends answers. Worker processes (`pool`, `worker`, `work`) open, count
and draw pictures; one may die without harm. `routes` has one file for each group of addresses.
"""

from typing import Any

from pochade.errors import PochadeError


def run(**options: Any) -> int:
    """Run `pochade serve`; PochadeError if the extra is not installed."""
    try:
        import fastapi  # noqa: F401
        import limits  # noqa: F401
        import prometheus_client  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise PochadeError(f"serve needs {error.name}, which is not installed: pip install 'pochade[web]'.") from None
    from pochade.web.server import serve

    return serve(**options)
