"""Logs: one line of JSON an event, on standard error. No picture, no query, no picture's URL, no client's address."""

import json
import logging
import sys
import time
from typing import Any

LOGGER = logging.getLogger("pochade.web")


class Lines(logging.Formatter):
    """A record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time, level, event, and what was given as `extra={"facts": {...}}`."""
        told: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_to_stderr(level: int) -> None:
    """Have pochade's and uvicorn's loggers write lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name in ("pochade.web", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False
    logging.getLogger("python_multipart").addHandler(logging.NullHandler())  # broken forms are answered, not logged
